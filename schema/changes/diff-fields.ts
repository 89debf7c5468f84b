import { getNamedType, type GraphQLField, type GraphQLFieldMap } from 'graphql';
import { change, type Change } from './change.ts';
import { FIELD_ARGUMENT, diffInputValues } from './diff-input-values.ts';
import { diffMetadata } from './diff-metadata.ts';
import { isNarrower } from './type-compatibility.ts';

type Field = GraphQLField<unknown, unknown>;

/** The changes of the fields of an object or interface type, arguments included. */
export function diffFields(
  type: string,
  base: GraphQLFieldMap<unknown, unknown>,
  head: GraphQLFieldMap<unknown, unknown>,
): Change[] {
  const removed = Object.values(base).filter(({ name }) => !(name in head));
  const added = Object.values(head).filter(({ name }) => !(name in base));
  return [
    ...removed.map((field) => removal(type, field, added)),
    ...added.map(({ name, type: gives }) =>
      change(
        'field-added',
        `${type}.${name}`,
        `The field \`${type}.${name}\` of type \`${String(gives)}\` is added.`,
      ),
    ),
    ...Object.values(base).flatMap((field) => {
      const other = head[field.name];
      return other ? diffField(type, field, other) : [];
    }),
  ];
}

function removal(type: string, field: Field, added: readonly Field[]): Change {
  const path = `${type}.${field.name}`;
  const was = field.deprecationReason == null ? '' : ', which was deprecated,';
  const successor = added.find((other) => isRenamed(field, other));
  const hint = successor ? ` \`${type}.${successor.name}\` looks like its new name.` : '';
  return change('field-removed', path, `The field \`${path}\`${was} is removed.${hint}`);
}

/** A field that came as another went, of the same type, with a name that shares half of its letters. */
function isRenamed(before: Field, after: Field): boolean {
  if (getNamedType(before.type).name !== getNamedType(after.type).name) return false;
  const [a, b] = [before.name.toLowerCase(), after.name.toLowerCase()];
  return a.includes(b) || b.includes(a) || commonStart(a, b) * 2 >= Math.max(a.length, b.length);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function diffField(type: string, base: Field, head: Field): Change[] {
  const path = `${type}.${base.name}`;
  const [before, after] = [String(base.type), String(head.type)];
  const message = `The type of the field \`${path}\` changes from \`${before}\` to \`${after}\`.`;
  const typeChanges =
    before === after
      ? []
      : [
          change(
            isNarrower(base.type, head.type) ? 'field-type-narrowed' : 'field-type-changed',
            path,
            message,
          ),
        ];
  return [
    ...typeChanges,
    ...diffMetadata(path, base, head),
    ...diffInputValues(FIELD_ARGUMENT, path, base.args, head.args),
  ];
}

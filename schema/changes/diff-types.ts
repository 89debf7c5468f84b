import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLUnionType,
} from 'graphql';
import { change, type Change } from './change.ts';
import { INPUT_FIELD, diffInputValues } from './diff-input-values.ts';
import { diffFields } from './diff-fields.ts';
import { diffMetadata } from './diff-metadata.ts';
import type { Positions } from './positions.ts';

/** What kind of type it is, in words of the schema language. */
export function kindOf(type: GraphQLNamedType): string {
  if (isScalarType(type)) return 'scalar';
  if (isObjectType(type)) return 'type';
  if (isInterfaceType(type)) return 'interface';
  if (isUnionType(type)) return 'union';
  return isEnumType(type) ? 'enum' : 'input';
}

/** The changes of a type that both schemas have. */
export function diffType(
  base: GraphQLNamedType,
  head: GraphQLNamedType,
  positions: Positions,
): Change[] {
  if (kindOf(base) !== kindOf(head)) {
    const message = `\`${base.name}\` changes from ${kindOf(base)} to ${kindOf(head)}.`;
    return [change('type-kind-changed', base.name, message)];
  }
  return [...diffMetadata(base.name, base, head), ...diffBody(base, head, positions)];
}

function diffBody(base: GraphQLNamedType, head: GraphQLNamedType, positions: Positions): Change[] {
  if (isEnumType(base) && isEnumType(head)) return diffEnum(base, head, positions);
  if (isUnionType(base) && isUnionType(head)) return diffUnion(base, head);
  if (isInputObjectType(base) && isInputObjectType(head)) return diffInput(base, head);
  if (isObjectType(base) && isObjectType(head)) return diffComposite(base, head);
  if (isInterfaceType(base) && isInterfaceType(head)) return diffComposite(base, head);
  if (isScalarType(base) && isScalarType(head)) {
    if (base.specifiedByURL === head.specifiedByURL) return [];
    const message = `What specifies \`${base.name}\` changes from ${base.specifiedByURL ?? 'nothing'} to ${head.specifiedByURL ?? 'nothing'}.`;
    return [change('scalar-specification-changed', base.name, message)];
  }
  return [];
}

function diffEnum(base: GraphQLEnumType, head: GraphQLEnumType, positions: Positions): Change[] {
  const { name } = base;
  const [isSent, isGiven] = [positions.input.has(name), positions.output.has(name)];
  const before = new Map(base.getValues().map((value) => [value.name, value]));
  const after = new Map(head.getValues().map((value) => [value.name, value]));
  return [
    ...[...before.keys()]
      .filter((value) => !after.has(value))
      .map((value) =>
        change(
          'enum-value-removed',
          `${name}.${value}`,
          `The value \`${name}.${value}\` is removed.`,
          // Whoever sends it is refused. Whoever selects the enum has code that names it, and that breaks as well.
          [`${name}.${value}`, `> ${name}`],
        ),
      ),
    ...[...after.keys()]
      .filter((value) => !before.has(value))
      .map((value) =>
        change(
          isSent && !isGiven ? 'input-enum-value-added' : 'enum-value-added',
          `${name}.${value}`,
          `The value \`${name}.${value}\` is added.`,
        ),
      ),
    ...[...before.values()].flatMap((value) => {
      const other = after.get(value.name);
      return other ? diffMetadata(`${name}.${value.name}`, value, other) : [];
    }),
  ];
}

function diffUnion(base: GraphQLUnionType, head: GraphQLUnionType): Change[] {
  const { name } = base;
  const before = base.getTypes().map((member) => member.name);
  const after = head.getTypes().map((member) => member.name);
  return [
    ...before
      .filter((member) => !after.includes(member))
      .map((member) =>
        change(
          'union-member-removed',
          name,
          `\`${member}\` is no longer a member of \`${name}\`.`,
          [`${name} > ${member}`],
        ),
      ),
    ...after
      .filter((member) => !before.includes(member))
      .map((member) =>
        change('union-member-added', name, `\`${member}\` becomes a member of \`${name}\`.`),
      ),
  ];
}

function diffInput(base: GraphQLInputObjectType, head: GraphQLInputObjectType): Change[] {
  const { name } = base;
  const oneOf = !base.isOneOf && head.isOneOf ? 'input-became-one-of' : 'input-no-longer-one-of';
  return [
    ...(base.isOneOf === head.isOneOf
      ? []
      : [
          change(
            oneOf,
            name,
            head.isOneOf
              ? `\`${name}\` takes exactly one of its fields now (@oneOf).`
              : `\`${name}\` takes any of its fields now (no @oneOf).`,
          ),
        ]),
    ...diffInputValues(
      INPUT_FIELD,
      name,
      Object.values(base.getFields()),
      Object.values(head.getFields()),
    ),
  ];
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

function diffComposite(base: Composite, head: Composite): Change[] {
  const { name } = base;
  const before = base.getInterfaces().map((parent) => parent.name);
  const after = head.getInterfaces().map((parent) => parent.name);
  return [
    ...before
      .filter((parent) => !after.includes(parent))
      .map((parent) =>
        change('interface-removed', name, `\`${name}\` no longer implements \`${parent}\`.`, [
          `${parent} > ${name}`,
          `${name} > ${parent}`,
        ]),
      ),
    ...after
      .filter((parent) => !before.includes(parent))
      .map((parent) =>
        change('interface-added', name, `\`${name}\` implements \`${parent}\` now.`),
      ),
    ...diffFields(name, base.getFields(), head.getFields()),
  ];
}

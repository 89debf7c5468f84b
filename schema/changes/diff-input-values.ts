import {
  astFromValue,
  isRequiredInputField,
  print,
  type GraphQLArgument,
  type GraphQLInputField,
} from 'graphql';
import { change, type Change } from './change.ts';
import type { ChangeCode } from './change-rules.ts';
import { diffMetadata } from './diff-metadata.ts';
import { isWider } from './type-compatibility.ts';

type InputValue = GraphQLArgument | GraphQLInputField;

/** The codes for one kind of input value, and what its holder is called. */
export interface InputValueKind {
  readonly noun: string;
  readonly removed: ChangeCode;
  readonly requiredAdded: ChangeCode;
  readonly optionalAdded: ChangeCode;
  readonly typeChanged: ChangeCode;
  readonly typeWidened: ChangeCode;
  readonly becameRequired: ChangeCode;
  readonly defaultChanged: ChangeCode;
  /** The coordinate of one of them. */
  readonly coordinate: (holder: string, name: string) => string;
}

export const FIELD_ARGUMENT: InputValueKind = {
  noun: 'argument',
  removed: 'argument-removed',
  requiredAdded: 'required-argument-added',
  optionalAdded: 'optional-argument-added',
  typeChanged: 'argument-type-changed',
  typeWidened: 'argument-type-widened',
  becameRequired: 'argument-became-required',
  defaultChanged: 'argument-default-changed',
  coordinate: (holder, name) => `${holder}(${name}:)`,
};

export const INPUT_FIELD: InputValueKind = {
  noun: 'input field',
  removed: 'input-field-removed',
  requiredAdded: 'required-input-field-added',
  optionalAdded: 'optional-input-field-added',
  typeChanged: 'input-field-type-changed',
  typeWidened: 'input-field-type-widened',
  becameRequired: 'input-field-became-required',
  defaultChanged: 'input-field-default-changed',
  coordinate: (holder, name) => `${holder}.${name}`,
};

export const DIRECTIVE_ARGUMENT: InputValueKind = {
  noun: 'argument',
  removed: 'directive-argument-removed',
  requiredAdded: 'required-directive-argument-added',
  optionalAdded: 'optional-directive-argument-added',
  typeChanged: 'directive-argument-type-changed',
  typeWidened: 'directive-argument-type-widened',
  becameRequired: 'directive-argument-became-required',
  defaultChanged: 'directive-argument-default-changed',
  coordinate: (holder, name) => `${holder}(${name}:)`,
};

/**
 * The changes of arguments, or of the fields of an input type.
 *
 * @param holder the coordinate of what they belong to
 */
export function diffInputValues(
  kind: InputValueKind,
  holder: string,
  base: readonly InputValue[],
  head: readonly InputValue[],
): Change[] {
  const before = new Map(base.map((value) => [value.name, value]));
  const after = new Map(head.map((value) => [value.name, value]));
  return [
    ...base
      .filter(({ name }) => !after.has(name))
      .map(({ name }) => {
        const path = kind.coordinate(holder, name);
        return change(kind.removed, path, `The ${kind.noun} \`${path}\` is removed.`);
      }),
    ...head.filter(({ name }) => !before.has(name)).map((value) => added(kind, holder, value)),
    ...base.flatMap((value) => {
      const other = after.get(value.name);
      return other ? diffInputValue(kind, holder, value, other) : [];
    }),
  ];
}

function added(kind: InputValueKind, holder: string, value: InputValue): Change {
  const path = kind.coordinate(holder, value.name);
  const type = String(value.type);
  return isRequiredInputField(value)
    ? change(
        kind.requiredAdded,
        path,
        `The required ${kind.noun} \`${path}\` of type \`${type}\` is added.`,
        // Whoever uses what it belongs to should have given it.
        [holder],
      )
    : change(
        kind.optionalAdded,
        path,
        `The ${kind.noun} \`${path}\` of type \`${type}\` is added.`,
      );
}

function diffInputValue(
  kind: InputValueKind,
  holder: string,
  base: InputValue,
  head: InputValue,
): Change[] {
  const path = kind.coordinate(holder, base.name);
  return [
    ...diffType(kind, holder, base, head),
    ...diffDefault(kind, holder, base, head),
    ...diffMetadata(path, base, head),
  ];
}

function diffType(
  kind: InputValueKind,
  holder: string,
  base: InputValue,
  head: InputValue,
): Change[] {
  const [before, after] = [String(base.type), String(head.type)];
  if (before === after) return [];
  const path = kind.coordinate(holder, base.name);
  const message = `The type of the ${kind.noun} \`${path}\` changes from \`${before}\` to \`${after}\`.`;
  if (isWider(base.type, head.type)) return [change(kind.typeWidened, path, message)];
  const isMissed = !isRequiredInputField(base) && isRequiredInputField(head);
  const touches = isMissed ? [path, holder] : [path];
  return [change(kind.typeChanged, path, message, touches)];
}

function diffDefault(
  kind: InputValueKind,
  holder: string,
  base: InputValue,
  head: InputValue,
): Change[] {
  const [before, after] = [defaultOf(base), defaultOf(head)];
  if (before === after) return [];
  const path = kind.coordinate(holder, base.name);
  const isRequiredNow = isRequiredInputField(head);
  // Where the type became non-null as well, that change tells of it.
  if (isRequiredNow && String(base.type) !== String(head.type)) return [];
  const message =
    after === null
      ? `The default \`${before}\` of \`${path}\` is removed.`
      : before === null
        ? `\`${path}\` gets the default \`${after}\`.`
        : `The default of \`${path}\` changes from \`${before}\` to \`${after}\`.`;
  if (isRequiredNow) {
    return [change(kind.becameRequired, path, message, [path, holder])];
  }
  // Whoever had to give it, gives it.
  const isNewlyOptional = before === null && isRequiredInputField(base);
  return [change(isNewlyOptional ? kind.typeWidened : kind.defaultChanged, path, message)];
}

function defaultOf({ defaultValue, type }: InputValue): string | null {
  if (defaultValue === undefined) return null;
  const node = astFromValue(defaultValue, type);
  return node ? print(node) : null;
}

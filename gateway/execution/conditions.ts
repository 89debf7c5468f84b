import { Kind, type ConstDirectiveNode, type DirectiveNode } from 'graphql';

/** A variable of the client's operation that must have a value for something to be fetched or answered. */
export interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

/** The values of variables as graphql's getVariableValues gives them: defaults are filled in. */
export type VariableValues = Readonly<Record<string, unknown>>;

/** Whether all conditions hold. */
export function hold(conditions: readonly Condition[], variables: VariableValues): boolean {
  return conditions.every(({ variable, value }) => (variables[variable] === true) === value);
}

/** The conditions that @skip and @include make; null where it is known already that they do not hold. */
export function conditionsOf(
  directives: readonly (DirectiveNode | ConstDirectiveNode)[] | undefined,
): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const { name, arguments: given } of directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const value = name.value === 'include';
    const condition = given?.find((argument) => argument.name.value === 'if')?.value;
    if (condition?.kind === Kind.VARIABLE) {
      conditions.push({ variable: condition.name.value, value });
    } else if (condition?.kind === Kind.BOOLEAN && condition.value !== value) {
      return null;
    }
  }
  return conditions;
}

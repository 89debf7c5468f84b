import { MOVES } from '#platform/moves/moves.ts';

/** Everything on one side: a domain that writes meets the others there. */
export const SIDES = [
  // #region monolith
  ['by the monolith', labelsOn()],
  // #endregion monolith
  ['by the domains', labelsOn(...MOVES.map(({ name }) => name))],
] as const;

/** The flags of a stack on which these labels are on and all others off. */
export function labelsOn(...labels: readonly string[]): Record<string, string> {
  return Object.fromEntries(MOVES.map(({ name, flag }) => [flag, String(labels.includes(name))]));
}

import type { InvalidField } from './problems.ts';

/** A rule for one field of an input: its place inside `input`, whether it holds, and what the field must be. */
export type InputRule = readonly [path: string, holds: boolean, message: string];

/** The fields whose rules do not hold, in the order of the rules. */
export function brokenRules(rules: readonly InputRule[]): InvalidField[] {
  return rules.filter(([, holds]) => !holds).map(([path, , message]) => ({ path, message }));
}

/**
 * The rule for a text that is kept without the blanks around it. An absent one breaks no rule.
 *
 * @param minimum the fewest characters
 * @param maximum the most characters
 */
export function textRule(
  path: string,
  text: string | null | undefined,
  minimum: number,
  maximum: number,
): InputRule {
  // PostgreSQL cannot store it.
  if (text?.includes('\0')) return [path, false, 'must not hold the character U+0000'];
  const most = maximum.toLocaleString('en');
  const length = minimum > 0 ? `${minimum} to ${most}` : `at most ${most}`;
  return [
    path,
    text == null || hasLength(text, minimum, maximum),
    `must be ${length} characters long`,
  ];
}

/** Whether a text without the blanks around it has so many characters, counted as PostgreSQL does: in code points. */
export function hasLength(text: string, minimum: number, maximum: number): boolean {
  const length = Array.from(text.trim()).length;
  return length >= minimum && length <= maximum;
}

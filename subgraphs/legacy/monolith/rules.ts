import { validation } from './errors.ts';

/** A rule of the domain for one field: its path in REST names, whether it holds, and what it says. */
export type Rule = readonly [field: string, holds: boolean, message: string];

/** Holds an input against rules. @throws 422 VALIDATION that names every field whose rule does not hold */
export function checkRules(rules: readonly Rule[]): void {
  const broken = rules.filter(([, holds]) => !holds);
  if (broken.length > 0) throw validation(broken.map(([field, , message]) => ({ field, message })));
}

/** The rule for a text that is kept without the blanks around it: its length, and that PostgreSQL can keep it. */
export function textRule(
  field: string,
  text: string,
  minimum: number,
  maximum: number,
  message: string,
): Rule {
  if (text.includes('\0')) return [field, false, 'must not hold the character U+0000'];
  return [field, lengthWithin(text, minimum, maximum), message];
}

/** Whether the trimmed text has a length within bounds, counted in code points, as the columns count. */
export function lengthWithin(text: string, minimum: number, maximum: number): boolean {
  const length = Array.from(text.trim()).length;
  return length >= minimum && length <= maximum;
}

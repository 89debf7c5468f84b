import { validation } from './errors.ts';

/** A rule of the domain for one field: its path in REST names, whether it holds, and what it says. */
export type Rule = readonly [field: string, holds: boolean, message: string];

/** Holds an input against rules. @throws 422 VALIDATION that names every field whose rule does not hold */
export function checkRules(rules: readonly Rule[]): void {
  const broken = rules.filter(([, holds]) => !holds);
  if (broken.length > 0) throw validation(broken.map(([field, , message]) => ({ field, message })));
}

/** Whether the trimmed text has a length within bounds, counted in code points, as the columns count. */
export function lengthWithin(text: string, minimum: number, maximum: number): boolean {
  const length = Array.from(text.trim()).length;
  return length >= minimum && length <= maximum;
}

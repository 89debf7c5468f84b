/** The variables of a request, as they came. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number, or how it follows from the variables of a request. Numbers are worked out beforehand. */
export type Formula = number | ((variables: Variables) => number);

/** The value of a formula for a request. */
export function evaluate(formula: Formula, variables: Variables): number {
  return typeof formula === 'number' ? formula : formula(variables);
}

/** The sum of formulas. */
export function sum(formulas: readonly Formula[]): Formula {
  let known = 0;
  const open: Exclude<Formula, number>[] = [];
  for (const formula of formulas) {
    if (typeof formula === 'number') known += formula;
    else open.push(formula);
  }
  if (open.length === 0) return known;
  return (variables) => open.reduce((total, formula) => total + formula(variables), known);
}

/** The product of two formulas. The right one is not evaluated where the left one is 0. */
export function product(left: Formula, right: Formula): Formula {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (left === 0 || right === 0) return 0;
  if (left === 1) return right;
  if (right === 1) return left;
  return (variables) => {
    const times = evaluate(left, variables);
    // What is left out is not looked at, for it may have faults.
    return times === 0 ? 0 : times * evaluate(right, variables);
  };
}

/** Thrown to roll a transaction back. What it carries is the answer: an expected outcome other than success. */
export class Refusal<Problem> extends Error {
  readonly code = 'REFUSED';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super('The transaction was rolled back, because its outcome is a problem.');
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** Runs a transaction. @returns what it gives, or the problem for which it was rolled back */
export async function refusedOr<Result, Problem>(
  run: () => Promise<Result>,
): Promise<Result | Problem> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) return error.problem as Problem;
    throw error;
  }
}

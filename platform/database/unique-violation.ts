/** PostgreSQL's `unique_violation` (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const UNIQUE_VIOLATION = '23505';

/** Whether a statement failed because a value is taken. drizzle keeps the error of PostgreSQL as the cause. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return (
    cause instanceof Error &&
    'code' in cause &&
    cause.code === UNIQUE_VIOLATION &&
    'constraint' in cause &&
    cause.constraint === constraint
  );
}

/** Does what may break a unique constraint. @returns what it gives, or what `taken` makes where a value is taken */
export async function unlessTaken<Result, Taken>(
  constraint: string,
  taken: () => Taken,
  act: () => Promise<Result>,
): Promise<Result | Taken> {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error, constraint)) return taken();
    throw error;
  }
}

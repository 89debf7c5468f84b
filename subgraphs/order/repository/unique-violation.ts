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

/**
 * The name of the constraint that a statement broke; null for every other error.
 * drizzle keeps PostgreSQL's error as the cause of its own.
 */
export function brokenConstraint(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'constraint' in cause && typeof cause.constraint === 'string'
    ? cause.constraint
    : null;
}

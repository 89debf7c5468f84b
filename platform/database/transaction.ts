import { setTimeout as wait } from 'node:timers/promises';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from './pool.ts';

/**
 * The codes by which PostgreSQL says that somebody else was in the way, try again: `serialization_failure`,
 * `deadlock_detected` (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const TRY_AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
const TRIES = 5;

/**
 * Runs a transaction, again from its beginning when PostgreSQL asks for that, five times at the most. What it
 * does outside of the database must bear being repeated.
 */
export async function transaction<Result>(
  db: NodePgDatabase,
  run: (tx: Db) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction(run);
    } catch (error) {
      if (tries === TRIES || !TRY_AGAIN.has(codeOf(error))) throw error;
      // Apart by chance, so that the same two do not meet again.
      await wait(Math.random() * 20 * 2 ** tries);
    }
  }
}

/** drizzle keeps the error of PostgreSQL as the cause of its own; COMMIT's comes as it is. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code ?? '';
}

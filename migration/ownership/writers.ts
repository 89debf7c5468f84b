import { sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/** What the guard does: refuse; refuse and note who writes; neither. */
export type GuardMode = 'enforce' | 'detect' | 'off';

/** Somebody who wrote here as the owner, and would be refused when the other side owns it. */
export interface Writer {
  /** The role of the database that it logged in as. */
  readonly role: string;
  /** What its connection calls itself; empty where it does not. */
  readonly application: string;
  /** The last hour in which it wrote, by its beginning. */
  readonly lastHour: Date;
  /** In how many different hours it wrote. */
  readonly hours: number;
}

/**
 * Sets what the guard does, for transactions that begin now. `detect` refuses as `enforce` does; what it adds is a note
 * per hour of each role and application that writes, so that scripts which will be refused after a flip are known before.
 */
export async function setGuard(db: Db, move: MoveName, guard: GuardMode): Promise<void> {
  await db.execute(sql`update move.mode set guard = ${guard} where move = ${move}`);
}

/** Who was noted to write, the last ones first. */
export async function readWriters(db: Db, move: MoveName): Promise<Writer[]> {
  // Equal notes may stand there twice: see move.note_writer.
  const { rows } = await db.execute<Record<string, unknown> & WriterRow>(
    sql`select role, application, max(hour) as "lastHour", count(distinct hour)::integer as hours
      from move.writer where move = ${move} group by role, application order by max(hour) desc, role, application`,
  );
  return rows.map(({ lastHour, ...row }) => ({ ...row, lastHour: new Date(lastHour) }));
}

interface WriterRow extends Omit<Writer, 'lastHour'> {
  readonly lastHour: string;
}

import { eq, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { moveSide } from './tables.ts';

/** The side that has the data of a move: legacy, as long as nothing else was recorded. */
export async function readSide(control: Db, move: MoveName): Promise<Side> {
  const rows = await control.select().from(moveSide).where(eq(moveSide.move, move));
  return rows[0]?.side ?? 'legacy';
}

/** Records that a side has the data of a move, with the time if that is new. */
export async function recordSide(control: Db, move: MoveName, side: Side): Promise<void> {
  await control
    .insert(moveSide)
    .values({ move, side, changedAt: new Date() })
    .onConflictDoUpdate({
      target: moveSide.move,
      set: { side, changedAt: sql`excluded.changed_at` },
      setWhere: sql`${moveSide.side} <> excluded.side`,
    });
}

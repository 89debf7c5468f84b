import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { moveSide } from './tables.ts';

/** The side that the flag of a move asked for when it was followed last; null: it never was. */
export async function readTarget(control: Db, move: MoveName): Promise<Side | null> {
  const rows = await control.select().from(moveSide).where(eq(moveSide.move, move));
  return rows[0]?.side ?? null;
}

/** Records that a flag has been followed, with the time if it says something new. */
export async function recordTarget(control: Db, move: MoveName, side: Side): Promise<void> {
  if ((await readTarget(control, move)) === side) return;
  const changedAt = new Date();
  await control
    .insert(moveSide)
    .values({ move, side, changedAt })
    .onConflictDoUpdate({ target: moveSide.move, set: { side, changedAt } });
}

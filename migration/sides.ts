import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from '#platform/database/pool.ts';
import { wholeOn } from '#platform/moves/move-state.ts';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import { lockMoveState, writeMoveState } from './move-states.ts';
import { moveSide } from './tables.ts';

/** The side that has the data of a move: legacy, as long as nothing else was recorded. */
export async function readSide(control: Db, move: MoveName): Promise<Side> {
  const rows = await control.select().from(moveSide).where(eq(moveSide.move, move));
  return rows[0]?.side ?? 'legacy';
}

/**
 * Records that a side has the data of a move, with the time if that is new. The move is then whole on that side: all
 * reads and writes. Where the side had the data already, the shares of reads stay as people have set them.
 */
export async function recordSide(
  control: NodePgDatabase,
  move: MoveName,
  side: Side,
): Promise<void> {
  await control.transaction(async (tx) => {
    const now = new Date();
    const state = await lockMoveState(tx, move);
    const isElsewhere = (await readSide(tx, move)) !== side;
    await tx
      .insert(moveSide)
      .values({ move, side, changedAt: now })
      .onConflictDoUpdate({
        target: moveSide.move,
        set: isElsewhere ? { side, changedAt: now } : { side },
      });
    if (state !== null && !isElsewhere) return;
    await writeMoveState(tx, state, wholeOn(side), {
      move,
      at: now,
      by: 'handover',
      reason: `${moveNamed(move)?.flag}=${side === 'new'}`,
    });
  });
}

import { desc, eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveProgress, MoveState } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { moveState } from '#platform/moves/tables.ts';
import { moveChange } from './tables.ts';

/** Who changes a move, when and why. */
export interface ChangeOfMove {
  readonly move: MoveName;
  readonly at: Date;
  readonly by: string;
  readonly reason: string | null;
}

/** The state of a move, which nobody else changes before the transaction ends; null where it has none. */
export async function lockMoveState(tx: Db, move: MoveName): Promise<MoveState | null> {
  const rows = await tx.select().from(moveState).where(eq(moveState.move, move)).for('update');
  return rows[0] ?? null;
}

/**
 * Writes the state of a move and keeps the change. Every gateway hears of it when the transaction is committed.
 *
 * @param before as {@link lockMoveState} gave it
 * @returns the state with its version
 */
export async function writeMoveState(
  tx: Db,
  before: MoveState | null,
  after: MoveProgress,
  change: ChangeOfMove,
): Promise<MoveState> {
  const { move, at, by, reason } = change;
  const written = { ...after, updatedAt: at, updatedBy: by };
  // No "on conflict": the triggers would count such a change twice.
  const rows = before
    ? await tx.update(moveState).set(written).where(eq(moveState.move, move)).returning()
    : await tx
        .insert(moveState)
        .values({ move, ...written })
        .returning();
  await tx.insert(moveChange).values({
    move,
    changedAt: at,
    changedBy: by,
    before: before && progressOf(before),
    after: progressOf(after),
    reason,
  });
  return rows[0] as MoveState;
}

/** The last changes of a move, the newest first. */
export async function readMoveChanges(control: Db, move: MoveName, limit: number) {
  return control
    .select()
    .from(moveChange)
    .where(eq(moveChange.move, move))
    .orderBy(desc(moveChange.id))
    .limit(limit);
}

function progressOf({ stage, readPercent, writePercent }: MoveProgress): MoveProgress {
  return { stage, readPercent, writePercent };
}

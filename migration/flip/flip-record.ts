import { and, eq, isNull, max, sql } from 'drizzle-orm';
import type { QueryConfig } from 'pg';
import type { Database, Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { moveFlip, type FlipStep } from '../tables.ts';

/** A flip as it is recorded. */
export type FlipRecord = typeof moveFlip.$inferSelect;

/** Records a flip that begins. @throws where another one of the move is under way */
export async function recordFlip(
  control: Db,
  flip: Pick<FlipRecord, 'move' | 'buckets' | 'toSide' | 'epoch' | 'startedBy' | 'reason'>,
): Promise<FlipRecord> {
  const now = new Date();
  const rows = await control
    .insert(moveFlip)
    .values({ ...flip, step: 'begun', startedAt: now, updatedAt: now })
    .returning();
  return rows[0] as FlipRecord;
}

/** Milliseconds for which a flip waits for `control` while writers wait for the flip. */
const PATIENCE = 2_000;

/** Records how far a flip is. @throws also where `control` gives no answer: a network that is cut says nothing */
export async function recordStep(
  { pool }: Database,
  flip: FlipRecord,
  step: FlipStep,
): Promise<void> {
  await pool.query({
    text: 'update move_flip set step = $2, updated_at = now() where id = $1 and finished_at is null',
    values: [flip.id, step],
    query_timeout: PATIENCE,
  } as QueryConfig);
}

/** Records the end of a flip. */
export async function recordEnd(
  control: Db,
  flip: FlipRecord,
  step: 'done' | 'reopened',
  evidence: Readonly<Record<string, unknown>>,
): Promise<void> {
  const now = new Date();
  await control
    .update(moveFlip)
    .set({ step, updatedAt: now, finishedAt: now, evidence })
    .where(and(eq(moveFlip.id, flip.id), isNull(moveFlip.finishedAt)));
}

/** The flip of a move that is under way; null: there is none. */
export async function openFlip(control: Db, move: MoveName): Promise<FlipRecord | null> {
  const rows = await control
    .select()
    .from(moveFlip)
    .where(and(eq(moveFlip.move, move), isNull(moveFlip.finishedAt)));
  return rows[0] ?? null;
}

/** The highest epoch that any flip of the move was given; 0: there was none. */
export async function lastEpoch(control: Db, move: MoveName): Promise<number> {
  const rows = await control
    .select({ epoch: sql<number>`coalesce(${max(moveFlip.epoch)}, 0)`.mapWith(Number) })
    .from(moveFlip)
    .where(eq(moveFlip.move, move));
  return rows[0]?.epoch ?? 0;
}

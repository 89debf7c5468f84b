import { sql } from 'drizzle-orm';
import { coveredBuckets } from '#platform/moves/bucket.ts';
import type { Database } from '#platform/database/pool.ts';
import { readMoveSnapshot, type MoveState } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { openFlip } from '../flip/flip-record.ts';
import type { MovePlaces } from '../move-places.ts';
import { changeStateEverywhere } from './change-state.ts';
import { bucketCount } from './flip-share.ts';

/** Whether somebody has left something in the middle: a flip, a closed bucket, or a state that owners disagree with. */
export async function isUnsettled(places: MovePlaces, state: MoveState): Promise<boolean> {
  const { control, mapping, legacy, new: fresh } = places;
  if (await openFlip(control.db, mapping.name)) return true;
  const [here, there] = await Promise.all([
    countOwners(legacy, mapping.name),
    countOwners(fresh, mapping.name),
  ]);
  return here.moving + there.moving > 0 || there.owned !== coveredOf(state);
}

/** Brings the share of writes to what the owners of the buckets say. */
export async function reconcile({ control, mapping, new: fresh }: MovePlaces): Promise<void> {
  const state = (await readMoveSnapshot(control.db)).moves.get(mapping.name);
  if (!state || state.stage === 'sealed') return;
  const { owned } = await countOwners(fresh, mapping.name);
  if (owned === coveredOf(state)) return;
  const writePercent = (owned * 100) / bucketCount(mapping.name);
  const reason = 'as the owners of the buckets are';
  const signature = { by: 'migration', reason };
  await changeStateEverywhere(control, mapping.name, { writePercent }, signature);
}

function coveredOf({ move, writePercent }: MoveState): number {
  return bucketCount(move) === 1 ? Math.round(writePercent / 100) : coveredBuckets(writePercent);
}

/** @returns how many buckets the new side owns in a database, and how many are closed */
async function countOwners(
  { db }: Database,
  move: MoveName,
): Promise<{ owned: number; moving: number }> {
  const { rows } = await db.execute<{ owned: number; moving: number }>(
    sql`select count(*) filter (where owner = 'new')::int as owned,
          count(*) filter (where owner = 'moving')::int as moving
        from move.ownership where move = ${move}`,
  );
  return rows[0] ?? { owned: 0, moving: 0 };
}

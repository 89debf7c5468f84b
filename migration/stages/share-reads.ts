import type { Database } from '#platform/database/pool.ts';
import type { MoveProgress, MoveState } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import type { Signature } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import { carrySoFar } from '../relay/drain.ts';
import { changeStateEverywhere } from './change-state.ts';
import { parkedIn } from './parked-in.ts';
import { StageRefused } from './stage-refused.ts';

/** Milliseconds for what has been written so far to reach the new side. */
const CARRY = 30_000;

/** Nobody reads from the new side, and whoever writes waits until it has what they wrote. */
const NOBODY_YET = { stage: 'canary', readPercent: 0 } as const;

/**
 * Lets a share of the subjects read from the new side, where none did before. A replica of the gateway that still thinks
 * "shadow" answers mutations that the new side has not heard of, so nobody may read there before all know better, and
 * before what was answered until then has been carried over.
 *
 * @throws StageRefused where something cannot be carried over, DrainTimeout where it takes too long: the move is in shadow
 *   again then
 */
export async function beginReads(
  places: MovePlaces,
  readPercent: number,
  signature: Signature,
): Promise<MoveState> {
  const { control, mapping } = places;
  const move = mapping.name;
  const change = (to: Partial<MoveProgress>, expected: Partial<MoveProgress>) =>
    changeStateEverywhere(control, move, to, signature, expected);
  const first = await change(NOBODY_YET, { readPercent: 0, writePercent: 0 });
  if (readPercent === 0) return first;
  try {
    await carrySoFar(places, 'legacy', { deadline: Date.now() + CARRY });
    const parked = await parkedIn(places.legacy, move);
    if (parked.length > 0) {
      throw new StageRefused(
        `${move} stays in shadow: ${parked.join('; ')}. Mend these rows: a change takes them up again by itself`,
      );
    }
  } catch (error) {
    await change({ stage: 'shadow' }, NOBODY_YET);
    throw error;
  }
  return change({ readPercent }, NOBODY_YET);
}

/**
 * Lets everybody read from legacy again. As long as one replica of the gateway reads from the new side, no other may
 * answer mutations that it has not heard of.
 *
 * @param expected what the move must be before; nothing where anything will do
 */
export async function endReads(
  control: Database,
  move: MoveName,
  signature: Signature,
  expected: Partial<MoveProgress> = {},
): Promise<MoveState> {
  const last = await changeStateEverywhere(control, move, { readPercent: 0 }, signature, expected);
  if (last.stage !== 'canary') return last;
  return changeStateEverywhere(control, move, { stage: 'shadow' }, signature, NOBODY_YET);
}

import { awaitConfirmed, LONGEST_CONFIRMATION } from '#platform/moves/leases.ts';
import type { Database } from '#platform/database/pool.ts';
import { wholeOn, type MoveProgress, type MoveState } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { Signature } from '../journal/journal.ts';
import { lockMoveState, writeMoveState } from '../move-states.ts';
import { StageRefused } from './stage-refused.ts';

/** Milliseconds to wait for replicas of the gateway: far longer than their leases run. */
const CONFIRMATION = 4 * LONGEST_CONFIRMATION;

/**
 * Changes how far a move is; what is left out stays. Every gateway follows, but not before this returns: what builds on
 * it needs {@link changeStateEverywhere}.
 *
 * @param expected what it must be before; nothing where anything will do
 * @returns the state with its version
 * @throws StageRefused where it is not as expected: somebody else has changed it
 */
export async function changeState(
  control: Database,
  move: MoveName,
  change: Partial<MoveProgress>,
  { by, reason }: Signature,
  expected: Partial<MoveProgress> = {},
): Promise<MoveState> {
  return control.db.transaction(async (tx) => {
    const before = await lockMoveState(tx, move);
    const base = before ?? wholeOn('legacy');
    if (!isSame(base, { ...base, ...expected })) {
      throw new StageRefused(
        `somebody else has changed ${move} meanwhile: npm run move -- status, then try again`,
      );
    }
    const after = { ...base, ...change };
    const { stage, readPercent, writePercent } = after;
    if (before && isSame(before, after)) return before;
    const progress = { stage, readPercent, writePercent };
    return writeMoveState(tx, before, progress, { move, at: new Date(), by, reason });
  });
}

/**
 * The same, and waits until no replica of the gateway routes by what was before. Where nothing is to change it waits as
 * well: somebody may have been interrupted while they did.
 *
 * @throws StageRefused also where a replica does not follow; the state is changed then
 */
export async function changeStateEverywhere(
  control: Database,
  move: MoveName,
  change: Partial<MoveProgress>,
  signature: Signature,
  expected: Partial<MoveProgress> = {},
): Promise<MoveState> {
  const state = await changeState(control, move, change, signature, expected);
  if (await awaitConfirmed(control.db, state.version, Date.now() + CONFIRMATION)) return state;
  throw new StageRefused(
    `a replica of the gateway holds its lease and does not follow version ${state.version}: GET /health/ready of each says which one. End it, then try again`,
  );
}

/** The side that the writes of a move are at, where its state alone says so. */
export function sideOf({ writePercent }: MoveProgress): Side {
  return writePercent > 0 ? 'new' : 'legacy';
}

function isSame(before: MoveProgress, after: MoveProgress): boolean {
  return (
    before.stage === after.stage &&
    before.readPercent === after.readPercent &&
    before.writePercent === after.writePercent
  );
}

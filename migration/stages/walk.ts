import { STAGES } from '#platform/moves/move-state.ts';
import type { Side } from '#platform/moves/moves.ts';
import { drain } from '../relay/drain.ts';
import { advance } from './advance.ts';
import { backfillNow } from './backfill-now.ts';
import { isBefore, mainOwner } from './facts.ts';
import type { MoveWork } from './move-work.ts';
import { readFacts } from './read-facts.ts';
import { rollback } from './rollback.ts';
import { verifyOnce } from './verify-once.ts';

/** Where a walk ends. */
export type Destination = 'shadow' | 'soak';

/** What the flag of a move asks for. */
export const destinationOn = (side: Side): Destination => (side === 'new' ? 'soak' : 'shadow');

/** Milliseconds for what is marked to be carried over where nobody else does it. */
const DRAIN = 600_000;

/**
 * Takes a move to a stage, through all between, and does what their gates ask for. Back it goes at once.
 *
 * @param isServed whether people write meanwhile, and the relay carries; else it is carried here
 * @throws StageRefused, FlipRefused: it stays where it has come by then, and may be tried again
 */
export async function walk(work: MoveWork, to: Destination, isServed: boolean): Promise<void> {
  // Each turn is a stage, or a share of one.
  for (let turn = 0; turn < STAGES.length * 2; turn++) {
    const { moves, move, places, signature, progress } = work;
    if (!isServed) await carryAll(work);
    const facts = await readFacts(moves, move);
    const { stage, readPercent, writePercent } = facts.state;
    if (to === 'shadow' && writePercent === 0 && stage === 'shadow') {
      await verifyOnce(work, facts);
      return;
    }
    if (to === 'soak' && !isBefore(stage, 'soak')) return;
    if (to === 'shadow' && isBefore('shadow', stage)) {
      await rollback(work, 'shadow');
      return;
    }
    if (stage === 'sync') await backfillNow(places, mainOwner(facts), { signature, progress });
    if (stage === 'shadow' || (stage === 'canary' && readPercent === 100)) {
      await verifyOnce(work, facts);
    }
    const takesShare =
      stage === 'shadow' || stage === 'canary' || (stage === 'cutover' && writePercent < 100);
    await advance(work, takesShare ? 100 : undefined);
  }
  throw new Error(`${work.move} did not reach ${to}`);
}

async function carryAll({ places, moves, move }: MoveWork): Promise<void> {
  const { legacy, new: fresh } = await readFacts(moves, move);
  if (!legacy.installed || !fresh.installed) return;
  for (const from of ['legacy', 'new'] as const) {
    await drain(places, from, { deadline: Date.now() + DRAIN });
  }
}

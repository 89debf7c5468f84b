import type { MoveProgress } from '#platform/moves/move-state.ts';
import { note, noteEnd } from '../journal/journal.ts';
import { changeStateEverywhere } from './change-state.ts';
import { isBefore, ownedBy, type MoveFacts } from './facts.ts';
import { flipShare } from './flip-share.ts';
import { gatesOf, type Gate } from './gates.ts';
import { uninstall } from './install.ts';
import type { MoveWork } from './move-work.ts';
import { readSteadyFacts } from './read-facts.ts';
import { endReads } from './share-reads.ts';
import { requireMet, StageRefused } from './stage-refused.ts';
import { verifyOnce } from './verify-once.ts';

/** Where a rollback ends: with capture, so that the way forward is short; or as on the first day. */
export type RollbackTo = 'shadow' | 'legacy';

/** What a rollback is about to do. */
export interface RollbackPlan {
  readonly from: MoveProgress;
  readonly to: MoveProgress;
  readonly gates: readonly Gate[];
  /** Buckets that change sides. */
  readonly buckets: number;
}

/** Milliseconds to go on trying where a transaction or an order is in the way of a flip. */
const PATIENCE = 60_000;

/** @throws StageRefused where there is no way back */
export function planRollback(facts: MoveFacts, end: RollbackTo): RollbackPlan {
  const { state, move } = facts;
  const { stage, readPercent, writePercent } = state;
  if (stage === 'sealed') {
    throw new StageRefused(
      `${move} is sealed: the monolith has not heard of what was written since, so there is no way back that loses nothing`,
    );
  }
  const isCaptured = isBefore('legacy', stage);
  const last = end === 'legacy' || !isCaptured || stage === 'sync' ? 'legacy' : 'shadow';
  const target = end === 'shadow' && stage === 'sync' ? 'sync' : last;
  return {
    from: { stage, readPercent, writePercent },
    to: { stage: target, readPercent: 0, writePercent: 0 },
    gates: [
      ...(ownedBy(facts, 'new').length > 0 ? gatesOf('rollback', facts) : []),
      ...(target === 'legacy' ? gatesOf('removal', facts) : []),
    ],
    buckets: ownedBy(facts, 'new').length,
  };
}

/**
 * Takes a move back: its reads at once, then its writes, bucket by bucket, after what was written on the new side has
 * been carried back and compared.
 *
 * @throws StageRefused where something is in the way, FlipRefused where buckets could not change sides
 */
export async function rollback(work: MoveWork, end: RollbackTo): Promise<RollbackPlan> {
  const { moves, move, places, signature, flipper, progress } = work;
  const facts = await readSteadyFacts(moves, move);
  const plan = planRollback(facts, end);
  const { from, to, gates, buckets } = plan;
  const { control } = places;
  const entry = { ...signature, move, action: 'rollback' } as const;
  await note(control.db, { ...entry, step: 'begun', evidence: { from, to, gates } });
  // Whoever rolls back wants the answers of legacy, whatever else is in the way.
  if (from.stage === 'soak') {
    // Writes that are still on the new side are on their way back: that is what cutover is.
    const change = { stage: 'cutover', readPercent: 0 } as const;
    await changeStateEverywhere(control, move, change, signature);
  } else {
    await endReads(control, move, signature);
  }
  await noteEnd(control.db, entry, { from, to }, async () => {
    requireMet(move, `back to ${to.stage}`, gates);
    if (buckets > 0) {
      await verifyOnce(work, facts);
      await flipShare(flipper, 0, {
        patience: PATIENCE,
        chunk: moves.config.FLIP_BUCKETS,
        onProgress: (done, total) => progress('buckets', done, total),
      });
    }
    if (to.stage === 'legacy') {
      // Whoever still waits for the other side to hear of a write must have capture.
      const last = from.stage === 'sync' ? from.stage : 'shadow';
      if (isBefore('legacy', from.stage)) {
        await changeStateEverywhere(control, move, { ...to, stage: last }, signature);
      }
      await uninstall(places, signature);
    }
    await changeStateEverywhere(control, move, to, signature);
  });
  return plan;
}

import type { MoveProgress } from '#platform/moves/move-state.ts';
import { bucketCount, flipShare } from './flip-share.ts';
import { note, noteEnd } from '../journal/journal.ts';
import { changeStateEverywhere } from './change-state.ts';
import { mainOwner, type MoveFacts } from './facts.ts';
import { gateLines, gatesOf, type Gate, type Transition } from './gates.ts';
import { install } from './install.ts';
import type { MoveWork } from './move-work.ts';
import { readSteadyFacts } from './read-facts.ts';
import { beginReads } from './share-reads.ts';
import { requireMet, StageRefused } from './stage-refused.ts';

/** What an advance is about to do. */
export interface Plan {
  readonly from: MoveProgress;
  readonly to: MoveProgress;
  /** What is asked for; empty for a larger share within a stage. */
  readonly gates: readonly Gate[];
}

/** Shares with which a stage begins where none is named, in percent. */
const FIRST_SHARE = 10;
/** Milliseconds to go on trying where a transaction or an order is in the way of a flip. */
const PATIENCE = 30_000;

/**
 * What the next step of a move is: the next stage; in canary and cutover, as long as they are not complete, a larger share.
 *
 * @param percent of the reads in canary, of the writes in cutover; where a stage begins with less than all, 10 by default
 * @throws StageRefused where there is no next step, or it takes no such percentage
 */
export function planAdvance(facts: MoveFacts, percent?: number): Plan {
  const { state, move } = facts;
  const { stage, readPercent, writePercent } = state;
  const from = { stage, readPercent, writePercent };
  const plan = (to: MoveProgress, gates: Gate[]) => ({ from, to, gates });
  const asked = (transition: Transition) => gatesOf(transition, facts);
  if (percent !== undefined && !['shadow', 'canary', 'cutover'].includes(stage)) {
    throw new StageRefused(
      `${move} is at ${stage}: its next stage has no share. Leave --percent out; canary and cutover take one`,
    );
  }
  if (stage === 'legacy') return plan({ ...from, stage: 'sync' }, asked('legacy to sync'));
  if (stage === 'sync') return plan({ ...from, stage: 'shadow' }, asked('sync to shadow'));
  if (stage === 'shadow') {
    const readPercent = percent ?? FIRST_SHARE;
    return plan({ ...from, stage: 'canary', readPercent }, asked('shadow to canary'));
  }
  if (stage === 'canary' && readPercent < 100 && percent !== undefined) {
    requireRise(facts, 'reads', readPercent, percent);
    return plan({ ...from, readPercent: percent }, []);
  }
  if (stage === 'canary') {
    const writes = percent ?? (bucketCount(move) === 1 ? 100 : FIRST_SHARE);
    requireShare(facts, writes);
    return plan({ ...from, stage: 'cutover', writePercent: writes }, asked('canary to cutover'));
  }
  // Where all writes change sides at once, it is known how far: somebody was interrupted before they did.
  const share = percent ?? (bucketCount(move) === 1 ? 100 : undefined);
  if (stage === 'cutover' && writePercent < 100 && share !== undefined) {
    requireRise(facts, 'writes', writePercent, share);
    return plan({ ...from, writePercent: share }, []);
  }
  if (stage === 'cutover') return plan({ ...from, stage: 'soak' }, asked('cutover to soak'));
  if (stage === 'soak') {
    const gates = asked('soak to sealed');
    throw new StageRefused(
      [
        `${move} is whole on the new side. What is left is the end of its way back: npm run move -- seal ${move}`,
        ...gateLines(gates),
      ].join('\n'),
      gates,
    );
  }
  throw new StageRefused(`${move} is sealed: there is nothing left to do`);
}

/**
 * Goes one stage, or to a larger share within one.
 *
 * @returns what was planned, all of which is done
 * @throws StageRefused where a gate is not met: nothing has changed. FlipRefused where buckets could not change sides
 */
export async function advance(work: MoveWork, percent?: number): Promise<Plan> {
  const { moves, move, places, signature } = work;
  const facts = await readSteadyFacts(moves, move);
  const plan = planAdvance(facts, percent);
  const { from, to, gates } = plan;
  const control = places.control;
  const entry = { ...signature, move, action: 'advance' } as const;
  const evidence = { from, to, gates };
  try {
    requireMet(move, where(from, to), gates);
  } catch (error) {
    await note(control.db, { ...entry, step: 'refused', evidence });
    throw error;
  }
  await note(control.db, { ...entry, step: 'begun', evidence });
  await noteEnd(control.db, entry, { from, to }, async () => {
    if (to.stage === 'sync') await install(places, mainOwner(facts), signature);
    await goOn(work, from, to);
  });
  return plan;
}

async function goOn(work: MoveWork, from: MoveProgress, to: MoveProgress): Promise<void> {
  const { places, move, signature } = work;
  if (to.writePercent > from.writePercent) await shareWrites(work, from, to);
  else if (beginsReads(from, to)) await beginReads(places, to.readPercent, signature);
  else await changeStateEverywhere(places.control, move, to, signature, from);
}

/** Also where somebody was interrupted between the two steps. */
const beginsReads = (from: MoveProgress, to: MoveProgress) =>
  to.stage === 'canary' && from.readPercent === 0;

async function shareWrites(work: MoveWork, from: MoveProgress, to: MoveProgress): Promise<void> {
  const { places, move, signature, flipper, progress, moves } = work;
  // The gates have looked at this: the reads may have been set to another share meanwhile.
  await changeStateEverywhere(places.control, move, { stage: to.stage }, signature, from);
  await flipShare(flipper, to.writePercent, {
    patience: PATIENCE,
    chunk: moves.config.FLIP_BUCKETS,
    onProgress: (done, total) => progress('buckets', done, total),
  });
}

function where(from: MoveProgress, to: MoveProgress): string {
  return from.stage === to.stage ? `on in ${to.stage}` : `from ${from.stage} to ${to.stage}`;
}

function requireRise(
  { move }: MoveFacts,
  what: 'reads' | 'writes',
  before: number,
  after: number,
): void {
  if (after > before) {
    if (what === 'writes') requireWhole(move, after);
    return;
  }
  const back =
    what === 'reads'
      ? `npm run move -- set ${move} --read-percent ${after}`
      : `npm run move -- rollback ${move}`;
  throw new StageRefused(
    `${move}: ${before}% of its ${what} are on the new side already, and an advance only adds to them. To take some back: ${back}`,
  );
}

function requireShare({ move }: MoveFacts, share: number): void {
  if (share <= 0) {
    throw new StageRefused(`${move}: cutover begins with a share of the writes above 0`);
  }
  requireWhole(move, share);
}

function requireWhole(move: MoveFacts['move'], share: number): void {
  if (bucketCount(move) === 1 && share !== 100) {
    throw new StageRefused(
      `the writes of ${move} change sides together: --percent is 100 for them`,
    );
  }
}

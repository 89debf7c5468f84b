import type { Database, Db } from '#platform/database/pool.ts';
import { readMoveSnapshot, type MoveState } from '#platform/moves/move-state.ts';
import type { Move } from '#platform/moves/moves.ts';
import { note, type Signature } from '../journal/journal.ts';
import { changeStateEverywhere } from './change-state.ts';
import { hoursBetween } from './facts.ts';
import type { MoveWork } from './move-work.ts';
import { readVerified } from './read-verified.ts';
import { beginReads, endReads } from './share-reads.ts';
import { StageRefused } from './stage-refused.ts';

/** What a change of the share of reads did. */
export interface ReadsSet {
  readonly before: MoveState;
  readonly after: MoveState;
}

/** How it is done. */
export interface SetReads {
  readonly signature: Signature;
  /** Changes nothing. */
  readonly isDry: boolean;
  /**
   * Works on the move alone, with its databases: where nobody has read from the new side before, what was written must be
   * carried over first.
   */
  readonly workAlone: (act: (work: MoveWork) => Promise<MoveState>) => Promise<MoveState>;
}

/**
 * Shares out the reads of a move, where both sides have the data and legacy owns the writes.
 *
 * @param percent of subjects whose queries the new side answers
 * @throws StageRefused where reads may not be shared out: it says what comes first
 */
export async function setReads(
  control: Database,
  move: Move,
  percent: number,
  { signature, isDry, workAlone }: SetReads,
): Promise<ReadsSet> {
  const before = await readState(control.db, move.name);
  const stage = stageWith(before, percent);
  if (before.readPercent === percent && before.stage === stage) return { before, after: before };
  requireShareable(before, percent);
  if (before.stage === 'shadow') await requireVerified(control.db, move);
  if (isDry) return { before, after: { ...before, stage, readPercent: percent } };
  const expected = { stage: before.stage, readPercent: before.readPercent };
  const share = () =>
    changeStateEverywhere(control, move.name, { readPercent: percent }, signature, expected);
  const after = await (stage === 'shadow'
    ? endReads(control, move.name, signature, expected)
    : stage !== 'canary'
      ? // Not while a rollback takes the writes back, which has begun with the reads.
        workAlone(share)
      : before.readPercent === 0
        ? workAlone(({ places }) => beginReads(places, percent, signature))
        : share());
  await note(control.db, {
    ...signature,
    move: move.name,
    action: 'set',
    step: 'finished',
    evidence: { from: before.readPercent, to: percent, stage },
  });
  return { before, after };
}

async function readState(control: Db, move: Move['name']): Promise<MoveState> {
  const state = (await readMoveSnapshot(control)).moves.get(move);
  if (state) return state;
  throw new StageRefused(`nobody has recorded ${move} yet: npm start does so by its handover`);
}

function stageWith({ stage }: MoveState, percent: number): MoveState['stage'] {
  if (stage === 'shadow' || stage === 'canary') return percent > 0 ? 'canary' : 'shadow';
  return stage;
}

function requireShareable({ move, stage, readPercent }: MoveState, percent: number): void {
  if (stage === 'shadow' || stage === 'canary') return;
  if (stage === 'legacy' || stage === 'sync') {
    throw new StageRefused(
      `${move} is at ${stage}: the new side does not have its data yet. First: ` +
        (stage === 'legacy' ? `npm run move -- advance ${move}, then ` : '') +
        `npm run move -- backfill ${move}, npm run move -- advance ${move}, npm run move -- verify ${move}`,
    );
  }
  // After a rollback that stopped half way, reads must find back to who owns the writes.
  if (stage !== 'sealed' && percent === 100) return;
  throw new StageRefused(
    `${move} is at ${stage}: its writes are on the new side, and its reads with them (${readPercent}%). ` +
      (stage === 'sealed'
        ? 'There is no way back'
        : `To take it back: npm run move -- rollback ${move}, which begins with the reads`),
  );
}

/** A verification is what reads are trusted by; how old it may be, `advance` asks. */
async function requireVerified(control: Db, { name }: Move): Promise<void> {
  const verified = await readVerified(control, name);
  const advice = `npm run move -- verify ${name}`;
  if (!verified?.isFull) {
    throw new StageRefused(`${name} was never verified in full: ${advice}, then try again`);
  }
  const bad = verified.differing + verified.unmappable;
  if (bad > 0) {
    const hours = hoursBetween(verified.at, new Date()).toFixed(1);
    throw new StageRefused(
      `the last verification of ${name}, ${hours} h ago, found ${bad} differences: mend them, then ${advice}`,
    );
  }
}

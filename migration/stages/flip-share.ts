import { setTimeout as sleep } from 'node:timers/promises';
import { BUCKETS, coveredBuckets } from '#platform/moves/bucket.ts';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import { flip, FlipRefused, type FlipResult } from '../flip/run-flip.ts';
import type { Flipper } from '../flip/flipper.ts';
import { readOwners } from '../ownership/owners.ts';
import { changeStateEverywhere } from './change-state.ts';

/** How long to go on trying where somebody is in the way: a long transaction, an order that is being paid, a review. */
export interface Patience {
  /** Milliseconds. */
  readonly patience: number;
  /** Told after each flip. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Buckets that change sides at once. */
  readonly chunk: number;
}

/** What the flips did together. */
export interface ShareFlipped {
  readonly buckets: number;
  readonly flips: number;
  /** The longest that a writer may have waited. Milliseconds. */
  readonly longestPauseMs: number;
}

/**
 * Gives the new side the writes of a share of the buckets, and legacy the others: some at a time, so that each writer
 * waits for a moment only. The state of the move follows each flip, and every gateway the state.
 *
 * @param percent of the buckets, always the first ones
 * @throws what `flip` throws; the flips before stay
 */
export async function flipShare(
  flipper: Flipper,
  percent: number,
  options: Patience,
): Promise<ShareFlipped> {
  const { places, signature } = flipper;
  const move = places.mapping.name;
  const all = bucketCount(move);
  const covered = all === 1 ? Math.round(percent / 100) : coveredBuckets(percent);
  const isNew = new Set(await newBuckets(places, move));
  const forward = range(0, covered).filter((bucket) => !isNew.has(bucket));
  // From the last one: what stays are always the first.
  const back = range(covered, all)
    .filter((bucket) => isNew.has(bucket))
    .toReversed();
  const total = forward.length + back.length;
  const results: FlipResult[] = [];
  let done = 0;
  let size = options.chunk;
  for (const [to, buckets] of [
    ['legacy', back],
    ['new', forward],
  ] as const) {
    for (let rest = buckets; rest.length > 0;) {
      const flipped = await patientFlip(flipper, rest.slice(0, size), to, options.patience);
      results.push(flipped);
      // Where there had to be fewer, there may soon be more again.
      size = Math.min(flipped.buckets * 2, options.chunk);
      for (const bucket of rest.slice(0, flipped.buckets)) {
        if (to === 'new') isNew.add(bucket);
        else isNew.delete(bucket);
      }
      rest = rest.slice(flipped.buckets);
      done += flipped.buckets;
      const writePercent = done === total ? percent : (isNew.size * 100) / all;
      await changeStateEverywhere(places.control, move, { writePercent }, signature);
      options.onProgress?.(done, total);
    }
  }
  if (total === 0) {
    await changeStateEverywhere(places.control, move, { writePercent: percent }, signature);
  }
  return {
    buckets: total,
    flips: results.length,
    longestPauseMs: Math.round(Math.max(0, ...results.map(({ pausedMs }) => pausedMs))),
  };
}

/** How many buckets own the writes of a move. */
export function bucketCount(move: MoveName): number {
  return moveNamed(move)?.writes === 'together' ? 1 : BUCKETS;
}

async function newBuckets({ new: fresh }: Flipper['places'], move: MoveName): Promise<number[]> {
  const owners = await readOwners(fresh.db, move);
  return owners.flatMap(({ bucket, owner }) => (owner === 'new' ? [bucket] : []));
}

/** Milliseconds between two tries. */
const PAUSE = 200;
/** How often a flip is tried again because of something parked, or different: each try holds up writers. */
const TRIES = 5;
/**
 * What passes by itself: a transaction that holds a bucket or a row (55P03, `lock_not_available`), or more changes than
 * could be carried over in time.
 */
const PASSING = new Set(['OWNERSHIP_BUSY', 'DRAIN_TIMEOUT', '55P03']);

/**
 * Flips the first of some buckets: all of them, or fewer where somebody is in the way. The fewer, the rarer that is: among
 * many buckets there may always be one in which an order is being paid.
 */
async function patientFlip(
  flipper: Flipper,
  buckets: readonly number[],
  to: Side,
  patience: number,
): Promise<FlipResult> {
  const deadline = Date.now() + patience;
  let size = buckets.length;
  for (let tries = 0; ;) {
    try {
      return await flip(flipper, buckets.slice(0, size), to);
    } catch (error) {
      const isWrong = findsFault(error);
      if (isWrong) tries += 1;
      const isPassing = isWrong ? tries < TRIES : passes(error);
      if (!isPassing || Date.now() > deadline) throw error;
      if (!isWrong) size = Math.ceil(size / 2);
      await sleep(PAUSE);
    }
  }
}

/**
 * Whether something could not be carried over, or differs. It may be so for a moment: a review is gone on one side before the
 * other where its resume is deleted, which the move of uploads carries.
 */
const findsFault = (error: unknown) =>
  error instanceof FlipRefused && ('parked' in error.evidence || 'differing' in error.evidence);

function passes(error: unknown): boolean {
  if (error instanceof FlipRefused) return 'unfinished' in error.evidence;
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return PASSING.has(code ?? cause?.code ?? '');
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

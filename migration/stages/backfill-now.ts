import { setTimeout as sleep } from 'node:timers/promises';
import type { Side } from '#platform/moves/moves.ts';
import { analyzeCopied } from '../backfill/analyze-copied.ts';
import { continueBackfill, LANES, startBackfill } from '../backfill/backfill.ts';
import { readBackfill } from '../backfill/progress.ts';
import { note, type Signature } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import { otherSide } from '../other-side.ts';
import { pendingMarkers } from '../relay/markers.ts';
import { relayBatch } from '../relay/relay-batch.ts';
import { addCounts, NOTHING, type RelayCount } from '../relay/relay-count.ts';
import { countAggregates } from './count-aggregates.ts';
import type { Progress } from './move-work.ts';

/** Milliseconds to wait where what is left waits for something itself. */
const PAUSE = 50;

export interface BackfillNow {
  readonly signature: Signature;
  /** Begins anew, also where one was finished. */
  readonly restart?: boolean;
  /** How many markers may wait to be carried; as many as do not get in the way of live writes where none are named. */
  readonly maxPending?: number;
  /** How many markers are carried at once; live writes wait behind them. */
  readonly batch?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Copies what is on the side that owns a move to the other side, and takes away there what it does not have; goes on where
 * a backfill was interrupted. Live writes go on meanwhile, and others may carry as well.
 *
 * @returns what was carried here; null: everything had been copied before
 * @throws the signal's reason
 */
export async function backfillNow(
  places: MovePlaces,
  from: Side,
  { signature, restart = false, progress = () => {}, ...options }: BackfillNow,
): Promise<RelayCount | null> {
  const { mapping, control, [from]: source } = places;
  const move = mapping.name;
  const before = await readBackfill(source, move);
  const isBegun = before.length > 0 && !restart;
  const isMarked = isBegun && before.every(({ finishedAt }) => finishedAt);
  const waiting = await pendingMarkers(source.db, move, { live: false });
  if (isMarked && waiting.count === 0) return null;
  const entry = { ...signature, move, action: 'backfill' } as const;
  await note(control.db, { ...entry, step: isBegun ? 'continued' : 'begun', evidence: { from } });
  const between = isMarked ? NOTHING : await mark(places, from, isBegun, progress, options);
  const count = addCounts(between, await carryRest(places, from, progress, options));
  const marked = (await readBackfill(source, move)).reduce((sum, pass) => sum + pass.marked, 0);
  await analyzeCopied(places, otherSide(from), marked);
  await note(control.db, { ...entry, step: 'finished', evidence: { from, marked, ...count } });
  return { ...count, seen: marked };
}

/** @returns what was carried in between */
async function mark(
  places: MovePlaces,
  from: Side,
  isBegun: boolean,
  progress: Progress,
  options: Pick<BackfillNow, 'maxPending' | 'signal'>,
): Promise<RelayCount> {
  let carried = NOTHING;
  const total = await countAggregates(places, from);
  const done = new Map<string, number>();
  const run = isBegun ? continueBackfill : startBackfill;
  await run(places, from, {
    ...options,
    carries: true,
    onCarried: (count) => (carried = addCounts(carried, count)),
    onProgress: ({ kind, pass, marked }) => {
      if (pass === 'source') done.set(kind, marked);
      const sum = [...done.values()].reduce((before, rows) => before + rows, 0);
      progress('marked', Math.min(sum, total), total);
    },
  });
  return carried;
}

async function carryRest(
  places: MovePlaces,
  from: Side,
  progress: Progress,
  { batch, signal }: Pick<BackfillNow, 'batch' | 'signal'>,
): Promise<RelayCount> {
  const { mapping, [from]: source } = places;
  let total = NOTHING;
  let most = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { count: left } = await pendingMarkers(source.db, mapping.name, { live: false });
    if (left === 0) return total;
    most = Math.max(most, left);
    progress('carried', most - left, most);
    const limit = batch === undefined ? {} : { limit: batch };
    const count = await relayBatch(places, from, { lanes: LANES, ...limit });
    total = addCounts(total, count);
    if (count.seen === count.deferred) await sleep(PAUSE, undefined, { signal });
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import type { MovePlaces } from '../move-places.ts';
import type { Kind } from '../moves/mapping.ts';
import type { AggregateKey } from '../relay/markers.ts';
import { examine, type Difference, type Unmappable } from './examine.ts';
import { digestOf, hashesOf, nextRange, type KeyRange } from './key-ranges.ts';

/** Keys of a range: large enough that reading them costs more than asking. */
const CHUNK = 5_000;
/** Aggregates that are looked at, and kept from the relay, at once. */
const EXAMINED_AT_ONCE = 200;
/** Milliseconds between looks at what is on its way. */
const PAUSE = 50;
/** Milliseconds that the last of it may take. */
const PATIENCE = 10_000;
/** Where so many are wrong, more would say nothing new. */
const MOST_DIFFERENCES = 1_000;

export interface VerifyOptions {
  /** The share of ranges that is compared, 0 to 1; all of them where nothing is said. */
  readonly sample?: number;
  /** Only what is in these buckets. */
  readonly buckets?: readonly number[];
  /** Only these, without looking at any other. */
  readonly aggregates?: readonly AggregateKey[];
  /** Keys that are compared at once. */
  readonly chunkSize?: number;
  /** Milliseconds of rest between two ranges. */
  readonly pauseMs?: number;
  /** Milliseconds to wait at the end for what is on its way; 10,000 where nothing is said. */
  readonly patience?: number;
  /** Hears after each range how far it is. What it is given can be kept as JSON, and given back as `resume`. */
  readonly onProgress?: (progress: VerificationProgress) => void;
  /** Stops it between two ranges. */
  readonly signal?: AbortSignal;
  /** Goes on from here. */
  readonly resume?: VerificationProgress;
}

/** How far a verification is, and what it has found. Plain JSON. */
export interface VerificationProgress {
  /** The kind that is being compared; null: all have been. */
  readonly kind: string | null;
  /** The last key of it that was compared. */
  readonly after: string | null;
  readonly checked: number;
  readonly differing: readonly Difference[];
  readonly unmappable: readonly Unmappable[];
  /** Different when they were looked at, with changes on their way. */
  readonly pending: readonly AggregateKey[];
}

export interface Verification extends VerificationProgress {
  /** False where it was stopped, by its signal or by a thousand differences. */
  readonly finished: boolean;
  /** How many were still on their way at the end, so that nothing can be said of them. */
  readonly pendingAtEnd: number;
}

/**
 * Compares what both sides hold, whoever owns it. The databases hash ranges of keys, both at once; where the hashes
 * differ, each aggregate's; and those that differ are looked at together with their markers, so that what is only on its
 * way raises no alarm.
 *
 * A verification of everything, from the beginning, first forgets what the relay has carried so far (`move.changed`).
 */
export async function verifyMove(
  places: MovePlaces,
  options: VerifyOptions = {},
): Promise<Verification> {
  const found = options.resume ? thawed(options.resume) : begun(options.aggregates);
  if (!options.aggregates) {
    if (isFull(options)) await forgetChanged(places);
    const isWhole = await compareKinds(places, options, found);
    if (!isWhole) return { ...frozen(found), finished: false, pendingAtEnd: found.pending.length };
  }
  found.kind = null;
  const deadline = performance.now() + (options.patience ?? PATIENCE);
  for (;;) {
    const suspects = found.pending;
    found.pending = [];
    await examineInto(found, places, suspects);
    const isOver = performance.now() > deadline || options.signal?.aborted;
    if (found.pending.length === 0 || isOver || found.differing.length >= MOST_DIFFERENCES) break;
    await wait(PAUSE);
  }
  await lookAgain(found, places, options);
  if (options.aggregates) found.checked = options.aggregates.length;
  return { ...frozen(found), finished: true, pendingAtEnd: found.pending.length };
}

/** {@link VerificationProgress} in the making. */
interface Found {
  kind: string | null;
  after: string | null;
  checked: number;
  differing: Difference[];
  unmappable: Unmappable[];
  pending: AggregateKey[];
}

const begun = (pending: readonly AggregateKey[] = []): Found => ({
  kind: null,
  after: null,
  checked: 0,
  differing: [],
  unmappable: [],
  pending: [...pending],
});

const thawed = (progress: VerificationProgress): Found => ({
  ...progress,
  differing: [...progress.differing],
  unmappable: [...progress.unmappable],
  pending: [...progress.pending],
});

const frozen = ({
  kind,
  after,
  checked,
  differing,
  unmappable,
  pending,
}: Found): VerificationProgress => ({
  kind,
  after,
  checked,
  differing: [...differing],
  unmappable: [...unmappable],
  pending: [...pending],
});

const isFull = ({ sample, buckets, resume }: VerifyOptions) => !sample && !buckets && !resume;

/** Its rows say what to compare at a flip beside what the last verification has seen. */
async function forgetChanged({ mapping, legacy, new: fresh }: MovePlaces): Promise<void> {
  for (const { pool } of [legacy, fresh]) {
    await pool.query('delete from move.changed where move = $1', [mapping.name]);
  }
}

/** @returns false where it was stopped */
async function compareKinds(
  places: MovePlaces,
  options: VerifyOptions,
  found: Found,
): Promise<boolean> {
  const { kinds } = places.mapping;
  const first = Math.max(
    0,
    kinds.findIndex(({ name }) => name === found.kind),
  );
  // Where the last one had compared all kinds, there is nothing left but what was on its way.
  if (options.resume && found.kind === null) return true;
  for (const kind of kinds.slice(first)) {
    if (found.kind !== kind.name) Object.assign(found, { kind: kind.name, after: null });
    for (let isSeen = false; ;) {
      if (options.signal?.aborted || found.differing.length >= MOST_DIFFERENCES) return false;
      const range = await nextRange(places, kind, found.after, options.chunkSize ?? CHUNK);
      // A sample of a kind that has a few ranges, or one, must not be a sample of nothing.
      const isLastChance = range.upTo === null && !isSeen;
      if (Math.random() < (options.sample ?? 1) || isLastChance) {
        isSeen = true;
        await examineInto(found, places, await compareRange(places, kind, range, options, found));
      }
      if (range.upTo === null) break;
      found.after = range.upTo;
      options.onProgress?.(frozen(found));
      if (options.pauseMs)
        await wait(options.pauseMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
  return true;
}

/** @returns what was not the same when it was looked at */
async function compareRange(
  places: MovePlaces,
  kind: Kind,
  range: KeyRange,
  { buckets }: VerifyOptions,
  found: Found,
): Promise<AggregateKey[]> {
  const [legacy, fresh] = await Promise.all([
    digestOf(places, kind, 'legacy', range, buckets),
    digestOf(places, kind, 'new', range, buckets),
  ]);
  found.checked += Math.max(legacy.count, fresh.count);
  if (legacy.count === fresh.count && legacy.hash === fresh.hash) return [];
  const [inLegacy, inNew] = await Promise.all([
    hashesOf(places, kind, 'legacy', range, buckets),
    hashesOf(places, kind, 'new', range, buckets),
  ]);
  return [...new Set([...inLegacy.keys(), ...inNew.keys()])]
    .filter((id) => inLegacy.get(id) !== inNew.get(id))
    .map((id) => ({ kind: kind.name, id }));
}

/**
 * How often what is wrong is looked at again. A review is gone on one side before the other where its resume is deleted,
 * which another move carries.
 */
const LOOKS_AGAIN = 3;
const BETWEEN_LOOKS = 200;

async function lookAgain(
  found: Found,
  places: MovePlaces,
  { signal }: VerifyOptions,
): Promise<void> {
  for (let look = 0; look < LOOKS_AGAIN; look++) {
    const suspects = [...found.unmappable, ...found.differing].map(({ kind, id }) => ({
      kind,
      id,
    }));
    if (suspects.length === 0) return;
    await wait(BETWEEN_LOOKS, undefined, { signal }).catch(() => undefined);
    found.unmappable = [];
    found.differing = [];
    await examineInto(found, places, suspects);
  }
}

/** Finds out about what differs: what is wrong, and what is still on its way. */
async function examineInto(
  found: Found,
  places: MovePlaces,
  suspects: readonly AggregateKey[],
): Promise<void> {
  for (let at = 0; at < suspects.length; at += EXAMINED_AT_ONCE) {
    const result = await examine(places, suspects.slice(at, at + EXAMINED_AT_ONCE));
    found.differing.push(...result.differing);
    found.unmappable.push(...result.unmappable);
    found.pending.push(...result.pending);
    if (found.differing.length >= MOST_DIFFERENCES) {
      found.pending.push(...suspects.slice(at + EXAMINED_AT_ONCE));
      return;
    }
  }
}

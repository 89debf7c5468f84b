import { setTimeout as wait } from 'node:timers/promises';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import { pendingMarkers } from '../relay/markers.ts';
import { relayBatch } from '../relay/relay-batch.ts';
import type { RelayCount } from '../relay/relay-count.ts';
import { markChunk } from './mark-chunk.ts';
import { PASSES, readBackfill, resetBackfill, type Pass } from './progress.ts';

/** Keys that are marked in one transaction. */
const CHUNK = 2_000;
const MOST_PENDING = 5_000;
/** Transactions at once, where nobody else relays: one database works while another waits. */
export const LANES = 2;
/** Milliseconds between looks at whether the relay has caught up. */
const PAUSE = 25;

export interface BackfillOptions {
  /** How many markers of backfills may wait for the relay; 5,000 where nothing else is said. */
  readonly maxPending?: number;
  /** Whether to relay in between, where no relay is running, instead of waiting for one. */
  readonly carries?: boolean;
  /** Hears of what was carried in between. */
  readonly onCarried?: (count: RelayCount) => void;
  readonly onProgress?: (progress: BackfillProgress) => void;
  /** Stops it between two chunks: `continueBackfill` goes on from there. */
  readonly signal?: AbortSignal;
}

export interface BackfillProgress {
  readonly kind: string;
  readonly pass: Pass;
  /** Aggregates that this pass has marked, over all times that it was continued. */
  readonly marked: number;
}

/**
 * Marks everything that is on the source, and everything that is on the target only, from the beginning: the relay then
 * makes the target hold what the source has. When this ends, all is marked; the last markers may still be pending.
 *
 * @throws the signal's reason
 */
export async function startBackfill(
  places: MovePlaces,
  from: Side,
  options: BackfillOptions = {},
): Promise<void> {
  const { mapping, [from]: source } = places;
  await resetBackfill(
    source,
    mapping.name,
    mapping.kinds.map(({ name }) => name),
  );
  await continueBackfill(places, from, options);
}

/** Goes on with a backfill that was stopped, or whose process ended. What is finished, or was never begun, is left alone. */
export async function continueBackfill(
  places: MovePlaces,
  from: Side,
  options: BackfillOptions = {},
): Promise<void> {
  const { mapping, [from]: source } = places;
  const passes = await readBackfill(source, mapping.name);
  // First what is there, in the order of kinds that refer to each other; what goes, goes afterwards.
  for (const pass of PASSES) {
    for (const kind of pass === 'source' ? mapping.kinds : mapping.kinds.toReversed()) {
      const progress = passes.find((one) => one.kind === kind.name && one.pass === pass);
      if (!progress || progress.finishedAt) continue;
      let { lastId, marked } = progress;
      for (;;) {
        await waitForRelay(places, from, options);
        const chunk = await markChunk(places, from, kind, { ...progress, lastId }, CHUNK);
        if (chunk.lastId === null) break;
        lastId = chunk.lastId;
        marked += chunk.marked;
        options.onProgress?.({ kind: kind.name, pass, marked });
      }
    }
  }
}

async function waitForRelay(
  places: MovePlaces,
  from: Side,
  { maxPending = MOST_PENDING, carries = false, onCarried, signal }: BackfillOptions,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const { db } = places[from];
    const { count } = await pendingMarkers(db, places.mapping.name, { live: false });
    if (count <= maxPending) return;
    if (carries) {
      const count = await relayBatch(places, from, { lanes: LANES });
      onCarried?.(count);
    } else await wait(PAUSE, undefined, { signal });
  }
}

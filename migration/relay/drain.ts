import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import { pendingMarkers } from './markers.ts';
import { runBatch } from './relay-batch.ts';
import { addCounts, NOTHING, type RelayCount } from './relay-count.ts';
import { retryDeferred } from './retry.ts';

/** Milliseconds between looks at markers that could not be worked off. */
const PAUSE = 10;

/** Not everything has reached the other side in time. What has not is still marked. */
export class DrainTimeout extends Error {
  readonly code = 'DRAIN_TIMEOUT';
  readonly pending: number;

  /** @param reasons why some of them wait */
  constructor(move: MoveName, from: Side, pending: number, reasons: readonly string[]) {
    const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
    super(`${move}: ${pending} changes of the ${from} side have not reached the other side${why}`);
    this.name = 'DrainTimeout';
    this.pending = pending;
  }
}

/**
 * Carries everything that is marked, until nothing of it is left; what waits for others is tried at once. Others may
 * relay at the same time. What is parked has no markers, and holds up nothing: look at `move.parked`.
 *
 * @param options `buckets`: only these; `deadline`: milliseconds since 1970
 * @throws DrainTimeout at the deadline, the signal's reason, and whatever a batch throws
 */
export async function drain(
  places: MovePlaces,
  from: Side,
  options: { buckets?: readonly number[]; deadline: number; signal?: AbortSignal },
): Promise<RelayCount> {
  const { buckets, deadline, signal } = options;
  const { mapping, [from]: source } = places;
  const filter = buckets ? { buckets } : {};
  await retryDeferred(source, mapping.name);
  let total = NOTHING;
  for (;;) {
    signal?.throwIfAborted();
    const { count } = await runBatch(places, from, filter);
    total = addCounts(total, count);
    const isStuck = count.seen === count.deferred;
    if (!isStuck && Date.now() < deadline) continue;
    const pending = await pendingMarkers(source.db, mapping.name, filter);
    if (pending.count === 0) return total;
    if (Date.now() >= deadline) {
      const reasons = await waitingReasons(source.db, mapping.name);
      throw new DrainTimeout(mapping.name, from, pending.count, reasons);
    }
    await wait(PAUSE, undefined, { signal });
  }
}

/**
 * Carries what live writes had changed when it was called. What they change meanwhile may be left, so that it comes to an
 * end under any load.
 *
 * @param options `deadline`: milliseconds since 1970
 * @throws DrainTimeout at the deadline, the signal's reason, and whatever a batch throws
 */
export async function carrySoFar(
  places: MovePlaces,
  from: Side,
  { deadline, signal }: { deadline: number; signal?: AbortSignal },
): Promise<void> {
  const { mapping, [from]: source } = places;
  const move = mapping.name;
  const { last } = await pendingMarkers(source.db, move, { live: true });
  if (last === null) return;
  await retryDeferred(source, move);
  for (;;) {
    signal?.throwIfAborted();
    const { count } = await runBatch(places, from);
    const left = await pendingMarkers(source.db, move, { live: true, upTo: last });
    if (left.count === 0) return;
    if (Date.now() >= deadline) {
      throw new DrainTimeout(move, from, left.count, await waitingReasons(source.db, move));
    }
    if (count.seen === count.deferred) await wait(PAUSE, undefined, { signal });
  }
}

async function waitingReasons(db: Db, move: MoveName): Promise<string[]> {
  const { rows } = await db.execute<{ reason: string }>(
    sql`select kind || ' ' || aggregate_id || ' waits: ' || reason as reason
        from move.deferred where move = ${move} order by tries desc limit 3`,
  );
  return rows.map(({ reason }) => reason);
}

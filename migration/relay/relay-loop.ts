import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import { pendingReaders } from './markers.ts';
import { runBatch, type Batch } from './relay-batch.ts';
import type { Relay, RelayOptions, Settlement } from './start-relay.ts';

/** Milliseconds from a look that found nothing to the next; they grow as long as nothing comes. */
const SHORTEST_PAUSE = 15;
const LONGEST_PAUSE = 250;
const GROWTH = 1.5;
/** Milliseconds after a batch that failed, as when a database is away. */
const PAUSE_AFTER_FAILURE = 500;
/** Milliseconds for which a bucket is left alone whose owner could not be told. */
const REST = 50;

/** Somebody who wants to know when everything is over that was there when they asked. */
interface Waiter {
  /** The users whose writes were parked since. */
  readonly readers: Set<number>;
  /** Milliseconds ago, at this moment: what is stuck for longer is not of their concern. Infinite: all is. */
  since(): number;
  answer(settlement: Settlement): void;
}

/** Relays in one direction until it is stopped. */
export function startDirection(
  places: MovePlaces,
  from: Side,
  options: RelayOptions,
): Omit<Relay, 'settledBySide'> {
  const { log, onBatch } = options;
  const { mapping } = places;
  /** When buckets are looked at again that were left alone. */
  const resting = new Map<number, number>();
  let waiters: Waiter[] = [];
  const stopping = new AbortController();
  let wake = new AbortController();

  const hint = () => wake.abort();
  const pause = async (milliseconds: number) => {
    await wait(milliseconds, undefined, { signal: wake.signal }).catch(() => undefined);
  };

  /** @returns whether there was something to do */
  const turn = async (): Promise<boolean> => {
    const asked = waiters;
    const began = performance.now();
    for (const [bucket, until] of resting) if (until <= began) resting.delete(bucket);
    const batch = await runBatch(places, from, { resting: [...resting.keys()] });
    for (const bucket of batch.unsure) resting.set(bucket, performance.now() + REST);
    if (batch.count.seen > 0) onBatch?.(from, batch.count, (performance.now() - began) / 1_000);
    if (asked.length > 0) await answer(asked, batch);
    return batch.count.seen > 0;
  };

  const answer = async (asked: readonly Waiter[], { tookAllLive, readers }: Batch) => {
    for (const waiter of asked) for (const reader of readers) waiter.readers.add(reader);
    if (!tookAllLive) return;
    const left = [...resting.keys()];
    const isOver = left.length === 0 && !(await hasWaiting(places, from));
    for (const waiter of asked) {
      if (!isOver && (await isStuck(places, from, left, waiter.since()))) continue;
      waiter.answer({ settled: waiter.readers.size === 0, readers: [...waiter.readers] });
    }
  };

  const run = async () => {
    let idle = SHORTEST_PAUSE;
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      try {
        if (await turn()) {
          idle = SHORTEST_PAUSE;
        } else {
          await pause(waiters.length > 0 ? SHORTEST_PAUSE : idle);
          idle = wake.signal.aborted ? SHORTEST_PAUSE : Math.min(idle * GROWTH, LONGEST_PAUSE);
        }
      } catch (error) {
        log.error({ err: error, move: mapping.name, from }, 'a batch of the relay failed');
        await pause(PAUSE_AFTER_FAILURE);
      }
    }
  };
  const running = run();

  return {
    hint,
    stop: async () => {
      stopping.abort();
      hint();
      await running;
    },
    settled: (within, since = Infinity) =>
      new Promise((resolve) => {
        const asked = performance.now();
        const waiter: Waiter = {
          readers: new Set(),
          since: () => since + (performance.now() - asked),
          answer: (settlement) => {
            clearTimeout(timer);
            waiters = waiters.filter((other) => other !== waiter);
            resolve(settlement);
          },
        };
        const timer = setTimeout(() => {
          void pendingReaders(places[from].db, mapping.name)
            // Nobody knows who is concerned: the caller has its own user to keep with the owner.
            .catch(() => [])
            .then((pending) => {
              const readers = [...new Set([...pending, ...waiter.readers])];
              return waiter.answer({ settled: false, readers });
            });
        }, within);
        waiters = [...waiters, waiter];
        hint();
      }),
  };
}

/** Whether live changes wait for others, so that a batch did not see them. */
async function hasWaiting(places: MovePlaces, from: Side): Promise<boolean> {
  const { rows } = await places[from].db.execute(sql`
    select from move.deferred f
    where f.move = ${places.mapping.name} and exists (
      select from move.dirty d
      where d.move = f.move and d.kind = f.kind and d.aggregate_id = f.aggregate_id and not d.backfill)
    limit 1`);
  return rows.length > 0;
}

/**
 * Whether a live change is left alone that was noted lately: where its owner cannot be told, or because it waits for others.
 * All others have been carried over.
 *
 * @param since milliseconds ago
 */
async function isStuck(
  places: MovePlaces,
  from: Side,
  resting: readonly number[],
  since: number,
): Promise<boolean> {
  if (since === Infinity) return true;
  const { rows } = await places[from].db.execute(sql`
    select from move.dirty d
    where d.move = ${places.mapping.name} and not d.backfill
      and d.noted_at > clock_timestamp() - ${since} * interval '1 ms'
      and (d.bucket = any (${`{${resting.join()}}`}::integer[]) or exists (
        select from move.deferred f where f.move = d.move and f.kind = d.kind and f.aggregate_id = d.aggregate_id))
    limit 1`);
  return rows.length > 0;
}

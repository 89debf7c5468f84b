import type { Side } from '#platform/moves/moves.ts';
import type { Logger } from '#platform/log.ts';
import type { MovePlaces } from '../move-places.ts';
import { startDirection } from './relay-loop.ts';
import type { RelayCount } from './relay-count.ts';

export interface RelayOptions {
  readonly log: Logger;
  /** Hears of every batch that had something to do: metrics. @param seconds that it took */
  readonly onBatch?: (from: Side, count: RelayCount, seconds: number) => void;
}

/** The relay of a move, in both directions. */
export interface Relay {
  /** Something was written: look at once. */
  hint(): void;
  /** Ends it, after the batches that are under way. */
  stop(): Promise<void>;
  /**
   * Waits until the other side holds everything that had been committed when this was called.
   *
   * @param within milliseconds
   * @param since milliseconds ago: what has been stuck for longer is not waited for; absent: it is, too
   * @returns `readers`: where that was too short, or something cannot be held by the other side, the buckets of the
   *   users whose reads should stay with the owner
   */
  settled(within: number, since?: number): Promise<Settlement>;
  /** The same, for each side that something is carried from. */
  settledBySide(within: number, since?: number): Promise<Readonly<Record<Side, Settlement>>>;
}

export interface Settlement {
  readonly settled: boolean;
  readonly readers: readonly number[];
}

/**
 * Relays until it is stopped. Only one direction has something to do for a bucket: what the side that does not own it
 * has marked comes to nothing. Several may run at once, in any number of processes.
 */
export function startRelay(places: MovePlaces, options: RelayOptions): Relay {
  const legacy = startDirection(places, 'legacy', options);
  const fresh = startDirection(places, 'new', options);
  const directions = [legacy, fresh];
  return {
    hint: () => directions.forEach((direction) => direction.hint()),
    stop: async () => {
      await Promise.all(directions.map((direction) => direction.stop()));
    },
    settled: async (within, since) => {
      const settlements = await Promise.all(directions.map((one) => one.settled(within, since)));
      return {
        settled: settlements.every(({ settled }) => settled),
        readers: [...new Set(settlements.flatMap(({ readers }) => readers))],
      };
    },
    settledBySide: async (within, since) => {
      const both = [legacy, fresh].map((direction) => direction.settled(within, since));
      const [there, here] = (await Promise.all(both)) as [Settlement, Settlement];
      return { legacy: there, new: here };
    },
  };
}

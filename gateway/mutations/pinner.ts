import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import { awaitConfirmed } from '#platform/moves/leases.ts';
import { writePins, type Pin } from '#platform/moves/pins.ts';

/** Makes pins, and waits until every replica goes by them, but not for ever. It never throws. */
export type MakePins = (pins: readonly Pin[]) => Promise<void>;

export interface Pinner {
  readonly pin: MakePins;
  close(): Promise<void>;
}

export interface PinnerOptions {
  readonly control: Database;
  /** Milliseconds that a mutation waits for its pins to be known to all. */
  readonly within: number;
  readonly log: Logger;
  readonly metrics: PinMetrics;
}

/** What is counted of pins. */
export interface PinMetrics {
  /** Pins that were made, or made anew. */
  readonly pinned: { inc(count: number): void };
  /** Mutations that were answered before every replica was known to go by their pins. */
  readonly unconfirmed: { inc(): void };
}

/** Milliseconds before pins that could not be written are tried again. */
const AGAIN = 100;

/** Pins that are written together: as many as came while those before them were written. */
interface Batch {
  readonly pins: Map<string, Pin>;
  readonly version: PromiseWithResolvers<number>;
}

/**
 * Makes pins in the control database, one batch at a time. Those that cannot be written, because it is away, are tried
 * until they are: replicas have no leases then, and ask the owner anyway; they have their leases again when it is back.
 */
export function createPinner({ control, within, log, metrics }: PinnerOptions): Pinner {
  const closing = new AbortController();
  let next: Batch | null = null;
  let writing: Promise<void> | null = null;

  async function write({ pins, version }: Batch): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        version.resolve(await writePins(control.db, [...pins.values()]));
        metrics.pinned.inc(pins.size);
        return;
      } catch (error) {
        if (isFirst)
          log.warn({ err: error }, 'pins cannot be written: trying again until they are');
      }
      await pause(AGAIN, undefined, { signal: closing.signal });
    }
  }

  async function writeAll(): Promise<void> {
    try {
      while (next !== null) {
        const batch = next;
        next = null;
        await write(batch);
      }
    } catch {
      // Closed.
    } finally {
      writing = null;
    }
  }

  function enqueue(pins: readonly Pin[]): Promise<number> {
    next ??= { pins: new Map(), version: Promise.withResolvers() };
    for (const pin of pins) next.pins.set(`${pin.move} ${pin.bucket}`, pin);
    const { promise } = next.version;
    writing ??= writeAll();
    return promise;
  }

  async function confirmed(pins: readonly Pin[], deadline: number): Promise<boolean> {
    const version = await enqueue(pins);
    return awaitConfirmed(control.db, version, deadline);
  }

  return {
    async pin(pins) {
      const limit = new AbortController();
      const late = pause(within, false, { signal: limit.signal }).catch(() => false);
      const making = confirmed(pins, Date.now() + within).catch((error: unknown) => {
        log.warn({ err: error }, 'whether replicas go by new pins cannot be asked');
        return false;
      });
      const isConfirmed = await Promise.race([making, late]);
      limit.abort();
      if (!isConfirmed) metrics.unconfirmed.inc();
    },
    async close() {
      closing.abort();
      await writing;
      await control.close();
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { Cache } from '#platform/cache/cache.ts';
import type { Db } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import { followRelay } from '#platform/moves/relayed.ts';
import { availableByProduct } from './repository/levels.ts';

/** How many pieces of products can be ordered, from a cache where it knows. */
export interface Availability {
  /** In the order of the ids; 0 for what was never in stock. */
  of(productIds: readonly string[]): Promise<number[]>;
  /** To be called after the commit of whatever changes stock, and before that is acknowledged. */
  forget(productIds: readonly string[]): Promise<void>;
  /** Passes the cache by until everything that is in it now has run out. */
  distrust(): void;
}

/** Milliseconds that a number is served from the cache. */
const TTL = 10_000;
/** Milliseconds that a generation is kept without a change; once it is gone a new one begins. */
const GENERATION_TTL = 3_600_000;

/**
 * A number is kept under the generation of its product, a random word that every change replaces. A reader asks
 * for the generation first, then reads the database, then keeps what it has read under that generation: when a
 * change comes in between, under one that nobody asks for any more. So no replica can put back an old number,
 * however late it is, and no cache needs more than `get` and `set`.
 */
export function cachedAvailability(db: Db, cache: Cache): Availability {
  let trustedFrom = 0;
  const begin = async (productId: string) => {
    const generation = randomUUID();
    await cache.set(generationKey(productId), generation, GENERATION_TTL);
    return generation;
  };
  const keyOf = async (productId: string) => {
    const generation =
      (await cache.get<string>(generationKey(productId))) ?? (await begin(productId));
    return `available:${productId}:${generation}`;
  };
  return {
    of: async (productIds) => {
      if (Date.now() < trustedFrom) return readAvailable(db, productIds);
      const keys = await Promise.all(productIds.map(keyOf));
      const cached = await Promise.all(keys.map((key) => cache.get<number>(key)));
      const missing = productIds.filter((_, index) => cached[index] === undefined);
      if (missing.length === 0) return cached as number[];
      const read = await readAvailable(db, missing);
      const numbers = productIds.map(
        (id, index) => cached[index] ?? read[missing.indexOf(id)] ?? 0,
      );
      await Promise.all(
        keys.map(async (key, index) => {
          if (cached[index] === undefined) await cache.set(key, numbers[index], TTL);
        }),
      );
      return numbers;
    },
    forget: async (productIds) => {
      await Promise.all(productIds.map(begin));
    },
    distrust: () => {
      trustedFrom = Date.now() + TTL;
    },
  };
}

async function readAvailable(db: Db, productIds: readonly string[]): Promise<number[]> {
  const rows = await availableByProduct(db, productIds);
  const read = new Map(rows.map(({ productId, available }) => [productId, available]));
  return productIds.map((id) => read.get(id) ?? 0);
}

/** Lets numbers be forgotten that a data move writes into the database. @param url of the database */
export function followRelayed(url: string, log: Logger, availability: Availability) {
  return followRelay(
    url,
    log,
    async ({ kind, ids }) => {
      if (kind === 'level') await availability.forget(ids);
    },
    () => availability.distrust(),
  );
}

const generationKey = (productId: string) => `generation:${productId}`;

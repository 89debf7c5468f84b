import { createHash } from 'node:crypto';
import type { PersistedQueryOptions } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import type { Cache } from '#platform/cache/cache.ts';

/** Letters of all texts that are kept in memory. */
const LETTERS = 16_777_216;
/** Milliseconds that a text is kept for other replicas: a client sends it again where it is gone. */
const SHARED_FOR = 86_400_000;
/** Letters of the longest text that is shared: nobody may fill Redis with a few requests. */
const LONGEST_SHARED = 65_536;

/**
 * Keeps the texts of automatic persisted queries, those used last in this process.
 *
 * @param shared where replicas find each other's texts; null: nowhere
 */
export function persistedQueries(shared: Cache | null): PersistedQueryOptions {
  const texts = new LRUCache<string, string>({
    maxSize: LETTERS,
    sizeCalculation: (text, key) => text.length + key.length,
  });
  return {
    cache: {
      async get(key) {
        const text = texts.get(key);
        if (text !== undefined || shared === null || !isKey(key)) return text;
        const found = await shared.get<string>(key);
        // Whoever can write to the shared cache must not decide what a hash means.
        if (typeof found !== 'string' || !key.endsWith(hashOf(found))) return undefined;
        texts.set(key, found);
        return found;
      },
      async set(key, text) {
        texts.set(key, text);
        if (text.length <= LONGEST_SHARED) await shared?.set(key, text, SHARED_FOR);
      },
      async delete(key) {
        texts.delete(key);
        await shared?.delete([key]);
      },
    },
  };
}

/** Clients send what they like as a hash. */
function isKey(key: string): boolean {
  return /:[0-9a-f]{64}$/.test(key);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { LRUCache } from 'lru-cache';
import type { Cache } from './cache.ts';

/** A cache inside this process: at most `maxEntries` values, the least recently used go first. */
export function memoryCache(maxEntries = 10_000): Cache {
  // Values are kept as JSON, as Redis keeps them, so that nobody can change a cached object in place.
  const entries = new LRUCache<string, string>({ max: maxEntries });
  return {
    get: async (key) => {
      const text = entries.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    set: async (key, value, ttlMs) => {
      entries.set(key, JSON.stringify(value), { ttl: ttlMs });
    },
    delete: async (keys) => {
      for (const key of keys) entries.delete(key);
    },
    ping: async () => {},
    close: async () => entries.clear(),
  };
}

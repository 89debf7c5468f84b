import type { Logger } from '#platform/log.ts';
import type { Cache } from './cache.ts';
import { inTime, redisClient } from './redis-client.ts';

/** Milliseconds that Redis may take to answer. */
const TIMEOUT = 500;

/**
 * A cache that all replicas share. While Redis is away it serves nothing and keeps nothing, and a request
 * never waits for it: the client reconnects by itself.
 *
 * @param prefix put before every key, so that services can share one Redis
 */
export async function redisCache(url: string, prefix: string, log: Logger): Promise<Cache> {
  const client = await redisClient(url, log, 'cache');
  const name = (key: string) => `${prefix}:${key}`;
  return {
    get: async (key) => {
      const text = await inTime(client.get(name(key)), TIMEOUT).catch(() => null);
      return text === null ? undefined : JSON.parse(text);
    },
    set: async (key, value, ttlMs) => {
      const kept = client.set(name(key), JSON.stringify(value), { PX: ttlMs });
      await inTime(kept, TIMEOUT).catch(() => {});
    },
    delete: async (keys) => {
      if (keys.length > 0) await inTime(client.del(keys.map(name)), TIMEOUT).catch(() => {});
    },
    ping: async () => {
      await inTime(client.ping(), TIMEOUT);
    },
    close: async () => client.destroy(),
  };
}

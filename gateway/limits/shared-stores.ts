import type { Cache } from '#platform/cache/cache.ts';
import { redisCache } from '#platform/cache/redis.ts';
import { redisClient, type RedisClient } from '#platform/cache/redis-client.ts';
import type { Logger } from '#platform/log.ts';

/** What replicas of the gateway share. Null: each has its own. */
export interface SharedStores {
  /** For counting requests. */
  readonly redis: RedisClient | null;
  readonly cache: Cache | null;
  close(): Promise<void>;
}

/** @param url of Redis; null: nothing is shared */
export async function openSharedStores(url: string | null, log: Logger): Promise<SharedStores> {
  if (url === null) return { redis: null, cache: null, close: async () => {} };
  const [redis, cache] = await Promise.all([
    redisClient(url, log, 'counting requests together'),
    redisCache(url, 'gateway', log),
  ]);
  return {
    redis,
    cache,
    async close() {
      redis.destroy();
      await cache.close();
    },
  };
}

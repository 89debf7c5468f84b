import type { Logger } from '#platform/log.ts';
import type { Cache } from './cache.ts';
import { memoryCache } from './memory.ts';
import { redisCache } from './redis.ts';

/** The cache of a service: Redis where a URL is given, memory otherwise. */
export async function openCache(
  redisUrl: string | undefined,
  service: string,
  log: Logger,
): Promise<Cache> {
  if (redisUrl !== undefined) return redisCache(redisUrl, service, log);
  log.info('REDIS_URL is not set: the cache is kept in memory, by each replica for itself');
  return memoryCache();
}

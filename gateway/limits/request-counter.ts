import { LRUCache } from 'lru-cache';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { inTime, type RedisClient } from '#platform/cache/redis-client.ts';

/** Too many requests came. */
export interface Overrun {
  readonly count: number;
  /** Whole seconds until the next minute begins. */
  readonly retryAfter: number;
}

/** Counts requests per minute, of which the first one begins with the first request. */
export interface RequestCounter {
  /** Counts a request. @returns null as long as no more came than may */
  count(key: string): Promise<Overrun | null>;
}

const MINUTE = 60;
/** Keys that are counted in memory at a time: each takes about 200 bytes. */
const MOST_KEYS = 100_000;
/** Milliseconds that Redis may take to count a request. */
const TIMEOUT = 100;
/** Milliseconds for which Redis is left alone after it failed. */
const PAUSE = 5_000;

/** The requests of one key within its minute. */
interface Counted {
  count: number;
  /** Milliseconds of `performance.now()`. */
  readonly endsAt: number;
}

/**
 * Counts in this process. Keys are what clients choose, so only so many are known: beyond that, whoever sent nothing
 * for longest is forgotten, and whoever sends too much is not.
 *
 * @param mostKeys the keys that are known at a time
 */
export function memoryCounter(limit: number, mostKeys = MOST_KEYS): RequestCounter {
  const minutes = new LRUCache<string, Counted>({ max: mostKeys });
  return {
    async count(key) {
      const now = performance.now();
      let minute = minutes.get(key);
      if (minute === undefined || minute.endsAt <= now) {
        minute = { count: 0, endsAt: now + MINUTE * 1_000 };
        minutes.set(key, minute);
      }
      minute.count += 1;
      if (minute.count <= limit) return null;
      return { count: minute.count, retryAfter: wholeSeconds(minute.endsAt - now) };
    },
  };
}

/**
 * Counts in Redis, so that all replicas count together. While Redis is away each counts for itself, and only the
 * requests that met its absence waited for it.
 *
 * @param name what is counted: the start of the keys in Redis
 */
export function sharedCounter(limit: number, redis: RedisClient, name: string): RequestCounter {
  const alone = memoryCounter(limit);
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    keyPrefix: name,
    points: limit,
    duration: MINUTE,
    // Whoever has had all is refused without asking Redis.
    inMemoryBlockOnConsumed: limit + 1,
  });
  let pausedUntil = 0;
  return {
    count(key) {
      if (Date.now() < pausedUntil) return alone.count(key);
      return inTime(limiter.consume(key), TIMEOUT).then(
        () => null,
        (reason: unknown) => {
          if (reason instanceof RateLimiterRes) return overrun(reason, limit);
          pausedUntil = Date.now() + PAUSE;
          return alone.count(key);
        },
      );
    },
  };
}

function overrun(reason: unknown, limit: number): Overrun {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  return {
    // Of a request that Redis was not asked for, the number is not known.
    count: Math.max(reason.consumedPoints, limit + 1),
    retryAfter: wholeSeconds(reason.msBeforeNext),
  };
}

function wholeSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1_000));
}

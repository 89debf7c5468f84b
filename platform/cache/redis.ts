import { createClient } from 'redis';
import type { Logger } from '#platform/log.ts';
import type { Cache } from './cache.ts';

/**
 * A cache that all replicas share. While Redis is away it serves nothing and keeps nothing, and a request
 * never waits for it: the client reconnects by itself.
 *
 * @param prefix put before every key, so that services can share one Redis
 */
export async function redisCache(url: string, prefix: string, log: Logger): Promise<Cache> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 5_000),
    },
    commandOptions: { timeout: 500 },
  });
  client.on('error', (error: Error) =>
    log.warn({ err: error }, 'Redis does not answer: going on without cache'),
  );
  // Not awaited to success: a service starts without its cache.
  await Promise.race([client.connect().catch(() => {}), delay(2_000)]);
  const name = (key: string) => `${prefix}:${key}`;
  return {
    get: async (key) => {
      const text = await client.get(name(key)).catch(() => null);
      return text === null ? undefined : JSON.parse(text);
    },
    set: async (key, value, ttlMs) => {
      await client.set(name(key), JSON.stringify(value), { PX: ttlMs }).catch(() => {});
    },
    delete: async (keys) => {
      if (keys.length > 0) await client.del(keys.map(name)).catch(() => {});
    },
    ping: async () => {
      await client.ping();
    },
    close: async () => client.destroy(),
  };
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

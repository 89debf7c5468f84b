import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#platform/cache/cache.ts';
import { memoryCache } from '#platform/cache/memory.ts';
import { redisCache } from '#platform/cache/redis.ts';
import { createLog } from '#platform/log.ts';
import { describeWithRedis, redisUrl } from '../setup/needs.ts';

const log = createLog('test', 'silent');

/** What every driver of the cache keeps. */
function cacheContract(name: string, open: (prefix: string) => Promise<Cache>): void {
  describe(name, () => {
    let cache: Cache;
    beforeEach(async () => {
      cache = await open(`test-${Math.random().toString(36).slice(2)}`);
    });
    afterEach(() => cache.close());

    test('gives back what was set, and undefined for what was not', async () => {
      await cache.set('a', { n: 1, list: ['é', null] }, 5_000);
      expect(await cache.get('a')).toEqual({ n: 1, list: ['é', null] });
      expect(await cache.get('b')).toBeUndefined();
    });

    test('forgets a value when its time is over', async () => {
      await cache.set('a', 1, 50);
      await sleep(120);
      expect(await cache.get('a')).toBeUndefined();
    });

    test('forgets what is deleted, and takes the deletion of nothing', async () => {
      await cache.set('a', 1, 5_000);
      await cache.set('b', 2, 5_000);
      await cache.delete(['a', 'nothing']);
      await cache.delete([]);
      expect(await cache.get('a')).toBeUndefined();
      expect(await cache.get('b')).toBe(2);
    });

    test('keeps a copy: changing what was set or got changes nothing', async () => {
      const value = { n: 1 };
      await cache.set('a', value, 5_000);
      value.n = 2;
      const got = await cache.get<{ n: number }>('a');
      if (got) got.n = 3;
      expect(await cache.get('a')).toEqual({ n: 1 });
    });

    test('answers a ping', async () => {
      await expect(cache.ping()).resolves.toBeUndefined();
    });
  });
}

cacheContract('the cache in memory', async () => memoryCache());

describeWithRedis('with a Redis server', () => {
  cacheContract('the cache in Redis', (prefix) => redisCache(redisUrl, prefix, log));

  test('two replicas share one cache, two services do not', async () => {
    const open = (prefix: string) => redisCache(redisUrl, prefix, log);
    const [a, b, other] = await Promise.all([open('shared'), open('shared'), open('other')]);
    await a.set('k', 'v', 5_000);
    expect(await b.get('k')).toBe('v');
    expect(await other.get('k')).toBeUndefined();
    await Promise.all([a, b, other].map((cache) => cache.close()));
  });

  test('a cache whose connection is cut serves nothing for a moment and then works again', async () => {
    const cache = await redisCache(redisUrl, 'cut', log);
    const admin = await createClient({ url: redisUrl }).connect();
    await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
    await expect(cache.get('k')).resolves.toBeUndefined();
    await expect
      .poll(
        () =>
          cache.ping().then(
            () => 'ok',
            () => 'away',
          ),
        { timeout: 5_000 },
      )
      .toBe('ok');
    await cache.set('k', 'v', 5_000);
    expect(await cache.get('k')).toBe('v');
    admin.destroy();
    await cache.close();
  });
});

test('without a Redis server a service starts, serves nothing from its cache, and never waits long', async () => {
  const started = Date.now();
  const cache = await redisCache('redis://127.0.0.1:1', 'absent', log);
  await cache.set('a', 1, 1_000);
  await cache.delete(['a']);
  expect(await cache.get('a')).toBeUndefined();
  await expect(cache.ping()).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(4_000);
  await cache.close();
});

import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#platform/cache/cache.ts';
import { memoryCache } from '#platform/cache/memory.ts';
import { cachedAvailability } from '../../subgraphs/inventory/availability.ts';
import { adjustStock } from '../../subgraphs/inventory/service/counts.ts';
import { startInventoryServer, type InventoryServer } from './inventory-server.ts';
import { receive, reserve, step, stockOf } from './operations.ts';

let inventory: InventoryServer;
beforeAll(async () => {
  inventory = await startInventoryServer();
});
afterAll(() => inventory?.close());

/** A cache that is as slow as a network at its worst: each call waits for a while, before and after. */
function slowCache(cache: Cache, delay: () => number): Cache {
  const slowly = async <Result>(act: () => Promise<Result>) => {
    await wait(delay());
    const result = await act();
    await wait(delay());
    return result;
  };
  return {
    ...cache,
    get: (key) => slowly(() => cache.get(key)),
    set: (key, value, ttl) => slowly(() => cache.set(key, value, ttl)),
    delete: (keys) => slowly(() => cache.delete(keys)),
  };
}

/** A replica of the service, with a way of its own to a cache. */
function replica(cache: Cache) {
  const { db } = inventory.database;
  const availability = cachedAvailability(db, cache);
  return {
    availability,
    add: async (productId: string) => {
      const change = { productId, warehouseId: inventory.warehouses[0], delta: 1, reason: 'one' };
      const stock = { db, availability, products: { has: async () => true }, clock };
      await adjustStock(stock, change, 'test');
    },
  };
}
const clock = () => new Date();

describe('what can be ordered', () => {
  test('is served from the cache, and read again after every kind of change', async () => {
    const product = await inventory.newProduct(10);
    const orderId = '00000000-0000-4000-8000-000000000001';
    const expectStock = async (pieces: number) => {
      for (const statements of [1, 0]) {
        expect(
          await inventory.statements(async () => {
            expect(await stockOf(inventory, product)).toEqual([pieces]);
          }),
        ).toBe(statements);
      }
    };
    await expectStock(10);
    await receive(inventory, product, 5);
    await expectStock(15);
    await reserve(inventory, { [product]: 4 }, { orderId });
    await expectStock(11);
    await step(inventory, 'commit', orderId);
    await expectStock(11);
    await step(inventory, 'return', orderId);
    await expectStock(15);
  });

  test('is not brought back by a reader who was slower than a change', async () => {
    const product = await inventory.newProduct(1);
    const cache = memoryCache();
    const { promise: ready, resolve: isReady } = Promise.withResolvers<void>();
    const { promise: released, resolve: goOn } = Promise.withResolvers<void>();
    // The first number that is read is put into the cache only when we say so.
    const reader = replica({
      ...cache,
      set: async (key, value, ttl) => {
        if (typeof value === 'number') {
          isReady();
          await released;
        }
        await cache.set(key, value, ttl);
      },
    });
    const writer = replica(cache);
    const reading = reader.availability.of([product]);
    await ready;
    await writer.add(product);
    goOn();
    expect(await reading).toEqual([1]);
    expect(await writer.availability.of([product])).toEqual([2]);
    expect(await replica(cache).availability.of([product])).toEqual([2]);
  });

  test('is never older than the last acknowledged change, on any replica, however slow the cache', async () => {
    const act = fc.record({
      replica: fc.nat(2),
      kind: fc.constantFrom('read', 'read', 'read', 'write'),
      after: fc.nat(6),
    });
    const delays = fc.infiniteStream(fc.nat(4));
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 4, maxLength: 24 }),
        delays,
        async (acts, stream) => {
          const product = await inventory.newProduct(1);
          const shared = memoryCache();
          const delay = () => stream.next().value as number;
          const replicas = [0, 1, 2].map(() => replica(slowCache(shared, delay)));
          let acknowledged = 1;
          const run = async ({ replica: n, kind, after }: (typeof acts)[number]) => {
            await wait(after);
            const { availability, add } = replicas[n] as (typeof replicas)[number];
            if (kind === 'write') {
              await add(product);
              acknowledged += 1;
            } else {
              const atLeast = acknowledged;
              const [stock] = await availability.of([product]);
              expect(stock).toBeGreaterThanOrEqual(atLeast);
            }
          };
          await Promise.all(acts.map(run));
          const writes = acts.filter(({ kind }) => kind === 'write').length;
          for (const { availability } of replicas) {
            expect(await availability.of([product])).toEqual([1 + writes]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('is read from the database while the cache fails', async () => {
    const product = await inventory.newProduct(3);
    const away: Cache = { ...memoryCache(), get: async () => undefined, set: async () => {} };
    const { availability, add } = replica(away);
    expect(await availability.of([product])).toEqual([3]);
    await add(product);
    expect(await availability.of([product])).toEqual([4]);
  });
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryCache } from '#platform/cache/memory.ts';
import { cachedAvailability } from '../../subgraphs/inventory/availability.ts';
import { releaseExpired } from '../../subgraphs/inventory/service/reservations.ts';
import { startInventoryServer, type InventoryServer } from './inventory-server.ts';
import { adjust, receive, reserve, step, stockOf } from './operations.ts';

let inventory: InventoryServer;
beforeAll(async () => {
  inventory = await startInventoryServer();
});
afterAll(() => inventory?.close());

const made = (results: { __typename: string }[]) =>
  results.filter(({ __typename }) => __typename === 'StockReservationPayload');

describe('promises at the same time', () => {
  test('a hundred for forty pieces are kept to exactly forty', async () => {
    const product = await inventory.newProduct(15, 13, 12);
    const results = await Promise.all(
      Array.from({ length: 100 }, () => reserve(inventory, { [product]: 1 })),
    );
    expect(made(results)).toHaveLength(40);
    expect(results.filter(({ __typename }) => __typename === 'OutOfStock')).toHaveLength(60);
    expect(await inventory.sums(product)).toEqual({ onHand: 40, reserved: 40, moved: 40 });
    expect(await stockOf(inventory, product)).toEqual([0]);
    await inventory.expectNoFaults();
  });

  test('of the same products in any order do not block one another', async () => {
    const products = await Promise.all([1, 2, 3, 4].map(() => inventory.newProduct(20, 20)));
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, n) => {
        const turned = [...products.slice(n % 4), ...products.slice(0, n % 4)];
        const order = n % 2 === 0 ? turned : turned.toReversed();
        return reserve(inventory, Object.fromEntries(order.map((id) => [id, 1])));
      }),
    );
    expect(made(results)).toHaveLength(30);
    expect(await stockOf(inventory, ...products)).toEqual([10, 10, 10, 10]);
  });

  test('for one order are one promise', async () => {
    const product = await inventory.newProduct(40);
    const orderId = randomUUID();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => reserve(inventory, { [product]: 3 }, { orderId })),
    );
    expect(new Set(results.map(({ reservation }) => reservation.id)).size).toBe(1);
    expect(await inventory.sums(product)).toMatchObject({ reserved: 3 });
  });

  test('for one order with steps of it at once come to one end', async () => {
    for (let round = 0; round < 5; round++) {
      const product = await inventory.newProduct(10);
      const orderId = randomUUID();
      await reserve(inventory, { [product]: 4 }, { orderId });
      const results = await Promise.all(
        (['commit', 'release', 'commit', 'return', 'release', 'return'] as const).map((name) =>
          step(inventory, name, orderId),
        ),
      );
      expect(made(results).length).toBeGreaterThan(0);
      const { onHand, reserved, moved } = await inventory.sums(product);
      expect([6, 10]).toContain(onHand);
      expect({ reserved, moved }).toEqual({ reserved: 0, moved: onHand });
    }
    await inventory.expectNoFaults();
  });
});

describe('a promise', () => {
  test('is kept in the fullest warehouses, and split where none has enough', async () => {
    const product = await inventory.newProduct(2, 5, 3);
    const [a, b, c] = inventory.warehouses;
    const lines = (result: {
      reservation: { lines: { quantity: number; warehouse: { id: string } }[] };
    }) =>
      Object.fromEntries(
        result.reservation.lines.map(({ quantity, warehouse }) => [warehouse.id, quantity]),
      );
    expect(lines(await reserve(inventory, { [product]: 1 }))).toEqual({ [b]: 1 });
    expect(lines(await reserve(inventory, { [product]: 8 }))).toEqual({ [b]: 4, [c]: 3, [a]: 1 });
  });

  test('is given back with its lines in the same order, however often it is asked for', async () => {
    const [one, two] = [await inventory.newProduct(1, 2, 3), await inventory.newProduct(3, 2, 1)];
    const orderId = randomUUID();
    const first = await reserve(inventory, { [two]: 5, [one]: 6 }, { orderId });
    expect(await reserve(inventory, { [one]: 1 }, { orderId })).toEqual(first);
    expect((await step(inventory, 'commit', orderId)).reservation).toEqual({
      ...first.reservation,
      status: 'COMMITTED',
    });
    expect((await reserve(inventory, { [one]: 1 }, { orderId })).reservation.status).toBe(
      'COMMITTED',
    );
  });

  test('of what nobody knows is out of stock', async () => {
    const unknown = randomUUID();
    expect(await reserve(inventory, { [unknown]: 2 })).toEqual({
      __typename: 'OutOfStock',
      message: 'There is not enough stock: see `shortages`.',
      shortages: [{ requested: 2, available: 0, product: { id: unknown } }],
    });
  });

  test('that was refused leaves no trace: the order may try again', async () => {
    const product = await inventory.newProduct(1);
    const orderId = randomUUID();
    expect((await reserve(inventory, { [product]: 2 }, { orderId })).__typename).toBe('OutOfStock');
    await receive(inventory, product, 1);
    expect((await reserve(inventory, { [product]: 2 }, { orderId })).reservation.status).toBe(
      'HELD',
    );
  });

  test('comes back once from ten returns at once, to the warehouses that it left', async () => {
    const product = await inventory.newProduct(2, 2);
    const orderId = randomUUID();
    await reserve(inventory, { [product]: 3 }, { orderId });
    await step(inventory, 'commit', orderId);
    const results = await Promise.all(
      Array.from({ length: 10 }, () => step(inventory, 'return', orderId)),
    );
    expect(new Set(results.map(({ reservation }) => reservation.status))).toEqual(
      new Set(['RETURNED']),
    );
    expect(await inventory.sums(product)).toEqual({ onHand: 4, reserved: 0, moved: 4 });
    await inventory.expectNoFaults();
  });
});

describe('a promise that has run out', () => {
  test('makes room for the next one at once', async () => {
    const product = await inventory.newProduct(5);
    await reserve(inventory, { [product]: 5 }, { expiresInSeconds: 60 });
    expect((await reserve(inventory, { [product]: 5 })).__typename).toBe('OutOfStock');
    inventory.passTime(60_000);
    expect((await reserve(inventory, { [product]: 5 })).reservation.status).toBe('HELD');
    expect(await inventory.sums(product)).toEqual({ onHand: 5, reserved: 5, moved: 5 });
  });

  test.each(['commit', 'return', 'reserve'] as const)('%s finds it released', async (name) => {
    const product = await inventory.newProduct(5);
    const orderId = randomUUID();
    await reserve(inventory, { [product]: 5 }, { orderId, expiresInSeconds: 60 });
    expect(await stockOf(inventory, product)).toEqual([0]);
    inventory.passTime(61_000);
    const message = 'The reservation is released: it can no longer be changed that way.';
    expect(
      name === 'reserve'
        ? (await reserve(inventory, { [product]: 1 }, { orderId })).fields
        : await step(inventory, name, orderId),
    ).toEqual(
      name === 'reserve'
        ? [{ path: 'orderId', message }]
        : { __typename: 'ReservationClosed', message, status: 'RELEASED' },
    );
    expect(await stockOf(inventory, product)).toEqual([5]);
    expect((await step(inventory, 'release', orderId)).reservation.status).toBe('RELEASED');
  });

  test('is released by the sweep, with all others and none that lasts', async () => {
    const [product, other] = [await inventory.newProduct(300), await inventory.newProduct(5)];
    for (let n = 0; n < 6; n++) {
      await Promise.all(
        Array.from({ length: 20 }, () =>
          reserve(inventory, { [product]: 2 }, { expiresInSeconds: 60 }),
        ),
      );
    }
    await reserve(inventory, { [other]: 1 }, { expiresInSeconds: 86_400 });
    await reserve(inventory, { [other]: 1 });
    inventory.passTime(61_000);
    const { db } = inventory.database;
    const deps = {
      db,
      availability: cachedAvailability(db, memoryCache()),
      products: { has: async () => true },
      clock: () => new Date(Date.now() + 3_600_000),
    };
    // Two replicas sweep at once.
    const counts = await Promise.all([releaseExpired(deps), releaseExpired(deps)]);
    expect(counts[0] + counts[1]).toBe(120);
    expect(await inventory.sums(product)).toEqual({ onHand: 300, reserved: 0, moved: 300 });
    expect(await inventory.sums(other)).toMatchObject({ reserved: 2 });
    await inventory.expectNoFaults();
  });
});

/** One thing that happens to stock; `slot` picks one of a few orders and warehouses. */
interface Event {
  readonly kind: 'receive' | 'adjust' | 'reserve' | 'release' | 'commit' | 'return' | 'wait';
  readonly quantity: number;
  readonly slot: number;
}

const events = fc.array(
  fc.record<Event>({
    kind: fc.constantFrom('receive', 'adjust', 'reserve', 'release', 'commit', 'return', 'wait'),
    quantity: fc.integer({ min: -9, max: 9 }).filter((quantity) => quantity !== 0),
    slot: fc.nat(4),
  }),
  { maxLength: 25 },
);

test('whatever happens, available is on hand less reserved and never negative, and on hand is the sum of the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(events, fc.boolean(), async (happening, atOnce) => {
      const product = await inventory.newProduct(5, 5);
      const orders = Array.from({ length: 5 }, () => randomUUID());
      const happen = async ({ kind, quantity, slot }: Event) => {
        const [orderId, size] = [orders[slot] as string, Math.abs(quantity)];
        const at = inventory.warehouses[slot % 3];
        if (kind === 'wait') inventory.passTime(1_000);
        else if (kind === 'receive') await receive(inventory, product, size, at);
        else if (kind === 'adjust') await adjust(inventory, product, quantity, at);
        else if (kind !== 'reserve') await step(inventory, kind, orderId);
        else {
          const expiresInSeconds = slot % 2 === 0 ? 2 : null;
          await reserve(inventory, { [product]: size }, { orderId, expiresInSeconds });
        }
      };
      if (atOnce) await Promise.all(happening.map(happen));
      else for (const event of happening) await happen(event);
      const { onHand, reserved, moved } = await inventory.sums(product);
      expect(onHand).toBe(moved);
      expect(reserved).toBeGreaterThanOrEqual(0);
      expect(await stockOf(inventory, product)).toEqual([onHand - reserved]);
      await inventory.expectNoFaults();
    }),
    { numRuns: 40 },
  );
});

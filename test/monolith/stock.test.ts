import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryCache } from '#platform/cache/memory.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { releaseExpired } from '../../subgraphs/legacy/monolith/stock/reservations.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { startTestMonolith, type TestMonolith } from './test-monolith.ts';
import { openTestShop, SERVICE, type TestShop } from './test-shop.ts';

let monolith: TestMonolith;
let shop: TestShop;
let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = await createEmptyDatabase();
  monolith = await startTestMonolith({ DATABASE_URL: databaseUrl });
  shop = await openTestShop(monolith);
});
afterAll(() => monolith.close());

/** How far the monolith's clock is ahead, in milliseconds. */
let shift = 0;
const passTime = (ms: number) => {
  shift += ms;
  monolith.passTime(ms);
};

const asService = (path: string, body: unknown) =>
  monolith.call('POST', `/api/stock/${path}`, { body, identity: SERVICE });

const reserve = (orderId: string, product_id: string, qty: number, expires_in?: number) =>
  asService('reserve', { order_id: orderId, items: [{ product_id, qty }], expires_in });

const adjust = (product_id: string, warehouse_id: string, delta: number) =>
  shop.asStaff('POST', '/stock/adjust', { product_id, warehouse_id, delta, note: 'counted' });

async function available(...product_ids: string[]): Promise<number[]> {
  const { body } = await monolith.call('POST', '/api/stock/available', { body: { product_ids } });
  return body.items.map((item: { qty_available: number }) => item.qty_available);
}

describe('receiving and adjusting', () => {
  test('changes the level, and writes the change into the log', async () => {
    const product_id = await shop.newProduct();
    const [warehouse_id] = shop.warehouses;
    const received = await shop.asStaff('POST', '/stock/receive', {
      product_id,
      warehouse_id,
      qty: 10,
      note: ' from the harbour ',
    });
    expect(received).toMatchObject({
      status: 200,
      body: { product_id, warehouse_id, qty_on_hand: 10, qty_reserved: 0, qty_available: 10 },
    });
    expect((await adjust(product_id, warehouse_id, -3)).body.qty_on_hand).toBe(7);
    const log = await shop.asStaff('POST', '/stock/movements', { product_ids: [product_id] });
    expect(log.body.groups).toMatchObject([
      {
        owner_id: product_id,
        total: 2,
        has_more: false,
        items: [
          { log_kind: 'ADJ', delta: -3, note: 'counted', order_id: null },
          { log_kind: 'IN', delta: 10, note: 'from the harbour' },
        ],
      },
    ]);
    expect(log.body.groups[0].items[0].logged_at).toMatch(/^\d{4}-.*\.\d{3}\+09:00$/);
  });

  test('does not take away what is promised, and says how much is left', async () => {
    const product = await shop.newProduct([5, 0]);
    await reserve(randomUUID(), product, 4);
    const refused = await adjust(product, shop.warehouses[0], -2);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'OUT_OF_STOCK',
          message: 'There is not enough stock: see `shortages`.',
          shortages: [{ product_id: product, requested: 2, available: 1 }],
        },
      },
    });
    expect(await shop.stockOf(product)).toEqual({ onHand: 5, reserved: 4 });
  });

  test('does not make a level of nothing out of what was never there', async () => {
    const product = await shop.newProduct();
    expect((await adjust(product, shop.warehouses[0], -1)).body.error.shortages).toEqual([
      { product_id: product, requested: 1, available: 0 },
    ]);
    const levels = await shop.asStaff('POST', '/stock/levels', { product_ids: [product] });
    expect(levels.body.items).toEqual([]);
  });

  test.each([
    ['receive', { qty: 0 }, 'qty', 'must be from 1 to 1,000,000'],
    ['receive', { qty: 1_000_001 }, 'qty', 'must be from 1 to 1,000,000'],
    ['receive', { qty: 1, note: 'x'.repeat(201) }, 'note', 'must be at most 200 characters long'],
    ['adjust', { delta: 0, note: 'n' }, 'delta', 'must be from -1,000,000 to 1,000,000 and not 0'],
    ['adjust', { delta: 1, note: ' ' }, 'note', 'must be 1 to 200 characters long'],
  ])('%s refuses %j', async (path, input, field, message) => {
    const [warehouse_id] = shop.warehouses;
    const body = { product_id: await shop.newProduct(), warehouse_id, ...input };
    expect(await shop.asStaff('POST', `/stock/${path}`, body)).toMatchObject({
      status: 422,
      body: { error: { code: 'VALIDATION', fields: [{ field, message }] } },
    });
  });

  test('names a product or a warehouse that does not exist', async () => {
    const product = await shop.newProduct();
    const noProduct = await adjust(randomUUID(), shop.warehouses[0], 1);
    expect(noProduct.body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no product with this id.',
    });
    const noWarehouse = await adjust(product, randomUUID(), 1);
    expect(noWarehouse.status).toBe(404);
    expect(noWarehouse.body.error.message).toBe('There is no warehouse with this id.');
  });
});

describe('who may see and change stock', () => {
  test('everybody may see what is available; staff see the rest; services reserve', async () => {
    const customer = await shop.newCustomer();
    const product_id = await shop.newProduct([1, 0]);
    const [warehouse_id] = shop.warehouses;
    const attempts = [
      ['GET', '/warehouses', undefined],
      ['GET', '/stock/low', undefined],
      ['POST', '/stock/levels', { product_ids: [] }],
      ['POST', '/stock/movements', { product_ids: [] }],
      ['POST', '/stock/receive', { product_id, warehouse_id, qty: 1 }],
      ['POST', '/stock/adjust', { product_id, warehouse_id, delta: 1, note: 'x' }],
    ] as const;
    for (const [method, path, body] of attempts) {
      const anonymous = await monolith.call(method, `/api${path}`, { body });
      expect([path, anonymous.status]).toEqual([path, 401]);
      const denied = await monolith.call(method, `/api${path}`, { body, identity: customer });
      expect([path, denied.status]).toEqual([path, 403]);
    }
    const items = [{ product_id, qty: 1 }];
    const byStaff = await shop.asStaff('POST', '/stock/reserve', { order_id: randomUUID(), items });
    expect(byStaff.status).toBe(403);
    expect(await available(product_id)).toEqual([1]);
  });
});

describe('reserving', () => {
  test('takes the fullest warehouse first and splits a line when it must', async () => {
    const product = await shop.newProduct([3, 5]);
    const [small, large] = shop.warehouses;
    const one = await reserve(randomUUID(), product, 4);
    expect(one.body).toMatchObject({ state: 'H', expires_at: null });
    expect(one.body.lines).toEqual([{ product_id: product, warehouse_id: large, qty: 4 }]);
    const two = await reserve(randomUUID(), product, 4);
    expect(two.body.lines).toEqual([
      { product_id: product, warehouse_id: small, qty: 3 },
      { product_id: product, warehouse_id: large, qty: 1 },
    ]);
    expect(await available(product)).toEqual([0]);
  });

  test('names every product that is short and promises nothing', async () => {
    const [plenty, few, none] = [
      await shop.newProduct([9, 0]),
      await shop.newProduct([1, 1]),
      randomUUID(),
    ];
    const items = [plenty, few, none].map((product_id) => ({ product_id, qty: 3 }));
    const refused = await asService('reserve', { order_id: randomUUID(), items });
    expect(refused.status).toBe(409);
    expect(refused.body.error.shortages).toEqual([
      { product_id: few, requested: 3, available: 2 },
      { product_id: none, requested: 3, available: 0 },
    ]);
    expect(await shop.stockOf(plenty)).toEqual({ onHand: 9, reserved: 0 });
  });

  test('gives the same reservation again for the same order, also at once', async () => {
    const product = await shop.newProduct([10, 0]);
    const orderId = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => reserve(orderId, product, 2)),
    );
    expect(new Set(replies.map(({ body }) => body.reservation_id)).size).toBe(1);
    expect(await shop.stockOf(product)).toEqual({ onHand: 10, reserved: 2 });
  });

  test('can be taken back, twice without fault, but not reserved anew', async () => {
    const product = await shop.newProduct([2, 0]);
    const order_id = randomUUID();
    await reserve(order_id, product, 2);
    for (const _time of [1, 2]) {
      expect(await asService('release', { order_id })).toMatchObject({
        status: 200,
        body: { state: 'R' },
      });
    }
    expect(await available(product)).toEqual([2]);
    for (const again of [
      await reserve(order_id, product, 1),
      await asService('commit', { order_id }),
    ]) {
      expect(again).toMatchObject({
        status: 409,
        body: { error: { code: 'RESERVATION_CLOSED', state: 'R' } },
      });
    }
  });

  test('leaves with a commit, which is written into the log and cannot be taken back', async () => {
    const product = await shop.newProduct([2, 2]);
    const order_id = randomUUID();
    await reserve(order_id, product, 3);
    for (const _time of [1, 2]) {
      expect((await asService('commit', { order_id })).body.state).toBe('C');
    }
    expect(await shop.stockOf(product)).toEqual({ onHand: 1, reserved: 0 });
    expect(await shop.logOf(product)).toBe(1);
    const refused = await asService('release', { order_id });
    expect(refused.body.error).toMatchObject({ code: 'RESERVATION_CLOSED', state: 'C' });
  });

  test('answers 404 for an order without reservation, and 422 for bad items', async () => {
    for (const step of ['release', 'commit', 'return']) {
      expect((await asService(step, { order_id: randomUUID() })).status).toBe(404);
    }
    const product_id = randomUUID();
    const items = [
      { product_id, qty: 0 },
      { product_id, qty: 1 },
    ];
    const refused = await asService('reserve', { order_id: randomUUID(), items, expires_in: 0 });
    expect(refused.body.error.fields).toEqual([
      { field: 'items.0.qty', message: 'must be from 1 to 1,000' },
      { field: 'items.1.product_id', message: 'is there twice: add the quantities up' },
      { field: 'expires_in', message: 'must be from 1 to 86,400' },
    ]);
  });
});

describe('a reservation that has run out', () => {
  test('makes room for the next one', async () => {
    const product = await shop.newProduct([5, 0]);
    const first = await reserve(randomUUID(), product, 5, 60);
    expect(Date.parse(first.body.expires_at)).toBeGreaterThan(Date.now());
    expect((await reserve(randomUUID(), product, 5)).status).toBe(409);
    passTime(61_000);
    expect((await reserve(randomUUID(), product, 5)).status).toBe(200);
    expect(await shop.stockOf(product)).toEqual({ onHand: 5, reserved: 5 });
  });

  test('cannot be committed any more, and its pieces are free', async () => {
    const product = await shop.newProduct([5, 0]);
    const order_id = randomUUID();
    await reserve(order_id, product, 5, 60);
    passTime(61_000);
    expect(await asService('commit', { order_id })).toMatchObject({
      status: 409,
      body: { error: { code: 'RESERVATION_CLOSED', state: 'R' } },
    });
    expect(await shop.stockOf(product)).toEqual({ onHand: 5, reserved: 0 });
    expect(await available(product)).toEqual([5]);
  });

  test('is not given back to its order', async () => {
    const product = await shop.newProduct([5, 0]);
    const orderId = randomUUID();
    await reserve(orderId, product, 1, 60);
    passTime(61_000);
    expect((await reserve(orderId, product, 1)).body.error).toMatchObject({ state: 'R' });
    expect(await shop.stockOf(product)).toEqual({ onHand: 5, reserved: 0 });
  });
});

test('the sweep releases every reservation that has run out, and no other', async () => {
  const [product, other] = [await shop.newProduct([300, 0]), await shop.newProduct([5, 0])];
  const orders = Array.from({ length: 120 }, () => randomUUID());
  await Promise.all(orders.map((id) => reserve(id, product, 2, 60)));
  const [lasting, endless] = [randomUUID(), randomUUID()];
  await reserve(lasting, other, 1, 3_600);
  await reserve(endless, other, 1);
  const log = createLog('sweep', 'silent');
  const database = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'sweep', log });
  const cache = memoryCache();
  const inTwoMinutes = () => new Date(Date.now() + shift + 120_000);
  const sweep = () => releaseExpired({ db: database.db, cache, clock: inTwoMinutes });
  const released = await Promise.all([sweep(), sweep()]);
  await database.close();
  expect(released[0] + released[1]).toBeGreaterThanOrEqual(120);
  expect(await shop.stockOf(product)).toEqual({ onHand: 300, reserved: 0 });
  expect(await shop.stockOf(other)).toEqual({ onHand: 5, reserved: 2 });
});

describe('availability', () => {
  test('is 0 for what was never in stock and for what does not exist', async () => {
    expect(await available(await shop.newProduct(), randomUUID())).toEqual([0, 0]);
  });

  test('comes from the cache until something changes it', async () => {
    const product = await shop.newProduct([4, 0]);
    await available(product);
    expect(await monolith.statementsOf(() => available(product))).toBe(0);
    await adjust(product, shop.warehouses[1], 2);
    expect(await available(product)).toEqual([6]);
  });
});

describe('lists', () => {
  test('take as many statements for one product as for thirty', async () => {
    const products = [];
    for (let index = 0; index < 30; index++) products.push(await shop.newProduct([1, 2]));
    for (const path of ['levels', 'movements']) {
      const statements = (product_ids: string[]) =>
        monolith.statementsOf(() => shop.asStaff('POST', `/stock/${path}`, { product_ids }));
      const one = await statements(products.slice(0, 1));
      expect(one).toBe(path === 'levels' ? 1 : 2);
      expect(await statements(products)).toBe(one);
    }
  });

  test('levels stand by product and warehouse code', async () => {
    const products = [await shop.newProduct([1, 2]), await shop.newProduct([3, 4])].sort();
    const { body } = await shop.asStaff('POST', '/stock/levels', { product_ids: products });
    const keys = body.items.map((level: { product_id: string; warehouse_id: string }) => [
      products.indexOf(level.product_id),
      shop.warehouses.indexOf(level.warehouse_id),
    ]);
    expect(keys).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const codes = (await shop.asStaff('GET', '/warehouses')).body.items.map(
      (warehouse: { wh_code: string }) => warehouse.wh_code,
    );
    expect(codes).toEqual(['W0', 'W1']);
  });

  test('movements are paged by their keys, each product for itself, in the order asked', async () => {
    const products = [await shop.newProduct(), await shop.newProduct(), await shop.newProduct()];
    for (const delta of [1, 2, 3]) {
      await adjust(products[0] as string, shop.warehouses[0], delta);
      await adjust(products[1] as string, shop.warehouses[0], delta * 10);
    }
    const page = async (product_ids: string[], after_key?: unknown) =>
      (await shop.asStaff('POST', '/stock/movements', { product_ids, limit: 2, after_key })).body
        .groups;
    const deltas = (group: { items: { delta: number }[] }) => group.items.map((item) => item.delta);
    const [second, first, third] = await page([products[1], products[0], products[2]] as string[]);
    expect([deltas(second), deltas(first), deltas(third)]).toEqual([[30, 20], [3, 2], []]);
    expect([second.total, second.has_more, third.total, third.has_more]).toEqual([
      3,
      true,
      0,
      false,
    ]);
    const [rest] = await page([products[1] as string], second.keys[1]);
    expect([deltas(rest), rest.has_more, rest.total]).toEqual([[10], false, 3]);
  });

  test('low stock is listed fewest first, page by page, on sale or not', async () => {
    const low = await Promise.all([shop.newProduct([1, 3]), shop.newProduct([2, 0])]);
    const gone = await shop.newProduct([1, 0]);
    await shop.asStaff('POST', `/products/${gone}/archive`);
    const seen: [string, number][] = [];
    let after = '';
    for (;;) {
      const path = `/stock/low?threshold=4&limit=2${after}`;
      const { body } = await shop.asStaff('GET', path);
      for (const level of body.items) seen.push([level.product_id, level.qty_available]);
      if (!body.has_more) {
        expect(seen).toHaveLength(body.total);
        break;
      }
      after = `&after_key=${encodeURIComponent(JSON.stringify(body.keys.at(-1)))}`;
    }
    expect(seen.map(([, qty]) => qty)).toEqual(seen.map(([, qty]) => qty).sort((a, b) => a - b));
    expect(seen.filter(([id]) => low.includes(id)).map(([, qty]) => qty)).toEqual([1, 2, 3]);
    expect(seen.filter(([id]) => id === gone)).toEqual([[gone, 1]]);
    const refused = await shop.asStaff('GET', '/stock/low?threshold=0');
    expect(refused.body.error.fields[0].field).toBe('threshold');
  });
});

/** One thing that happens to stock; `slot` picks one of a few reservations. */
type Event = {
  kind: 'receive' | 'adjust' | 'reserve' | 'release' | 'commit' | 'return';
  qty: number;
  slot: number;
};

const events = fc.array(
  fc.record<Event>({
    kind: fc.constantFrom('receive', 'adjust', 'reserve', 'release', 'commit', 'return'),
    qty: fc.integer({ min: -9, max: 9 }).filter((qty) => qty !== 0),
    slot: fc.nat(4),
  }),
  { maxLength: 25 },
);

describe('whatever happens', () => {
  test('available is on hand less reserved and never negative, and on hand is the sum of the log', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), async (happening, atOnce) => {
        const product = await shop.newProduct();
        const orders = Array.from({ length: 5 }, () => randomUUID());
        const happen = async ({ kind, qty, slot }: Event) => {
          const orderId = orders[slot] as string;
          const warehouse = shop.warehouses[slot % 2] as string;
          const size = Math.abs(qty);
          const reply = await {
            receive: () => adjust(product, warehouse, size),
            adjust: () => adjust(product, warehouse, qty),
            reserve: () => reserve(orderId, product, size),
            release: () => asService('release', { order_id: orderId }),
            commit: () => asService('commit', { order_id: orderId }),
            return: () => asService('return', { order_id: orderId }),
          }[kind]();
          expect([200, 404, 409]).toContain(reply.status);
        };
        if (atOnce) await Promise.all(happening.map(happen));
        else for (const event of happening) await happen(event);
        const rows = await monolith.sql('select * from stocks where product_id = $1', [product]);
        for (const row of rows) {
          expect(row.qty_reserved).toBeGreaterThanOrEqual(0);
          expect(row.qty_on_hand).toBeGreaterThanOrEqual(row.qty_reserved);
        }
        const { onHand, reserved } = await shop.stockOf(product);
        expect(onHand).toBe(await shop.logOf(product));
        const [held] = await monolith.sql(
          `select coalesce(sum(l.qty), 0)::int as sum from stock_reservation_lines l
           join stock_reservations r using (reservation_id)
           where r.state = 'H' and l.product_id = $1`,
          [product],
        );
        expect(reserved).toBe(held.sum);
        expect(await available(product)).toEqual([onHand - reserved]);
      }),
      { numRuns: 25 },
    );
  });

  test('reservations that want the same products in another order do not block one another', async () => {
    const products = [await shop.newProduct([50, 50]), await shop.newProduct([50, 50])];
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const wanted = index % 2 === 0 ? products : [...products].reverse();
        const items = wanted.map((product_id) => ({ product_id, qty: 1 }));
        return asService('reserve', { order_id: randomUUID(), items });
      }),
    );
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    for (const product of products) {
      expect(await shop.stockOf(product)).toEqual({ onHand: 100, reserved: 60 });
    }
  });
});

test('API_MODE opens the routes of its audience and closes the others', async () => {
  const id = randomUUID();
  const routes: [path: string, openIn: string][] = [
    ['stock/available', 'full store admin'],
    ['stock/levels', 'full admin'],
    ['stock/receive', 'full admin'],
    ['stock/reserve', 'full'],
    ['orders', 'full store'],
    ['orders/lookup', 'full store admin'],
    ['orders/by-customers', 'full store admin'],
    [`orders/${id}/confirm`, 'full admin'],
    [`orders/${id}/pay`, 'full store'],
    [`orders/${id}/cancel`, 'full store admin'],
    ['uploads/tickets', 'full store'],
    ['reviews', 'full store'],
    ['reviews/by-resumes', 'full store admin'],
  ];
  for (const mode of ['store', 'admin', 'full']) {
    const other = await startTestMonolith({ API_MODE: mode });
    for (const [path, openIn] of routes) {
      const { status, body } = await other.call('POST', `/api/${path}`, { body: {} });
      const closed = status === 404 && body.error.message.includes(`API_MODE=${mode}`);
      expect([mode, path, closed]).toEqual([mode, path, !openIn.split(' ').includes(mode)]);
    }
    await other.close();
  }
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { stockLevel, stockMovement } from '../../subgraphs/inventory/tables.ts';
import type { InventoryServer } from '../inventory/inventory-server.ts';
import { installGuard, type TestGuard } from '../setup/ownership.ts';
import { startMonolithAndInventory, type MonolithAndInventory } from './monolith-and-inventory.ts';
import type { TestMonolith } from './test-monolith.ts';
import type { TestShop } from './test-shop.ts';

let both: MonolithAndInventory;
let inventory: InventoryServer;
let monolith: TestMonolith;
let shop: TestShop;
let here: TestGuard;
let there: TestGuard;

beforeAll(async () => {
  both = await startMonolithAndInventory();
  ({ inventory, monolith, shop } = both);
  here = await installGuard(both.databaseUrl, inventoryMove, 'legacy');
  there = await installGuard(inventory.databaseUrl, inventoryMove, 'new');
  await here.give('new');
});
afterAll(async () => {
  for (const each of [here, there, both]) await each?.close();
});

/** A product of the monolith with pieces at the inventory service. */
async function newProduct(pieces: number): Promise<string> {
  const productId = await shop.newProduct([0, 0]);
  const [warehouseId] = inventory.warehouses;
  const row = { productId, warehouseId };
  const now = new Date();
  await inventory.database.db.insert(stockLevel).values({ ...row, onHand: pieces, updatedAt: now });
  await inventory.database.db
    .insert(stockMovement)
    .values({ ...row, id: randomUUID(), kind: 'RECEIVED', delta: pieces, createdAt: now });
  return productId;
}
const tasks = () => monolith.sql('select * from stock_tasks');
const step = (id: string, name: string, identity?: object, body?: object) =>
  identity
    ? monolith.call('POST', `/api/orders/${id}/${name}`, { identity, body })
    : shop.asStaff('POST', `/orders/${id}/${name}`, body);

describe('with stock at the inventory service and orders at the monolith', () => {
  test('an order promises, takes and gives back pieces there, once each', async () => {
    const customer = await shop.newCustomer();
    const product = await newProduct(5);
    const key = randomUUID();
    const placed = await shop.place(customer, { [product]: 2 }, key);
    expect(placed.status).toBe(201);
    expect((await shop.place(customer, { [product]: 2 }, key)).status).toBe(200);
    expect(await inventory.sums(product)).toEqual({ onHand: 5, reserved: 2, moved: 5 });
    const id = placed.body.order_id as string;
    await step(id, 'confirm');
    await step(id, 'pay', customer, { payment_token: 'tok_ok' });
    expect((await step(id, 'ship', undefined, { tracking_no: 'T1' })).status).toBe(200);
    expect(await inventory.sums(product)).toEqual({ onHand: 3, reserved: 0, moved: 3 });
    await step(id, 'deliver');
    expect((await step(id, 'return', customer, {})).status).toBe(200);
    expect(await inventory.sums(product)).toEqual({ onHand: 5, reserved: 0, moved: 5 });
    expect(await tasks()).toEqual([]);
    expect(await monolith.sql('select * from stock_reservations')).toEqual([]);
  });

  test('many orders at once never promise more than there is, and those refused leave nothing', async () => {
    const product = await newProduct(3);
    const replies = await Promise.all(
      Array.from({ length: 8 }, async () => shop.place(await shop.newCustomer(), { [product]: 1 })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 201, 409, 409, 409, 409, 409,
    ]);
    expect(replies.find(({ status }) => status === 409)?.body.error).toMatchObject({
      code: 'OUT_OF_STOCK',
      shortages: [{ product_id: product, requested: 1, available: 0 }],
    });
    expect(await inventory.sums(product)).toMatchObject({ reserved: 3 });
    expect(await tasks()).toEqual([]);
  });

  test('the same request many times at once gives one order and one promise', async () => {
    const customer = await shop.newCustomer();
    const product = await newProduct(9);
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => shop.place(customer, { [product]: 1 }, key)),
    );
    expect(new Set(replies.map(({ body }) => body.order_id)).size).toBe(1);
    expect(await inventory.sums(product)).toMatchObject({ reserved: 1 });
    expect(await tasks()).toEqual([]);
  });

  test('a cancellation is an order that is cancelled at once, whose pieces come back even when they had been noted as gone', async () => {
    const customer = await shop.newCustomer();
    const product = await newProduct(4);
    const { body } = await shop.place(customer, { [product]: 1 });
    // A shipment that died between the two services.
    const commit = `mutation ($input: CommitStockInput!) { commitStock(input: $input) { __typename } }`;
    await inventory.data(commit, { input: { orderId: body.order_id } }, 'service');
    expect((await step(body.order_id, 'cancel', customer, {})).status).toBe(200);
    expect(await inventory.sums(product)).toEqual({ onHand: 4, reserved: 0, moved: 4 });
  });

  test('what a placement that died has promised is given back by the sweep', async () => {
    const product = await newProduct(4);
    const orderId = randomUUID();
    await monolith.sql(
      `insert into stock_tasks values ($1, now() at time zone 'Asia/Tokyo' - interval '1 day', now() at time zone 'Asia/Tokyo' - interval '1 day')`,
      [orderId],
    );
    const reserve = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { __typename } }`;
    const input = { orderId, items: [{ productId: product, quantity: 2 }] };
    await inventory.data(reserve, { input }, 'service');
    await vi.waitFor(
      async () => {
        expect(await tasks()).toEqual([]);
        expect(await inventory.sums(product)).toMatchObject({ reserved: 0 });
      },
      { timeout: 14_000, interval: 500 },
    );
  });

  test('an order is placed while stock changes sides, without its client noticing', async () => {
    const customer = await shop.newCustomer();
    const product = await newProduct(4);
    await there.give('moving');
    await here.give('moving');
    const placed = shop.place(customer, { [product]: 1 });
    setTimeout(() => {
      void there.give('new').then(() => here.give('new'));
    }, 300);
    expect((await placed).status).toBe(201);
    expect(await inventory.sums(product)).toMatchObject({ reserved: 1 });
  });
});

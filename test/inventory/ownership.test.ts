import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { installGuard, type TestGuard } from '../setup/ownership.ts';
import { startInventoryServer, type InventoryServer } from './inventory-server.ts';
import { stockOf } from './operations.ts';

/** Milliseconds between two sweeps of promises that have run out. */
const SWEEP = 200;

let inventory: InventoryServer;
let guard: TestGuard;
beforeAll(async () => {
  inventory = await startInventoryServer({ INVENTORY_SWEEP_MS: String(SWEEP) });
  guard = await installGuard(inventory.databaseUrl, inventoryMove, 'new');
});
afterAll(async () => {
  await guard?.close();
  await inventory?.close();
});

const RESERVE = `mutation ($input: ReserveStockInput!) { mine: reserveStock(input: $input) { __typename } }`;
const RELEASE = `mutation ($input: ReleaseStockInput!) { releaseStock(input: $input) { __typename } }`;
const reserve = (productId: string) => ({
  input: { orderId: randomUUID(), items: [{ productId, quantity: 1 }] },
});

describe('stock that the other side owns', () => {
  test('is refused at the root field, under its alias, with who owns it and no value', async () => {
    const product = await inventory.newProduct(5);
    await guard.give('legacy');
    const { body } = await inventory.graphql(RESERVE, reserve(product), 'service');
    expect(body.data).toEqual({ mine: null });
    expect(body.errors).toEqual([
      expect.objectContaining({
        path: ['mine'],
        extensions: { code: 'NOT_OWNER', move: 'inventory', owner: 'legacy' },
      }),
    ]);
    await guard.give('moving');
    const moving = await inventory.graphql(RESERVE, reserve(product), 'service');
    expect(moving.body.errors?.[0]?.extensions).toMatchObject({ code: 'MOVING' });
    await guard.give('new');
    const after = await inventory.graphql(RESERVE, reserve(product), 'service');
    expect(after.body).toEqual({ data: { mine: { __typename: 'StockReservationPayload' } } });
  });

  test('is refused by the guard itself when it changes sides between the question and the write', async () => {
    const product = await inventory.newProduct(5);
    // A lock on the level holds the request up after it has asked.
    const client = await guard.database.pool.connect();
    await client.query('begin');
    await client.query('select from stock_level where product_id = $1 for update', [product]);
    const answer = inventory.graphql(RESERVE, reserve(product), 'service');
    await wait(200);
    await client.query(`update move.ownership set owner = 'legacy', epoch = epoch + 1`);
    await client.query('commit');
    client.release();
    const { body } = await answer;
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'NOT_OWNER',
      move: 'inventory',
      owner: 'legacy',
    });
    await guard.give('new');
    expect(await inventory.sums(product)).toMatchObject({ reserved: 0 });
  });

  test('is left alone by the sweep of promises that have run out', async () => {
    const product = await inventory.newProduct(5);
    const { input } = reserve(product);
    const variables = { input: { ...input, expiresInSeconds: 1 } };
    await inventory.data(RESERVE, variables, 'service');
    await guard.give('legacy');
    inventory.passTime(60_000);
    await wait(10 * SWEEP);
    expect(await inventory.sums(product)).toMatchObject({ reserved: 1 });
    await guard.give('new');
    await vi.waitFor(
      async () => expect(await inventory.sums(product)).toMatchObject({ reserved: 0 }),
      { timeout: 12_000, interval: 50 },
    );
  });
});

test('what is unknown here is told to the gateway, for the other side may know it', async () => {
  const response = await inventory.graphql(
    RELEASE,
    { input: { orderId: randomUUID() } },
    'service',
  );
  expect(response.body).toEqual({
    data: { releaseStock: { __typename: 'NotFound' } },
    extensions: { notFoundHere: ['inventory'] },
  });
});

describe('the cache of what can be ordered', () => {
  const relay = async (productId: string, onHand: number) => {
    const client = await guard.database.pool.connect();
    await client.query('begin');
    await client.query(`set local moves.relay = 'inventory'`);
    await client.query(`set local moves.copying = 'on'`);
    await client.query('update stock_level set on_hand = $2 where product_id = $1', [
      productId,
      onHand,
    ]);
    const payload = JSON.stringify({ move: 'inventory', kind: 'level', ids: [productId] });
    await client.query(`select pg_notify('moves_relayed', $1)`, [payload]);
    await client.query('commit');
    client.release();
  };

  test('forgets what the relay has written, at its commit', async () => {
    const product = await inventory.newProduct(5);
    expect(await stockOf(inventory, product)).toEqual([5]);
    await relay(product, 7);
    await vi.waitFor(async () => expect(await stockOf(inventory, product)).toEqual([7]), {
      timeout: 1_000,
    });
  });

  test('is passed by after the connection was lost, and hears again on the next one', async () => {
    const product = await inventory.newProduct(5);
    expect(await stockOf(inventory, product)).toEqual([5]);
    await guard.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'listens on %'`,
    );
    await relay(product, 9);
    await vi.waitFor(async () => expect(await stockOf(inventory, product)).toEqual([9]), {
      timeout: 1_000,
    });
  });
});

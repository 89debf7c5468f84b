import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { authMove } from '../../migration/moves/auth.ts';
import { orderMove } from '../../migration/moves/order.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { installGuard, type TestGuard } from '../setup/ownership.ts';
import { STAFF, startTestMonolith, type TestMonolith } from './test-monolith.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let monolith: TestMonolith;
let shop: TestShop;
let orders: TestGuard;
let accounts: TestGuard;
const GRAPH_CALL = { 'x-graph-call': '1' };

beforeAll(async () => {
  const url = await createEmptyDatabase();
  monolith = await startTestMonolith({ DATABASE_URL: url });
  shop = await openTestShop(monolith);
  orders = await installGuard(url, orderMove, 'legacy');
  accounts = await installGuard(url, authMove, 'legacy');
});
afterAll(async () => {
  await orders?.close();
  await accounts?.close();
  await monolith?.close();
});

describe('orders that the other side owns', () => {
  test('are refused with 409 and who owns them, before money moves; those of other customers are not', async () => {
    const [mine, other] = [await shop.newCustomer(), await shop.newCustomer()];
    const product = await shop.newProduct([9, 0]);
    const { body } = await shop.place(mine, { [product]: 1 });
    await shop.asStaff('POST', `/orders/${body.order_id}/confirm`);
    await orders.give('new', [bucketOf('order', mine.userId)]);
    const pay = await monolith.call('POST', `/api/orders/${body.order_id}/pay`, {
      identity: mine,
      headers: GRAPH_CALL,
      body: { payment_token: 'tok_ok' },
    });
    expect(pay.status).toBe(409);
    expect(pay.body.error).toMatchObject({ code: 'NOT_OWNER', move: 'order', owner: 'new' });
    expect((await shop.place(other, { [product]: 1 })).status).toBe(201);
    await orders.give('legacy');
  });

  test('are waited for by REST clients while they change sides, but not where the graph asks', async () => {
    const customer = await shop.newCustomer();
    const product = await shop.newProduct([9, 0]);
    await orders.give('moving');
    const asked = await monolith.call('POST', '/api/orders', {
      identity: customer,
      headers: GRAPH_CALL,
      body: { idem_key: randomUUID(), items: [], ship_to: address },
    });
    expect(asked.body.error).toMatchObject({ code: 'MOVING', move: 'order' });
    const placed = shop.place(customer, { [product]: 1 });
    await wait(300);
    await orders.give('legacy');
    expect((await placed).status).toBe(201);
  });
});

test('a login is not counted, and no token judged, where the other side owns the accounts', async () => {
  await accounts.give('new');
  for (const [path, body] of [
    ['/login', { email: 'a@example.com', password: 'wrong' }],
    ['/refresh', { refresh_token: 'x' }],
    ['/logout', { refresh_token: 'x' }],
  ] as const) {
    const graph = { identity: {}, headers: GRAPH_CALL };
    const asked = await monolith.call('POST', `/api/auth${path}`, { body, ...graph });
    expect([asked.status, asked.body.error?.code]).toEqual([409, 'NOT_OWNER']);
    // For REST clients it is done there, and there is nobody at the moment.
    const told = await monolith.call('POST', `/api/auth${path}`, { body });
    expect([told.status, told.body.error?.code]).toEqual([503, 'UNAVAILABLE']);
  }
  await accounts.give('legacy');
  expect(await monolith.sql('select * from login_failures')).toEqual([]);
});

test('the wrapper hears that something is unknown here; REST clients, and areas that do not move, do not', async () => {
  const told = async (path: string, identity: object, headers: Record<string, string>, body = {}) =>
    (await monolith.call('POST', `/api${path}`, { identity, headers, body })).headers.get(
      'x-not-found-here',
    );
  const confirm = `/orders/${randomUUID()}/confirm`;
  expect(await told(confirm, STAFF, GRAPH_CALL)).toBe('order');
  expect(await told(confirm, STAFF, {})).toBeNull();
  expect(await told('/auth/logout', {}, GRAPH_CALL, { refresh_token: 'x' })).toBe('auth');
  expect(await told('/auth/refresh', {}, GRAPH_CALL, { refresh_token: 'x' })).toBe('auth');
  const release = { order_id: randomUUID() };
  expect(await told('/stock/release', { role: 'service' }, GRAPH_CALL, release)).toBeNull();
});

const address = { name: 'A', addr1: '1', city: 'L', zip: '1', country: 'GB' };

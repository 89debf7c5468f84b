import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { notebook, type Notebook } from './noted-calls.ts';
import { startTwoOwners, type TwoOwners } from './two-owners.ts';

let owners: TwoOwners;
let customers: Partial<Identity>[];
const STAFF = { userId: randomUUID(), role: 'staff' } as const;

beforeAll(async () => {
  owners = await startTwoOwners('order');
  const rows = await owners.sql(`select user_id from app_users where role_cd = 'CUST' limit 3`);
  customers = rows.map(({ user_id }) => ({ userId: user_id, role: 'customer' }));
});
afterAll(() => owners?.close());

let counter = 0;
async function newProduct(pieces: number): Promise<string> {
  const sku = `FWD-${++counter}`;
  const asStaff = { identity: STAFF };
  const body = { sku, product_name: 'Thing', unit_price: '19.99' };
  const product = await owners.call('POST', '/api/products', { ...asStaff, body });
  const [warehouse] = await owners.sql('select warehouse_id from warehouses limit 1');
  await owners.call('POST', '/api/stock/receive', {
    ...asStaff,
    body: { product_id: product.body.product_id, ...warehouse, qty: pieces },
  });
  return product.body.product_id;
}

const ship_to = {
  name: ' Ada ',
  addr1: '1 Way',
  addr2: '',
  city: 'London',
  zip: 'N1',
  country: 'gb',
};
const order = (items: Record<string, number>, idem_key: string = randomUUID()) => ({
  idem_key,
  items: Object.entries(items).map(([product_id, qty]) => ({ product_id, qty })),
  ship_to,
});

async function placeAndWalk({ call }: Notebook): Promise<void> {
  const [customer, other] = customers;
  const product = await newProduct(5);
  // The names of products are those of their numbers.
  const place = (body: unknown, identity = customer) =>
    call('POST', '/api/orders', { identity, body });
  const first = order({ [product]: 2 });
  const { body } = await place(first);
  await place(first);
  await place({ ...first, ship_to: { ...ship_to, city: 'Paris' } });
  await place(order({ [product]: 9 }));
  await place(order({ [randomUUID()]: 1 }));
  await place({ ...order({ [product]: 0 }, 'short'), ship_to: { ...ship_to, country: 'GBR' } });
  await place(first, {});
  const step = (name: string, identity: Partial<Identity> | undefined, said?: object) =>
    call('POST', `/api/orders/${body.order_id}/${name}`, { identity, body: said });
  await step('confirm', customer);
  await step('confirm', other);
  await step('pay', customer, { payment_token: 'tok_ok' });
  await step('confirm', STAFF);
  await step('pay', STAFF, { payment_token: 'tok_ok' });
  await step('pay', customer, { payment_token: 'tok_declined' });
  await step('pay', customer, { payment_token: 'nonsense' });
  await step('pay', customer, { payment_token: 'tok_ok' });
  await step('ship', STAFF, { tracking_no: ' ' });
  await step('ship', STAFF, { tracking_no: ' T-1 ' });
  await step('cancel', customer, { reason: 'late' });
  await step('deliver', STAFF);
  await step('return', customer, { reason: 'x'.repeat(201) });
  await step('return', customer, { reason: ' too small ' });
  const second = await place(order({ [product]: 1 }));
  await call('POST', `/api/orders/${second.body.order_id}/cancel`, { identity: customer });
  const nowhere = `/api/orders/${randomUUID()}`;
  await call('POST', `${nowhere}/confirm`, { identity: STAFF });
  await call('POST', `${nowhere}/cancel`, { identity: customer, body: {} });
}

describe('orders that the order service owns', () => {
  test('are placed and walk through the shop by the same calls with the same answers', async () => {
    const [here, there] = [notebook(owners), notebook(owners)];
    await placeAndWalk(here);
    await owners.give('new');
    await placeAndWalk(there);
    expect(here.calls.map(({ status }) => status)).toEqual([
      201, 200, 409, 409, 409, 422, 401, 403, 404, 409, 200, 403, 402, 422, 200, 422, 200, 409, 200,
      422, 200, 201, 200, 404, 404,
    ]);
    const nameless = (calls: object[]) =>
      JSON.parse(JSON.stringify(calls).replaceAll(/FWD-\d+/g, '<sku>'));
    expect(nameless(there.calls)).toEqual(nameless(here.calls));
  });

  test('are read here at once as they were written there', async () => {
    await owners.give('new');
    const [customer] = customers;
    const product = await newProduct(3);
    const placed = await owners.call('POST', '/api/orders', {
      identity: customer,
      body: order({ [product]: 1 }),
    });
    const path = `/api/orders/${placed.body.order_id}`;
    expect((await owners.call('GET', path, { identity: customer })).body).toEqual(placed.body);
    const confirmed = await owners.call('POST', `${path}/confirm`, { identity: STAFF });
    expect((await owners.call('GET', path, { identity: customer })).body).toEqual(confirmed.body);
  });

  test('are answered as they are there where nobody carries them over', async () => {
    await owners.give('new');
    const [customer] = customers;
    const product = await newProduct(3);
    await owners.pauseRelay(true);
    const body = order({ [product]: 1 });
    const placed = await owners.call('POST', '/api/orders', { identity: customer, body });
    const path = `/api/orders/${placed.body.order_id}`;
    const confirmed = await owners.call('POST', `${path}/confirm`, { identity: STAFF });
    expect([placed.status, confirmed.status, confirmed.body.status]).toEqual([201, 200, 'CONF']);
    await owners.pauseRelay(false);
    const paid = await owners.call('POST', `${path}/pay`, {
      identity: customer,
      body: { payment_token: 'tok_ok' },
    });
    expect(paid.body).toMatchObject({
      ...placed.body,
      ...changed(confirmed.body),
      ...changed(paid.body),
    });
  });

  test('are refused where the graph asks, which asks the owner itself', async () => {
    await owners.give('new');
    const reply = await owners.call('POST', '/api/orders', {
      identity: customers[0],
      headers: { 'x-graph-call': '1' },
      body: order({ [randomUUID()]: 1 }),
    });
    expect([reply.status, reply.body.error.code]).toEqual([409, 'NOT_OWNER']);
  });

  test('and are forwarded once each, while they go from one side to the other', async () => {
    await owners.give('legacy');
    const product = await newProduct(40);
    const flipping = owners.give('new');
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        owners.call('POST', '/api/orders', {
          identity: customers[index % customers.length],
          body: order({ [product]: 1 }),
        }),
      ),
    );
    await flipping;
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    const [stock] = await owners.sql(
      'select sum(qty_reserved)::int as reserved from stocks where product_id = $1',
      [product],
    );
    expect(stock).toEqual({ reserved: 20 });
  });
});

/** What a step changes of an order. */
const changed = ({ status, updated_at, confirmed_at, paid_at }: Record<string, unknown>) => ({
  status,
  updated_at,
  confirmed_at,
  paid_at,
});

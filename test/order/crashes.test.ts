import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FAILPOINTS } from '../../subgraphs/order/saga/failpoint.ts';
import { address, stockWatch, type StockWatch } from './order-shop.ts';
import { startOrderStack, type OrderStack } from './order-stack.ts';

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename ... on OrderPayload { order { id status } } ... on Problem { message } } }`;
const step = (
  name: string,
  type: string,
) => `mutation ($input: ${type}!) { result: ${name}(input: $input) {
  __typename ... on OrderPayload { order { id status } } ... on IllegalTransition { status message } } }`;
const CONFIRM = step('confirmOrder', 'ConfirmOrderInput');
const PAY = step('payOrder', 'PayOrderInput');
const SHIP = step('shipOrder', 'ShipOrderInput');
const DELIVER = step('deliverOrder', 'DeliverOrderInput');
const CANCEL = step('cancelOrder', 'CancelOrderInput');
const RETURN = step('returnOrder', 'ReturnOrderInput');

let stack: OrderStack;
let customer: string;
let staff: string;
let watch: StockWatch;

beforeAll(async () => {
  stack = await startOrderStack();
  [customer, staff] = (await Promise.all(
    ['customer', 'staff'].map((name) => stack.login(`${name}@example.com`)),
  )) as [string, string];
});
afterEach(() => stack.endOrders());
afterAll(() => stack?.close());
beforeEach(async () => {
  watch = await stockWatch(stack, staff);
});

const input = () => ({
  idempotencyKey: randomUUID(),
  items: [{ productId: watch.productId, quantity: 3 }],
  shippingAddress: address,
});

async function run(query: string, variables: object, token: string) {
  const { body } = await stack.graphql(query, { input: variables }, { token });
  return body;
}

/** Runs an operation in a process that is armed to die on the way. @returns what the client was told */
async function dying(failpoint: string, query: string, variables: object, token: string) {
  const armed = await stack.startProcess({ ORDER_FAILPOINT: failpoint });
  const body = await run(query, variables, token);
  expect(await armed.ended, `${failpoint} was never reached`).toBe('SIGKILL');
  expect(body.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
}

/** Waits until nothing is on its way any more. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await stack.orders.pool.query('select from saga')).rowCount === 0) return;
    await sleep(100);
  }
  const { rows } = await stack.orders.pool.query('select * from saga');
  throw new Error(`sagas were left: ${JSON.stringify(rows)}`);
}

const placements = FAILPOINTS.filter((name) => name.startsWith('place.'));

describe('a process that is killed while it places an order', () => {
  test.each(placements)(
    'at %s: the order is finished by the next one, without its client',
    async (failpoint) => {
      const asked = input();
      await dying(failpoint, PLACE, asked, customer);
      await stack.startServer();
      await settled();
      expect(await watch.sold()).toEqual({ reserved: 3, left: 0 });
      const { data } = await run(PLACE, asked, customer);
      expect(data.placeOrder.order.status).toBe('PLACED');
      expect(await watch.sold()).toEqual({ reserved: 3, left: 0 });
      const known = await stack.orders.pool.query(
        'select from "order" where idempotency_key = $1',
        [asked.idempotencyKey],
      );
      expect(known.rowCount).toBe(1);
    },
  );

  test.each(['place.price', 'place.reserve.done', 'place.finish'])(
    'at %s: its client, who asks again at once, is given the order',
    async (failpoint) => {
      const asked = input();
      await dying(failpoint, PLACE, asked, customer);
      // The sweep of this one comes too late to be of help.
      await stack.startServer({ ORDER_SWEEP_MS: '60000' });
      const answers = await Promise.all([1, 2, 3].map(() => run(PLACE, asked, customer)));
      const orders = answers.map(({ data }) => data.placeOrder.order.id);
      expect(new Set(orders).size).toBe(1);
      expect(await watch.sold()).toEqual({ reserved: 3, left: 0 });
      await settled();
    },
  );

  test.each(['place.price.done', 'place.reserve', 'place.reserve.done', 'place.finish.done'])(
    'at %s: what nobody came back for is undone, and the key is free again',
    async (failpoint) => {
      const asked = input();
      await dying(failpoint, PLACE, asked, customer);
      await stack.orders.pool.query(`update saga set started_at = now() - interval '1 hour'`);
      await stack.startServer();
      await expect
        .poll(
          async () =>
            (await stack.orders.pool.query(`select from saga where stage <> 'SETTLE'`)).rowCount,
          { timeout: 10_000 },
        )
        .toBe(0);
      expect(await watch.sold()).toEqual({ reserved: 0, left: 0 });
      const other = { ...asked, items: [{ productId: watch.productId, quantity: 1 }] };
      const { data } = await run(PLACE, other, customer);
      expect(data.placeOrder.order.status).toBe('PLACED');
      expect(await watch.sold()).toEqual({ reserved: 1, left: 0 });
      await stack.orders.pool.query('update saga set retry_at = now()');
      await settled();
    },
  );
});

describe('a process that is killed while it takes a step', () => {
  /** An order that has come as far as the step needs. */
  async function orderBefore(action: string): Promise<string> {
    const { data } = await run(PLACE, input(), customer);
    const { id } = data.placeOrder.order;
    const way: [string, object, string][] = [
      [CONFIRM, {}, staff],
      [PAY, { paymentToken: 'tok_ok' }, customer],
      [SHIP, { trackingNumber: 'JP-1' }, staff],
      [DELIVER, {}, staff],
    ];
    const lengths: Record<string, number> = { pay: 1, ship: 2, cancel: 2, return: 4 };
    for (const [query, more, token] of way.slice(0, lengths[action])) {
      const { data: taken } = await run(query, { id, ...more }, token);
      expect(taken.result.__typename).toBe('OrderPayload');
    }
    return id as string;
  }

  const ENDS: Record<string, [query: string, more: object, status: string, stock: object]> = {
    pay: [PAY, { paymentToken: 'tok_ok' }, 'PAID', { reserved: 3, left: 0 }],
    ship: [SHIP, { trackingNumber: 'JP-1' }, 'SHIPPED', { reserved: 0, left: 3 }],
    cancel: [CANCEL, { reason: 'no' }, 'CANCELLED', { reserved: 0, left: 0 }],
    return: [RETURN, { reason: 'no' }, 'RETURNED', { reserved: 0, left: 0 }],
  };

  test.each(FAILPOINTS.filter((name) => !name.startsWith('place.')))(
    'at %s: the step is finished, once',
    async (failpoint) => {
      const [action = ''] = failpoint.split('.');
      const [query, more, status, stock] = ENDS[action] as (typeof ENDS)[string];
      const token = action === 'ship' ? staff : customer;
      await stack.startServer();
      const id = await orderBefore(action);
      await stack.endOrders();
      await dying(failpoint, query, { id, ...more }, token);
      await stack.startServer();
      // Whoever asks again waits for the step, and is told that it has been taken.
      const { data } = await run(query, { id, ...more }, token);
      expect(data.result).toMatchObject({ __typename: 'IllegalTransition', status });
      await settled();
      expect(await watch.sold()).toEqual(stock);
      const { rows } = await stack.orders.pool.query(
        `select o.status, o.payment_reference, o.tracking_number, e.note from "order" o
         join order_event e on e.order_id = o.id and e.status = o.status where o.id = $1`,
        [id],
      );
      expect(rows).toEqual([
        {
          status,
          payment_reference: `builtin_${id}`,
          tracking_number: ['ship', 'return'].includes(action) ? 'JP-1' : null,
          note: ['cancel', 'return'].includes(action) ? 'no' : null,
        },
      ]);
    },
  );
});

test('of 500 orders at once for 100 pieces exactly 100 are placed, though the process is killed twice on the way', async () => {
  const scarce = await stockWatch(stack, staff, 100);
  let process = await stack.startProcess();
  const answers = Array.from({ length: 500 }, async () => {
    const asked = { ...input(), items: [{ productId: scarce.productId, quantity: 1 }] };
    // A client that hears nothing definite asks again with its key.
    for (let tries = 0; tries < 100; tries++) {
      const { data } = await run(PLACE, asked, customer);
      if (data?.placeOrder) return data.placeOrder;
      await sleep(500);
    }
    return null;
  });
  for (const placed of [20, 60]) {
    await expect
      .poll(async () => (await scarce.sold()).reserved, { timeout: 60_000, interval: 20 })
      .toBeGreaterThan(placed);
    await process.kill();
    process = await stack.startProcess();
  }
  const names = (await Promise.all(answers)).map((answer) => answer?.__typename);
  expect(names.filter((name) => name === 'OrderPayload')).toHaveLength(100);
  expect(names.filter((name) => name === 'OutOfStock')).toHaveLength(400);
  await stack.orders.pool.query('update saga set retry_at = now()');
  await settled();
  expect(await scarce.sold()).toEqual({ reserved: 100, left: 0 });
  const { rows } = await stack.orders.pool.query(
    'select count(*)::int as n from order_item where product_id = $1',
    [scarce.productId],
  );
  expect(rows[0].n).toBe(100);
}, 180_000);

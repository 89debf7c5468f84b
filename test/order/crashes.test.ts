import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FAILPOINTS } from '../../subgraphs/order/saga/failpoint.ts';
import { CANCEL, CONFIRM, DELIVER, PAY, PLACE, RETURN, SHIP } from './operations.ts';
import { address, stockWatch, type StockWatch } from './order-shop.ts';
import { startOrderStack, type OrderStack } from './order-stack.ts';

/** In a block that runs beside others: one after the other all the same. A loaded machine starts processes slowly. */
const IN_TURN = { concurrent: false, timeout: 60_000 };

/** A stack whose order subgraph is started and killed, with a new product for each test. */
interface Lane {
  stack: OrderStack;
  customer: string;
  staff: string;
  watch: StockWatch;
}

/**
 * Gives the tests of a block a stack of their own. Blocks run at once, because their tests wait for processes to
 * start and for leases to run out; inside a block one test after the other has the stack.
 */
function ownLane(): Lane {
  const lane = {} as Lane;
  beforeAll(async () => {
    lane.stack = await startOrderStack({ ORDER_SWEEP_MS: '100', ORDER_LEASE_MS: '1000' });
    lane.customer = await lane.stack.login('customer@example.com');
    lane.staff = await lane.stack.login('staff@example.com');
  });
  beforeEach(async () => {
    lane.watch = await stockWatch(lane.stack, lane.staff);
  });
  afterEach(() => lane.stack.endOrders());
  afterAll(() => lane.stack?.close());
  return lane;
}

const inputOf = ({ watch: { productId } }: Lane) => ({
  idempotencyKey: randomUUID(),
  items: [{ productId, quantity: 3 }],
  shippingAddress: address,
});

async function run({ stack }: Lane, query: string, input: object, token: string) {
  return (await stack.graphql(query, { input }, { token })).body;
}

/** Runs an operation in a process that is armed to die on the way. */
async function dying(lane: Lane, failpoint: string, query: string, input: object, token: string) {
  const armed = await lane.stack.startProcess({ ORDER_FAILPOINT: failpoint });
  const body = await run(lane, query, input, token);
  expect(await armed.ended, `${failpoint} was never reached`).toBe('SIGKILL');
  expect(body.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
}

/** Waits until nothing is on its way any more but what waits in these stages. */
async function settled({ orders }: OrderStack, ...but: readonly string[]): Promise<void> {
  const left = async () =>
    (await orders.pool.query('select * from saga where stage <> all ($1)', [but])).rows;
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    if ((await left()).length === 0) return;
  }
  throw new Error(`sagas were left: ${JSON.stringify(await left())}`);
}

const failpointsOf = (...steps: readonly string[]) =>
  FAILPOINTS.filter((name) => steps.includes(name.split('.')[0] as string));

describe.concurrent('a process that is killed while it places an order', () => {
  const lane = ownLane();

  test.each(failpointsOf('place'))(
    'at %s: the order is finished by the next one, without its client',
    IN_TURN,
    async (failpoint) => {
      const { stack, customer, watch } = lane;
      const asked = inputOf(lane);
      await dying(lane, failpoint, PLACE, asked, customer);
      await stack.startServer();
      await settled(stack);
      expect(await watch.sold()).toEqual({ reserved: 3, left: 0 });
      const { data } = await run(lane, PLACE, asked, customer);
      expect(data.result.order.status).toBe('PLACED');
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
    IN_TURN,
    async (failpoint) => {
      const { stack, customer, watch } = lane;
      const asked = inputOf(lane);
      await dying(lane, failpoint, PLACE, asked, customer);
      // The sweep of this one comes too late to be of help.
      await stack.startServer({ ORDER_SWEEP_MS: '60000' });
      const answers = await Promise.all([1, 2, 3].map(() => run(lane, PLACE, asked, customer)));
      const orders = answers.map(({ data }) => data.result.order.id);
      expect(new Set(orders).size).toBe(1);
      expect(await watch.sold()).toEqual({ reserved: 3, left: 0 });
      await settled(stack);
    },
  );

  test.each(['place.price.done', 'place.reserve', 'place.reserve.done', 'place.finish.done'])(
    'at %s: what nobody came back for is undone, and the key is free again',
    IN_TURN,
    async (failpoint) => {
      const { stack, customer, watch } = lane;
      const asked = inputOf(lane);
      await dying(lane, failpoint, PLACE, asked, customer);
      await stack.orders.pool.query(`update saga set started_at = now() - interval '1 hour'`);
      await stack.startServer();
      await settled(stack, 'SETTLE');
      expect(await watch.sold()).toEqual({ reserved: 0, left: 0 });
      const other = { ...asked, items: [{ productId: watch.productId, quantity: 1 }] };
      const { data } = await run(lane, PLACE, other, customer);
      expect(data.result.order.status).toBe('PLACED');
      expect(await watch.sold()).toEqual({ reserved: 1, left: 0 });
      await stack.orders.pool.query('update saga set retry_at = now()');
      await settled(stack);
    },
  );
});

/** An order that has come as far as the step needs. */
async function orderBefore(lane: Lane, action: string): Promise<string> {
  const { customer, staff } = lane;
  const { data } = await run(lane, PLACE, inputOf(lane), customer);
  const { id } = data.result.order;
  const way: [string, object, string][] = [
    [CONFIRM, {}, staff],
    [PAY, { paymentToken: 'tok_ok' }, customer],
    [SHIP, { trackingNumber: 'JP-1' }, staff],
    [DELIVER, {}, staff],
  ];
  const lengths: Record<string, number> = { pay: 1, ship: 2, cancel: 2, return: 4 };
  for (const [query, more, token] of way.slice(0, lengths[action])) {
    const { data: taken } = await run(lane, query, { id, ...more }, token);
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

describe.concurrent.each([
  ['paid or shipped', ['pay', 'ship']],
  ['cancelled', ['cancel']],
  ['returned', ['return']],
])('a process that is killed while an order is %s', (_name, actions) => {
  const lane = ownLane();

  test.each(failpointsOf(...actions))(
    'at %s: the step is finished, once',
    IN_TURN,
    async (failpoint) => {
      const { stack, customer, staff, watch } = lane;
      const [action = ''] = failpoint.split('.');
      const [query, more, status, stock] = ENDS[action] as (typeof ENDS)[string];
      const token = action === 'ship' ? staff : customer;
      await stack.startServer();
      const id = await orderBefore(lane, action);
      await stack.endOrders();
      await dying(lane, failpoint, query, { id, ...more }, token);
      await stack.startServer();
      // Whoever asks again waits for the step, and is told that it has been taken.
      const { data } = await run(lane, query, { id, ...more }, token);
      expect(data.result).toMatchObject({ __typename: 'IllegalTransition', status });
      await settled(stack);
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

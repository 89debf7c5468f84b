import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { anonymousIdentity, type Identity } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { builtInPaymentProvider, type PaymentProvider } from '../../subgraphs/order/payment.ts';
import { address, stockWatch, type StockWatch } from './order-shop.ts';
import { startOrderStack, type OrderStack } from './order-stack.ts';

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename
  ... on OrderPayload { order { id number status } } ... on Problem { message }
  ... on OutOfStock { shortages { requested available } } } }`;
const step = (
  name: string,
  type: string,
) => `mutation ($input: ${type}!) { result: ${name}(input: $input) {
  __typename ... on OrderPayload { order { id status } } ... on Problem { message } } }`;
const CONFIRM = step('confirmOrder', 'ConfirmOrderInput');
const PAY = step('payOrder', 'PayOrderInput');
const CANCEL = step('cancelOrder', 'CancelOrderInput');

let stack: OrderStack;
let server: RunningServer;
let customer: string;
let staff: string;
/** What the payment provider is asked for, and how long it thinks. */
const charges: string[] = [];
const refunds: string[] = [];
let thinking: () => Promise<unknown> = async () => {};

const builtIn = builtInPaymentProvider();
const payments: PaymentProvider = {
  charge: async (charge) => {
    charges.push(charge.orderId);
    await thinking();
    return builtIn.charge(charge);
  },
  refund: async (reference) => {
    refunds.push(reference);
    return builtIn.refund(reference);
  },
};

beforeAll(async () => {
  stack = await startOrderStack();
  server = await stack.startServer({}, payments);
  [customer, staff] = (await Promise.all(
    ['customer', 'staff'].map((name) => stack.login(`${name}@example.com`)),
  )) as [string, string];
});
afterAll(() => stack?.close());
afterEach(() => {
  thinking = async () => {};
});

const inputOf = (watch: StockWatch, quantity = 1) => ({
  idempotencyKey: randomUUID(),
  items: [{ productId: watch.productId, quantity }],
  shippingAddress: address,
});

async function run(query: string, input: object, token: string) {
  const { body } = await stack.graphql(query, { input }, { token });
  return body;
}

async function placed(watch: StockWatch): Promise<string> {
  const { data } = await run(PLACE, inputOf(watch), customer);
  return data.placeOrder.order.id as string;
}

async function confirmed(watch: StockWatch): Promise<string> {
  const id = await placed(watch);
  await run(CONFIRM, { id }, staff);
  return id;
}

const inOrder = (one: string, other: string) => (one < other ? -1 : 1);

/** Asks the order subgraph itself, as the gateway does. */
async function ask(query: string, variables: object, identity: Partial<Identity>) {
  const signed = signIdentity(
    { ...anonymousIdentity('test'), ...identity },
    identityKey(stack.environment('order').IDENTITY_SECRET as string),
  );
  const response = await fetch(`${stack.url('order')}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: signed },
    body: JSON.stringify({ query, variables }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any
  return (await response.json()) as { data: any; errors?: unknown[] };
}

const sagasOf = async (orderId: string) =>
  (await stack.orders.pool.query('select stage from saga where order_id = $1', [orderId])).rows;

describe('while an order is on its way', () => {
  test('the provider may think: no row is locked, and another step waits until the payment is through', async () => {
    const watch = await stockWatch(stack, staff);
    const id = await confirmed(watch);
    let answer = (): void => {};
    thinking = () => new Promise<void>((resolve) => (answer = resolve));
    const paying = run(PAY, { id, paymentToken: 'tok_ok' }, customer);
    await expect.poll(() => charges.includes(id)).toBe(true);
    await stack.orders.pool.query(`select from "order" where id = $1 for update nowait`, [id]);
    const cancelling = run(CANCEL, { id }, customer);
    await sleep(300);
    expect(await sagasOf(id)).toEqual([{ stage: 'CHARGE' }]);
    answer();
    expect((await paying).data.result.order.status).toBe('PAID');
    expect((await cancelling).data.result.order.status).toBe('CANCELLED');
    expect(refunds).toContain(`builtin_${id}`);
    expect(charges.filter((orderId) => orderId === id)).toHaveLength(1);
  });

  test('it is paid once, however often its customer presses the button', async () => {
    const id = await confirmed(await stockWatch(stack, staff));
    thinking = () => sleep(200);
    const results = await Promise.all(
      [1, 2, 3, 4].map(() => run(PAY, { id, paymentToken: 'tok_ok' }, customer)),
    );
    const names = results.map(({ data }) => data.result.__typename).toSorted(inOrder);
    expect(names).toEqual([
      'IllegalTransition',
      'IllegalTransition',
      'IllegalTransition',
      'OrderPayload',
    ]);
    expect(charges.filter((orderId) => orderId === id)).toHaveLength(1);
  });

  test('a provider that is away is asked again later, and the payment goes through', async () => {
    const id = await confirmed(await stockWatch(stack, staff));
    let tries = 0;
    thinking = async () => {
      if (++tries === 1) throw new Error('the provider is away');
    };
    const { errors } = await run(PAY, { id, paymentToken: 'tok_ok' }, customer);
    expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    await expect
      .poll(
        async () =>
          (await stack.orders.pool.query(`select status from "order" where id = $1`, [id])).rows[0]
            .status,
        { timeout: 10_000 },
      )
      .toBe('PAID');
    // The token is forgotten with the saga.
    expect(await sagasOf(id)).toEqual([]);
  });

  test('a payment is refunded when its order cannot be paid any more', async () => {
    const id = await confirmed(await stockWatch(stack, staff));
    thinking = async () => {
      await stack.orders.pool.query(`update "order" set status = 'CANCELLED' where id = $1`, [id]);
    };
    const { data } = await run(PAY, { id, paymentToken: 'tok_ok' }, customer);
    expect(data.result).toEqual({
      __typename: 'IllegalTransition',
      message: 'An order that is cancelled cannot be paid.',
    });
    expect(refunds).toContain(`builtin_${id}`);
    expect(await sagasOf(id)).toEqual([]);
  });

  test('nobody sees a placement before it is placed', async () => {
    const orderId = randomUUID();
    const customerId = randomUUID();
    await stack.orders.pool.query(
      `insert into saga (order_id, step, stage, data, customer_id, idempotency_key, started_at, lease_until, retry_at)
       values ($1, 'PLACE', 'RESERVE', '{}', $2, 'key-of-a-client', now(), now() + interval '1 hour', now())`,
      [orderId, customerId],
    );
    const me = { userId: customerId, role: 'customer' as const };
    const { data } = await ask('query ($id: ID!) { order(id: $id) { id } }', { id: orderId }, me);
    expect(data.order).toBeNull();
    const taken = await run(CANCEL, { id: orderId }, staff);
    expect(taken.data.result.__typename).toBe('NotFound');
    await stack.orders.pool.query('delete from saga where order_id = $1', [orderId]);
  });
});

describe('when a neighbour is away', () => {
  test('nothing is placed, nothing stays reserved, and the same request succeeds when it is back', async () => {
    const watch = await stockWatch(stack, staff);
    const input = inputOf(watch, 2);
    await stack.stop(stack.keeper);
    const { errors } = await run(PLACE, input, customer);
    expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(errors?.[0]?.message).toContain('with the same idempotency key');
    await stack.start(stack.keeper);
    // A gateway leaves a subgraph alone for a moment that has not answered several times.
    const again = async () => (await run(PLACE, input, customer)).data?.placeOrder?.order.status;
    await expect.poll(again, { timeout: 15_000 }).toBe('PLACED');
    expect(await watch.sold()).toEqual({ reserved: 2, left: 0 });
  });

  test('a cancellation is finished when it is back', async () => {
    const watch = await stockWatch(stack, staff);
    const id = await placed(watch);
    await stack.stop(stack.keeper);
    const { errors } = await run(CANCEL, { id, reason: 'no' }, customer);
    expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    await stack.start(stack.keeper);
    await expect.poll(() => watch.sold(), { timeout: 15_000 }).toEqual({ reserved: 0, left: 0 });
    await expect.poll(() => sagasOf(id), { timeout: 15_000 }).toEqual([]);
  });
});

describe('two replicas', () => {
  test('do not both finish what a third has left behind', async () => {
    const watch = await stockWatch(stack, staff);
    const ids = [];
    for (let n = 0; n < 6; n++) ids.push(await confirmed(watch));
    thinking = () => sleep(1_500);
    const began = charges.length;
    const other = await stack.startServer({ PORT: '0' }, payments);
    for (const id of ids) {
      await stack.orders.pool.query(
        `insert into saga (order_id, step, stage, data, customer_id, started_at, lease_until, retry_at)
         select id, 'PAY', 'CHARGE', jsonb_build_object('status', status, 'totalAmount', total_amount,
           'currency', currency, 'paymentReference', null, 'paymentToken', 'tok_ok', 'reason', null),
           customer_id, now(), now() - interval '1 s', now() from "order" where id = $1`,
        [id],
      );
    }
    // Longer than a lease: it is renewed as long as somebody works on it.
    await expect
      .poll(
        async () => (await stack.orders.pool.query(`select from saga where step = 'PAY'`)).rowCount,
        {
          timeout: 15_000,
        },
      )
      .toBe(0);
    expect(charges.slice(began).toSorted(inOrder)).toEqual(ids.toSorted(inOrder));
    await other.close();
  });
});

test('a step that is taken over from a process that was only slow is a success for its client', async () => {
  const watch = await stockWatch(stack, staff);
  const id = await confirmed(watch);
  const { promise: slow, resolve: goOn } = Promise.withResolvers<void>();
  const began = charges.length;
  thinking = () => (charges.length === began + 1 ? slow : Promise.resolve());
  const asked = run(PAY, { id, paymentToken: 'tok_ok' }, customer);
  await expect.poll(() => charges.length).toBe(began + 1);
  // As if it had given no sign of life: the sweep takes it for abandoned.
  const leases = `update saga set lease_until = now() - interval '1 s' where order_id = $1`;
  const left = async () => (await stack.orders.pool.query(leases, [id])).rowCount;
  await expect.poll(left, { timeout: 15_000, interval: 20 }).toBe(0);
  expect(charges.length).toBeGreaterThan(began + 1);
  goOn();
  expect((await asked).data.result).toMatchObject({
    __typename: 'OrderPayload',
    order: { id, status: 'PAID' },
  });
  expect(await watch.sold()).toEqual({ reserved: 1, left: 0 });
});

describe('statements', () => {
  const sent = async (): Promise<number> =>
    Number(
      /^sql_statements_total\{.*\} (\d+)$/m.exec(
        await (await fetch(`${stack.url('order')}/metrics`)).text(),
      )?.[1] ?? 0,
    );
  /** What an operation sends, without what the sweep sends meanwhile. */
  async function statements(act: () => Promise<unknown>): Promise<number> {
    const before = await sent();
    await act();
    return (await sent()) - before;
  }
  const FIELDS = `id number status items { name product { id } } history { status } availableActions customer { id }`;
  const asStaff = { userId: randomUUID(), role: 'staff' as const };

  test('do not grow with the number of orders, customers or items', async () => {
    await server.close();
    server = await stack.startServer(
      { ORDER_SWEEP_MS: '60000', ORDER_LEASE_MS: '60000' },
      payments,
    );
    // The sweep at the start has been sent.
    await expect.poll(sent).toBeGreaterThan(0);
    const { rows } = await stack.orders.pool.query(
      'select id, customer_id from "order" order by id limit 100',
    );
    const list = `query ($first: Int) { orders(first: $first) { totalCount nodes { ${FIELDS} } } }`;
    const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Order { ${FIELDS} } ... on User { orders(first: 3) { totalCount nodes { ${FIELDS} } } } } }`;
    const customers = [...new Set(rows.map((row) => row.customer_id as string))];
    const of = (type: string, ids: readonly string[]) => ({
      representations: ids.map((id) => ({ __typename: type, id })),
    });
    const counts = [];
    for (const items of [3, 100]) {
      const orderIds = rows.slice(0, items).map((row) => row.id as string);
      counts.push([
        await statements(() => ask(list, { first: items }, asStaff)),
        await statements(() => ask(entities, of('Order', orderIds), asStaff)),
        await statements(() => ask(entities, of('User', customers.slice(0, items)), asStaff)),
      ]);
    }
    // Page and total, items, events; orders, items, events; pages and totals, items, events.
    expect(counts).toEqual([
      [4, 3, 4],
      [4, 3, 4],
    ]);
  });

  test('of a placement do not grow with its items', async () => {
    const watches = [];
    for (let n = 0; n < 12; n++) watches.push(await stockWatch(stack, staff));
    const counts = [];
    for (const items of [1, 12]) {
      const input = {
        ...inputOf(watches[0] as StockWatch),
        items: watches.slice(0, items).map(({ productId }) => ({ productId, quantity: 1 })),
      };
      counts.push(await statements(() => run(PLACE, input, customer)));
    }
    expect(counts[0]).toBe(counts[1]);
    // Some of them ask who owns the orders, and hold them here until the placement is noted.
    expect(counts[0]).toBeLessThanOrEqual(19);
  });
});

describe("other people's orders", () => {
  test('are no entities for anybody but their customer and staff', async () => {
    const { rows } = await stack.orders.pool.query('select id, customer_id from "order" limit 1');
    const [{ id, customer_id: userId }] = rows;
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Order { id number } ... on User { orders { totalCount } } } }`;
    const order = {
      representations: [
        { __typename: 'Order', id },
        { __typename: 'Order', id: 'x' },
      ],
    };
    const seen = async (identity: Partial<Identity>) =>
      (await ask(query, order, identity)).data._entities.map((entity: unknown) => entity !== null);
    expect(await seen({ userId, role: 'customer' })).toEqual([true, false]);
    expect(await seen({ userId: null, role: 'service' })).toEqual([true, false]);
    expect(await seen({ userId: randomUUID(), role: 'customer' })).toEqual([false, false]);
    expect(await seen({})).toEqual([false, false]);
    const lists = { representations: [{ __typename: 'User', id: userId }] };
    const refused = await ask(query, lists, { userId: randomUUID(), role: 'customer' });
    expect(refused.errors).toHaveLength(1);
    expect(refused.data._entities).toEqual([{ orders: null }]);
  });

  test('are not paid by staff', async () => {
    const id = await confirmed(await stockWatch(stack, staff));
    const { errors } = await run(PAY, { id, paymentToken: 'tok_ok' }, staff);
    expect(errors?.[0]).toMatchObject({
      message: 'Only the customer may pay.',
      extensions: { code: 'FORBIDDEN' },
    });
  });
});

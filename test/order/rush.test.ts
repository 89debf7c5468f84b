import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOVES } from '#platform/moves/moves.ts';
import { CONFIRM, PAY, PLACE, SHIP } from './operations.ts';
import { address, loginOther, stockWatch, type StockWatch } from './order-shop.ts';
import { startOrderStack, type OrderStack } from './order-stack.ts';
import type { StockCount } from './stock-book.ts';

const ORDERS = 500;
const PIECES = 100;
/** How many pieces are reserved when the process is killed, each time. */
const DEATHS = [20, 60];

/** On a loaded machine signs of life and answers come late. That is not what is tried here. */
const PATIENT = {
  ORDER_LEASE_MS: '2500',
  SUBGRAPH_TIMEOUT_MS: '30000',
  MONOLITH_TIMEOUT_MS: '30000',
};

const EVERY_FLAG = Object.fromEntries(MOVES.map(({ flag }) => [flag, 'true']));

describe.each([
  // #region monolith
  ['of the monolith', {}],
  // #endregion monolith
  ['of the inventory subgraph', EVERY_FLAG],
])('500 orders at once for 100 pieces %s', (_side, flags) => {
  let stack: OrderStack;
  let customers: string[];
  let staff: string;
  let watch: StockWatch;
  /** What each client asked for as whom, and was told in the end. */
  let told: Awaited<ReturnType<typeof place>>[];

  beforeAll(async () => {
    stack = await startOrderStack({ ...flags, ...PATIENT });
    customers = [await stack.login('customer@example.com'), await loginOther(stack)];
    staff = await stack.login('staff@example.com');
    watch = await stockWatch(stack, staff, PIECES);
  });
  afterAll(() => stack?.close());

  const run = async (query: string, input: object, token: string) =>
    (await stack.graphql(query, { input }, { token })).body.data?.result;

  /** A client that hears nothing definite asks again with its key, ever later, as a good client does. */
  async function place(_none: unknown, client: number) {
    const token = customers[client % customers.length] as string;
    const items = [{ productId: watch.productId, quantity: 1 }];
    const input = { idempotencyKey: randomUUID(), items, shippingAddress: address };
    for (let tries = 1; tries <= 50; tries++) {
      const result = await run(PLACE, input, token);
      if (result) return { token, input, result };
      await sleep(Math.min(tries * 500, 4_000) * (0.5 + Math.random()));
    }
    throw new Error(
      `the client of ${input.idempotencyKey} was never told what became of its order`,
    );
  }

  const placed = () => told.filter(({ result }) => result.__typename === 'OrderPayload');
  const orderIds = () => placed().map(({ result }) => result.order.id as string);

  test('exactly 100 are placed and every client is told, though the process is killed twice on the way', async () => {
    let process = await stack.startProcess();
    const clients = Promise.all(Array.from({ length: ORDERS }, place));
    for (const reserved of DEATHS) {
      await reaches(watch, reserved);
      await process.kill();
      process = await stack.startProcess();
    }
    told = await clients;
    expect(placed()).toHaveLength(PIECES);
    const others = told.filter(({ result }) => result.__typename === 'OutOfStock');
    expect(others).toHaveLength(ORDERS - PIECES);
    await stack.orders.pool.query('update saga set retry_at = now()');
    await expect
      .poll(async () => (await stack.orders.pool.query('select from saga')).rowCount, {
        timeout: 10_000,
      })
      .toBe(0);
  }, 240_000);

  test('there is one order for each, and its client finds it again by its key', async () => {
    const { rows } = await stack.orders.pool.query(
      'select order_id as id from order_item where product_id = $1 order by 1',
      [watch.productId],
    );
    expect(rows.map(({ id }) => id)).toEqual(orderIds().toSorted(byText));
    const again = await Promise.all(placed().map(({ input, token }) => run(PLACE, input, token)));
    expect(again.map(({ order }) => order.id)).toEqual(orderIds());
  });

  test('the levels say what the ledger and the promises add up to, also when all of them have left', async () => {
    const all: StockCount = { onHand: PIECES, reserved: PIECES, moved: PIECES, promised: PIECES };
    expect(await watch.count()).toEqual(all);
    const shipped = await Promise.all(
      placed().map(
        async ({
          token,
          result: {
            order: { id },
          },
        }) => {
          await run(CONFIRM, { id }, staff);
          await run(PAY, { id, paymentToken: 'tok_ok' }, token);
          return run(SHIP, { id, trackingNumber: 'JP-1' }, staff);
        },
      ),
    );
    expect(new Set(shipped.map(({ order }) => order.status))).toEqual(new Set(['SHIPPED']));
    expect(await watch.count()).toEqual({ onHand: 0, reserved: 0, moved: 0, promised: 0 });
  }, 60_000);
});

const byText = (one: string, other: string) => (one < other ? -1 : 1);

/** Waits until more than so many pieces are reserved. None are ever promised twice. */
async function reaches(watch: StockWatch, reserved: number): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(20)) {
    const count = await watch.count();
    expect(count.reserved).toBeLessThanOrEqual(count.onHand);
    if (count.reserved > reserved) return;
  }
  throw new Error(
    `no more than ${(await watch.count()).reserved} pieces were reserved in a minute`,
  );
}

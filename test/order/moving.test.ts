import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderMove } from '../../migration/moves/order.ts';
import { builtInPaymentProvider } from '../../subgraphs/order/payment.ts';
import { installGuard, type TestGuard } from '../setup/ownership.ts';
import { CONFIRM, PAY, PLACE } from './operations.ts';
import { address, stockWatch } from './order-shop.ts';
import { startOrderStack, type OrderStack } from './order-stack.ts';

let stack: OrderStack;
let guard: TestGuard;
beforeAll(async () => {
  stack = await startOrderStack();
  guard = await installGuard(stack.databases.orders, orderMove, 'new');
});
afterAll(async () => {
  await guard?.close();
  await stack?.close();
});

test('a step that a flip meets half way is told as taken: the flip gives way, and nobody takes it twice', async () => {
  const provider = builtInPaymentProvider();
  await stack.startServer(
    {},
    {
      ...provider,
      // A flip closes the orders, finds this one unfinished, and opens them again.
      charge: async (charge) => {
        await guard.give('moving');
        void wait(400).then(() => guard.give('new'));
        return provider.charge(charge);
      },
    },
  );
  const [customer, staff] = await Promise.all(
    ['customer', 'staff'].map((name) => stack.login(`${name}@example.com`)),
  );
  const run = async (query: string, input: object, token = customer) =>
    (await stack.graphql(query, { input }, { token: token as string })).body.data?.result;
  const { productId } = await stockWatch(stack, staff as string);
  const items = [{ productId, quantity: 1 }];
  const asked = { idempotencyKey: randomUUID(), items, shippingAddress: address };
  const { id } = (await run(PLACE, asked)).order;
  await run(CONFIRM, { id }, staff);
  expect(await run(PAY, { id, paymentToken: 'tok_ok' })).toEqual({
    __typename: 'OrderPayload',
    order: { id, status: 'PAID' },
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderBehaviour } from '../behaviour/order.ts';
import { startOrderStack, type OrderStack } from './order-stack.ts';

describe('order, where the order subgraph answers', () => {
  let stack: OrderStack;
  let ordersBefore: number;
  const monolithOrders = async () =>
    Number((await stack.monolith.pool.query('select count(*) as n from sales_orders')).rows[0].n);
  beforeAll(async () => {
    stack = await startOrderStack();
    await stack.startServer();
    ordersBefore = await monolithOrders();
  });
  afterAll(() => stack?.close());

  orderBehaviour(() => stack);

  test('the monolith has no new order, and nothing is left on its way', async () => {
    expect(await monolithOrders()).toBe(ordersBefore);
    expect((await stack.orders.pool.query('select from saga')).rowCount).toBe(0);
  });
});

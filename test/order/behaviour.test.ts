import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderBehaviour } from '../behaviour/order.ts';
import { startStack, type Stack } from '../stack.ts';

// All moves on one side are tried in ../behaviour/domains.test.ts.
describe('order, where the order subgraph answers and the monolith everything else', () => {
  let stack: Stack;
  let ordersBefore: number;
  const count = async (url: string, table: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    await client.end();
    return rows[0]?.n ?? 0;
  };
  beforeAll(async () => {
    stack = await startStack({ USE_NEW_ORDER: 'true' });
    ordersBefore = await count(stack.databases.orders, '"order"');
  });
  afterAll(() => stack?.close());

  orderBehaviour(() => stack);

  // #region monolith
  test('the monolith has no new order', async () => {
    // Both sides were filled with the same.
    expect(await count(stack.databases.legacy, 'sales_orders')).toBe(ordersBefore);
  });
  // #endregion monolith

  test('there are new orders, and nothing is left on its way', async () => {
    expect(await count(stack.databases.orders, '"order"')).toBeGreaterThan(ordersBefore);
    expect(await count(stack.databases.orders, 'saga')).toBe(0);
  });
});

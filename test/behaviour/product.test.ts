import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { startStack, type Stack } from '../stack.ts';
import { productBehaviour } from './product.ts';

describe.each([
  // #region monolith
  ['the monolith answers', 'false', { legacy: true, product: false }],
  // #endregion monolith
  ['the product subgraph answers', 'true', { legacy: false, product: true }],
])('product, where %s', (_name, flag, written) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ USE_NEW_PRODUCT: flag });
  });
  afterAll(() => stack?.close());

  productBehaviour(() => stack);

  test('only that side was written to', async () => {
    const has = async (url: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const found = await client.query("select from products where sku like 'TEST-%' limit 1");
      await client.end();
      return found.rowCount === 1;
    };
    expect(await has(stack.databases.product)).toBe(written.product);
    // #region monolith
    expect(await has(stack.databases.legacy)).toBe(written.legacy);
    // #endregion monolith
  });
});

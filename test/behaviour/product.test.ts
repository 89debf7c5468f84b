import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { startStack, type Stack } from '../stack.ts';
import { productBehaviour } from './product.ts';

describe.each([
  ['the monolith answers', 'false', { legacy: true, product: false }],
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
    const { legacy, product } = stack.databases;
    expect({ legacy: await has(legacy), product: await has(product) }).toEqual(written);
  });
});

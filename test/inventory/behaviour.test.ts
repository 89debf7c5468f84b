import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventoryBehaviour } from '../behaviour/inventory.ts';
import { startInventoryStack, type InventoryStack } from './inventory-stack.ts';

describe.each([
  ['the monolith answers', 'false', { legacy: true, inventory: false }],
  ['the inventory subgraph answers', 'true', { legacy: false, inventory: true }],
])('inventory, where %s', (_name, flag, written) => {
  let stack: InventoryStack;
  beforeAll(async () => {
    stack = await startInventoryStack({ USE_NEW_INVENTORY: flag });
  });
  afterAll(() => stack?.close());

  inventoryBehaviour(() => stack);

  test('only that side was written to, and its levels are what its ledger says', async () => {
    const { legacy } = stack.databases;
    const found = async (url: string, sql: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rowCount } = await client.query(sql);
      await client.end();
      return rowCount !== 0;
    };
    expect({
      legacy: await found(legacy, "select from stock_log where note = 'counted again'"),
      inventory: await found(
        stack.inventoryDatabase,
        "select from stock_movement where reason = 'counted again'",
      ),
    }).toEqual(written);
    expect(await found(stack.inventoryDatabase, 'select from stock_fault')).toBe(false);
  });
});

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventoryBehaviour } from '../behaviour/inventory.ts';
import { startStack, type Stack } from '../stack.ts';

// All moves on one side are tried in ../behaviour/domains.test.ts.
describe('inventory, where the inventory subgraph answers and the monolith everything else', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ USE_NEW_INVENTORY: 'true' });
  });
  afterAll(() => stack?.close());

  inventoryBehaviour(() => stack);

  const found = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rowCount } = await client.query(sql);
    await client.end();
    return rowCount !== 0;
  };

  // #region monolith
  test('the monolith was not written to', async () => {
    const written = "select from stock_log where note = 'counted again'";
    expect(await found(stack.databases.legacy, written)).toBe(false);
  });
  // #endregion monolith

  test('its levels are what its ledger says', async () => {
    const { inventory } = stack.databases;
    const written = "select from stock_movement where reason = 'counted again'";
    expect(await found(inventory, written)).toBe(true);
    expect(await found(inventory, 'select from stock_fault')).toBe(false);
  });
});

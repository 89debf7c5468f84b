import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MoveName } from '#platform/moves/moves.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { orderMove } from '../../migration/moves/order.ts';
import { settleHere, type SettleHere } from '../../subgraphs/legacy/monolith/settle-here.ts';
import { cloneDatabases } from '../setup/databases.ts';
import { installGuard, type TestGuard } from '../setup/ownership.ts';

// REST clients read in the monolith, and nowhere else: what others have written for them is waited for.

let order: TestGuard;
let inventory: TestGuard;
let settle: SettleHere;
let asked: (readonly MoveName[])[] = [];

beforeAll(async () => {
  const { legacy } = await cloneDatabases(['legacy']);
  order = await installGuard(legacy, orderMove, 'legacy');
  inventory = await installGuard(legacy, inventoryMove, 'legacy');
  settle = settleHere(ownershipHere(order.database.db, 'legacy'), async (moves) => {
    asked.push([...moves].sort());
    return [];
  });
});
afterAll(() => Promise.all([order?.close(), inventory?.close()]));
beforeEach(async () => {
  asked = [];
  await order.give('legacy');
  await inventory.give('legacy');
});

test('nothing is waited for where everything is written here', async () => {
  await settle('order', 0);
  await settle('ai', 0);
  expect(asked).toEqual([]);
});

test('an order that is placed here takes pieces that may be kept elsewhere', async () => {
  await inventory.give('new');
  await settle('order', 0);
  await settle('auth', 0);
  expect(asked).toEqual([['inventory']]);
});

test('where the orders of some customers are elsewhere, or about to be, they are waited for', async () => {
  await order.give('new', [7]);
  await settle('order', 0);
  await order.give('moving', [7]);
  await inventory.give('moving');
  await settle('order', 0);
  expect(asked).toEqual([['order'], ['inventory', 'order']]);
});

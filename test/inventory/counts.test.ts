import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stockMovement } from '../../subgraphs/inventory/tables.ts';
import { startInventoryServer, type InventoryServer } from './inventory-server.ts';
import { adjust, RECEIVE, receive, reserve, stockOf } from './operations.ts';

let inventory: InventoryServer;
beforeAll(async () => {
  inventory = await startInventoryServer();
});
afterAll(() => inventory?.close());

describe('a product that was never in stock', () => {
  test('is looked up in the catalogue when pieces of it come in, the first time only', async () => {
    const productId = randomUUID();
    const { catalogue } = inventory;
    catalogue.products.add(productId);
    expect(await receive(inventory, productId, 5)).toEqual({
      __typename: 'StockPayload',
      level: {
        onHand: 5,
        reserved: 0,
        available: 5,
        warehouse: { code: 'A' },
        product: { id: productId },
      },
    });
    await receive(inventory, productId, 1, inventory.warehouses[1]);
    await adjust(inventory, productId, 1);
    expect(catalogue.asked.filter((id) => id === productId)).toHaveLength(1);
    expect(await stockOf(inventory, productId)).toEqual([7]);
  });

  test('is not found where the catalogue does not have it, and no level is made', async () => {
    const id = randomUUID();
    const expected = { __typename: 'NotFound', message: 'There is no product with this id.', id };
    expect(await receive(inventory, id, 5)).toEqual(expected);
    expect(await adjust(inventory, id, 5)).toEqual(expected);
    // As the monolith says it: the product is looked for first.
    expect(await receive(inventory, id, 5, randomUUID())).toEqual(expected);
    expect(await inventory.sums(id)).toEqual({ onHand: 0, reserved: 0, moved: 0 });
  });

  test('cannot come in while the catalogue is away: the answer says so, and nothing is changed', async () => {
    const productId = randomUUID();
    const known = await inventory.newProduct(1);
    inventory.catalogue.broken = true;
    const input = { productId, warehouseId: inventory.warehouses[0], quantity: 1 };
    const { body } = await inventory.graphql(RECEIVE, { input });
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('Nothing was changed: try again.'),
      extensions: { code: 'UPSTREAM_UNAVAILABLE' },
    });
    // What is known already needs no catalogue.
    expect((await receive(inventory, known, 1)).level.onHand).toBe(2);
    inventory.catalogue.broken = false;
    expect(await inventory.sums(productId)).toEqual({ onHand: 0, reserved: 0, moved: 0 });
  });

  test('has no level after a count that could not be taken away', async () => {
    const productId = randomUUID();
    inventory.catalogue.products.add(productId);
    expect(await adjust(inventory, productId, -1)).toMatchObject({
      __typename: 'OutOfStock',
      shortages: [{ requested: 1, available: 0, product: { id: productId } }],
    });
    const levels = await inventory.database.db.execute(
      sql`select from stock_level where product_id = ${productId}`,
    );
    expect(levels.rowCount).toBe(0);
  });
});

describe('a count', () => {
  test('does not take away what is promised', async () => {
    const product = await inventory.newProduct(5);
    await reserve(inventory, { [product]: 4 });
    expect(await adjust(inventory, product, -2)).toMatchObject({
      __typename: 'OutOfStock',
      shortages: [{ requested: 2, available: 1 }],
    });
    expect(await inventory.sums(product)).toEqual({ onHand: 5, reserved: 4, moved: 5 });
    expect((await adjust(inventory, product, -1)).level).toMatchObject({ onHand: 4, available: 0 });
  });

  test('of more pieces than a level can hold is refused', async () => {
    const product = await inventory.newProduct(99_999_999);
    expect((await receive(inventory, product, 1)).level.onHand).toBe(100_000_000);
    const message = 'would put more than 100,000,000 pieces in one warehouse';
    expect((await receive(inventory, product, 1)).fields).toEqual([{ path: 'quantity', message }]);
    expect((await adjust(inventory, product, 1)).fields).toEqual([{ path: 'delta', message }]);
  });

  test('names a warehouse that does not exist', async () => {
    const product = await inventory.newProduct(1);
    const id = randomUUID();
    expect(await receive(inventory, product, 1, id)).toEqual({
      __typename: 'NotFound',
      message: 'There is no warehouse with this id.',
      id,
    });
  });

  test('is right after many at once, on one level and on levels that are only being made', async () => {
    const old = await inventory.newProduct(10);
    const fresh = randomUUID();
    inventory.catalogue.products.add(fresh);
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        n % 2 === 0
          ? adjust(inventory, old, n % 4 === 0 ? 2 : -1)
          : receive(inventory, fresh, 1, inventory.warehouses[n % 3]),
      ),
    );
    expect(await inventory.sums(old)).toEqual({ onHand: 20, reserved: 0, moved: 20 });
    expect(await inventory.sums(fresh)).toEqual({ onHand: 20, reserved: 0, moved: 20 });
    await inventory.expectNoFaults();
  });
});

describe('the ledger', () => {
  test('cannot be changed, deleted or emptied', async () => {
    const product = await inventory.newProduct(5);
    const { db } = inventory.database;
    const mine = sql`product_id = ${product}`;
    for (const statement of [
      sql`update stock_movement set delta = 6 where ${mine}`,
      sql`delete from stock_movement where ${mine}`,
      sql`truncate stock_movement`,
    ]) {
      const failed = db.execute(statement);
      await expect(failed).rejects.toMatchObject({
        cause: { message: expect.stringContaining('never changed or deleted'), code: '23001' },
      });
    }
    expect(await inventory.sums(product)).toEqual({ onHand: 5, reserved: 0, moved: 5 });
  });

  test('can be changed by a copy, which says so for its transaction only', async () => {
    const product = await inventory.newProduct(5);
    const { pool } = inventory.database;
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query("set local moves.copying = 'on'");
      await client.query("update stock_movement set reason = 'copied' where product_id = $1", [
        product,
      ]);
      await client.query('commit');
      const again = client.query('delete from stock_movement where product_id = $1', [product]);
      await expect(again).rejects.toThrow('never changed or deleted');
    } finally {
      client.release();
    }
  });

  test('keeps remarks without the blanks around them, and none for a blank one', async () => {
    const product = await inventory.newProduct(1);
    const at = { productId: product, warehouseId: inventory.warehouses[0], quantity: 1 };
    for (const reason of [' from the harbour ', '  ', null]) {
      await inventory.data(RECEIVE, { input: { ...at, reason } });
    }
    const rows = await inventory.database.db
      .select()
      .from(stockMovement)
      .where(sql`product_id = ${product}`)
      .orderBy(stockMovement.createdAt);
    expect(rows.slice(1).map(({ reason }) => reason)).toEqual(['from the harbour', null, null]);
  });

  test('is compared with the levels by a view that names every one that differs', async () => {
    const product = await inventory.newProduct(5);
    const { db } = inventory.database;
    await inventory.expectNoFaults();
    await db.execute(
      sql`update stock_level set on_hand = 6, reserved = 1 where product_id = ${product}`,
    );
    const { rows } = await db.execute(sql`select * from stock_fault`);
    expect(rows).toEqual([
      {
        product_id: product,
        warehouse_id: inventory.warehouses[0],
        on_hand: 6,
        moved: 5,
        reserved: 1,
        promised: 0,
      },
    ]);
    await db.execute(
      sql`update stock_level set on_hand = 5, reserved = 0 where product_id = ${product}`,
    );
  });
});

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { copyMove } from '../../migration/copy-move.ts';
import {
  historyFromLegacy,
  itemFromLegacy,
  itemToLegacy,
  orderFromLegacy,
  orderMove,
  orderToLegacy,
} from '../../migration/moves/order.ts';
import {
  findOrders,
  listOrders as legacyOrders,
} from '../../subgraphs/legacy/monolith/orders/lists.ts';
import { salesItems, salesOrders } from '../../subgraphs/legacy/monolith/tables.ts';
import { placementFrom as legacyPlacement } from '../../subgraphs/legacy/monolith/orders/placement.ts';
import { orderNumber } from '../../subgraphs/order/order-number.ts';
import { placementFrom } from '../../subgraphs/order/placement.ts';
import { insertOrder, itemsOf, type OrderRow } from '../../subgraphs/order/repository/orders.ts';
import { listOrders } from '../../subgraphs/order/service/orders.ts';
import { order } from '../../subgraphs/order/tables.ts';
import { cloneDatabases, createEmptyDatabase } from '../setup/databases.ts';
import { anyItem, anyOrder, placedOrder, type SalesOrder } from './order-rows.ts';

const ROOT = join(import.meta.dirname, '../..');
const opened: Database[] = [];

function open(url: string): Database {
  const log = createLog('test', 'silent');
  const database = openDatabase({ url, poolSize: 3, applicationName: 'test', log });
  opened.push(database);
  return database;
}

async function openEmpty(migrations: string): Promise<Database> {
  const url = await createEmptyDatabase();
  await migrateDatabase(url, join(ROOT, migrations));
  return open(url);
}
const openDomain = () => openEmpty('subgraphs/order/migrations');
/** The demo data: orders of the monolith refer to accounts. */
const openLegacy = async () => open((await cloneDatabases(['legacy'])).legacy);

afterAll(async () => {
  for (const database of opened) await database.close();
});

const thereAndBack = (row: SalesOrder) =>
  orderToLegacy({ ...orderFromLegacy(row), history: historyFromLegacy(row) });

describe('the mapping of orders', () => {
  test('brings every order there and back as it was, with its history', () => {
    fc.assert(
      fc.property(anyOrder, (row) => {
        expect(thereAndBack(row)).toEqual(row);
      }),
      { numRuns: 1_000 },
    );
  });

  test('brings every line there and back as it was, to the cent', () => {
    fc.assert(
      fc.property(anyItem(), (row) => {
        expect(itemToLegacy(itemFromLegacy(row))).toEqual(row);
      }),
      { numRuns: 500 },
    );
  });

  test('makes a history of the times of the monolith, oldest status first, with the reason where it belongs', () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 10, minute));
    const row = {
      ...placedOrder,
      status: 'CANC',
      confirmedAt: at(1),
      paidAt: at(2),
      cancelledAt: at(3),
      closeReason: 'changed my mind',
    };
    expect(historyFromLegacy(row).map(({ status, note }) => [status, note])).toEqual([
      ['PLACED', null],
      ['CONFIRMED', null],
      ['PAID', null],
      ['CANCELLED', 'changed my mind'],
    ]);
  });

  test.each([
    ['status', { status: 'LOST' }],
    ['total_amount', { totalAmount: '21474836.48' }],
    ['total_amount', { totalAmount: '-0.01' }],
    ['close_reason', { closeReason: 'why' }],
    ['ordered_at', { orderedAt: new Date(Number.NaN) }],
  ])('a value of the monolith that orders cannot hold is refused: %s %o', (column, change) => {
    expect(() => thereAndBack({ ...placedOrder, ...change })).toThrow(
      expect.objectContaining({
        code: 'UNMAPPABLE_ROW',
        message: expect.stringContaining(
          `sales_orders.${column} of ${placedOrder.orderId} in the monolith: `,
        ) as string,
      }),
    );
  });

  test.each([
    ['placed_at', []],
    ['placed_at', [{ status: 'PLACED' as const, at: new Date(0), note: null }]],
    ['history', [{ status: 'PLACED' as const, at: placedOrder.orderedAt, note: 'hello' }]],
    [
      'history',
      [
        { status: 'PLACED' as const, at: placedOrder.orderedAt, note: null },
        { status: 'CANCELLED' as const, at: placedOrder.orderedAt, note: 'one' },
        { status: 'RETURNED' as const, at: placedOrder.orderedAt, note: 'other' },
      ],
    ],
  ])('a history that the monolith has no room for is refused: %s', (column, history) => {
    expect(() => orderToLegacy({ ...orderFromLegacy(placedOrder), history })).toThrow(
      expect.objectContaining({
        code: 'UNMAPPABLE_ROW',
        message: expect.stringContaining(
          `order.${column} of ${placedOrder.orderId} in the order database: `,
        ) as string,
      }),
    );
  });

  test('the same request has the same hash on both sides, so a repeated one is known wherever it comes', () => {
    const product = randomUUID();
    const key = ' a-key-of-a-client ';
    const texts = { name: ' Casey ', city: 'Koto-ku', country: 'jp' };
    for (const [line2, region] of [
      [null, undefined],
      [' ', 'Tokyo '],
      ['Room 401', null],
    ] as const) {
      const one = legacyPlacement({
        idem_key: key,
        items: [{ product_id: product, qty: 2 }],
        ship_to: { ...texts, addr1: '1-2-3', addr2: line2, state: region, zip: '135' },
      });
      const other = placementFrom({
        idempotencyKey: key,
        items: [{ productId: product, quantity: 2 }],
        shippingAddress: { ...texts, line1: '1-2-3', line2, region, postalCode: '135' },
      });
      expect([other.requestHash, other.idempotencyKey]).toEqual([one.hash, one.idemKey]);
    }
  });
});

describe('the copy of orders', () => {
  const rowsOf = async (database: Database) => {
    const texts = [];
    for (const table of ['sales_orders', 'sales_items']) {
      const { rows } = await database.pool.query(
        `select t::text as row from ${table} t order by 1`,
      );
      texts.push(...rows);
    }
    return texts;
  };

  test('there and back again gives the same rows, to the last bit', async () => {
    const [legacy, domain] = [await openLegacy(), await openDomain()];
    await legacy.pool.query('delete from sales_items; delete from sales_orders');
    const { rows: users } = await legacy.pool.query('select user_id from app_users limit 1');
    const customerId = users[0].user_id as string;
    const orders = fc
      .sample(anyOrder, { numRuns: 300, seed: 5 })
      .map((row, n) => ({
        ...row,
        customerId,
        orderNo: n + 1,
        idemKey: `${n} ${row.idemKey}`.slice(0, 90),
      }))
      .map((row) => ({ ...row, idemKey: row.idemKey.toWellFormed() }));
    const items = orders.flatMap(({ orderId }, n) =>
      fc
        .sample(anyItem(fc.constant(orderId)), { numRuns: n % 4, seed: n + 1 })
        .map((item, line) => ({ ...item, lineNo: line + 1 })),
    );
    await legacy.db.insert(salesOrders).values(orders);
    await legacy.db.insert(salesItems).values(items);
    const before = await rowsOf(legacy);
    await copyMove(orderMove, legacy, domain, 'new');
    const none = await copyMove(orderMove, domain, legacy, 'legacy');
    expect(none.map(({ written, removed }) => [written, removed])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    await legacy.pool.query('delete from sales_items; delete from sales_orders');
    await copyMove(orderMove, domain, legacy, 'legacy');
    expect(await rowsOf(legacy)).toEqual(before);
    expect(before.length).toBeGreaterThan(500);
  });

  test('the demo data reads the same from either side, in the same order, with the same keys', async () => {
    const [legacy, domain] = [await openLegacy(), await openDomain()];
    const counts = await copyMove(orderMove, legacy, domain, 'new');
    expect(counts.map(({ aggregate }) => aggregate)).toEqual([
      'orders',
      'order items',
      'order events',
    ]);
    const anything = {
      status: null,
      customerId: null,
      number: null,
      placedFrom: null,
      placedBefore: null,
    };
    const theirs = await legacyOrders(legacy.db, [], { limit: 100, offset: 0, after: null });
    const ours = await listOrders(domain.db, anything, { limit: 100, after: null });
    expect(ours.nodes.map(({ id }) => id)).toEqual(theirs.items.map((item) => item.order_id));
    expect(ours.nodes.map(({ placedAt, id }) => [placedAt.getTime(), id])).toEqual(theirs.keys);
    expect(ours.totalCount).toBe(theirs.total);
    const [first] = theirs.items;
    expect(orderNumber(ours.nodes[0]?.number as number)).toBe(first?.order_no);
    const lines = await itemsOf(domain.db, [first?.order_id as string]);
    const [found] = await findOrders(legacy.db, [first?.order_id as string]);
    expect(lines.map(({ id }) => id)).toEqual(found?.items.map((item) => item.sales_item_id));
  });

  test('numbers go on beyond what was copied, in both directions', async () => {
    const [legacy, domain] = [await openLegacy(), await openDomain()];
    await copyMove(orderMove, legacy, domain, 'new');
    const largest = async (database: Database, sql: string) =>
      Number((await database.pool.query(sql)).rows[0].n);
    const copied = await largest(domain, 'select max(number) as n from "order"');
    const [some] = await domain.db.select().from(order).limit(1);
    const { number: _number, ...facts } = some as OrderRow;
    const { number: next } = await insertOrder(
      domain.db,
      { ...facts, id: randomUUID(), idempotencyKey: randomUUID(), status: 'PLACED' },
      [
        {
          id: randomUUID(),
          position: 1,
          productId: randomUUID(),
          sku: 'S',
          name: 'N',
          quantity: 1,
          unitPriceAmount: 1,
          lineTotalAmount: 1,
        },
      ],
    );
    expect(next).toBe(copied + 1);
    await copyMove(orderMove, domain, legacy, 'legacy');
    const sequence = `select nextval(pg_get_serial_sequence('sales_orders', 'order_no')) as n`;
    expect(await largest(legacy, sequence)).toBe(next + 1);
  });

  test('a changed order is changed, a new one comes, and one that is gone goes with all that is its', async () => {
    const [legacy, domain] = [await openLegacy(), await openDomain()];
    await copyMove(orderMove, legacy, domain, 'new');
    const { rows } = await legacy.pool.query(
      `select order_id from sales_orders where cancelled_at is null and returned_at is null limit 2`,
    );
    const [changed, gone] = rows.map((row) => row.order_id as string);
    await legacy.pool.query(`delete from sales_orders where order_id = '${gone}'`);
    await legacy.pool.query(
      `update sales_orders set status = 'CANC', cancelled_at = '2026-02-01 09:00:00.5', close_reason = 'r' where order_id = '${changed}'`,
    );
    const counts = await copyMove(orderMove, legacy, domain, 'new');
    expect(counts[0]).toMatchObject({ written: 1, removed: 1 });
    expect(counts[2]).toMatchObject({ written: 1 });
    const history = await domain.pool.query(
      `select status, at, note from order_event where order_id = '${changed}' order by status`,
    );
    expect(history.rows.at(-1)).toEqual({
      status: 'CANCELLED',
      at: new Date('2026-02-01T00:00:00.500Z'),
      note: 'r',
    });
    const left = await domain.pool.query(
      `select from order_event where order_id = '${gone}' union all select from order_item where order_id = '${gone}'`,
    );
    expect(left.rowCount).toBe(0);
  });
});

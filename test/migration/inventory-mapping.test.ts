import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryCache } from '#platform/cache/memory.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import type { CursorValue } from '#platform/graph/connection.ts';
import { createLog } from '#platform/log.ts';
import { copyMove } from '../../migration/copy-move.ts';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { cachedAvailability } from '../../subgraphs/inventory/availability.ts';
import { levelsOfProducts, type LevelRow } from '../../subgraphs/inventory/repository/levels.ts';
import { allWarehouses } from '../../subgraphs/inventory/repository/warehouses.ts';
import { listLowStock, listMovements } from '../../subgraphs/inventory/service/lists.ts';
import { stockFault } from '../../subgraphs/inventory/tables.ts';
import { availableStock } from '../../subgraphs/legacy/monolith/stock/availability.ts';
import * as monolithLists from '../../subgraphs/legacy/monolith/stock/lists.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { cloneDatabases, createEmptyDatabase } from '../setup/databases.ts';
import {
  anyLevel,
  anyLine,
  anyMovement,
  anyReservation,
  anyWarehouse,
  oddStock,
} from './inventory-rows.ts';

const ROOT = join(import.meta.dirname, '../..');
const opened: Database[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
});

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
const openLegacy = () => openEmpty('subgraphs/legacy/monolith/migrations');
const openInventory = () => openEmpty('subgraphs/inventory/migrations');
const openSeeded = async () => open((await cloneDatabases(['legacy'])).legacy);

type Rows = Record<string, unknown>;
const mappings = inventoryMove.aggregates.map((aggregate) => ({
  toNew: (row: Rows) => aggregate.toNew(row) as Rows,
  toLegacy: (row: Rows): Rows => aggregate.toLegacy?.(row) ?? {},
}));

describe('the mapping', () => {
  const rows: [string, fc.Arbitrary<Rows>][] = [
    ['warehouses', anyWarehouse],
    ['levels', anyLevel],
    ['movements', anyMovement],
    ['reservations', anyReservation],
    ['lines of reservations', anyLine],
  ];
  test.each(rows.map(([name, any], index) => [name, any, index] as const))(
    'from the monolith to the new side and back is the identity on %s',
    (_name, any, index) => {
      const { toNew, toLegacy } = mappings[index] as (typeof mappings)[number];
      fc.assert(
        fc.property(any, (row) => {
          const mapped = toNew({ ...row });
          expect(toLegacy(mapped)).toEqual(row);
          expect(toNew(toLegacy(mapped))).toEqual(mapped);
        }),
        { numRuns: 500 },
      );
    },
  );

  test.each([
    [2, anyMovement, { logKind: 'XX' }, 'stock_log.log_kind of log_id'],
    [2, anyMovement, { logKind: 'constructor' }, 'stock_log.log_kind of log_id'],
    [2, anyMovement, { loggedAt: new Date(Number.NaN) }, 'stock_log.logged_at of log_id'],
    [3, anyReservation, { state: 'X' }, 'stock_reservations.state of reservation_id'],
    [1, anyLevel, { updatedAt: new Date('0999-12-31T23:59:59Z') }, 'stocks.updated_at of'],
  ] as [number, fc.Arbitrary<Rows>, Rows, string][])(
    'a value of the monolith that the new side cannot hold is refused: %i %o',
    (index, any, change, where) => {
      const [row] = fc.sample(any, 1);
      const map = () => mappings[index]?.toNew({ ...row, ...change });
      expect(map).toThrow(where);
      expect(map).toThrow(expect.objectContaining({ code: 'UNMAPPABLE_ROW' }));
    },
  );
});

const LEGACY_TABLES = [
  'warehouses',
  'stocks',
  'stock_log',
  'stock_reservations',
  'stock_reservation_lines',
];
const untouched = inventoryMove.aggregates.map(() => [0, 0]);
const touched = (counts: Awaited<ReturnType<typeof copyMove>>) =>
  counts.map(({ written, removed }) => [written, removed]);

async function content({ pool }: Database): Promise<Record<string, unknown[]>> {
  const all = LEGACY_TABLES.map(async (table) => {
    const { rows } = await pool.query(`select t::text as row from ${table} t order by 1`);
    return [table, rows] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

describe('the copy', () => {
  test('of the demo data there and back again changes nothing, and its levels are those of its ledger', async () => {
    const [monolith, domain] = [await openSeeded(), await openInventory()];
    const before = await content(monolith);
    for (const table of LEGACY_TABLES) expect(before[table]?.length).toBeGreaterThan(2);
    const counts = await copyMove(inventoryMove, monolith, domain, 'new');
    expect(counts.map(({ rows }) => rows)).toEqual(
      LEGACY_TABLES.map((table) => before[table]?.length),
    );
    expect(await domain.db.select().from(stockFault)).toEqual([]);
    expect(touched(await copyMove(inventoryMove, domain, monolith, 'legacy'))).toEqual(untouched);
    expect(touched(await copyMove(inventoryMove, monolith, domain, 'new'))).toEqual(untouched);
    // Everything is taken away first, so that all of it has to come back.
    await monolith.pool.query(`truncate ${LEGACY_TABLES.join(', ')}`);
    await copyMove(inventoryMove, domain, monolith, 'legacy');
    expect(await content(monolith)).toEqual(before);
  });

  test('takes what happened since: pieces sold, returned and counted, and orders that changed places', async () => {
    const [monolith, domain] = [await openSeeded(), await openInventory()];
    await copyMove(inventoryMove, monolith, domain, 'new');
    await monolith.pool.query(`
      with level as (select product_id, warehouse_id from stocks order by 1, 2 limit 1)
      insert into stock_log select gen_random_uuid(), product_id, warehouse_id, 'IN', 3, null, null, now() from level;
      update stocks set qty_on_hand = qty_on_hand + 3
        where (product_id, warehouse_id) = (select product_id, warehouse_id from stocks order by 1, 2 limit 1);
      -- Two reservations change orders, and two warehouses codes, which no statement can do at once.
      create temporary table pair as select reservation_id, order_id,
        lead(order_id, 1, first_value) over (order by reservation_id) as next_order
        from (select *, first_value(order_id) over (order by reservation_id) from stock_reservations
          order by reservation_id limit 2) two;
      update stock_reservations r set order_id = gen_random_uuid() from pair where pair.reservation_id = r.reservation_id;
      update stock_reservations r set order_id = next_order from pair where pair.reservation_id = r.reservation_id;
      create temporary table codes as select warehouse_id, wh_code, lead(wh_code, 1, first) over (order by wh_code) as next
        from (select *, first_value(wh_code) over (order by wh_code) as first from warehouses) w;
      update warehouses w set wh_code = '~' || left(wh_code, 9);
      update warehouses w set wh_code = next from codes where codes.warehouse_id = w.warehouse_id;`);
    const counts = await copyMove(inventoryMove, monolith, domain, 'new');
    expect(touched(counts)).toEqual([
      [3, 0],
      [1, 0],
      [1, 0],
      [2, 0],
      [0, 0],
    ]);
    expect(await domain.db.select().from(stockFault)).toEqual([]);
  });

  test('may take movements back, which nobody else may', async () => {
    const [monolith, domain] = [await openSeeded(), await openInventory()];
    await copyMove(inventoryMove, monolith, domain, 'new');
    const remark = "update stock_movement set reason = 'changed'";
    await expect(domain.pool.query(remark)).rejects.toThrow('never changed or deleted');
    await monolith.pool.query(`
      delete from stock_log where ctid = (select ctid from stock_log where note is not null limit 1);
      update stock_log set note = 'another remark' where ctid = (select ctid from stock_log limit 1);`);
    const [, , movements] = await copyMove(inventoryMove, monolith, domain, 'new');
    expect(movements).toMatchObject({ written: 1, removed: 1 });
    await expect(domain.pool.query(remark)).rejects.toThrow('never changed or deleted');
  });

  test('a product that the monolith does not have is named, and nothing is copied back', async () => {
    const [domain, monolith] = [await openInventory(), await openLegacy()];
    const [warehouse, product] = [randomUUID(), randomUUID()];
    await domain.pool.query(`
      insert into warehouse values ('${warehouse}', 'A', 'A');
      insert into stock_level (product_id, warehouse_id, updated_at) values ('${product}', '${warehouse}', now());`);
    await expect(copyMove(inventoryMove, domain, monolith, 'legacy')).rejects.toThrow(product);
    expect((await monolith.pool.query('select from warehouses')).rowCount).toBe(0);
  });
});

describe.each([
  ['the demo data', openSeeded],
  ['odd data', openOdd],
])('lists give the same from either side, over %s', (_name, openMonolith) => {
  let monolith: Database;
  let domain: Database;
  let productIds: string[];
  beforeAll(async () => {
    monolith = await openMonolith();
    domain = await openInventory();
    await copyMove(inventoryMove, monolith, domain, 'new');
    const rows = await monolith.db.select({ id: legacy.products.productId }).from(legacy.products);
    productIds = rows.map(({ id }) => id);
  });
  const levelOf = (row: LevelRow) => ({
    product_id: row.productId,
    warehouse_id: row.warehouseId,
    qty_on_hand: row.onHand,
    qty_reserved: row.reserved,
    qty_available: row.available,
  });

  test('levels are those of the ledger', async () => {
    expect(await domain.db.select().from(stockFault)).toEqual([]);
  });

  test('warehouses', async () => {
    expect(await allWarehouses(domain.db)).toEqual(
      (await monolithLists.listWarehouses(monolith.db)).map((row) => ({
        id: row.warehouse_id,
        code: row.wh_code,
        name: row.wh_name,
      })),
    );
  });

  test('what is available, also of products that were never in stock', async () => {
    const ids = [...productIds, randomUUID()];
    const cache = memoryCache();
    const theirs = await availableStock({ db: monolith.db, cache }, ids);
    const ours = await cachedAvailability(domain.db, memoryCache()).of(ids);
    expect(ours).toEqual(ids.map((id) => theirs.get(id)));
  });

  test('levels', async () => {
    expect((await levelsOfProducts(domain.db, productIds)).map(levelOf)).toEqual(
      await monolithLists.lookUpLevels(monolith.db, productIds),
    );
  });

  test.each([1, 10, 1_000_000])('low stock below %i, page by page', async (threshold) => {
    for (let after: readonly CursorValue[] | null = null; ;) {
      const page = { limit: 17, after, offset: 0 };
      const ours = await listLowStock(domain.db, threshold, page);
      const theirs: Awaited<ReturnType<typeof monolithLists.listLowStock>> =
        await monolithLists.listLowStock(monolith.db, threshold, page);
      expect({
        items: ours.nodes.map(levelOf),
        keys: ours.nodes.map((row) => [row.available, row.productId, row.warehouseId]),
        total: ours.totalCount,
        has_more: ours.hasNextPage,
      }).toEqual(theirs);
      if (!theirs.has_more) return;
      after = theirs.keys.at(-1) ?? null;
    }
  });

  test('movements of many products at once, also after a cursor', async () => {
    const words = { RECEIVED: 'IN', ADJUSTED: 'ADJ', SHIPPED: 'OUT', RETURNED: 'RET' };
    let after: readonly CursorValue[] | null = null;
    for (let round = 0; round < 4; round++) {
      const page = { limit: 5, after, offset: 0 };
      const ours = await listMovements(domain.db, productIds, page);
      const { groups }: Awaited<ReturnType<typeof monolithLists.listMovements>> =
        await monolithLists.listMovements(monolith.db, productIds, page);
      expect(
        ours.map(({ nodes, totalCount, hasNextPage }, n) => ({
          owner_id: productIds[n],
          keys: nodes.map((row) => [row.createdAt.getTime(), row.id]),
          items: nodes.map((row) => [
            row.id,
            row.warehouseId,
            words[row.kind],
            row.delta,
            row.reason,
            row.orderId,
          ]),
          total: totalCount,
          has_more: hasNextPage,
        })),
      ).toEqual(
        groups.map((group) => ({
          ...group,
          items: group.items.map((row) => [
            row.log_id,
            row.warehouse_id,
            row.log_kind,
            row.delta,
            row.note,
            row.order_id,
          ]),
        })),
      );
      after = groups.find(({ keys }) => keys.length > 0)?.keys.at(-1) ?? null;
    }
  });
});

async function openOdd(): Promise<Database> {
  const database = await openLegacy();
  const { db } = database;
  const { warehouses, productIds, levels, movements, reservations } = oddStock(120, 5);
  const now = new Date('2026-01-01T00:00:00Z');
  await db.insert(legacy.warehouses).values(warehouses);
  await db.insert(legacy.products).values(
    productIds.map((productId, n) => ({
      productId,
      sku: `ODD-${n}`,
      productName: 'Odd',
      unitPrice: '1.00',
      createdAt: now,
      updatedAt: now,
    })),
  );
  await db.insert(legacy.stocks).values(levels);
  for (let n = 0; n < movements.length; n += 500) {
    await db.insert(legacy.stockLog).values(movements.slice(n, n + 500));
  }
  await db.insert(legacy.stockReservations).values(reservations);
  await db
    .insert(legacy.stockReservationLines)
    .values(reservations.map(({ reservationId, line }) => ({ ...line, reservationId })));
  return database;
}

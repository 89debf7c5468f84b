import { randomUUID } from 'node:crypto';
import { getTableName, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryCache } from '#platform/cache/memory.ts';
import type { Database } from '#platform/database/pool.ts';
import type { CursorValue } from '#platform/graph/connection.ts';
import type { Kind } from '../../migration/moves/mapping.ts';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { cachedAvailability } from '../../subgraphs/inventory/availability.ts';
import { levelsOfProducts, type LevelRow } from '../../subgraphs/inventory/repository/levels.ts';
import { allWarehouses } from '../../subgraphs/inventory/repository/warehouses.ts';
import { listLowStock, listMovements } from '../../subgraphs/inventory/service/lists.ts';
import { stockFault } from '../../subgraphs/inventory/tables.ts';
import { availableStock } from '../../subgraphs/legacy/monolith/stock/availability.ts';
import * as monolithLists from '../../subgraphs/legacy/monolith/stock/lists.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { cloneDatabases } from '../setup/databases.ts';
import { anyStockStates, oddStock, type StockState } from './inventory-rows.ts';
import {
  canonicalForms,
  carry,
  content,
  empty,
  expectEqualSides,
  expectNothingLostOfAny,
  expectUntouched,
  openAt,
  openEmpty,
  openSides,
  reasonsIn,
  tablesOf,
  type Carried,
  type Sides,
} from './mapped-rows.ts';

const opened: Database[] = [];
let sides: Sides;
const productIds = [randomUUID(), randomUUID(), randomUUID()] as const;

beforeAll(async () => {
  sides = await openSides('inventory');
  opened.push(sides.legacy, sides.new);
  const now = new Date();
  await sides.legacy.db.insert(legacy.products).values(
    productIds.map((productId, n) => ({
      productId,
      sku: `SKU-${n}`,
      productName: 'Lamp',
      unitPrice: '1.00',
      createdAt: now,
      updatedAt: now,
    })),
  );
});
afterAll(async () => {
  for (const database of opened) await database.close();
});

async function openSeeded(): Promise<Sides> {
  const both = {
    legacy: openAt((await cloneDatabases(['legacy'])).legacy),
    new: await openEmpty('inventory'),
  };
  opened.push(both.legacy, both.new);
  return both;
}

async function fill(state: StockState): Promise<void> {
  const { db } = sides.legacy;
  await empty(inventoryMove, 'legacy', sides.legacy);
  if (state.warehouses.length > 0) await db.insert(legacy.warehouses).values([...state.warehouses]);
  if (state.levels.length > 0) await db.insert(legacy.stocks).values([...state.levels]);
  if (state.movements.length > 0) await db.insert(legacy.stockLog).values([...state.movements]);
  if (state.reservations.length > 0) {
    await db.insert(legacy.stockReservations).values([...state.reservations]);
  }
  if (state.lines.length > 0)
    await db.insert(legacy.stockReservationLines).values([...state.lines]);
}

const counts = (carried: readonly Carried[]) =>
  carried.map(({ kind, written, removed }) => [kind, written, removed]);

describe('the mapping', () => {
  const toNew = () => carry(inventoryMove, sides, 'new');
  const [warehouseId] = [randomUUID()];
  const at = new Date('2026-01-01T00:00:00Z');
  const little: StockState = {
    warehouses: [{ warehouseId, whCode: 'A', whName: 'A' }],
    levels: [
      { productId: productIds[0], warehouseId, qtyOnHand: 3, qtyReserved: 1, updatedAt: at },
    ],
    movements: [
      {
        logId: randomUUID(),
        productId: productIds[0],
        warehouseId,
        logKind: 'IN',
        delta: 3,
        note: null,
        orderId: null,
        loggedAt: at,
      },
    ],
    reservations: [
      {
        reservationId: randomUUID(),
        orderId: randomUUID(),
        state: 'H',
        expiresAt: null,
        createdAt: at,
      },
    ],
    lines: [],
  };

  beforeEach(async () => {
    await empty(inventoryMove, 'legacy', sides.legacy);
    await empty(inventoryMove, 'new', sides.new);
  });

  test('loses nothing of whatever the tables can hold, over whatever was there before', async () => {
    await expect(
      expectNothingLostOfAny(inventoryMove, sides, anyStockStates(productIds), {
        fill,
        numRuns: 20,
      }),
    ).resolves.toBeUndefined();
  }, 120_000);

  test.each([
    ['stock_log.log_kind', `log_kind = 'XX'`, '"XX" is none of IN, ADJ, OUT, RET: mend the row'],
    ['stock_log.logged_at', `logged_at = 'infinity'`, 'is no time from the years 1000 to 9998'],
    ['stock_log.delta', 'delta = -3', '-3 pieces cannot be of the kind IN: IN and RET add some'],
    ['stock_log.delta', `delta = 0, log_kind = 'ADJ'`, '0 pieces cannot be of the kind ADJ'],
    ['stock_log.delta', `delta = 1, log_kind = 'OUT'`, '1 pieces cannot be of the kind OUT'],
    ['stock_reservations.state', `state = 'X'`, '"X" is none of H, C, R, B: mend the row'],
    ['stock_reservations.expires_at', `expires_at = '-infinity'`, 'is no time from the years'],
    ['stocks.updated_at', `updated_at = '0999-12-31 23:59:59'`, 'is no time from the years'],
  ])(
    'a value of the monolith that the new side cannot hold is unmappable: %s, %s',
    async (where, change, why) => {
      await sides.legacy.pool.query(`
      alter table stock_log drop constraint if exists stock_log_kind;
      alter table stock_reservations drop constraint if exists stock_reservations_state;`);
      await fill(little);
      await sides.legacy.pool.query(`update ${where.split('.')[0]} set ${change}`);
      const [kind] = inventoryMove.kinds.filter(({ sides: { legacy: side } }) =>
        where.startsWith(`${getTableName(side.root)}.`),
      );
      const forms = await canonicalForms(kind as Kind, 'legacy', sides.legacy.db);
      const reasons = [...forms.values()].flatMap(reasonsIn);
      expect(reasons).toEqual([
        expect.stringMatching(`^${where} of [-0-9a-f, ]+ in the monolith: `),
      ]);
      expect(reasons).toEqual([expect.stringContaining(why)]);
    },
  );

  test('a product that the monolith does not have is named, and nothing comes back', async () => {
    const product = randomUUID();
    await sides.new.pool.query(`
      insert into warehouse values ('${warehouseId}', 'A', 'A');
      insert into stock_level (product_id, warehouse_id, updated_at) values ('${product}', '${warehouseId}', now());`);
    await expect(carry(inventoryMove, sides, 'legacy')).rejects.toMatchObject({
      cause: { code: '23503', detail: expect.stringContaining(product) as string },
    });
    expect(await sides.legacy.db.$count(legacy.warehouses)).toBe(0);
  });

  test('levels keep what refers to them, and an update of pieces touches one row', async () => {
    await fill(little);
    expect(counts(await toNew())).toEqual([
      ['warehouse', 1, 0],
      ['level', 1, 0],
      ['movement', 1, 0],
      ['reservation', 1, 0],
    ]);
    await sides.legacy.pool.query('update stocks set qty_on_hand = 5');
    expect(counts(await toNew())[1]).toEqual(['level', 1, 0]);
    await expectEqualSides(inventoryMove, sides);
  });
});

describe('the demo data', () => {
  test('comes there and back as it was, and its levels are those of its ledger', async () => {
    const both = await openSeeded();
    const tables = tablesOf(inventoryMove, 'legacy');
    const before = await content(both.legacy, tables);
    for (const table of tables) expect(before[table]?.length).toBeGreaterThan(2);
    await carry(inventoryMove, both, 'new');
    expect(await both.new.db.select().from(stockFault)).toEqual([]);
    await expectEqualSides(inventoryMove, both);
    expectUntouched(await carry(inventoryMove, both, 'legacy'));
    // Everything is taken away first, so that all of it has to come back.
    await empty(inventoryMove, 'legacy', both.legacy);
    await carry(inventoryMove, both, 'legacy');
    expect(await content(both.legacy, tables)).toEqual(before);
  });

  test('takes what happened since: pieces that came, and orders and codes that changed places', async () => {
    const both = await openSeeded();
    await carry(inventoryMove, both, 'new');
    await both.legacy.pool.query(`
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
    expect(counts(await carry(inventoryMove, both, 'new'))).toEqual([
      ['warehouse', 3, 0],
      ['level', 1, 0],
      ['movement', 1, 0],
      ['reservation', 2, 0],
    ]);
    expect(await both.new.db.select().from(stockFault)).toEqual([]);
  });

  test('movements may be taken back on the way, which nobody else may', async () => {
    const both = await openSeeded();
    await carry(inventoryMove, both, 'new');
    const remark = "update stock_movement set reason = 'changed'";
    await expect(both.new.pool.query(remark)).rejects.toThrow('never changed or deleted');
    await both.legacy.pool.query(`
      delete from stock_log where ctid = (select ctid from stock_log where note is not null limit 1);
      update stock_log set note = 'another remark' where ctid = (select ctid from stock_log limit 1);`);
    expect(counts(await carry(inventoryMove, both, 'new'))[2]).toEqual(['movement', 1, 1]);
    await expect(both.new.pool.query(remark)).rejects.toThrow('never changed or deleted');
  });
});

describe.each([
  ['the demo data', async () => (await openSeeded()).legacy],
  ['odd data', openOdd],
])('lists give the same from either side, over %s', (_name, openMonolith) => {
  let monolith: Database;
  let domain: Database;
  let known: string[];
  beforeAll(async () => {
    monolith = await openMonolith();
    domain = await openEmpty('inventory');
    opened.push(domain);
    await carry(inventoryMove, { legacy: monolith, new: domain }, 'new');
    await domain.db.execute(sql`analyze`);
    const rows = await monolith.db.select({ id: legacy.products.productId }).from(legacy.products);
    known = rows.map(({ id }) => id);
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
    const ids = [...known, randomUUID()];
    const cache = memoryCache();
    const theirs = await availableStock({ db: monolith.db, cache }, ids);
    const ours = await cachedAvailability(domain.db, memoryCache()).of(ids);
    expect(ours).toEqual(ids.map((id) => theirs.get(id)));
  });

  test('levels', async () => {
    expect((await levelsOfProducts(domain.db, known)).map(levelOf)).toEqual(
      await monolithLists.lookUpLevels(monolith.db, known),
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
      const ours = await listMovements(domain.db, known, page);
      const { groups }: Awaited<ReturnType<typeof monolithLists.listMovements>> =
        await monolithLists.listMovements(monolith.db, known, page);
      expect(
        ours.map(({ nodes, totalCount, hasNextPage }, n) => ({
          owner_id: known[n],
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
  const database = await openEmpty('legacy/monolith');
  opened.push(database);
  const { db } = database;
  const { warehouses, productIds: odd, levels, movements, reservations } = oddStock(120, 5);
  const now = new Date('2026-01-01T00:00:00Z');
  await db.insert(legacy.warehouses).values(warehouses);
  await db.insert(legacy.products).values(
    odd.map((productId, n) => ({
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

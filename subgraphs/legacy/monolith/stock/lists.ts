import { and, asc, count, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { MonolithDeps } from '../app.ts';
import { groupAnswer, listAnswer, type ListPage } from '../lists.ts';
import { checkRules } from '../rules.ts';
import { products, stockLog, stocks, warehouses } from '../tables.ts';
import { jstText } from '../times.ts';
import { availableIn, type StockLevel } from './allocation.ts';

type Db = MonolithDeps['db'];

const levelColumns = {
  productId: stocks.productId,
  warehouseId: stocks.warehouseId,
  qtyOnHand: stocks.qtyOnHand,
  qtyReserved: stocks.qtyReserved,
};

/** A level as it is answered. */
export function levelAnswer(level: StockLevel) {
  return {
    product_id: level.productId,
    warehouse_id: level.warehouseId,
    qty_on_hand: level.qtyOnHand,
    qty_reserved: level.qtyReserved,
    qty_available: availableIn(level),
  };
}

/** All warehouses, by code. */
export async function listWarehouses(db: Db) {
  const rows = await db.select().from(warehouses).orderBy(asc(warehouses.whCode));
  return rows.map((row) => ({
    warehouse_id: row.warehouseId,
    wh_code: row.whCode,
    wh_name: row.whName,
  }));
}

/** The levels of products, by product and warehouse code. */
export async function lookUpLevels(db: Db, productIds: readonly string[]) {
  const rows = await db
    .select(levelColumns)
    .from(stocks)
    .innerJoin(warehouses, eq(warehouses.warehouseId, stocks.warehouseId))
    .where(inArray(stocks.productId, [...productIds]))
    .orderBy(asc(stocks.productId), asc(warehouses.whCode));
  return rows.map(levelAnswer);
}

const qtyAvailable = sql<number>`(${stocks.qtyOnHand} - ${stocks.qtyReserved})`;

/** Levels with fewer available pieces than the threshold, fewest first. */
export async function listLowStock(db: Db, threshold: number, page: ListPage) {
  const inBounds = threshold >= 1 && threshold <= 1_000_000;
  checkRules([['threshold', inBounds, 'must be from 1 to 1,000,000']]);
  const low = lt(qtyAvailable, threshold);
  const [available, productId, warehouseId] = page.after ?? [];
  const after =
    page.after &&
    sql`(${qtyAvailable}, ${stocks.productId}, ${stocks.warehouseId}) > (${available}::bigint, ${productId}::uuid, ${warehouseId}::uuid)`;
  const [rows, [counted]] = await Promise.all([
    db
      .select(levelColumns)
      .from(stocks)
      .where(and(low, after ?? undefined))
      .orderBy(asc(qtyAvailable), asc(stocks.productId), asc(stocks.warehouseId))
      .limit(page.limit + 1)
      .offset(page.offset),
    db.select({ total: count() }).from(stocks).where(low),
  ]);
  const keyed = rows.map((row) => ({
    item: levelAnswer(row),
    key: [availableIn(row), row.productId, row.warehouseId],
  }));
  return listAnswer(page, keyed, counted?.total ?? 0);
}

/** The changes of the stock of products, newest first. */
export async function listMovements(db: Db, productIds: readonly string[], page: ListPage) {
  const [ms, logId] = page.after ?? [];
  const after =
    page.after &&
    sql`(${stockLog.loggedAt}, ${stockLog.logId}) < (${sql.param(new Date(ms as number), stockLog.loggedAt)}, ${logId}::uuid)`;
  const ids = [...productIds];
  const newest = db
    .select()
    .from(stockLog)
    .where(and(eq(stockLog.productId, products.productId), after ?? undefined))
    .orderBy(desc(stockLog.loggedAt), desc(stockLog.logId))
    .limit(page.limit + 1)
    .as('newest');
  const [rows, totals] = await Promise.all([
    db
      .select({
        logId: newest.logId,
        productId: newest.productId,
        warehouseId: newest.warehouseId,
        logKind: newest.logKind,
        delta: newest.delta,
        note: newest.note,
        orderId: newest.orderId,
        loggedAt: newest.loggedAt,
      })
      .from(products)
      .crossJoinLateral(newest)
      .where(inArray(products.productId, ids))
      .orderBy(desc(newest.loggedAt), desc(newest.logId)),
    db
      .select({ productId: stockLog.productId, total: count() })
      .from(stockLog)
      .where(inArray(stockLog.productId, ids))
      .groupBy(stockLog.productId),
  ]);
  const keyed = rows.map((row) => ({
    owner: row.productId,
    key: [row.loggedAt.getTime(), row.logId],
    item: {
      log_id: row.logId,
      product_id: row.productId,
      warehouse_id: row.warehouseId,
      log_kind: row.logKind as 'IN' | 'ADJ' | 'OUT' | 'RET',
      delta: row.delta,
      note: row.note,
      order_id: row.orderId,
      logged_at: jstText(row.loggedAt),
    },
  }));
  const totalOf = new Map(totals.map(({ productId, total }) => [productId, total]));
  return groupAnswer(productIds, page, keyed, totalOf);
}

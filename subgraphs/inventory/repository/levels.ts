import { and, asc, count, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { Connection, Page } from '#platform/graph/connection.ts';
import { stockLevel, warehouse } from '../tables.ts';

export type LevelRow = Omit<typeof stockLevel.$inferSelect, 'updatedAt'>;
/** A page of levels as the graph gives it. */
export type LevelList = Connection<LevelRow>;

/** Which level. */
export type Place = Pick<LevelRow, 'productId' | 'warehouseId'>;

/** By how much a level changes. */
export interface LevelChange extends Place {
  readonly onHand: number;
  readonly reserved: number;
}

const columns = {
  productId: stockLevel.productId,
  warehouseId: stockLevel.warehouseId,
  onHand: stockLevel.onHand,
  reserved: stockLevel.reserved,
  available: stockLevel.available,
};

/** The levels of products, those of one product by the code of the warehouse. */
export function levelsOfProducts(db: Db, productIds: readonly string[]): Promise<LevelRow[]> {
  return db
    .select(columns)
    .from(stockLevel)
    .innerJoin(warehouse, eq(warehouse.id, stockLevel.warehouseId))
    .where(inArray(stockLevel.productId, [...productIds]))
    .orderBy(asc(stockLevel.productId), sql`${warehouse.code} collate "C"`);
}

/** How many pieces of each product can be promised, over all warehouses. What has no level is left out. */
export function availableByProduct(db: Db, productIds: readonly string[]) {
  return db
    .select({
      productId: stockLevel.productId,
      available: sql<number>`sum(${stockLevel.available})`.mapWith(Number),
    })
    .from(stockLevel)
    .where(inArray(stockLevel.productId, [...productIds]))
    .groupBy(stockLevel.productId);
}

/** Whether a product was ever in stock. */
export async function hasLevels(db: Db, productId: string): Promise<boolean> {
  const rows = await db
    .select({ productId: stockLevel.productId })
    .from(stockLevel)
    .where(eq(stockLevel.productId, productId))
    .limit(1);
  return rows.length > 0;
}

/** A page of the levels below a threshold, fewest pieces first, and one level more where there is one. */
export function pageOfLowLevels(
  db: Db,
  threshold: number,
  { limit, after }: Page,
): Promise<LevelRow[]> {
  const [available, productId, warehouseId] = after ?? [];
  const following =
    after &&
    sql`(${stockLevel.available}, ${stockLevel.productId}, ${stockLevel.warehouseId}) > (${available}::bigint, ${productId}::uuid, ${warehouseId}::uuid)`;
  return db
    .select(columns)
    .from(stockLevel)
    .where(and(lt(stockLevel.available, threshold), following ?? undefined))
    .orderBy(asc(stockLevel.available), asc(stockLevel.productId), asc(stockLevel.warehouseId))
    .limit(limit + 1);
}

/** How many levels are below a threshold. */
export async function countLowLevels(db: Db, threshold: number): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(stockLevel)
    .where(lt(stockLevel.available, threshold));
  return row?.total ?? 0;
}

/**
 * Locks all levels of products until the transaction ends, in the order of their keys: so nobody waits for
 * somebody who waits for him.
 */
export function lockLevels(db: Db, productIds: readonly string[]): Promise<LevelRow[]> {
  return db
    .select(columns)
    .from(stockLevel)
    .where(inArray(stockLevel.productId, [...productIds]))
    .orderBy(asc(stockLevel.productId), asc(stockLevel.warehouseId))
    .for('no key update');
}

/** Locks one level until the transaction ends; where there is none yet it is made, with no pieces. */
export async function lockOrAddLevel(db: Db, place: Place, now: Date): Promise<LevelRow> {
  const [row] = await db
    .insert(stockLevel)
    .values({ ...place, updatedAt: now })
    .onConflictDoUpdate({
      target: [stockLevel.productId, stockLevel.warehouseId],
      set: { updatedAt: now },
    })
    .returning(columns);
  return row as LevelRow;
}

/**
 * Changes levels that the transaction has locked, in one statement however many there are.
 *
 * @param changes each level once: an UPDATE … FROM changes a row once however often it is named
 */
export async function changeLevels(
  db: Db,
  changes: readonly LevelChange[],
  now: Date,
): Promise<void> {
  const column = <Value>(of: (change: LevelChange) => Value) => sql.param(changes.map(of));
  await db.execute(sql`
    update ${stockLevel} as level
    set on_hand = level.on_hand + change.on_hand, reserved = level.reserved + change.reserved,
      updated_at = ${sql.param(now, stockLevel.updatedAt)}
    from unnest(
      ${column((change) => change.productId)}::uuid[],
      ${column((change) => change.warehouseId)}::uuid[],
      ${column((change) => change.onHand)}::integer[],
      ${column((change) => change.reserved)}::integer[]
    ) as change (product_id, warehouse_id, on_hand, reserved)
    where level.product_id = change.product_id and level.warehouse_id = change.warehouse_id`);
}

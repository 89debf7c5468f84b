import { inArray, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { warehouse } from '../tables.ts';

export type WarehouseRow = typeof warehouse.$inferSelect;

/** All warehouses, by code. */
export function allWarehouses(db: Db): Promise<WarehouseRow[]> {
  return db
    .select()
    .from(warehouse)
    .orderBy(sql`${warehouse.code} collate "C"`);
}

/** The warehouses with these ids, in no order. */
export function warehousesByIds(db: Db, ids: readonly string[]): Promise<WarehouseRow[]> {
  return db
    .select()
    .from(warehouse)
    .where(inArray(warehouse.id, [...ids]));
}

import { randomUUID } from 'node:crypto';
import { asc, inArray, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { ApiError } from '../errors.ts';
import { stockLog, stocks } from '../tables.ts';
import type { Shortage, StockLevel } from './allocation.ts';

/** A change of one level. Pieces that come or go are logged; promises are not. */
export interface LevelChange {
  readonly productId: string;
  readonly warehouseId: string;
  readonly onHand: number;
  readonly reserved: number;
}

/** Why pieces came or went. */
export interface ChangeReason {
  readonly kind: 'IN' | 'ADJ' | 'OUT' | 'RET';
  readonly note: string | null;
  readonly orderId: string | null;
}

/** 409: nothing was changed, because there is not enough. */
export const outOfStock = (shortages: readonly Shortage[]) =>
  new ApiError(409, 'OUT_OF_STOCK', 'There is not enough stock: see `shortages`.', { shortages });

/**
 * Locks all levels of products until the transaction ends. Everybody locks levels through here or one at a
 * time, in the order of their keys: so nobody waits for somebody who waits for him.
 */
export function lockLevels(tx: Db, productIds: readonly string[]): Promise<StockLevel[]> {
  return tx
    .select({
      productId: stocks.productId,
      warehouseId: stocks.warehouseId,
      qtyOnHand: stocks.qtyOnHand,
      qtyReserved: stocks.qtyReserved,
    })
    .from(stocks)
    .where(inArray(stocks.productId, [...productIds]))
    .orderBy(asc(stocks.productId), asc(stocks.warehouseId))
    .for('update');
}

/**
 * Changes levels that the transaction has locked, and logs what came and went, in two statements however
 * many levels there are.
 */
export async function changeLevels(
  tx: Db,
  changes: readonly LevelChange[],
  now: Date,
  reason?: ChangeReason,
): Promise<void> {
  if (changes.length === 0) return;
  const column = <Value>(of: (change: LevelChange) => Value) => sql.param(changes.map(of));
  await tx.execute(sql`
    update stocks as s
    set qty_on_hand = s.qty_on_hand + c.on_hand,
        qty_reserved = s.qty_reserved + c.reserved,
        updated_at = ${sql.param(now, stocks.updatedAt)}
    from unnest(
      ${column((change) => change.productId)}::uuid[],
      ${column((change) => change.warehouseId)}::uuid[],
      ${column((change) => change.onHand)}::int[],
      ${column((change) => change.reserved)}::int[]
    ) as c (product_id, warehouse_id, on_hand, reserved)
    where s.product_id = c.product_id and s.warehouse_id = c.warehouse_id`);
  if (!reason) return;
  await tx.insert(stockLog).values(
    changes.map((change) => ({
      logId: randomUUID(),
      productId: change.productId,
      warehouseId: change.warehouseId,
      logKind: reason.kind,
      delta: change.onHand,
      note: reason.note,
      orderId: reason.orderId,
      loggedAt: now,
    })),
  );
}

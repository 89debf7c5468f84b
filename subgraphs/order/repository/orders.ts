import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { order, orderEvent, orderItem } from '../tables.ts';
import type { OrderStatus } from '../schema.generated.ts';

export type OrderRow = typeof order.$inferSelect;
export type ItemRow = typeof orderItem.$inferSelect;
export type EventRow = typeof orderEvent.$inferSelect;
export type NewOrder = Omit<typeof order.$inferInsert, 'number'>;
export type NewItem = Omit<typeof orderItem.$inferInsert, 'orderId'>;

/** The orders with these ids, in no order. */
export function ordersByIds(db: Db, ids: readonly string[]): Promise<OrderRow[]> {
  return db
    .select()
    .from(order)
    .where(inArray(order.id, [...ids]));
}

export async function orderById(db: Db, id: string): Promise<OrderRow | null> {
  const [row] = await db.select().from(order).where(eq(order.id, id));
  return row ?? null;
}

/** The order that an idempotency key of a customer stands for. */
export async function orderByKey(
  db: Db,
  customerId: string,
  idempotencyKey: string,
): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(order)
    .where(and(eq(order.customerId, customerId), eq(order.idempotencyKey, idempotencyKey)));
  return row ?? null;
}

/** Reads an order and keeps others from changing it until the transaction ends. */
export async function lockOrder(db: Db, id: string): Promise<OrderRow | null> {
  const [row] = await db.select().from(order).where(eq(order.id, id)).for('no key update');
  return row ?? null;
}

/** The items of orders, each order's in the order in which they were asked for. */
export function itemsOf(db: Db, orderIds: readonly string[]): Promise<ItemRow[]> {
  return db
    .select()
    .from(orderItem)
    .where(inArray(orderItem.orderId, [...orderIds]))
    .orderBy(asc(orderItem.orderId), asc(orderItem.position));
}

/** What has happened to orders, each order's oldest first. */
export function eventsOf(db: Db, orderIds: readonly string[]): Promise<EventRow[]> {
  return db
    .select()
    .from(orderEvent)
    .where(inArray(orderEvent.orderId, [...orderIds]))
    .orderBy(asc(orderEvent.orderId), asc(orderEvent.status));
}

/**
 * Writes an order that is placed now. Its number is the next one.
 *
 * @throws a unique violation of `order_idempotency_key` when the key stands for another order
 */
export async function insertOrder(
  db: Db,
  row: NewOrder,
  items: readonly NewItem[],
): Promise<OrderRow> {
  const [inserted] = await db.insert(order).values(row).returning();
  await db.insert(orderItem).values(items.map((item) => ({ ...item, orderId: row.id })));
  await db.insert(orderEvent).values({ orderId: row.id, status: row.status, at: row.placedAt });
  return inserted as OrderRow;
}

/** What a step changes besides the status. */
export interface OrderChange {
  readonly trackingNumber?: string;
  readonly paymentReference?: string;
}

/**
 * Brings an order to its next status.
 *
 * @param from where it has to stand
 * @param note goes into its history
 * @returns null where it stood elsewhere, and nothing was changed
 */
export async function moveOrder(
  db: Db,
  id: string,
  from: readonly OrderStatus[],
  to: { readonly status: OrderStatus; readonly note: string | null; readonly change: OrderChange },
  at: Date,
): Promise<OrderRow | null> {
  const [row] = await db
    .update(order)
    .set({ ...to.change, status: to.status, updatedAt: at })
    .where(and(eq(order.id, id), inArray(order.status, [...from])))
    .returning();
  if (!row) return null;
  await db.insert(orderEvent).values({ orderId: id, status: to.status, at, note: to.note });
  return row;
}

import {
  and,
  count,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  lt,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { groupAnswer, listAnswer, type ListPage } from '../lists.ts';
import { appUsers, salesOrders } from '../tables.ts';
import { instantOf } from '../instant.ts';
import { jstText, jstTextOrNull } from '../times.ts';
import type { ListOrdersQuery, OrderAnswer } from './schemas.ts';
import type { OrderStatus } from './workflow.ts';

/** The items of an order come with it, as JSON, so that orders take one statement however many there are. */
const itemsOfOrder = sql<OrderAnswer['items']>`(
  select json_agg(json_build_object(
    'sales_item_id', i.sales_item_id, 'line_no', i.line_no, 'product_id', i.product_id, 'sku', i.sku,
    'product_name', i.product_name, 'qty', i.qty,
    'unit_price', i.unit_price::text, 'amount', i.amount::text) order by i.line_no)
  from sales_items i where i.order_id = sales_orders.order_id)`;

const orderColumns = { ...getTableColumns(salesOrders), items: itemsOfOrder.as('items') };

type OrderRow = typeof salesOrders.$inferSelect & { items: OrderAnswer['items'] | null };

/** An order as it is answered. */
export function orderAnswer(row: OrderRow): OrderAnswer {
  return {
    order_id: row.orderId,
    order_no: `SO-${String(row.orderNo).padStart(6, '0')}`,
    customer_id: row.customerId,
    status: row.status as OrderStatus,
    total_amount: row.totalAmount,
    currency: row.currency,
    ship_name: row.shipName,
    ship_addr1: row.shipAddr1,
    ship_addr2: row.shipAddr2,
    ship_city: row.shipCity,
    ship_state: row.shipState,
    ship_zip: row.shipZip,
    ship_country: row.shipCountry,
    tracking_no: row.trackingNo,
    close_reason: row.closeReason,
    ordered_at: jstText(row.orderedAt),
    confirmed_at: jstTextOrNull(row.confirmedAt),
    paid_at: jstTextOrNull(row.paidAt),
    shipped_at: jstTextOrNull(row.shippedAt),
    delivered_at: jstTextOrNull(row.deliveredAt),
    cancelled_at: jstTextOrNull(row.cancelledAt),
    returned_at: jstTextOrNull(row.returnedAt),
    updated_at: jstText(row.updatedAt),
    items: row.items ?? [],
  };
}

/** Orders by id, those that exist. */
export async function findOrders(db: Db, ids: readonly string[]): Promise<OrderAnswer[]> {
  const rows = await db
    .select(orderColumns)
    .from(salesOrders)
    .where(inArray(salesOrders.orderId, [...ids]));
  return rows.map(orderAnswer);
}

/** Which orders a list holds. All conditions must hold. */
export function orderFilter(query: Omit<ListOrdersQuery, 'limit' | 'after_key' | 'page'>): SQL[] {
  const conditions: SQL[] = [];
  if (query.status) conditions.push(eq(salesOrders.status, query.status));
  if (query.customer_id) conditions.push(eq(salesOrders.customerId, query.customer_id));
  if (query.from) conditions.push(gte(salesOrders.orderedAt, instantOf('from', query.from)));
  if (query.before) conditions.push(lt(salesOrders.orderedAt, instantOf('before', query.before)));
  if (query.order_no !== undefined) conditions.push(hasNumber(query.order_no));
  return conditions;
}

/** A number that no order can have finds nothing, as any other number without an order. */
function hasNumber(text: string): SQL {
  const digits = /^SO-(\d{6,15})$/i.exec(text.trim())?.[1];
  return digits === undefined ? sql`false` : eq(salesOrders.orderNo, Number(digits));
}

const keyOf = (row: OrderRow) => [row.orderedAt.getTime(), row.orderId];

function afterKey({ after }: ListPage): SQL | undefined {
  if (!after) return undefined;
  const [ms, id] = after;
  const time = sql.param(new Date(ms as number), salesOrders.orderedAt);
  return sql`(${salesOrders.orderedAt}, ${salesOrders.orderId}) < (${time}, ${id}::uuid)`;
}

/** Orders, newest first. */
export async function listOrders(db: Db, filter: readonly SQL[], page: ListPage) {
  const [rows, total] = await Promise.all([
    db
      .select(orderColumns)
      .from(salesOrders)
      .where(and(...filter, afterKey(page)))
      .orderBy(desc(salesOrders.orderedAt), desc(salesOrders.orderId))
      .limit(page.limit + 1)
      .offset(page.offset),
    db.$count(salesOrders, and(...filter)),
  ]);
  const keyed = rows.map((row) => ({ item: orderAnswer(row), key: keyOf(row) }));
  return listAnswer(page, keyed, total);
}

/** The orders of customers, newest first. */
export async function listByCustomers(
  db: Db,
  customerIds: readonly string[],
  filter: readonly SQL[],
  page: ListPage,
) {
  const ids = [...customerIds];
  const newest = db
    .select(orderColumns)
    .from(salesOrders)
    .where(and(eq(salesOrders.customerId, appUsers.userId), ...filter, afterKey(page)))
    .orderBy(desc(salesOrders.orderedAt), desc(salesOrders.orderId))
    .limit(page.limit + 1)
    .as('newest');
  const [rows, totals] = await Promise.all([
    db
      .select({ newest: newest._.selectedFields })
      .from(appUsers)
      .crossJoinLateral(newest)
      .where(inArray(appUsers.userId, ids))
      .orderBy(desc(newest.orderedAt), desc(newest.orderId)),
    db
      .select({ customerId: salesOrders.customerId, total: count() })
      .from(salesOrders)
      .where(and(inArray(salesOrders.customerId, ids), ...filter))
      .groupBy(salesOrders.customerId),
  ]);
  const keyed = rows.map(({ newest: row }) => ({
    owner: row.customerId,
    item: orderAnswer(row),
    key: keyOf(row),
  }));
  const totalOf = new Map(totals.map((row) => [row.customerId, row.total]));
  return groupAnswer(customerIds, page, keyed, totalOf);
}

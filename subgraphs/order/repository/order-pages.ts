import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm';
import { olderThan } from '#platform/database/newest-first.ts';
import { countByOwner, ownerRows } from '#platform/database/owners.ts';
import type { Db } from '#platform/database/pool.ts';
import type { Page } from '#platform/graph/connection.ts';
import type { OrderStatus } from '../schema.generated.ts';
import { order } from '../tables.ts';
import type { OrderRow } from './orders.ts';

/** Which orders to list; null is no condition. */
export interface OrderConditions {
  readonly status: OrderStatus | null;
  readonly customerId: string | null;
  readonly number: number | null;
  readonly placedFrom: Date | null;
  readonly placedBefore: Date | null;
}

const NEWEST = [desc(order.placedAt), desc(order.id)];

/** A page of the orders that meet the conditions, newest first, and one order more where there is one. */
export function pageOfOrders(db: Db, conditions: OrderConditions, page: Page): Promise<OrderRow[]> {
  return db
    .select()
    .from(order)
    .where(and(meets(conditions), after(page)))
    .orderBy(...NEWEST)
    .limit(page.limit + 1);
}

/** How many orders meet the conditions. */
export function countOrders(db: Db, conditions: OrderConditions): Promise<number> {
  return db.$count(order, meets(conditions));
}

/** The same page of each customer's orders, in one statement. */
export async function pagesOfCustomers(
  db: Db,
  customerIds: readonly string[],
  status: OrderStatus | null,
  page: Page,
): Promise<OrderRow[]> {
  const newest = db
    .select()
    .from(order)
    .where(and(sql`${order.customerId} = owner.id`, ofStatus(status), after(page)))
    .orderBy(...NEWEST)
    .limit(page.limit + 1)
    .as('newest');
  const rows = await db
    .select({ newest: newest._.selectedFields })
    .from(ownerRows(customerIds))
    .crossJoinLateral(newest)
    .orderBy(desc(newest.placedAt), desc(newest.id));
  return rows.map((row) => row.newest);
}

/** How many orders each customer has, in one statement. */
export const countOfCustomers = (
  db: Db,
  customerIds: readonly string[],
  status: OrderStatus | null,
): Promise<Map<string, number>> =>
  countByOwner(db, order.customerId, customerIds, ofStatus(status));

function meets(conditions: OrderConditions): SQL | undefined {
  const { status, customerId, number, placedFrom, placedBefore } = conditions;
  return and(
    ofStatus(status),
    customerId === null ? undefined : eq(order.customerId, customerId),
    number === null ? undefined : eq(order.number, number),
    placedFrom === null ? undefined : gte(order.placedAt, placedFrom),
    placedBefore === null ? undefined : lt(order.placedAt, placedBefore),
  );
}

const ofStatus = (status: OrderStatus | null) =>
  status === null ? undefined : eq(order.status, status);

const after = ({ after: key }: Page) =>
  key ? olderThan(order.placedAt, order.id, key) : undefined;

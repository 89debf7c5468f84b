import type { Db } from '#platform/database/pool.ts';
import { graphError } from '#platform/graph/errors.ts';
import { pageResult, pageResults, type Page, type PageResult } from '#platform/graph/connection.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import {
  countOfCustomers,
  countOrders,
  pageOfOrders,
  pagesOfCustomers,
  type OrderConditions,
} from '../repository/order-pages.ts';
import type { OrderRow } from '../repository/orders.ts';
import type { OrderStatus } from '../schema.generated.ts';

/** @throws FORBIDDEN where an order is somebody else's */
export function requireOwnOrStaff(identity: Identity, order: OrderRow): void {
  if (maySeeUser(identity, order.customerId)) return;
  throw graphError('FORBIDDEN', 'Only its customer and staff may see an order.');
}

/** A page of all orders. No conditions: none can meet them. */
export async function listOrders(
  db: Db,
  conditions: OrderConditions | null,
  page: Page,
): Promise<PageResult<OrderRow>> {
  if (conditions === null) return { nodes: [], hasNextPage: false, totalCount: 0 };
  const [rows, totalCount] = await Promise.all([
    pageOfOrders(db, conditions, page),
    countOrders(db, conditions),
  ]);
  return pageResult(rows, page, totalCount);
}

/** The same page of each customer's orders, in the order of the ids. */
export async function listOrdersOfCustomers(
  db: Db,
  customerIds: readonly string[],
  status: OrderStatus | null,
  page: Page,
): Promise<PageResult<OrderRow>[]> {
  const found = await Promise.all([
    pagesOfCustomers(db, customerIds, status, page),
    countOfCustomers(db, customerIds, status),
  ]);
  return pageResults(customerIds, page, found, (row) => row.customerId);
}

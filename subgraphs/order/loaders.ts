import type DataLoader from 'dataloader';
import type { Db } from '#platform/database/pool.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { listLoader, loaderByKey, nestedLists } from '#platform/graph/loader.ts';
import {
  eventsOf,
  itemsOf,
  ordersByIds,
  type EventRow,
  type ItemRow,
  type OrderRow,
} from './repository/orders.ts';
import type { OrderStatus } from './schema.generated.ts';
import { listOrdersOfCustomers } from './service/orders.ts';

/** What the rows of one level of a query are loaded with, all at once. */
export interface Loaders {
  readonly orders: DataLoader<string, OrderRow | null>;
  readonly items: DataLoader<string, readonly ItemRow[]>;
  readonly events: DataLoader<string, readonly EventRow[]>;
  /** A page of a customer's orders. */
  ordersOfCustomer(
    customerId: string,
    asked: { readonly status: OrderStatus | null; readonly page: Page },
  ): Promise<PageResult<OrderRow>>;
}

export function createLoaders(db: Db): Loaders {
  return {
    orders: loaderByKey(
      (ids) => ordersByIds(db, ids),
      (row) => row.id,
    ),
    items: listLoader(
      (ids) => itemsOf(db, ids),
      (row) => row.orderId,
    ),
    events: listLoader(
      (ids) => eventsOf(db, ids),
      (row) => row.orderId,
    ),
    ordersOfCustomer: nestedLists((ids, { status, page }) =>
      listOrdersOfCustomers(db, ids, status, page),
    ),
  };
}

import { sql } from 'drizzle-orm';
import type { Kind, KindOnSide, MoveMapping } from '../../../migration/moves/mapping.ts';
import * as monolith from '../../../subgraphs/legacy/monolith/tables.ts';
import * as orders from '../../../subgraphs/order/tables.ts';

/** What capture does not look at. */
export const unused: Pick<KindOnSide, 'canonical' | 'park' | 'write' | 'remove'> = {
  canonical: () => sql`select`,
  park: () => [],
  write: () => [],
  remove: () => [],
};

const customerOf = '(select o.customer_id from sales_orders o where o.order_id = r.order_id)';
const customerOfNew = '(select o.customer_id from "order" o where o.id = r.order_id)';

const order: Kind = {
  name: 'order',
  sides: {
    legacy: {
      ...unused,
      root: monolith.salesOrders,
      rootId: monolith.salesOrders.orderId,
      numbered: monolith.salesOrders.orderNo,
      captured: [
        {
          table: monolith.salesOrders,
          aggregate: 'r.order_id',
          key: 'r.customer_id',
          reader: 'r.customer_id',
        },
        {
          table: monolith.salesItems,
          aggregate: 'r.order_id',
          key: customerOf,
          reader: customerOf,
        },
      ],
    },
    new: {
      ...unused,
      root: orders.order,
      rootId: orders.order.id,
      numbered: orders.order.number,
      captured: [
        { table: orders.order, aggregate: 'r.id', key: 'r.customer_id', reader: 'r.customer_id' },
        ...[orders.orderItem, orders.orderEvent].map((table) => ({
          table,
          aggregate: 'r.order_id',
          key: customerOfNew,
          reader: customerOfNew,
        })),
      ],
    },
  },
};

/** Orders as both sides really keep them. */
export const orderMapping: MoveMapping = { name: 'order', kinds: [order] };

import { eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as domain from '../../subgraphs/order/tables.ts';
import { instant } from './instant.ts';
import { decimalDollars, minorUnits } from './money.ts';
import { aggregate, UnmappableRow, type Move } from './move.ts';
import { unfinishedOrders } from './unfinished-orders.ts';

type SalesOrder = typeof legacy.salesOrders.$inferSelect;
type SalesItem = typeof legacy.salesItems.$inferSelect;
type Order = typeof domain.order.$inferSelect;
type OrderItem = typeof domain.orderItem.$inferSelect;
type OrderEvent = typeof domain.orderEvent.$inferSelect;
type Status = Order['status'];

const STATUSES = {
  NEW: 'PLACED',
  CONF: 'CONFIRMED',
  PAID: 'PAID',
  SHIP: 'SHIPPED',
  DLVD: 'DELIVERED',
  CANC: 'CANCELLED',
  RETD: 'RETURNED',
} as const satisfies Record<string, Status>;
const STATUS_CODES = Object.fromEntries(
  Object.entries(STATUSES).map(([code, status]) => [status, code]),
) as Record<Status, keyof typeof STATUSES>;

/** The column of the monolith that says when an order reached a status. */
const TIMES = {
  PLACED: 'orderedAt',
  CONFIRMED: 'confirmedAt',
  PAID: 'paidAt',
  SHIPPED: 'shippedAt',
  DELIVERED: 'deliveredAt',
  CANCELLED: 'cancelledAt',
  RETURNED: 'returnedAt',
} as const satisfies Record<Status, keyof SalesOrder>;

/** The statuses whose note is the monolith's one reason for closing an order. */
const CLOSED: readonly Status[] = ['CANCELLED', 'RETURNED'];

const inMonolith = (row: SalesOrder, column: string) =>
  `sales_orders.${column} of ${row.orderId} in the monolith`;
const inDomain = (row: Order, column: string) =>
  `order.${column} of ${row.id} in the order database`;

/** An order in the words of the order service, without its history. @throws UnmappableRow */
export function orderFromLegacy(row: SalesOrder): Order {
  const { status } = row;
  if (!Object.hasOwn(STATUSES, status)) {
    throw new UnmappableRow(
      inMonolith(row, 'status'),
      `"${status}" is none of ${Object.keys(STATUSES).join(', ')}: mend the row, or teach migration/moves/order.ts the word`,
    );
  }
  return {
    id: row.orderId,
    number: row.orderNo,
    customerId: row.customerId,
    status: STATUSES[status as keyof typeof STATUSES],
    totalAmount: minorUnits(row.totalAmount, inMonolith(row, 'total_amount')),
    currency: row.currency,
    idempotencyKey: row.idemKey,
    requestHash: row.reqHash,
    shippingName: row.shipName,
    shippingLine1: row.shipAddr1,
    shippingLine2: row.shipAddr2,
    shippingCity: row.shipCity,
    shippingRegion: row.shipState,
    shippingPostalCode: row.shipZip,
    shippingCountry: row.shipCountry,
    trackingNumber: row.trackingNo,
    paymentReference: row.paymentRef,
    placedAt: instant(row.orderedAt, inMonolith(row, 'ordered_at')),
    updatedAt: instant(row.updatedAt, inMonolith(row, 'updated_at')),
  };
}

/** What has happened to an order: the monolith keeps a time per status. @throws UnmappableRow */
export function historyFromLegacy(row: SalesOrder): OrderEvent[] {
  if (row.closeReason !== null && CLOSED.every((status) => row[TIMES[status]] === null)) {
    throw new UnmappableRow(
      inMonolith(row, 'close_reason'),
      'the order was neither cancelled nor returned: set cancelled_at or returned_at, or remove the reason',
    );
  }
  return Object.values(STATUSES).flatMap((status) => {
    const at = row[TIMES[status]];
    if (at === null) return [];
    const note = CLOSED.includes(status) ? row.closeReason : null;
    return [
      { orderId: row.orderId, status, at: instant(at, inMonolith(row, TIMES[status])), note },
    ];
  });
}

/** An order with its history, as it is read on the way back. */
export interface OrderWithHistory extends Order {
  readonly history: readonly Pick<OrderEvent, 'status' | 'at' | 'note'>[];
}

/** An order in the words of the monolith. @throws UnmappableRow */
export function orderToLegacy({ history, ...row }: OrderWithHistory): SalesOrder {
  const timeOf = (status: Status) => {
    const at = history.find((event) => event.status === status)?.at;
    return at === undefined ? null : instant(at, inDomain(row, `history (${status})`));
  };
  if (timeOf('PLACED')?.getTime() !== row.placedAt.getTime()) {
    throw new UnmappableRow(
      inDomain(row, 'placed_at'),
      'its history says another time, or none, and the monolith has room for one: mend order_event',
    );
  }
  return {
    orderId: row.id,
    orderNo: row.number,
    customerId: row.customerId,
    status: STATUS_CODES[row.status],
    totalAmount: decimalDollars(row.totalAmount),
    currency: row.currency,
    idemKey: row.idempotencyKey,
    reqHash: row.requestHash,
    shipName: row.shippingName,
    shipAddr1: row.shippingLine1,
    shipAddr2: row.shippingLine2,
    shipCity: row.shippingCity,
    shipState: row.shippingRegion,
    shipZip: row.shippingPostalCode,
    shipCountry: row.shippingCountry,
    trackingNo: row.trackingNumber,
    paymentRef: row.paymentReference,
    closeReason: closeReason(row, history),
    orderedAt: instant(row.placedAt, inDomain(row, 'placed_at')),
    confirmedAt: timeOf('CONFIRMED'),
    paidAt: timeOf('PAID'),
    shippedAt: timeOf('SHIPPED'),
    deliveredAt: timeOf('DELIVERED'),
    cancelledAt: timeOf('CANCELLED'),
    returnedAt: timeOf('RETURNED'),
    updatedAt: instant(row.updatedAt, inDomain(row, 'updated_at')),
  };
}

/** The one reason of the monolith. @throws UnmappableRow where there are several, or one for another status */
function closeReason(row: Order, history: OrderWithHistory['history']): string | null {
  const closing = history.filter(({ status }) => CLOSED.includes(status));
  const misplaced = history.find(({ status, note }) => note !== null && !CLOSED.includes(status));
  const reasons = new Set(closing.map(({ note }) => note));
  if (!misplaced && reasons.size <= 1) return [...reasons][0] ?? null;
  throw new UnmappableRow(
    inDomain(row, 'history'),
    'the monolith keeps one note, of why an order was cancelled or returned: mend order_event.note',
  );
}

/** A line of an order in the words of the order service. @throws UnmappableRow */
export function itemFromLegacy(row: SalesItem): OrderItem {
  const where = (column: string) => `sales_items.${column} of ${row.salesItemId} in the monolith`;
  return {
    id: row.salesItemId,
    orderId: row.orderId,
    position: row.lineNo,
    productId: row.productId,
    sku: row.sku,
    name: row.productName,
    quantity: row.qty,
    unitPriceAmount: minorUnits(row.unitPrice, where('unit_price')),
    lineTotalAmount: minorUnits(row.amount, where('amount')),
  };
}

/** A line of an order in the words of the monolith. */
export function itemToLegacy(row: OrderItem): SalesItem {
  return {
    salesItemId: row.id,
    orderId: row.orderId,
    lineNo: row.position,
    productId: row.productId,
    sku: row.sku,
    productName: row.name,
    qty: row.quantity,
    unitPrice: decimalDollars(row.unitPriceAmount),
    amount: decimalDollars(row.lineTotalAmount),
  };
}

/** Orders with their histories. Called as the table is: it is read in its place. */
function ordersWithHistory(db: Db) {
  const { orderEvent, order } = domain;
  const history = sql`(
    select coalesce(json_agg(json_build_object('status', status, 'at', at, 'note', note)), '[]')
    from ${orderEvent} where ${eq(orderEvent.orderId, order.id)})`;
  return db
    .select({ ...getTableColumns(order), history: history.mapWith(historyOf).as('history') })
    .from(order)
    .as('order');
}

function historyOf(events: readonly { status: Status; at: string; note: string | null }[]) {
  return events.map(({ status, at, note }) => ({ status, at: new Date(at), note }));
}

/** A number below zero that is made of an id: no order has one. */
const parkedNumber = (id: SQL) =>
  sql`-1 - ('x' || right(replace(${id}::text, '-', ''), 15))::bit(60)::bigint`;

const orders = aggregate({
  name: 'orders',
  legacyTable: legacy.salesOrders,
  newTable: domain.order,
  key: { legacy: [legacy.salesOrders.orderId], new: [domain.order.id] },
  toNew: orderFromLegacy,
  readNew: ordersWithHistory,
  toLegacy: orderToLegacy,
  numbered: { legacy: legacy.salesOrders.orderNo, new: domain.order.number },
  // No client draws the key that is a tilde and the id of the order that it stands for.
  parked: {
    legacy: {
      orderNo: parkedNumber(sql`${legacy.salesOrders.orderId}`),
      idemKey: sql`'~' || ${legacy.salesOrders.orderId}`,
    },
    new: {
      number: parkedNumber(sql`${domain.order.id}`),
      idempotencyKey: sql`'~' || ${domain.order.id}`,
    },
  },
});

const items = aggregate({
  name: 'order items',
  legacyTable: legacy.salesItems,
  newTable: domain.orderItem,
  key: { legacy: [legacy.salesItems.salesItemId], new: [domain.orderItem.id] },
  toNew: itemFromLegacy,
  toLegacy: itemToLegacy,
  // Positions are above zero.
  parked: {
    legacy: { lineNo: sql`-${legacy.salesItems.lineNo}` },
    new: { position: sql`-${domain.orderItem.position}` },
  },
});

const events = aggregate({
  name: 'order events',
  // The monolith has no table of them: they are columns of its orders, and come back with the orders.
  legacyTable: legacy.salesOrders,
  newTable: domain.orderEvent,
  key: {
    legacy: [legacy.salesOrders.orderId],
    new: [domain.orderEvent.orderId, domain.orderEvent.status],
  },
  toNew: historyFromLegacy,
  toLegacy: null,
});

/** Orders, their lines and their histories. What is on its way to become an order is no order: it is not copied. */
export const orderMove: Move = {
  name: 'order',
  aggregates: [orders, items, events],
  unfinished: unfinishedOrders,
};

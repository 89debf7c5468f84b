import { sql, type SQL } from 'drizzle-orm';
import { salesItems, salesOrders } from '../../subgraphs/legacy/monolith/tables.ts';
import { order, orderEvent, orderItem } from '../../subgraphs/order/tables.ts';
import { money, time, words } from './kit/codecs.ts';
import { same } from './kit/field.ts';
import { rootedKind } from './kit/kind.ts';
import type { ListOfRows } from './kit/list-of-rows.ts';
import type { MoveMapping } from './mapping.ts';
import { events, historyChecks, historyFields, historyJoin } from './order-history.ts';
import { unfinishedOrders } from './unfinished-orders.ts';

const STATUSES = {
  NEW: 'PLACED',
  CONF: 'CONFIRMED',
  PAID: 'PAID',
  SHIP: 'SHIPPED',
  DLVD: 'DELIVERED',
  CANC: 'CANCELLED',
  RETD: 'RETURNED',
};

const items: ListOfRows = {
  member: 'items',
  parent: { legacy: salesItems.orderId, new: orderItem.orderId },
  key: ['id'],
  unique: ['position'],
  fields: {
    id: same(salesItems.salesItemId, orderItem.id),
    position: same(salesItems.lineNo, orderItem.position),
    productId: same(salesItems.productId, orderItem.productId),
    sku: same(salesItems.sku, orderItem.sku),
    name: same(salesItems.productName, orderItem.name),
    quantity: same(salesItems.qty, orderItem.quantity),
    unitPriceAmount: money(salesItems.unitPrice, orderItem.unitPriceAmount),
    lineTotalAmount: money(salesItems.amount, orderItem.lineTotalAmount),
  },
};

/** A number below zero that is made of an id: no order has one. */
const parkedNumber = (id: SQL) =>
  sql`-1 - ('x' || right(replace(${id}::text, '-', ''), 15))::bit(60)::bigint`;

/** The customer of the order that a line or an event belongs to. */
const customer = '(select o.customer_id::text from public."order" o where o.id = r.order_id)';
const customerThere =
  '(select o.customer_id::text from public.sales_orders o where o.order_id = r.order_id)';

const orders = rootedKind({
  name: 'order',
  place: 'in the order database',
  fields: {
    id: same(salesOrders.orderId, order.id),
    number: same(salesOrders.orderNo, order.number),
    customerId: same(salesOrders.customerId, order.customerId),
    status: words(salesOrders.status, order.status, STATUSES, 'migration/moves/order.ts'),
    totalAmount: money(salesOrders.totalAmount, order.totalAmount),
    currency: same(salesOrders.currency, order.currency),
    idempotencyKey: same(salesOrders.idemKey, order.idempotencyKey),
    requestHash: same(salesOrders.reqHash, order.requestHash),
    shippingName: same(salesOrders.shipName, order.shippingName),
    shippingLine1: same(salesOrders.shipAddr1, order.shippingLine1),
    shippingLine2: same(salesOrders.shipAddr2, order.shippingLine2),
    shippingCity: same(salesOrders.shipCity, order.shippingCity),
    shippingRegion: same(salesOrders.shipState, order.shippingRegion),
    shippingPostalCode: same(salesOrders.shipZip, order.shippingPostalCode),
    shippingCountry: same(salesOrders.shipCountry, order.shippingCountry),
    trackingNumber: same(salesOrders.trackingNo, order.trackingNumber),
    paymentReference: same(salesOrders.paymentRef, order.paymentReference),
    placedAt: time(salesOrders.orderedAt, order.placedAt),
    ...historyFields,
    updatedAt: time(salesOrders.updatedAt, order.updatedAt),
  },
  lists: [items],
  joins: { new: historyJoin },
  checks: { new: historyChecks },
  tables: { new: [events] },
  // No client draws the key that is a tilde and the id of the order that it stands for.
  parked: { number: parkedNumber, idempotencyKey: (id) => sql`'~' || ${id}` },
  uniqueWith: ['customerId'],
  numbered: 'number',
  captured: {
    legacy: [
      {
        table: salesOrders,
        aggregate: 'r.order_id',
        key: 'r.customer_id::text',
        reader: 'r.customer_id::text',
      },
      { table: salesItems, aggregate: 'r.order_id', key: customerThere, reader: customerThere },
    ],
    new: [
      {
        table: order,
        aggregate: 'r.id',
        key: 'r.customer_id::text',
        reader: 'r.customer_id::text',
      },
      { table: orderItem, aggregate: 'r.order_id', key: customer, reader: customer },
      { table: orderEvent, aggregate: 'r.order_id', key: customer, reader: customer },
    ],
  },
});

/** Orders, their lines and their histories. What is on its way to become an order is no order: it is not carried over. */
export const orderMove: MoveMapping = {
  name: 'order',
  kinds: [orders],
  unfinished: unfinishedOrders,
};

import { sql } from 'drizzle-orm';
import {
  bigint,
  char,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';

/** In the order in which an order goes through them: histories are sorted by it. */
export const orderStatus = pgEnum('order_status', [
  'PLACED',
  'CONFIRMED',
  'PAID',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'RETURNED',
]);

/** Orders that have been placed. What is on its way to become one is a `saga`. */
export const order = pgTable(
  'order',
  {
    id: uuid('id').primaryKey(),
    /** Shown to people as `SO-000123`. */
    number: bigint('number', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    customerId: uuid('customer_id').notNull(),
    status: orderStatus('status').notNull(),
    /** The sum of all items, in minor units of the currency. */
    totalAmount: integer('total_amount').notNull(),
    /** ISO 4217. */
    currency: char('currency', { length: 3 }).notNull(),
    /** Chosen by the client: the same key gives the same order. */
    idempotencyKey: varchar('idempotency_key', { length: 100 }).notNull(),
    /** SHA-256 of the request, to tell a repeated request from another one under the same key. */
    requestHash: char('request_hash', { length: 64 }).notNull(),
    shippingName: varchar('shipping_name', { length: 100 }).notNull(),
    shippingLine1: varchar('shipping_line1', { length: 200 }).notNull(),
    shippingLine2: varchar('shipping_line2', { length: 200 }),
    shippingCity: varchar('shipping_city', { length: 100 }).notNull(),
    shippingRegion: varchar('shipping_region', { length: 100 }),
    shippingPostalCode: varchar('shipping_postal_code', { length: 20 }).notNull(),
    /** ISO 3166-1 alpha-2. */
    shippingCountry: char('shipping_country', { length: 2 }).notNull(),
    trackingNumber: varchar('tracking_number', { length: 100 }),
    /** By what name the payment provider knows the payment. */
    paymentReference: varchar('payment_reference', { length: 100 }),
    placedAt: instant('placed_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    unique('order_number_key').on(t.number),
    unique('order_idempotency_key').on(t.customerId, t.idempotencyKey),
    index('order_by_customer').on(t.customerId, t.placedAt, t.id),
    index('order_newest').on(t.placedAt, t.id),
    index('order_by_status').on(t.status, t.placedAt, t.id),
  ],
);

/** The lines of orders, with name and price as they were when the order was placed. */
export const orderItem = pgTable(
  'order_item',
  {
    id: uuid('id').primaryKey(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => order.id, { onDelete: 'cascade' }),
    /** 1 for the first line. */
    position: smallint('position').notNull(),
    productId: uuid('product_id').notNull(),
    sku: varchar('sku', { length: 32 }).notNull(),
    name: varchar('name', { length: 200 }).notNull(),
    quantity: integer('quantity').notNull(),
    /** In minor units of the order's currency, as `lineTotalAmount`. */
    unitPriceAmount: integer('unit_price_amount').notNull(),
    lineTotalAmount: integer('line_total_amount').notNull(),
  },
  (t) => [
    unique('order_item_position_key').on(t.orderId, t.position),
    check('order_item_quantity', sql`${t.quantity} > 0`),
  ],
);

/** What has happened to orders: when each reached a status. */
export const orderEvent = pgTable(
  'order_event',
  {
    orderId: uuid('order_id')
      .notNull()
      .references(() => order.id, { onDelete: 'cascade' }),
    status: orderStatus('status').notNull(),
    at: instant('at').notNull(),
    /** Why, where somebody said so. */
    note: varchar('note', { length: 200 }),
  },
  (t) => [primaryKey({ name: 'order_event_pkey', columns: [t.orderId, t.status] })],
);

/**
 * Steps on their way that reach beyond this database, at most one per order. What has been done so far is
 * recorded before anything else is begun, so that whoever finds a saga can finish or undo it.
 */
export const saga = pgTable(
  'saga',
  {
    orderId: uuid('order_id').primaryKey(),
    /** The step of the workflow: PLACE, PAY, SHIP, CANCEL or RETURN. */
    step: text('step').notNull(),
    /** What is to be done next. */
    stage: text('stage').notNull(),
    /** What the step was given, and what it has come to know. */
    data: jsonb('data').notNull(),
    customerId: uuid('customer_id').notNull(),
    /** The key of a placement; null when it has been given up, so that the key can be used again. */
    idempotencyKey: varchar('idempotency_key', { length: 100 }),
    startedAt: instant('started_at').notNull(),
    /** Who works on it, and until when nobody else may. */
    leaseHolder: uuid('lease_holder'),
    leaseUntil: instant('lease_until').notNull(),
    /** How often somebody has failed at the present stage; the sweep waits longer each time. */
    failures: integer('failures').notNull().default(0),
    /** Before this the sweep leaves it alone. */
    retryAt: instant('retry_at').notNull(),
  },
  (t) => [
    unique('saga_idempotency_key').on(t.customerId, t.idempotencyKey),
    index('saga_abandoned').on(t.leaseUntil, t.retryAt),
  ],
);

import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  pgView,
  primaryKey,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';

export const movementKind = pgEnum('movement_kind', [
  'RECEIVED',
  'ADJUSTED',
  'SHIPPED',
  'RETURNED',
]);

export const reservationStatus = pgEnum('reservation_status', [
  'HELD',
  'COMMITTED',
  'RELEASED',
  'RETURNED',
]);

/** Never deleted: movements and levels name it for ever. */
export const warehouse = pgTable(
  'warehouse',
  {
    id: uuid('id').primaryKey(),
    code: varchar('code', { length: 10 }).notNull(),
    name: varchar('name', { length: 100 }).notNull(),
  },
  (t) => [unique('warehouse_code_key').on(t.code)],
);

/**
 * What the ledger and the held reservations add up to, kept in the transaction that adds to them. Whoever
 * changes levels locks them first, several in the order of their key.
 */
export const stockLevel = pgTable(
  'stock_level',
  {
    /** Of the catalogue, which this database does not have. */
    productId: uuid('product_id').notNull(),
    warehouseId: uuid('warehouse_id')
      .notNull()
      .references(() => warehouse.id),
    onHand: integer('on_hand').notNull().default(0),
    reserved: integer('reserved').notNull().default(0),
    available: integer('available')
      .notNull()
      .generatedAlwaysAs(sql`on_hand - reserved`),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.warehouseId] }),
    index('stock_level_lowest').on(t.available, t.productId, t.warehouseId),
    check('stock_level_not_negative', sql`${t.reserved} >= 0 and ${t.onHand} >= ${t.reserved}`),
  ],
);

/** The ledger: every change of `stock_level.on_hand`. A trigger forbids to change or delete what is in it. */
export const stockMovement = pgTable(
  'stock_movement',
  {
    id: uuid('id').primaryKey(),
    productId: uuid('product_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    kind: movementKind('kind').notNull(),
    delta: integer('delta').notNull(),
    /** A remark by whoever made the change. */
    reason: varchar('reason', { length: 200 }),
    orderId: uuid('order_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'stock_movement_level_fkey',
      columns: [t.productId, t.warehouseId],
      foreignColumns: [stockLevel.productId, stockLevel.warehouseId],
    }),
    index('stock_movement_newest').on(t.productId, t.createdAt, t.id),
    check(
      'stock_movement_direction',
      sql`case ${t.kind} when 'ADJUSTED' then ${t.delta} <> 0 when 'SHIPPED' then ${t.delta} < 0 else ${t.delta} > 0 end`,
    ),
  ],
);

/** Pieces promised to an order. Whoever changes it locks it first, and the levels of its lines after it. */
export const reservation = pgTable(
  'reservation',
  {
    id: uuid('id').primaryKey(),
    /** One reservation per order, for ever. */
    orderId: uuid('order_id').notNull(),
    status: reservationStatus('status').notNull().default('HELD'),
    /** Null where the promise does not run out. */
    expiresAt: instant('expires_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('reservation_order_key').on(t.orderId),
    index('reservation_expiry')
      .on(t.expiresAt)
      .where(sql`${t.status} = 'HELD'`),
  ],
);

/** Pieces of one product promised from one warehouse. */
export const reservationLine = pgTable(
  'reservation_line',
  {
    reservationId: uuid('reservation_id')
      .notNull()
      .references(() => reservation.id, { onDelete: 'cascade' }),
    productId: uuid('product_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    quantity: integer('quantity').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reservationId, t.productId, t.warehouseId] }),
    foreignKey({
      name: 'reservation_line_level_fkey',
      columns: [t.productId, t.warehouseId],
      foreignColumns: [stockLevel.productId, stockLevel.warehouseId],
    }),
    check('reservation_line_quantity', sql`${t.quantity} > 0`),
  ],
);

/**
 * Every level that is not what it must be: `on_hand` the sum of its movements, `reserved` the sum of the held
 * lines. Empty, at every moment.
 */
export const stockFault = pgView('stock_fault', {
  productId: uuid('product_id').notNull(),
  warehouseId: uuid('warehouse_id').notNull(),
  onHand: integer('on_hand').notNull(),
  moved: integer('moved').notNull(),
  reserved: integer('reserved').notNull(),
  promised: integer('promised').notNull(),
}).as(sql`
  select product_id, warehouse_id, on_hand, coalesce(moved, 0)::integer as moved,
    reserved, coalesce(promised, 0)::integer as promised
  from stock_level
  left join (
    select product_id, warehouse_id, sum(delta) as moved from stock_movement group by 1, 2
  ) ledger using (product_id, warehouse_id)
  left join (
    select product_id, warehouse_id, sum(quantity) as promised
    from reservation_line join reservation on id = reservation_id
    where status = 'HELD' group by 1, 2
  ) held using (product_id, warehouse_id)
  where (on_hand, reserved) is distinct from (coalesce(moved, 0), coalesce(promised, 0))`);

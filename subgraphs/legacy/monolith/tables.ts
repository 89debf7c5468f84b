import type { AgentRun } from '#platform/resumes/rules/agent-run.ts';
import type { ResumeReading } from '#platform/resumes/structure/json-resume.ts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  char,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { wallClock } from './times.ts';

/**
 * The monolith keeps wall-clock times of Tokyo (JST, always UTC+9) in columns without a time zone, to the
 * millisecond. In code they are Dates.
 */
const jst = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp(3)',
  toDriver: wallClock,
  fromDriver: (text) => new Date(`${text.replace(' ', 'T')}+09:00`),
});

/** Money is decimal dollars. */
const dollars = (name: string) => numeric(name, { precision: 12, scale: 2 });

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

// ---- auth

export const appUsers = pgTable(
  'app_users',
  {
    userId: uuid('user_id').primaryKey(),
    /** Always lower case. */
    email: varchar('email', { length: 254 }).notNull(),
    /** bcrypt. */
    pwdHash: varchar('pwd_hash', { length: 60 }).notNull(),
    fullName: varchar('full_name', { length: 100 }).notNull(),
    /** CUST, STAFF or ADM. */
    roleCd: varchar('role_cd', { length: 5 }).notNull().default('CUST'),
    tel: varchar('tel', { length: 20 }),
    lang: varchar('lang', { length: 35 }).notNull().default('en'),
    createdAt: jst('created_at').notNull(),
    updatedAt: jst('updated_at').notNull(),
    /** When it was deleted: the row stays for those who refer to it, such as orders. */
    deletedAt: jst('deleted_at'),
  },
  (t) => [
    unique('app_users_email_key').on(t.email),
    index('app_users_newest').on(t.createdAt, t.userId),
    index('app_users_deleted')
      .on(t.deletedAt)
      .where(sql`${t.deletedAt} is not null`),
    check('app_users_role', sql`${t.roleCd} in ('CUST','STAFF','ADM')`),
  ],
);

export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    tokenId: uuid('token_id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => appUsers.userId, { onDelete: 'cascade' }),
    /** All tokens descended from one login: the session. */
    familyId: uuid('family_id').notNull(),
    /** SHA-256 in hexadecimal; the token itself is not kept. */
    tokenHash: char('token_hash', { length: 64 }).notNull(),
    issuedAt: jst('issued_at').notNull(),
    expiresAt: jst('expires_at').notNull(),
    usedAt: jst('used_at'),
    revokedAt: jst('revoked_at'),
  },
  (t) => [
    unique('refresh_tokens_hash_key').on(t.tokenHash),
    index('refresh_tokens_user').on(t.userId),
    index('refresh_tokens_family').on(t.familyId),
  ],
);

/** Failed logins, counted per account (`acct:<email>`) and per address (`addr:<ip>`). */
export const loginFailures = pgTable('login_failures', {
  subject: varchar('subject', { length: 320 }).primaryKey(),
  failures: integer('failures').notNull(),
  windowStart: jst('window_start').notNull(),
});

// ---- catalogue

export const categories = pgTable(
  'categories',
  {
    categoryId: uuid('category_id').primaryKey(),
    parentId: uuid('parent_id'),
    catName: varchar('cat_name', { length: 100 }).notNull(),
    slug: varchar('slug', { length: 100 }).notNull(),
    sortNo: integer('sort_no').notNull().default(0),
  },
  (t) => [
    unique('categories_slug_key').on(t.slug),
    foreignKey({ columns: [t.parentId], foreignColumns: [t.categoryId] }),
    index('categories_parent').on(t.parentId),
  ],
);

export const products = pgTable(
  'products',
  {
    productId: uuid('product_id').primaryKey(),
    sku: varchar('sku', { length: 32 }).notNull(),
    productName: varchar('product_name', { length: 200 }).notNull(),
    descr: text('descr').notNull().default(''),
    brand: varchar('brand', { length: 100 }),
    unitPrice: dollars('unit_price').notNull(),
    categoryId: uuid('category_id').references(() => categories.categoryId),
    /** Pairs of name and value, in their order. */
    attrs: jsonb('attrs').$type<[string, string][]>().notNull().default([]),
    discontinued: boolean('discontinued').notNull().default(false),
    createdAt: jst('created_at').notNull(),
    updatedAt: jst('updated_at').notNull(),
    searchDoc: tsvector('search_doc').generatedAlwaysAs(
      sql`setweight(to_tsvector('english', product_name), 'A') || setweight(to_tsvector('english', coalesce(brand, '')), 'B') || setweight(to_tsvector('english', descr), 'C')`,
    ),
  },
  (t) => [
    unique('products_sku_key').on(t.sku),
    index('products_category').on(t.categoryId),
    index('products_search').using('gin', t.searchDoc),
    index('products_trigrams').using('gin', sql`lower(${t.productName}) gin_trgm_ops`),
    index('products_by_name').on(sql`lower(${t.productName}) collate "C"`, t.productId),
    index('products_by_price').on(t.unitPrice, t.productId),
    index('products_newest').on(t.createdAt, t.productId),
    check('products_price', sql`${t.unitPrice} >= 0`),
  ],
);

// ---- stock

export const warehouses = pgTable(
  'warehouses',
  {
    warehouseId: uuid('warehouse_id').primaryKey(),
    whCode: varchar('wh_code', { length: 10 }).notNull(),
    whName: varchar('wh_name', { length: 100 }).notNull(),
  },
  (t) => [unique('warehouses_code_key').on(t.whCode)],
);

export const stocks = pgTable(
  'stocks',
  {
    productId: uuid('product_id')
      .notNull()
      .references(() => products.productId),
    warehouseId: uuid('warehouse_id')
      .notNull()
      .references(() => warehouses.warehouseId),
    qtyOnHand: integer('qty_on_hand').notNull().default(0),
    qtyReserved: integer('qty_reserved').notNull().default(0),
    updatedAt: jst('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.warehouseId] }),
    check('stocks_not_negative', sql`${t.qtyReserved} >= 0 and ${t.qtyOnHand} >= ${t.qtyReserved}`),
  ],
);

/** Every change of `stocks.qty_on_hand`. */
export const stockLog = pgTable(
  'stock_log',
  {
    logId: uuid('log_id').primaryKey(),
    productId: uuid('product_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    /** IN received, ADJ adjusted, OUT shipped, RET returned. */
    logKind: varchar('log_kind', { length: 3 }).notNull(),
    delta: integer('delta').notNull(),
    note: varchar('note', { length: 200 }),
    orderId: uuid('order_id'),
    loggedAt: jst('logged_at').notNull(),
  },
  (t) => [
    foreignKey({
      columns: [t.productId, t.warehouseId],
      foreignColumns: [stocks.productId, stocks.warehouseId],
    }),
    index('stock_log_newest').on(t.productId, t.loggedAt, t.logId),
    check('stock_log_kind', sql`${t.logKind} in ('IN','ADJ','OUT','RET')`),
  ],
);

export const stockReservations = pgTable(
  'stock_reservations',
  {
    reservationId: uuid('reservation_id').primaryKey(),
    orderId: uuid('order_id').notNull(),
    /** H held, C committed, R released, B brought back. */
    state: char('state', { length: 1 }).notNull().default('H'),
    expiresAt: jst('expires_at'),
    createdAt: jst('created_at').notNull(),
  },
  (t) => [
    unique('stock_reservations_order_key').on(t.orderId),
    index('stock_reservations_expiry')
      .on(t.expiresAt)
      .where(sql`${t.state} = 'H'`),
    check('stock_reservations_state', sql`${t.state} in ('H','C','R','B')`),
  ],
);

export const stockReservationLines = pgTable(
  'stock_reservation_lines',
  {
    reservationId: uuid('reservation_id')
      .notNull()
      .references(() => stockReservations.reservationId, { onDelete: 'cascade' }),
    productId: uuid('product_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    qty: integer('qty').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reservationId, t.productId, t.warehouseId] }),
    check('stock_reservation_lines_qty', sql`${t.qty} > 0`),
  ],
);

// ---- orders

/** Orders whose pieces are to be given back, unless the row is gone when it is due: `stock/give-back.ts`. */
export const stockTasks = pgTable(
  'stock_tasks',
  {
    orderId: uuid('order_id').primaryKey(),
    dueAt: jst('due_at').notNull(),
    createdAt: jst('created_at').notNull(),
  },
  (t) => [index('stock_tasks_due').on(t.dueAt)],
);

export const salesOrders = pgTable(
  'sales_orders',
  {
    orderId: uuid('order_id').primaryKey(),
    /** Shown to people as `SO-000123`. */
    orderNo: bigint('order_no', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => appUsers.userId),
    /** NEW, CONF, PAID, SHIP, DLVD, CANC or RETD. */
    status: varchar('status', { length: 4 }).notNull().default('NEW'),
    totalAmount: dollars('total_amount').notNull(),
    currency: char('currency', { length: 3 }).notNull().default('USD'),
    idemKey: varchar('idem_key', { length: 100 }).notNull(),
    /** SHA-256 of the request, to tell a repeated request from another one under the same key. */
    reqHash: char('req_hash', { length: 64 }).notNull(),
    shipName: varchar('ship_name', { length: 100 }).notNull(),
    shipAddr1: varchar('ship_addr1', { length: 200 }).notNull(),
    shipAddr2: varchar('ship_addr2', { length: 200 }),
    shipCity: varchar('ship_city', { length: 100 }).notNull(),
    shipState: varchar('ship_state', { length: 100 }),
    shipZip: varchar('ship_zip', { length: 20 }).notNull(),
    shipCountry: char('ship_country', { length: 2 }).notNull(),
    trackingNo: varchar('tracking_no', { length: 100 }),
    paymentRef: varchar('payment_ref', { length: 100 }),
    /** Why it was cancelled or returned. */
    closeReason: varchar('close_reason', { length: 200 }),
    orderedAt: jst('ordered_at').notNull(),
    confirmedAt: jst('confirmed_at'),
    paidAt: jst('paid_at'),
    shippedAt: jst('shipped_at'),
    deliveredAt: jst('delivered_at'),
    cancelledAt: jst('cancelled_at'),
    returnedAt: jst('returned_at'),
    updatedAt: jst('updated_at').notNull(),
  },
  (t) => [
    unique('sales_orders_no_key').on(t.orderNo),
    unique('sales_orders_idem_key').on(t.customerId, t.idemKey),
    index('sales_orders_by_customer').on(t.customerId, t.orderedAt, t.orderId),
    index('sales_orders_newest').on(t.orderedAt, t.orderId),
    check(
      'sales_orders_status',
      sql`${t.status} in ('NEW','CONF','PAID','SHIP','DLVD','CANC','RETD')`,
    ),
  ],
);

export const salesItems = pgTable(
  'sales_items',
  {
    salesItemId: uuid('sales_item_id').primaryKey(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => salesOrders.orderId, { onDelete: 'cascade' }),
    /** 1 for the first line. */
    lineNo: smallint('line_no').notNull(),
    productId: uuid('product_id').notNull(),
    sku: varchar('sku', { length: 32 }).notNull(),
    productName: varchar('product_name', { length: 200 }).notNull(),
    qty: integer('qty').notNull(),
    unitPrice: dollars('unit_price').notNull(),
    amount: dollars('amount').notNull(),
  },
  (t) => [
    unique('sales_items_line_key').on(t.orderId, t.lineNo),
    check('sales_items_qty', sql`${t.qty} > 0`),
  ],
);

// ---- resumes

/** A file on its way in: announced, perhaps received, not yet a resume. */
export const uploads = pgTable(
  'uploads',
  {
    uploadId: uuid('upload_id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => appUsers.userId, { onDelete: 'cascade' }),
    fileName: varchar('file_name', { length: 200 }).notNull(),
    mimeType: varchar('mime_type', { length: 100 }).notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: char('sha256', { length: 64 }).notNull(),
    createdAt: jst('created_at').notNull(),
    expiresAt: jst('expires_at').notNull(),
  },
  (t) => [index('uploads_user').on(t.userId)],
);

export const resumes = pgTable(
  'resumes',
  {
    resumeId: uuid('resume_id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => appUsers.userId, { onDelete: 'cascade' }),
    fileName: varchar('file_name', { length: 200 }).notNull(),
    mimeType: varchar('mime_type', { length: 100 }).notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: char('sha256', { length: 64 }).notNull(),
    uploadedAt: jst('uploaded_at').notNull(),
  },
  (t) => [index('resumes_by_user').on(t.userId, t.uploadedAt, t.resumeId)],
);

/** A section of a review as it is stored. */
export interface StoredReviewSection {
  name: string;
  score: number;
  findings: {
    level: 'PRAISE' | 'HINT' | 'WARNING' | 'CRITICAL';
    text: string;
    quote?: string;
    advice?: string;
  }[];
}

export const aiReviews = pgTable(
  'ai_reviews',
  {
    reviewId: uuid('review_id').primaryKey(),
    resumeId: uuid('resume_id')
      .notNull()
      .references(() => resumes.resumeId, { onDelete: 'cascade' }),
    jobDesc: text('job_desc'),
    /** DONE or ERR: a review is written while its request waits. */
    state: varchar('state', { length: 4 }).notNull(),
    score: smallint('score'),
    sections: jsonb('sections').$type<StoredReviewSection[]>().notNull().default([]),
    errorMsg: text('error_msg'),
    requestedAt: jst('requested_at').notNull(),
    finishedAt: jst('finished_at').notNull(),
    /** Chosen by who asked: asking again with it gives the same review. */
    idemKey: varchar('idem_key', { length: 100 }),
    /** What the reviewer's agents did, as the platform writes it. */
    agentRuns: jsonb('agent_runs').$type<AgentRun[]>().notNull().default([]),
    /** What was read from the file, as the platform writes it. Null unless done. */
    reading: jsonb('reading').$type<ResumeReading>(),
  },
  (t) => [
    unique('ai_reviews_idem_key').on(t.resumeId, t.idemKey),
    index('ai_reviews_by_resume').on(t.resumeId, t.requestedAt, t.reviewId),
    check('ai_reviews_state', sql`${t.state} in ('DONE','ERR')`),
  ],
);

/** The journal of the resumes that were deleted here. */
export const resumeDeletions = pgTable('resume_deletions', {
  resumeId: uuid('resume_id').primaryKey(),
  userId: uuid('user_id').notNull(),
  /** The account that asked for it; null: a service did, or it went with its account. */
  deletedBy: uuid('deleted_by'),
  sizeBytes: integer('size_bytes').notNull(),
  /** How many reviews went with it. */
  reviews: integer('reviews').notNull(),
  deletedAt: jst('deleted_at').notNull(),
});

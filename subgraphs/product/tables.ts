import { sql } from 'drizzle-orm';
import {
  char,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export const productStatus = pgEnum('product_status', ['ACTIVE', 'ARCHIVED']);

/** A tree: the service sees to it that no category stands below itself. */
export const categories = pgTable(
  'categories',
  {
    id: uuid('id').primaryKey(),
    /** Null at the top. */
    parentId: uuid('parent_id'),
    name: varchar('name', { length: 100 }).notNull(),
    slug: varchar('slug', { length: 100 }).notNull(),
    /** Where it stands among its siblings, lowest first. */
    position: integer('position').notNull().default(0),
  },
  (t) => [
    unique('categories_slug_key').on(t.slug),
    foreignKey({
      name: 'categories_parent_fkey',
      columns: [t.parentId],
      foreignColumns: [t.id],
    }),
    index('categories_siblings').on(t.parentId, t.position),
  ],
);

/** A named property of a product as it is stored. */
export interface StoredAttribute {
  readonly name: string;
  readonly value: string;
}

export const products = pgTable(
  'products',
  {
    id: uuid('id').primaryKey(),
    /** Upper case. */
    sku: varchar('sku', { length: 32 }).notNull(),
    name: varchar('name', { length: 200 }).notNull(),
    description: text('description').notNull().default(''),
    brand: varchar('brand', { length: 100 }),
    /** In minor units of the currency. */
    priceAmount: integer('price_amount').notNull(),
    /** ISO 4217. */
    currency: char('currency', { length: 3 }).notNull().default('USD'),
    categoryId: uuid('category_id').references(() => categories.id),
    /** In the order in which they are shown. */
    attributes: jsonb('attributes').$type<readonly StoredAttribute[]>().notNull().default([]),
    status: productStatus('status').notNull().default('ACTIVE'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** What a search looks in: the name counts most, the description least. */
    searchDocument: tsvector('search_document').generatedAlwaysAs(
      sql`setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', coalesce(brand, '')), 'B') || setweight(to_tsvector('english', description), 'C')`,
    ),
  },
  (t) => [
    unique('products_sku_key').on(t.sku),
    index('products_category').on(t.categoryId),
    index('products_search').using('gin', t.searchDocument),
    index('products_trigrams').using('gin', sql`lower(${t.name}) gin_trgm_ops`),
    // One index per order of a list, each with the id that decides between equals.
    index('products_by_name').on(sql`lower(${t.name}) collate "C"`, t.id),
    index('products_cheapest').on(t.priceAmount, t.id),
    index('products_dearest').on(t.priceAmount.desc().nullsFirst(), t.id),
    index('products_newest').on(t.createdAt, t.id),
    check('products_price', sql`${t.priceAmount} >= 0`),
  ],
);

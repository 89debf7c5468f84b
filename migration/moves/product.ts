import { sql } from 'drizzle-orm';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as product from '../../subgraphs/product/tables.ts';
import { instant } from './instant.ts';
import { decimalDollars, minorUnits } from './money.ts';
import { aggregate, UnmappableRow, type Move } from './move.ts';

type LegacyProduct = typeof legacy.products.$inferSelect;
type NewProduct = typeof product.products.$inferSelect;

const categories = aggregate({
  name: 'categories',
  legacyTable: legacy.categories,
  newTable: product.categories,
  key: { legacy: [legacy.categories.categoryId], new: [product.categories.id] },
  toNew: (row) => ({
    id: row.categoryId,
    parentId: row.parentId,
    name: row.catName,
    slug: row.slug,
    position: row.sortNo,
  }),
  toLegacy: (row) => ({
    categoryId: row.id,
    parentId: row.parentId,
    catName: row.name,
    slug: row.slug,
    sortNo: row.position,
  }),
  // No slug has a tilde.
  parked: {
    legacy: { slug: sql`'~' || ${legacy.categories.categoryId}` },
    new: { slug: sql`'~' || ${product.categories.id}` },
  },
});

const products = aggregate({
  name: 'products',
  legacyTable: legacy.products,
  newTable: product.products,
  key: { legacy: [legacy.products.productId], new: [product.products.id] },
  toNew: productToNew,
  toLegacy: productToLegacy,
  // No unit has a tilde. Shorter than a UUID, as the column is: the id without its hyphens, in base 64.
  parked: {
    legacy: { sku: parkedSku(sql`${legacy.products.productId}`) },
    new: { sku: parkedSku(sql`${product.products.id}`) },
  },
});

/** The catalogue: the tree first, because products stand in it. */
export const productMove: Move = { name: 'product', aggregates: [categories, products] };

function parkedSku(id: ReturnType<typeof sql>) {
  return sql`'~' || encode(decode(replace(${id}::text, '-', ''), 'hex'), 'base64')`;
}

function productToNew(row: LegacyProduct): Required<typeof product.products.$inferInsert> {
  const where = (column: string) => `products.${column} of ${row.productId} in the monolith`;
  return {
    id: row.productId,
    sku: row.sku,
    name: row.productName,
    description: row.descr,
    brand: row.brand,
    priceAmount: minorUnits(row.unitPrice, where('unit_price')),
    currency: 'USD',
    categoryId: row.categoryId,
    attributes: attributeObjects(row.attrs, where('attrs')),
    status: row.discontinued ? 'ARCHIVED' : 'ACTIVE',
    createdAt: instant(row.createdAt, where('created_at')),
    updatedAt: instant(row.updatedAt, where('updated_at')),
  };
}

function productToLegacy(row: NewProduct): Required<typeof legacy.products.$inferInsert> {
  const where = (column: string) => `products.${column} of ${row.id} in the product database`;
  if (row.currency !== 'USD') {
    throw new UnmappableRow(
      where('currency'),
      `the monolith has no currency but USD, and this is ${row.currency}: change the price to USD`,
    );
  }
  return {
    productId: row.id,
    sku: row.sku,
    productName: row.name,
    descr: row.description,
    brand: row.brand,
    unitPrice: decimalDollars(row.priceAmount),
    categoryId: row.categoryId,
    attrs: attributePairs(row.attributes, where('attributes')),
    discontinued: row.status === 'ARCHIVED',
    createdAt: instant(row.createdAt, where('created_at')),
    updatedAt: instant(row.updatedAt, where('updated_at')),
  };
}

// ---- values

function attributeObjects(pairs: unknown, where: string): product.StoredAttribute[] {
  const isPair = (pair: unknown): pair is [string, string] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === 'string');
  if (Array.isArray(pairs) && pairs.every(isPair)) {
    return pairs.map(([name, value]) => ({ name, value }));
  }
  throw new UnmappableRow(where, 'must be a JSON array of pairs of texts, [["Colour", "Blue"]]');
}

function attributePairs(objects: unknown, where: string): [string, string][] {
  const isAttribute = (given: unknown): given is product.StoredAttribute => {
    const { name, value, ...rest } = Object(given) as Record<string, unknown>;
    return typeof name === 'string' && typeof value === 'string' && Object.keys(rest).length === 0;
  };
  if (Array.isArray(objects) && objects.every(isAttribute)) {
    return objects.map(({ name, value }) => [name, value]);
  }
  throw new UnmappableRow(
    where,
    'must be a JSON array of objects with the texts `name` and `value` and nothing else',
  );
}

import { and, asc, desc, sql, type SQL } from 'drizzle-orm';
import type { SortKey, SortValueType } from '../lists.ts';
import { products } from '../tables.ts';
import type { ProductSort } from './schemas.ts';

/** A product row with what its sort keys are made of. */
export interface SortedProduct {
  readonly productId: string;
  readonly unitPrice: string;
  readonly createdAt: Date;
  readonly lowerName: string;
  readonly rank: number;
}

/** An order of products: how SQL sorts by it, and how a page goes on after a sort key. */
export interface ProductOrder {
  readonly types: readonly SortValueType[];
  readonly orderBy: readonly SQL[];
  /** Holds for the rows after a key. */
  after(key: SortKey): SQL | undefined;
  keyOf(row: SortedProduct): SortKey;
}

const { productId, productName, unitPrice, createdAt } = products;
export const lowerName = sql<string>`lower(${productName})`;
/** Compared byte by byte: the same on every server. */
const byteName = sql`${lowerName} collate "C"`;

/** Dollars as cents. */
export const cents = (dollars: string) => Math.round(Number(dollars) * 100);

const byName: ProductOrder = {
  types: ['text', 'uuid'],
  orderBy: [asc(byteName), asc(productId)],
  after: ([name, id]) => sql`(${byteName}, ${productId}) > (${name}::text, ${id}::uuid)`,
  keyOf: (row) => [row.lowerName, row.productId],
};

const priceKey = (row: SortedProduct) => [cents(row.unitPrice), row.productId];

const byPrice: ProductOrder = {
  types: ['integer', 'uuid'],
  orderBy: [asc(unitPrice), asc(productId)],
  after: ([price, id]) => sql`(${unitPrice}, ${productId}) > (${dollarsOf(price)}, ${id}::uuid)`,
  keyOf: priceKey,
};

const byPriceDescending: ProductOrder = {
  types: ['integer', 'uuid'],
  orderBy: [desc(unitPrice), asc(productId)],
  after: ([price, id]) =>
    and(
      sql`${unitPrice} <= ${dollarsOf(price)}`,
      sql`(${unitPrice} < ${dollarsOf(price)} or ${productId} > ${id}::uuid)`,
    ),
  keyOf: priceKey,
};

const newestFirst: ProductOrder = {
  types: ['time', 'uuid'],
  orderBy: [desc(createdAt), desc(productId)],
  after: ([ms, id]) =>
    sql`(${createdAt}, ${productId}) < (${sql.param(new Date(ms as number), createdAt)}, ${id}::uuid)`,
  keyOf: (row) => [row.createdAt.getTime(), row.productId],
};

const byRank = (rank: SQL): ProductOrder => ({
  types: ['integer', 'uuid'],
  orderBy: [desc(rank), asc(productId)],
  after: ([value, id]) =>
    sql`(${rank} < ${value}::bigint or (${rank} = ${value}::bigint and ${productId} > ${id}::uuid))`,
  keyOf: (row) => [row.rank, row.productId],
});

const ORDERS: Record<Exclude<ProductSort, 'relevance'>, ProductOrder> = {
  name: byName,
  price: byPrice,
  '-price': byPriceDescending,
  newest: newestFirst,
};

/** The order of a list. @param rank how well a row matches what is searched for; null where nothing is */
export function productOrder(sort: ProductSort, rank: SQL | null): ProductOrder {
  if (sort !== 'relevance') return ORDERS[sort];
  return rank === null ? byName : byRank(rank);
}

const dollarsOf = (cents: unknown) => sql`(${cents}::bigint / 100.0)`;

import { and, eq, gte, lte, sql, type SQL } from 'drizzle-orm';
import { olderThan } from '#platform/database/newest-first.ts';
import { ownerRows } from '#platform/database/owners.ts';
import type { Db } from '#platform/database/pool.ts';
import type { Connection, CursorValue, Page } from '#platform/graph/connection.ts';
import type { PlainOrder, ProductOrder } from '../product-order.ts';
import { products } from '../tables.ts';
import { productColumns, type ProductRow } from './products.ts';

/** A product with what its place in a list is made of. */
export interface ListedProduct extends ProductRow {
  /** `lower(name)` as the database writes it. */
  readonly nameKey: string;
  /** How well it matches the search text, times 1,000,000; 0 where nothing is searched for. */
  readonly rank: number;
}

/** A page of products as the graph gives it. */
export type ProductList = Connection<ListedProduct>;

/** Which products to list. Null is no condition. */
export interface ProductConditions {
  readonly search: string | null;
  /** Products of this category and everything below it. */
  readonly categoryId: string | null;
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  readonly status: 'ACTIVE' | 'ARCHIVED';
}

const nameKey = sql<string>`lower(${products.name})`;
const cName = sql`${nameKey} collate "C"`;
const found = { rank: sql<number>`found.rank`, productId: sql`found.product_id` };

/** How each order sorts, and what comes after a sort key in it. */
const ORDERS: Record<
  ProductOrder,
  { readonly by: SQL; readonly after: (key: readonly CursorValue[]) => SQL }
> = {
  relevance: {
    by: sql`${found.rank} desc, ${products.id}`,
    after: ([rank, id]) =>
      sql`(${found.rank} < ${rank}::bigint or (${found.rank} = ${rank}::bigint and ${products.id} > ${id}::uuid))`,
  },
  name: {
    by: sql`${cName}, ${products.id}`,
    after: ([name, id]) => sql`(${cName}, ${products.id}) > (${name}, ${id}::uuid)`,
  },
  price: {
    by: sql`${products.priceAmount}, ${products.id}`,
    after: ([price, id]) =>
      sql`(${products.priceAmount}, ${products.id}) > (${price}::bigint, ${id}::uuid)`,
  },
  '-price': {
    by: sql`${products.priceAmount} desc, ${products.id}`,
    after: ([price, id]) =>
      sql`(${products.priceAmount} < ${price}::bigint or (${products.priceAmount} = ${price}::bigint and ${products.id} > ${id}::uuid))`,
  },
  newest: {
    by: sql`${products.createdAt} desc, ${products.id} desc`,
    after: (key) => olderThan(products.createdAt, products.id, key),
  },
};

/**
 * A page of the products that meet the conditions, and one product more where there is one.
 *
 * @param order `relevance` only with a search text
 */
export async function pageOfProducts(
  db: Db,
  conditions: ProductConditions,
  order: ProductOrder,
  { limit, after }: Page,
): Promise<ListedProduct[]> {
  const { by, after: following } = ORDERS[order];
  const search = conditions.search !== null;
  const select = db
    .select({ ...productColumns, nameKey, rank: search ? found.rank : sql<number>`0` })
    .from(products)
    .$dynamic();
  if (search) select.innerJoin(matches(conditions), eq(found.productId, products.id));
  return select
    .where(and(...meets(conditions), after ? following(after) : undefined))
    .orderBy(by)
    .limit(limit + 1);
}

/** How many products meet the conditions. */
export async function countProducts(db: Db, conditions: ProductConditions): Promise<number> {
  const select = db
    .select({ count: sql<number>`count(*)::integer` })
    .from(products)
    .$dynamic();
  if (conditions.search !== null) {
    select.innerJoin(matches(conditions), eq(found.productId, products.id));
  }
  const [row] = await select.where(and(...meets(conditions)));
  return row?.count ?? 0;
}

/** `product_matches` is the function of migration 0001: what a search finds is defined there. */
const matches = ({ search }: ProductConditions) => sql`product_matches(${search}) as found`;

function meets({ status, categoryId, minPrice, maxPrice }: ProductConditions): (SQL | undefined)[] {
  return [
    eq(products.status, status),
    categoryId === null ? undefined : within(sql`${categoryId}::uuid`),
    minPrice === null ? undefined : gte(products.priceAmount, minPrice),
    maxPrice === null ? undefined : lte(products.priceAmount, maxPrice),
  ];
}

/** Whether a product belongs to a category or to one below it. An array, so that the index on the column is used. */
function within(categoryId: SQL): SQL {
  return sql`${products.categoryId} = any(array(
    with recursive below (id) as (
      select ${categoryId} union select c.id from categories c join below on c.parent_id = below.id
    ) select id from below))`;
}

/**
 * The same page of each of many categories, in one statement: the products on sale in the category and
 * everything below it, and one product more where there is one. In the order of the list.
 */
export async function pagesOfCategories(
  db: Db,
  categoryIds: readonly string[],
  order: PlainOrder,
  { limit, after }: Page,
): Promise<(ListedProduct & { readonly ownerId: string })[]> {
  const { by, after: following } = ORDERS[order];
  // `offset 0` keeps the planner from walking the index of the order for each category: brands stand together
  // both in names and in categories, so it would pass most of the catalogue before it met the first product.
  // drizzle leaves out an offset of 0, so it stands at the end of the condition. Both subqueries are called as
  // the table is, so that the order can be said of them as of the table.
  const onSale = db
    .select(productColumns)
    .from(products)
    .where(sql`${and(ON_SALE, WITHIN_OWNER)} offset 0`)
    .as('products');
  const page = db
    .select({ ...onSale._.selectedFields, nameKey: nameKey.as('name_key') })
    .from(onSale)
    .where(after ? following(after) : undefined)
    .orderBy(by)
    .limit(limit + 1)
    .as('products');
  return db
    .select({ ...page._.selectedFields, rank: sql<number>`0`, ownerId: sql<string>`owner.id` })
    .from(ownerRows(categoryIds))
    .crossJoinLateral(page)
    .orderBy(sql`owner.id`, by);
}

/** How many products on sale there are in each category and everything below it, in one statement. */
export async function countInCategories(
  db: Db,
  categoryIds: readonly string[],
): Promise<Map<string, number>> {
  const counted = db
    .select({ count: sql<number>`count(*)::integer`.as('count') })
    .from(products)
    .where(and(ON_SALE, WITHIN_OWNER))
    .as('counted');
  const rows = await db
    .select({ ownerId: sql<string>`owner.id`, count: counted.count })
    .from(ownerRows(categoryIds))
    .crossJoinLateral(counted);
  return new Map(rows.map((row) => [row.ownerId, row.count]));
}

const ON_SALE = eq(products.status, 'ACTIVE');
const WITHIN_OWNER = within(sql`owner.id`);

import { and, count, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from '#platform/database/pool.ts';
import { groupAnswer, idsOf, listAnswer, listPage, type ListPage } from '../lists.ts';
import { checkRules, textRule } from '../rules.ts';
import { products } from '../tables.ts';
import { lowerName, productOrder, type ProductOrder } from './product-order.ts';
import { productAnswer, productColumns } from './products.ts';
import { decimalRule } from './rules.ts';
import type { ProductsByCategoriesBody, ProductsQuery } from './schemas.ts';
import { productSearch, setLeastSimilarity } from './search.ts';
import { subtreeOf } from './subtree.ts';

/** A list of products. @param staff whether the caller may see products that are off sale */
export async function listProducts(db: NodePgDatabase, query: ProductsQuery, staff: boolean) {
  const text = (query.q ?? '').trim();
  checkQuery(text, query);
  const search = text === '' ? null : productSearch(text);
  const order = productOrder(query.sort ?? 'relevance', search?.rank ?? null);
  const ids = query.ids === undefined ? undefined : idsOf(query.ids);
  const page = listPage({ limit: ids?.length, ...query }, order.types);
  const matching = and(search?.matches, filter(query, ids, staff));
  const rank = search?.rank ?? sql<number>`0`;
  if (!search) return readPage(db, page, order, matching, rank);
  return db.transaction(async (tx) => {
    await setLeastSimilarity(tx);
    return readPage(tx, page, order, matching, rank);
  });
}

async function readPage(
  db: Db,
  page: ListPage,
  order: ProductOrder,
  matching: SQL | undefined,
  rank: SQL<number>,
) {
  const rows = await db
    .select({ ...productColumns, lowerName, rank })
    .from(products)
    .where(and(matching, page.after ? order.after(page.after) : undefined))
    .orderBy(...order.orderBy)
    .limit(page.limit + 1)
    .offset(page.offset);
  const [totals] = await db.select({ total: count() }).from(products).where(matching);
  const keyed = rows.map((row) => ({ item: productAnswer(row), key: order.keyOf(row) }));
  return listAnswer(page, keyed, totals?.total ?? 0);
}

function checkQuery(text: string, { min_price: min, max_price: max }: ProductsQuery): void {
  checkRules([
    textRule('q', text, 0, 200, 'must be at most 200 characters long'),
    ...(min === undefined ? [] : [decimalRule('min_price', min)]),
    ...(max === undefined ? [] : [decimalRule('max_price', max)]),
  ]);
}

function filter(query: ProductsQuery, ids: string[] | undefined, staff: boolean): SQL | undefined {
  const { category_id: category, min_price: min, max_price: max } = query;
  // A product that is off sale can still be read by whoever knows its id.
  const usual = ids ? 'all' : 'active';
  const status = staff ? (query.status ?? usual) : usual;
  return and(
    ids && inArray(products.productId, ids),
    status === 'all' ? undefined : eq(products.discontinued, status === 'archived'),
    category === undefined ? undefined : sql`${products.categoryId} = any(${subtreeOf(category)})`,
    min === undefined ? undefined : sql`${products.unitPrice} >= ${min}::numeric`,
    max === undefined ? undefined : sql`${products.unitPrice} <= ${max}::numeric`,
  );
}

/** The products on sale in each category and below it: one statement for the pages, one for the totals. */
export async function listProductsByCategories(db: Db, body: ProductsByCategoriesBody) {
  const order = productOrder(body.sort ?? 'name', null);
  const page = listPage(body, order.types);
  const ids = [...new Set(body.category_ids.map((id) => id.toLowerCase()))];
  const owners = sql`unnest(${sql.param(ids)}::uuid[]) as owner(id)`;
  const inOwner = and(
    eq(products.discontinued, false),
    sql`${products.categoryId} = any(${subtreeOf(sql`owner.id`)})`,
  );
  const paged = db
    .select({
      ...productColumns,
      lowerName: lowerName.as('lower_name'),
      rank: sql<number>`0`.as('rank'),
    })
    .from(products)
    .where(and(inOwner, page.after ? order.after(page.after) : undefined))
    .orderBy(...order.orderBy)
    .limit(page.limit + 1)
    .as('paged');
  const rows = await db
    .select({ owner: sql<string>`owner.id`, row: paged._.selectedFields })
    .from(owners)
    .crossJoinLateral(paged);
  const totals = await db
    .select({
      owner: sql<string>`owner.id`,
      total: sql<number>`(${db.select({ total: count() }).from(products).where(inOwner)})::int`,
    })
    .from(owners);
  return groupAnswer(
    ids,
    page,
    rows.map(({ owner, row }) => ({ owner, item: productAnswer(row), key: order.keyOf(row) })),
    new Map(totals.map(({ owner, total }) => [owner, total])),
  );
}

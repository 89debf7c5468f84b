import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import type { CursorValue } from '#platform/graph/connection.ts';
import { createLog } from '#platform/log.ts';
import { copyMove } from '../../migration/copy-move.ts';
import { productMove } from '../../migration/moves/product.ts';
import {
  childCategories,
  listCategories,
} from '../../subgraphs/legacy/monolith/catalogue/categories.ts';
import {
  listProducts as legacyProducts,
  listProductsByCategories as legacyProductsByCategories,
} from '../../subgraphs/legacy/monolith/catalogue/product-lists.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { SORT_KEYS, type ProductOrder } from '../../subgraphs/product/product-order.ts';
import { categoriesBelow, topCategories } from '../../subgraphs/product/repository/categories.ts';
import {
  listProducts,
  listProductsOfCategories,
} from '../../subgraphs/product/service/products.ts';
import type * as product from '../../subgraphs/product/tables.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import {
  anyCategory,
  anyProduct,
  oddCatalogue,
  ODD_SEARCHES,
  type LegacyCategory,
  type LegacyProduct,
} from './product-rows.ts';

const ROOT = join(import.meta.dirname, '../..');
const opened: Database[] = [];

async function open(migrations: string): Promise<Database> {
  const url = await createEmptyDatabase();
  await migrateDatabase(url, join(ROOT, migrations));
  const log = createLog('test', 'silent');
  const database = openDatabase({ url, poolSize: 3, applicationName: 'test', log });
  opened.push(database);
  return database;
}
const openLegacy = () => open('subgraphs/legacy/monolith/migrations');
const openProduct = () => open('subgraphs/product/migrations');

afterAll(async () => {
  for (const database of opened) await database.close();
});

type Rows = Record<string, unknown>;
const [categories, products] = productMove.aggregates.map((aggregate) => ({
  toNew: (row: Rows) => aggregate.toNew(row) as Rows,
  toLegacy: (row: Rows): Rows => aggregate.toLegacy?.(row) ?? {},
})) as [Mapping, Mapping];
interface Mapping {
  toNew(row: Rows): Rows;
  toLegacy(row: Rows): Rows;
}

describe('the mapping', () => {
  test('from the monolith to the new side and back is the identity on products', () => {
    fc.assert(
      fc.property(anyProduct(), (row) => {
        expect(products.toLegacy(products.toNew({ ...row }))).toEqual(row);
      }),
      { numRuns: 1_000 },
    );
  });

  test('from the monolith to the new side and back is the identity on categories', () => {
    fc.assert(
      fc.property(anyCategory, (row) => {
        expect(categories.toLegacy(categories.toNew({ ...row }))).toEqual(row);
      }),
    );
  });

  test('cents are exact over the whole range of an integer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_147_483_647 }), (priceAmount) => {
        const row = { ...newProduct, priceAmount };
        expect(products.toNew(products.toLegacy(row))).toEqual(row);
      }),
    );
    for (const [dollars, cents] of [
      ['0.00', 0],
      ['0.07', 7],
      ['0.29', 29],
      ['1.10', 110],
      ['19.99', 1_999],
      ['21474836.47', 2_147_483_647],
    ]) {
      expect(products.toNew({ ...legacyProduct, unitPrice: dollars })['priceAmount']).toBe(cents);
    }
  });

  test.each([
    ['unit_price', { unitPrice: '21474836.48' }],
    ['unit_price', { unitPrice: '9999999999.99' }],
    ['unit_price', { unitPrice: '-0.01' }],
    ['unit_price', { unitPrice: 'NaN' }],
    ['attrs', { attrs: { Colour: 'Blue' } }],
    ['attrs', { attrs: [['Colour']] }],
    ['attrs', { attrs: [['Colour', 1]] }],
    ['attrs', { attrs: [['Colour', 'Blue', 'Red']] }],
    ['attrs', { attrs: null }],
    ['created_at', { createdAt: new Date(Number.NaN) }],
    ['updated_at', { updatedAt: new Date('0999-12-31T23:59:59Z') }],
    ['updated_at', { updatedAt: new Date('+010000-01-01T00:00:00Z') }],
  ])(
    'a value of the monolith that the new side cannot hold is refused: %s %o',
    (column, change) => {
      const map = () => products.toNew({ ...legacyProduct, ...change });
      expect(map).toThrow(`products.${column} of ${legacyProduct.productId} in the monolith: `);
      expect(map).toThrow(expect.objectContaining({ code: 'UNMAPPABLE_ROW' }));
    },
  );

  test.each([
    ['currency', { currency: 'EUR' }],
    ['attributes', { attributes: [{ name: 'Colour', value: 'Blue', unit: 'RAL' }] }],
    ['attributes', { attributes: [{ name: 'Colour' }] }],
    ['attributes', { attributes: [null] }],
    ['attributes', { attributes: 'Blue' }],
    ['created_at', { createdAt: new Date(Number.NaN) }],
  ])(
    'a value of the new side that the monolith cannot hold is refused: %s %o',
    (column, change) => {
      const map = () => products.toLegacy({ ...newProduct, ...change });
      expect(map).toThrow(`products.${column} of ${newProduct.id} in the product database: `);
      expect(map).toThrow(expect.objectContaining({ code: 'UNMAPPABLE_ROW' }));
    },
  );
});

describe('the copy', () => {
  test('there and back again gives the same rows, to the last bit', async () => {
    const [before, between, after] = [await openLegacy(), await openProduct(), await openLegacy()];
    const tree = distinct(
      fc.sample(anyCategory, { numRuns: 150, seed: 7 }),
      'categoryId',
      'slug',
    ).map(
      // Some stand below one that comes later, which is where children come before their parents.
      (row, n, all) => ({
        ...row,
        parentId: n % 3 === 0 ? (all[n + 1]?.categoryId ?? null) : null,
      }),
    );
    const ids = tree.map(({ categoryId }) => categoryId);
    const rows = distinct(
      fc.sample(anyProduct(ids), { numRuns: 400, seed: 7 }),
      'productId',
      'sku',
    );
    await fill(before, tree, rows);
    await copyMove(productMove, before, between, 'new');
    await copyMove(productMove, between, after, 'legacy');
    const text = (table: string) =>
      `select t::text as row from ${table} t order by t.${table === 'products' ? 'product_id' : 'category_id'}`;
    for (const table of ['categories', 'products']) {
      const [one, other] = await Promise.all(
        [before, after].map(async ({ pool }) => (await pool.query(text(table))).rows),
      );
      expect(one?.length).toBeGreaterThan(100);
      expect(other).toEqual(one);
    }
    const again = await copyMove(productMove, between, before, 'legacy');
    expect(again.map(({ written, removed }) => [written, removed])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('units and slugs that changed places, and categories that changed above and below, arrive', async () => {
    const [source, target] = [await openLegacy(), await openProduct()];
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const [p, q] = [randomUUID(), randomUUID()];
    const tree = [a, b, c].map((categoryId, n) => ({
      categoryId,
      parentId: n === 0 ? null : a,
      catName: 'Category',
      slug: `slug-${n}`,
      sortNo: 0,
    }));
    const pair = [p, q].map((productId, n) => ({
      ...legacyProduct,
      productId,
      sku: `SKU-${n}`,
      categoryId: b,
    }));
    await fill(source, tree, pair);
    await copyMove(productMove, source, target, 'new');
    await source.pool.query(`
      update categories set parent_id = null, slug = 'x' where category_id = '${b}';
      update categories set parent_id = '${b}', slug = 'slug-1' where category_id = '${a}';
      update categories set slug = 'slug-0' where category_id = '${b}';
      update products set sku = 'x' where product_id = '${p}';
      update products set sku = 'SKU-0' where product_id = '${q}';
      update products set sku = 'SKU-1' where product_id = '${p}';`);
    await copyMove(productMove, source, target, 'new');
    const copied = await target.pool.query(
      'select id, parent_id, slug from categories order by slug',
    );
    expect(copied.rows).toEqual([
      { id: b, parent_id: null, slug: 'slug-0' },
      { id: a, parent_id: b, slug: 'slug-1' },
      { id: c, parent_id: a, slug: 'slug-2' },
    ]);
    const skus = await target.pool.query('select id, sku from products order by sku');
    expect(skus.rows).toEqual([
      { id: q, sku: 'SKU-0' },
      { id: p, sku: 'SKU-1' },
    ]);
  });

  test('a category that is gone goes, when what stood in it stands elsewhere by then', async () => {
    const [source, target] = [await openLegacy(), await openProduct()];
    const [old, child, next] = [randomUUID(), randomUUID(), randomUUID()];
    const tree = [old, child].map((categoryId, n) => ({
      categoryId,
      parentId: n === 0 ? null : old,
      catName: 'Category',
      slug: `slug-${n}`,
      sortNo: 0,
    }));
    await fill(source, tree, [{ ...legacyProduct, categoryId: old }]);
    await copyMove(productMove, source, target, 'new');
    await source.pool.query(`
      insert into categories values ('${next}', null, 'Category', 'slug-2', 0);
      update categories set parent_id = '${next}' where category_id = '${child}';
      update products set category_id = '${next}';
      delete from categories where category_id = '${old}';
      update categories set slug = 'slug-0' where category_id = '${next}';`);
    await copyMove(productMove, source, target, 'new');
    const { rows } = await target.pool.query(`select c.slug, c.parent_id, p.sku from categories c
      left join products p on p.category_id = c.id order by c.slug`);
    expect(rows).toEqual([
      { slug: 'slug-0', parent_id: null, sku: legacyProduct.sku },
      { slug: 'slug-1', parent_id: next, sku: null },
    ]);
  });

  test('the same towards the monolith, whose references are checked at once', async () => {
    const [source, target] = [await openProduct(), await openLegacy()];
    const [old, child, next] = [randomUUID(), randomUUID(), randomUUID()];
    const [gone, stays, comes] = [randomUUID(), randomUUID(), randomUUID()];
    const category = (categoryId: string, parentId: string | null, slug: string) => ({
      categoryId,
      parentId,
      catName: 'Category',
      slug,
      sortNo: 0,
    });
    const inOld = { ...legacyProduct, categoryId: old };
    const tree = [category(old, null, 'slug-0'), category(child, old, 'slug-1')];
    await fill(target, tree, [
      { ...inOld, productId: gone, sku: 'SKU-1' },
      { ...inOld, productId: stays, sku: 'SKU-2' },
    ]);
    await copyMove(productMove, target, source, 'new');
    // The newcomers take the slug of the category that goes and the unit of the product that goes.
    await source.pool.query(`
      insert into categories values ('${next}', null, 'Category', 'slug-2', 0);
      update categories set parent_id = '${next}' where id = '${child}';
      update products set category_id = '${next}' where id = '${stays}';
      update products set id = '${comes}', category_id = '${child}' where id = '${gone}';
      delete from categories where id = '${old}';
      update categories set slug = 'slug-0' where id = '${next}';`);
    const counts = await copyMove(productMove, source, target, 'legacy');
    expect(counts).toEqual([
      { aggregate: 'categories', rows: 2, written: 2, removed: 1 },
      { aggregate: 'products', rows: 2, written: 2, removed: 1 },
    ]);
    const { rows } = await target.pool.query(`select c.slug, c.parent_id, p.product_id, p.sku
      from categories c left join products p using (category_id) order by c.slug`);
    expect(rows).toEqual([
      { slug: 'slug-0', parent_id: null, product_id: stays, sku: 'SKU-2' },
      { slug: 'slug-1', parent_id: next, product_id: comes, sku: 'SKU-1' },
    ]);
  });

  test('a row that cannot be mapped is named, and nothing is copied', async () => {
    const [source, target] = [await openLegacy(), await openProduct()];
    await fill(source, [], [{ ...legacyProduct, unitPrice: '9999999999.99' }]);
    await expect(copyMove(productMove, source, target, 'new')).rejects.toThrow(
      `products.unit_price of ${legacyProduct.productId} in the monolith: 9999999999.99 is no price that fits`,
    );
    expect((await target.pool.query('select from products')).rowCount).toBe(0);
  });
});

describe('lists and searches give the same from either side', () => {
  const { categories: tree, products: rows } = oddCatalogue(400, 11);
  const orders = ['relevance', 'name', 'price', '-price', 'newest'] as const;
  let monolith: Database;
  let domain: Database;

  beforeAll(async () => {
    monolith = await openLegacy();
    domain = await openProduct();
    await fill(monolith, tree, rows);
    await copyMove(productMove, monolith, domain, 'new');
  });

  /** All of a list, page by page: ids with their sort keys, and the totals of the pages. */
  async function legacyList(query: Parameters<typeof legacyProducts>[1], limit: number) {
    const seen: unknown[] = [];
    let after_key: string | undefined;
    for (;;) {
      const page = await legacyProducts(monolith.db, { ...query, limit, after_key }, true);
      seen.push(page.total, ...page.items.map((item, n) => [item.product_id, page.keys[n]]));
      if (!page.has_more) return seen;
      after_key = JSON.stringify(page.keys.at(-1));
    }
  }

  async function domainList(
    query: { search?: string; categoryId?: string; min?: number; max?: number; archived?: boolean },
    order: ProductOrder,
    limit: number,
  ) {
    const conditions = {
      search: query.search ?? null,
      categoryId: query.categoryId ?? null,
      minPrice: query.min ?? null,
      maxPrice: query.max ?? null,
      status: query.archived ? ('ARCHIVED' as const) : ('ACTIVE' as const),
    };
    const seen: unknown[] = [];
    let after: readonly CursorValue[] | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof listProducts>> = await listProducts(
        domain.db,
        conditions,
        order,
        { limit, after },
      );
      const keys = page.nodes.map((node) => SORT_KEYS[order].of(node));
      seen.push(page.totalCount, ...page.nodes.map((node, n) => [node.id, keys[n]]));
      if (!page.hasNextPage) return seen;
      after = keys.at(-1) ?? null;
    }
  }

  test.each(ODD_SEARCHES)('searching for %j', async (search) => {
    for (const order of orders) {
      expect(await domainList({ search }, order, 23)).toEqual(
        await legacyList({ q: search, sort: order }, 23),
      );
    }
  });

  test('searching for what products are called, letters changed', async () => {
    const letters = fc.tuple(fc.constantFrom(...rows), fc.nat(200), fc.constantFrom('', 'x', 'é'));
    for (const [{ productName }, at, letter] of fc.sample(letters, { numRuns: 60, seed: 3 })) {
      const characters = Array.from(productName).slice(0, 190);
      characters.splice(at % (characters.length + 1), 1, letter);
      const search = characters.join('').trim() || 'kettle';
      expect(await domainList({ search }, 'relevance', 100)).toEqual(
        await legacyList({ q: search, sort: 'relevance' }, 100),
      );
    }
  }, 60_000);

  test('the searches find something, and ranks are equal among different products', async () => {
    const found = await domainList({ search: 'kettle' }, 'relevance', 100);
    const ranks = found.flatMap((entry) => (Array.isArray(entry) ? [entry[1][0]] : []));
    expect(ranks.length).toBeGreaterThan(40);
    expect(new Set(ranks).size).toBeLessThan(ranks.length);
  });

  test.each(orders.slice(1))('every product in the order %s, on sale and off', async (order) => {
    for (const archived of [false, true]) {
      expect(await domainList({ archived }, order, 17)).toEqual(
        await legacyList({ sort: order, status: archived ? 'archived' : 'active' }, 17),
      );
    }
  });

  test('filters by category and price', async () => {
    for (const { categoryId } of [...tree, { categoryId: randomUUID() }]) {
      expect(await domainList({ categoryId, min: 1, max: 1_999 }, 'name', 20)).toEqual(
        await legacyList(
          { category_id: categoryId, min_price: '0.01', max_price: '19.99', sort: 'name' },
          20,
        ),
      );
    }
  });

  test('pages of many categories at once, also after a cursor', async () => {
    const ids = tree.map(({ categoryId }) => categoryId);
    for (const order of ['name', 'price', '-price', 'newest'] as const) {
      let after: readonly CursorValue[] | null = null;
      for (let round = 0; round < 3; round++) {
        const pages = await listProductsOfCategories(domain.db, ids, order, { limit: 4, after });
        const { groups }: Awaited<ReturnType<typeof legacyProductsByCategories>> =
          await legacyProductsByCategories(monolith.db, {
            category_ids: ids,
            sort: order,
            limit: 4,
            ...(after && { after_key: [...after] }),
          });
        const ours = pages.map((page) => ({
          ids: page.nodes.map(({ id }) => id),
          keys: page.nodes.map((node) => SORT_KEYS[order].of(node)),
          total: page.totalCount,
          more: page.hasNextPage,
        }));
        const theirs = groups.map((group) => ({
          ids: group.items.map((item) => item.product_id),
          keys: group.keys,
          total: group.total,
          more: group.has_more,
        }));
        expect(ours).toEqual(theirs);
        after = ours[0]?.keys.at(-1) ?? null;
      }
    }
  });

  test('the tree of categories', async () => {
    const ids = tree.map(({ categoryId }) => categoryId);
    expect((await topCategories(domain.db)).map(({ id }) => id)).toEqual(
      (await listCategories(monolith.db, { root: true })).map((row) => row.categoryId),
    );
    const below = await categoriesBelow(domain.db, ids);
    const { groups } = await childCategories(monolith.db, ids);
    for (const { owner_id: owner, items } of groups) {
      expect(below.filter(({ parentId }) => parentId === owner).map(({ id }) => id)).toEqual(
        items.map((item) => item.category_id),
      );
    }
  });
});

/** A whole row of each side, to change one value of. */
const legacyProduct: LegacyProduct = {
  productId: randomUUID(),
  sku: 'SKU-1',
  productName: 'Lamp',
  descr: '',
  brand: null,
  unitPrice: '1.00',
  categoryId: null,
  attrs: [],
  discontinued: false,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  updatedAt: new Date('2026-01-01T00:00:00Z'),
};
const newProduct: Omit<typeof product.products.$inferSelect, 'searchDocument'> = {
  id: randomUUID(),
  sku: 'SKU-1',
  name: 'Lamp',
  description: '',
  brand: null,
  priceAmount: 100,
  currency: 'USD',
  categoryId: null,
  attributes: [{ name: 'Colour', value: 'Blue' }],
  status: 'ARCHIVED',
  createdAt: new Date('2026-01-01T00:00:00Z'),
  updatedAt: new Date('2026-01-01T00:00:00Z'),
};

/** The rows that differ from all before them in each of these columns. */
function distinct<Row>(rows: readonly Row[], ...columns: (keyof Row)[]): Row[] {
  const seen = columns.map(() => new Set<unknown>());
  return rows.filter((row) => {
    const known = columns.some((column, n) => seen[n]?.has(row[column]));
    if (!known) columns.forEach((column, n) => seen[n]?.add(row[column]));
    return !known;
  });
}

async function fill(
  { db }: Database,
  tree: readonly LegacyCategory[],
  rows: readonly LegacyProduct[],
): Promise<void> {
  if (tree.length > 0) await db.insert(legacy.categories).values([...tree]);
  if (rows.length > 0) await db.insert(legacy.products).values([...rows]);
  await db.execute(sql`analyze`);
}

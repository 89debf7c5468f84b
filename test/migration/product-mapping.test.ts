import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#platform/database/pool.ts';
import type { CursorValue } from '#platform/graph/connection.ts';
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
import {
  carry,
  empty,
  expectEqualSides,
  expectNothingLostOfAny,
  openEmpty,
  openSides,
  type Sides,
} from './mapped-rows.ts';
import {
  anyCatalogueStates,
  oddCatalogue,
  ODD_SEARCHES,
  type LegacyCategory,
  type LegacyProduct,
} from './product-rows.ts';

const opened: Database[] = [];
let sides: Sides;
beforeAll(async () => {
  sides = await openSides('product');
  opened.push(sides.legacy, sides.new);
});
afterAll(async () => {
  for (const database of opened) await database.close();
});

async function refill(
  database: Database,
  tree: readonly LegacyCategory[],
  rows: readonly LegacyProduct[],
): Promise<void> {
  await empty(productMove, 'legacy', database);
  await fill(database, tree, rows);
}

describe('the mapping', () => {
  beforeEach(async () => {
    await empty(productMove, 'legacy', sides.legacy);
    await empty(productMove, 'new', sides.new);
  });
  const toNew = () => carry(productMove, sides, 'new');
  const toLegacy = () => carry(productMove, sides, 'legacy');

  test('loses nothing of whatever the tables can hold, over whatever was there before', async () => {
    await expect(
      expectNothingLostOfAny(productMove, sides, anyCatalogueStates(), {
        fill: ({ categories, products: rows }) => refill(sides.legacy, categories, rows),
        numRuns: 20,
      }),
    ).resolves.toBeUndefined();
  }, 120_000);

  test('cents are exact over the whole range of an integer', async () => {
    const cents = [
      0,
      1,
      7,
      29,
      110,
      1_999,
      2_147_483_646,
      2_147_483_647,
      ...fc.sample(fc.integer({ min: 0, max: 2_147_483_647 }), { numRuns: 500, seed: 4 }),
    ];
    const rows = cents.map((amount, n) => ({
      ...legacyProduct,
      productId: randomUUID(),
      sku: `SKU-${n}`,
      unitPrice: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
    }));
    await fill(sides.legacy, [], rows);
    await toNew();
    const { rows: found } = await sides.new.pool.query('select sku, price_amount from products');
    expect(new Map(found.map((row) => [row.sku, row.price_amount]))).toEqual(
      new Map(cents.map((amount, n) => [`SKU-${n}`, amount])),
    );
    await expectEqualSides(productMove, sides);
  });

  test.each([
    ['unit_price', '21474836.48', 'is no price that fits: it must be 0.00 to 21474836.47'],
    ['unit_price', '9999999999.99', 'is no price that fits'],
    ['unit_price', 'NaN', 'is no price that fits'],
    ['attrs', '{"Colour": "Blue"}', 'must be a JSON array of pairs of texts, [["Colour", "Blue"]]'],
    ['attrs', '[["Colour"]]', 'must be a JSON array of pairs'],
    ['attrs', '[["Colour", 1]]', 'must be a JSON array of pairs'],
    ['attrs', '[["Colour", "Blue", "Red"]]', 'must be a JSON array of pairs'],
    ['attrs', '[[["Colour", "Blue"]]]', 'must be a JSON array of pairs'],
    ['attrs', '[["Colour", "Blue"], null]', 'must be a JSON array of pairs'],
    ['attrs', '["Colour", "Blue"]', 'must be a JSON array of pairs'],
    ['attrs', 'null', 'must be a JSON array of pairs'],
    ['attrs', '"Blue"', 'must be a JSON array of pairs'],
    ['created_at', '-infinity', 'is no time from the years 1000 to 9998'],
    ['updated_at', '0999-12-31 23:59:59', 'is no time from the years 1000 to 9998'],
    ['updated_at', '10000-01-01', 'is no time from the years 1000 to 9998'],
  ])(
    'a value of the monolith that the new side cannot hold is unmappable: %s %s',
    async (column, value, why) => {
      await fill(sides.legacy, [], [legacyProduct]);
      await sides.legacy.pool.query(`update products set ${column} = $1`, [value]);
      const [, products] = await toNew();
      expect(products).toMatchObject({ written: 0, removed: 0 });
      expect(products?.unmappable).toEqual([
        expect.stringContaining(
          `products.${column} of ${legacyProduct.productId} in the monolith: `,
        ),
      ]);
      expect(products?.unmappable).toEqual([expect.stringContaining(why)]);
    },
  );

  test.each([
    [
      'currency',
      'EUR',
      'the monolith has no currency but USD, and this is EUR: change the price to USD',
    ],
    [
      'attributes',
      '[{"name": "Colour", "value": "Blue", "unit": "RAL"}]',
      'must be a JSON array of objects',
    ],
    ['attributes', '[{"name": "Colour"}]', 'must be a JSON array of objects'],
    ['attributes', '[[{"name": "Colour", "value": "Blue"}]]', 'must be a JSON array of objects'],
    ['attributes', '{"name": "Colour", "value": "Blue"}', 'must be a JSON array of objects'],
    ['attributes', '[{"name": "Colour", "value": ["Blue"]}]', 'must be a JSON array of objects'],
    ['attributes', '[null]', 'must be a JSON array of objects'],
    ['attributes', '"Blue"', 'must be a JSON array of objects'],
    ['created_at', 'infinity', 'is no time from the years 1000 to 9998'],
  ])(
    'a value of the new side that the monolith cannot hold is unmappable: %s %s',
    async (column, value, why) => {
      await fill(sides.legacy, [], [{ ...legacyProduct, attrs: [['Colour', 'Blue']] }]);
      await toNew();
      await sides.new.pool.query(`update products set ${column} = $1`, [value]);
      const [, products] = await toLegacy();
      expect(products?.unmappable).toEqual([
        expect.stringContaining(
          `products.${column} of ${legacyProduct.productId} in the product database: `,
        ),
      ]);
      expect(products?.unmappable).toEqual([expect.stringContaining(why)]);
    },
  );

  test('a category that is gone goes, when what stood in it stands elsewhere by then, and its slug passes on', async () => {
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
    const before = () =>
      refill(
        sides.legacy,
        [category(old, null, 'slug-0'), category(child, old, 'slug-1')],
        [
          { ...inOld, productId: gone, sku: 'SKU-1' },
          { ...inOld, productId: stays, sku: 'SKU-2' },
        ],
      );
    await before();
    await toNew();
    await sides.new.pool.query(`
      insert into categories values ('${next}', null, 'Category', 'slug-2', 0);
      update categories set parent_id = '${next}' where id = '${child}';
      update products set category_id = '${next}' where id = '${stays}';
      update products set id = '${comes}', category_id = '${child}' where id = '${gone}';
      delete from categories where id = '${old}';
      update categories set slug = 'slug-0' where id = '${next}';`);
    expect(await toLegacy()).toEqual([
      { kind: 'category', written: 2, removed: 1, unmappable: [] },
      { kind: 'product', written: 2, removed: 1, unmappable: [] },
    ]);
    const { rows } = await sides.legacy.pool.query(`select c.slug, c.parent_id, p.product_id, p.sku
      from categories c left join products p using (category_id) order by c.slug`);
    const wanted = [
      { slug: 'slug-0', parent_id: null, product_id: stays, sku: 'SKU-2' },
      { slug: 'slug-1', parent_id: next, product_id: comes, sku: 'SKU-1' },
    ];
    expect(rows).toEqual(wanted);
    // And the way back over it.
    await before();
    await toNew();
    await expectEqualSides(productMove, sides);
  });
});

describe('lists and searches give the same from either side', () => {
  const { categories: tree, products: rows } = oddCatalogue(400, 11);
  const orders = ['relevance', 'name', 'price', '-price', 'newest'] as const;
  let monolith: Database;
  let domain: Database;

  beforeAll(async () => {
    monolith = await openEmpty('legacy/monolith');
    domain = await openEmpty('product');
    opened.push(monolith, domain);
    await fill(monolith, tree, rows);
    await carry(productMove, { legacy: monolith, new: domain }, 'new');
    await domain.db.execute(sql`analyze`);
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

/** A whole row, to change one value of. */
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
async function fill(
  { db }: Database,
  tree: readonly LegacyCategory[],
  rows: readonly LegacyProduct[],
): Promise<void> {
  if (tree.length > 0) await db.insert(legacy.categories).values([...tree]);
  if (rows.length > 0) await db.insert(legacy.products).values([...rows]);
  await db.execute(sql`analyze`);
}

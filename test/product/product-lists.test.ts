import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '#platform/graph/connection.ts';
import {
  addCategory,
  addProducts,
  startCatalogue,
  type CatalogueServer,
} from './catalogue-server.ts';

const LIST = `query List($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount nodes { id name sku } edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const SORTS = ['RELEVANCE', 'NAME', 'PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW', 'NEWEST'] as const;
type Sort = (typeof SORTS)[number];

let catalogue: CatalogueServer;
let root: string;
let leaf: string;

beforeAll(async () => {
  catalogue = await startCatalogue();
  const { database } = catalogue;
  root = await addCategory(database, { name: 'Kitchen' });
  const middle = await addCategory(database, { name: 'Cooking', parentId: root });
  leaf = await addCategory(database, { name: 'Pans', parentId: middle });
  await addProducts(database, [
    { sku: 'KETTLE-1', name: 'Steel kettle', brand: 'Boilwell', categoryId: leaf },
    {
      sku: 'KETTLE-2',
      name: 'Travel mug',
      description: 'Fits under every kettle.',
      categoryId: root,
    },
    { sku: 'KETTLE-3', name: 'Old kettle', status: 'ARCHIVED', categoryId: leaf },
    { sku: 'LAMP-1', name: 'Reading lamp', brand: 'Kettle & Sons', priceAmount: 9_900 },
    // Equal in everything that lists are ordered by, but the id.
    ...Array.from({ length: 23 }, (_, n) => ({
      name: n % 2 === 0 ? 'twin Spoon' : 'Twin spoon',
      priceAmount: 1_000 + (n % 3),
      categoryId: middle,
      createdAt: new Date(Date.UTC(2026, 0, 1 + (n % 2), 0, 0, 0, n % 3)),
    })),
    { name: 'Ünïcode 🫖 „kettle“', priceAmount: 0 },
  ]);
});

afterAll(() => catalogue.close());

const list = async (variables: Record<string, unknown>, role?: 'staff' | 'customer') =>
  (await catalogue.data(LIST, variables, role)).products;

const skus = (page: { nodes: { sku: string }[] }) => page.nodes.map(({ sku }) => sku);

async function refusal(variables: Record<string, unknown>) {
  const { status, body } = await catalogue.graphql(LIST, variables);
  expect(status).toBe(200);
  expect(body.data).toEqual({ products: null });
  return body.errors?.map(({ message, extensions }) => `${extensions.code} ${message}`);
}

/** Pages through a list. @returns the ids in the order of the list */
async function pageThrough(variables: Record<string, unknown>, first: number): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof list>> = await list({ ...variables, first, after });
    ids.push(...page.nodes.map(({ id }: { id: string }) => id));
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? null);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}

describe('searching', () => {
  const search = async (text: string, sort: Sort = 'RELEVANCE') =>
    skus(await list({ filter: { search: text }, sort }));

  test('a word is found in name, brand and description, in this order of weight', async () => {
    const found = await search('kettle');
    // The made-up unit is the one whose name matches as well as KETTLE-1's: their ids decide.
    expect(found.slice(0, 2)).toContain('KETTLE-1');
    expect(found.filter((sku) => !sku.startsWith('T-'))).toEqual([
      'KETTLE-1',
      'LAMP-1',
      'KETTLE-2',
    ]);
  });

  test.each(['ketle', 'kettel', 'ketttle', 'STEEL KETLE', 'stel kettle'])(
    'the spelling mistake "%s" is forgiven',
    async (text) => {
      expect(await search(text)).toContain('KETTLE-1');
    },
  );

  test('words are compared by their stems', async () => {
    expect(await search('kettles')).toContain('KETTLE-1');
  });

  test('a phrase, an excluded word and an alternative mean what they mean in web searches', async () => {
    expect(await search('"reading lamp"')).toEqual(['LAMP-1']);
    expect(await search('lamp or mug')).toEqual(expect.arrayContaining(['KETTLE-2', 'LAMP-1']));
    expect(await search('zzzzzz')).toEqual([]);
  });

  test('quotes, operators and signs in a search are no error', async () => {
    for (const text of [`'`, '"', 'a & b | c', '!!', ':*', '\\', '%_', '🫖', "' or 1=1 --"]) {
      expect(await list({ filter: { search: text } })).toHaveProperty('totalCount');
    }
  });

  test('what is found can be sorted in every other order', async () => {
    expect(await search('kettle', 'PRICE_HIGH_TO_LOW')).toEqual([
      'LAMP-1',
      ...(await search('kettle', 'PRICE_HIGH_TO_LOW')).slice(1),
    ]);
    expect((await search('kettle', 'PRICE_HIGH_TO_LOW')).length).toBe(
      (await search('kettle')).length,
    );
  });

  test('a blank text counts as none, and then the order is by name', async () => {
    expect(await list({ filter: { search: '  ' }, first: 100 })).toEqual(
      await list({ sort: 'NAME', first: 100 }),
    );
  });

  test('200 characters may be searched for, 201 may not', async () => {
    expect(await list({ filter: { search: '🫖'.repeat(200) } })).toMatchObject({ totalCount: 0 });
    expect(await refusal({ filter: { search: 'x'.repeat(201) } })).toEqual([
      'BAD_USER_INPUT filter.search: must be at most 200 characters long',
    ]);
  });

  test('with its indexes the search finds exactly what the definition says', async () => {
    const { pool } = catalogue.database;
    const byDefinition = await pool.query(
      `select id from products where search_document @@ websearch_to_tsquery('english', $1)
          or word_similarity(lower($1), lower(name)) >= 0.4 order by id`,
      ['ketle'],
    );
    const byFunction = await pool.query(
      'select product_id as id from product_matches($1) order by product_id',
      ['ketle'],
    );
    expect(byFunction.rows).toEqual(byDefinition.rows);
    expect(byFunction.rows.length).toBeGreaterThan(1);
  });
});

describe('filters', () => {
  test('a category gives its products and those of everything below it', async () => {
    expect(skus(await list({ filter: { categoryId: leaf } }))).toEqual(['KETTLE-1']);
    expect((await list({ filter: { categoryId: root } })).totalCount).toBe(25);
    expect((await list({ filter: { categoryId: root.toUpperCase() } })).totalCount).toBe(25);
  });

  test('a category that does not exist gives an empty list', async () => {
    expect(await list({ filter: { categoryId: randomUUID() } })).toEqual({
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
      },
    });
  });

  test('prices are bounded on both sides, bounds included', async () => {
    expect(skus(await list({ filter: { minPrice: 9_900, maxPrice: 9_900 } }))).toEqual(['LAMP-1']);
    expect((await list({ filter: { maxPrice: 0 } })).totalCount).toBe(1);
    expect((await list({ filter: { minPrice: 9_901 } })).totalCount).toBe(0);
    expect((await list({ filter: { minPrice: 2, maxPrice: 1 } })).totalCount).toBe(0);
    expect((await list({ filter: { minPrice: 2_147_483_647 } })).totalCount).toBe(0);
  });

  test('all conditions must hold', async () => {
    const filter = { search: 'kettle', categoryId: root, minPrice: 1, maxPrice: 5_000 };
    expect(skus(await list({ filter }))).toEqual(['KETTLE-1', 'KETTLE-2']);
  });

  test('only staff see what is off sale, and only when they ask for it', async () => {
    const archived = { filter: { status: 'ARCHIVED' } };
    expect(skus(await list(archived, 'staff'))).toEqual(['KETTLE-3']);
    for (const role of ['customer', undefined] as const) {
      expect((await list(archived, role)).totalCount).toBe(27);
    }
    for (const filter of [{ status: null }, {}, null]) {
      expect((await list({ filter }, 'staff')).totalCount).toBe(27);
    }
  });
});

describe('paging', () => {
  test.each(SORTS)('%s pages through all products exactly once', async (sort) => {
    const whole = await pageThrough({ sort }, 100);
    expect(new Set(whole).size).toBe(27);
    for (const first of [1, 4, 7]) expect(await pageThrough({ sort }, first)).toEqual(whole);
  });

  test('a search pages through everything it finds exactly once, among equal ranks', async () => {
    const variables = { filter: { search: 'twin spoon' } };
    const whole = await pageThrough(variables, 100);
    expect(new Set(whole).size).toBe(23);
    expect(await pageThrough(variables, 3)).toEqual(whole);
  });

  test('equal products are ordered by id, upwards but where the newest come first', async () => {
    for (const sort of SORTS) {
      const ids = await pageThrough({ sort, filter: { search: 'twin' } }, 100);
      const { rows } = await catalogue.database.pool.query(
        'select id, lower(name) as name, price_amount, created_at from products where id = any($1)',
        [ids],
      );
      const of = new Map(rows.map((row) => [row.id, row]));
      const equal = (a: string, b: string) => {
        const [one, other] = [of.get(a), of.get(b)];
        if (sort === 'NEWEST') return +one.created_at === +other.created_at;
        return sort.startsWith('PRICE') ? one.price_amount === other.price_amount : true;
      };
      const ties = ids.slice(1).flatMap((id, index) => {
        const before = ids[index] as string;
        return equal(before, id) ? [before < id] : [];
      });
      expect(ties.length).toBeGreaterThan(5);
      expect(new Set(ties)).toEqual(new Set([sort !== 'NEWEST']));
    }
  });

  test('a cursor is the sort key of its product', async () => {
    const filter = { search: 'reading lamp' };
    const page = async (sort: Sort, all: object = { filter }) =>
      (await list({ ...all, sort, first: 1 })).edges[0];
    const lamp = await page('NAME');
    const { id } = lamp.node;
    expect(lamp.cursor).toBe(encodeCursor('name', ['reading lamp', id]));
    expect((await page('PRICE_LOW_TO_HIGH')).cursor).toBe(encodeCursor('price', [9_900, id]));
    expect((await page('PRICE_HIGH_TO_LOW')).cursor).toBe(encodeCursor('-price', [9_900, id]));
    expect((await page('NEWEST')).cursor).toBe(encodeCursor('newest', [Date.UTC(2026, 0, 1), id]));
    const [order, rank] = JSON.parse(
      Buffer.from((await page('RELEVANCE')).cursor, 'base64url').toString(),
    );
    expect(order).toBe('relevance');
    expect(rank).toBeGreaterThan(1_000_000);
    expect((await page('RELEVANCE', {})).cursor).toBe((await page('NAME', {})).cursor);
  });

  test('a cursor of another order is refused', async () => {
    for (const sort of SORTS) {
      const { endCursor } = (await list({ sort, first: 1, filter: { search: 'twin' } })).pageInfo;
      for (const other of SORTS.filter((one) => one !== sort)) {
        expect(
          await refusal({ sort: other, after: endCursor, filter: { search: 'twin' } }),
        ).toEqual([
          'BAD_USER_INPUT after: this cursor belongs to a list in another order: begin without it',
        ]);
      }
    }
  });

  test('what is no cursor is refused', async () => {
    const id = randomUUID();
    const malformed = [
      'x',
      '',
      encodeCursor('name', []),
      encodeCursor('name', ['a']),
      encodeCursor('name', ['a', 'b']),
      encodeCursor('name', [1, id]),
      encodeCursor('name', ['a\0', id]),
      encodeCursor('name', ['a', id, id]),
      Buffer.from('{"name":1}').toString('base64url'),
    ];
    for (const after of malformed) {
      expect(await refusal({ after, sort: 'NAME' })).toEqual([
        'BAD_USER_INPUT after: not a cursor: pass an `endCursor` or `cursor` of this list as it is',
      ]);
    }
    for (const [sort, order, value] of [
      ['PRICE_LOW_TO_HIGH', 'price', 1.5],
      ['PRICE_HIGH_TO_LOW', '-price', 1e300],
      ['NEWEST', 'newest', 9e15],
    ] as const) {
      const after = encodeCursor(order, [value, id]);
      expect(await refusal({ after, sort })).toHaveLength(1);
    }
    for (const price of [-9e15, 9e15, 2 ** 31]) {
      const after = encodeCursor('price', [price, id]);
      expect(await list({ after, sort: 'PRICE_LOW_TO_HIGH' })).toHaveProperty('totalCount', 27);
    }
  });

  test.each([0, -1, 101])('a page of %i products is refused', async (first) => {
    expect(await refusal({ first })).toEqual([
      `BAD_USER_INPUT first: must be from 1 to 100, got ${first}`,
    ]);
  });

  test('without arguments there are 20 products of a page, by name', async () => {
    const page = await list({});
    expect(page.nodes).toHaveLength(20);
    expect(page).toEqual(await list({ first: null, after: null, filter: null, sort: null }));
  });
});

test.each([
  [{ minPrice: -1 }, 'filter.minPrice: must not be negative'],
  [{ maxPrice: -5 }, 'filter.maxPrice: must not be negative'],
  [{ categoryId: 'kitchen' }, 'filter.categoryId: must be a UUID'],
  [{ search: 'a\0b' }, 'filter.search: must not hold the character U+0000'],
])('the filter %o is refused', async (filter, message) => {
  expect(await refusal({ filter })).toEqual([`BAD_USER_INPUT ${message}`]);
});

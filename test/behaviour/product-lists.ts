import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { encodeCursor } from '#platform/graph/connection.ts';
import { LIST, READ, SORTS, idsOf, letters, type Catalogue, type Data } from './catalogue.ts';

/** How lists of products behave. */
export function listBehaviour(catalogue: () => Catalogue): void {
  const amounts = [300, 100, 200, 100, 300, 100, 0];
  let filter: { search: string; categoryId: string };
  let ids: string[];
  beforeAll(async () => {
    const { create, category } = catalogue();
    const { id: above } = await category();
    const { id: below } = await category({ parentId: above });
    filter = { search: letters(), categoryId: above };
    ids = [];
    for (const [n, amount] of amounts.entries()) {
      const name = `${n % 2 === 0 ? 'Alike' : 'alike'} ${filter.search}`;
      const categoryId = n % 3 === 0 ? above : below;
      ids.push((await create({ name, price: { amount }, categoryId })).product.id);
    }
  });

  test.each(SORTS)('%s pages through everything exactly once', async (sort) => {
    const { list } = catalogue();
    const whole = await list({ sort, filter, first: 100 });
    expect(whole).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: false } });
    expect(idsOf(whole).toSorted()).toEqual(ids.toSorted());
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Data = await list({ sort, filter, first: 3, after });
      seen.push(...idsOf(page));
      expect(page.pageInfo).toMatchObject({
        hasPreviousPage: after !== null,
        startCursor: page.edges[0].cursor,
        endCursor: page.edges.at(-1).cursor,
      });
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(seen).toEqual(idsOf(whole));
  });

  test('equal products stand by id, the newest first by when they were made', async () => {
    const { list } = catalogue();
    const order = async (sort: (typeof SORTS)[number]) => idsOf(await list({ sort, filter }));
    const byPrice = (sign: number) =>
      ids.toSorted((a, b) => {
        const price = (id: string) => amounts[ids.indexOf(id)] as number;
        return sign * (price(a) - price(b)) || (a < b ? -1 : 1);
      });
    expect(await order('NAME')).toEqual(ids.toSorted());
    expect(await order('RELEVANCE')).toEqual(ids.toSorted());
    expect(await order('PRICE_LOW_TO_HIGH')).toEqual(byPrice(1));
    expect(await order('PRICE_HIGH_TO_LOW')).toEqual(byPrice(-1));
    expect(await order('NEWEST')).toEqual(ids.toReversed());
  });

  test('a cursor is the sort key of its product', async () => {
    const { list, data } = catalogue();
    const first = async (sort: (typeof SORTS)[number]) => {
      const { cursor, node } = (await list({ sort, filter, first: 1 })).edges[0];
      return { cursor, id: node.id };
    };
    const byName = await first('NAME');
    expect(byName.cursor).toBe(encodeCursor('name', [`alike ${filter.search}`, byName.id]));
    const cheapest = await first('PRICE_LOW_TO_HIGH');
    expect(cheapest.cursor).toBe(encodeCursor('price', [0, cheapest.id]));
    const dearest = await first('PRICE_HIGH_TO_LOW');
    expect(dearest.cursor).toBe(encodeCursor('-price', [300, dearest.id]));
    const newest = await first('NEWEST');
    const { product } = await data(READ, { id: newest.id, sku: '-' });
    expect(newest.cursor).toBe(encodeCursor('newest', [Date.parse(product.createdAt), newest.id]));
    expect((await first('RELEVANCE')).cursor).toMatch(
      new RegExp(`^${Buffer.from('["relevance",').toString('base64url').slice(0, 16)}`),
    );
  });

  test('filters by category and price hold together, bounds included', async () => {
    const { list } = catalogue();
    const { categoryId } = filter;
    const count = async (more: object) =>
      (await list({ filter: { categoryId, ...more } })).totalCount;
    expect(await count({})).toBe(7);
    expect(await count({ minPrice: 100, maxPrice: 200 })).toBe(4);
    expect(await count({ minPrice: 301 })).toBe(0);
    expect(await count({ maxPrice: 0 })).toBe(1);
    expect(await count({ minPrice: 200, maxPrice: 100 })).toBe(0);
    expect(await count({ categoryId: randomUUID() })).toBe(0);
  });

  test('without arguments there are the first 20 on sale, by name, for customers as for staff', async () => {
    const { list, staff } = catalogue();
    const page = await list({});
    expect(page.nodes).toHaveLength(20);
    expect(page.totalCount).toBeGreaterThan(20);
    const nulls = { first: null, after: null, filter: null, sort: null };
    expect(await list(nulls, staff)).toEqual(page);
    expect(await list({ sort: 'NAME', filter: { search: ' ' } })).toEqual(page);
  });

  test('arguments that no list can have are refused', async () => {
    const { errors, list } = catalogue();
    const { endCursor } = (await list({ sort: 'NAME', first: 1 })).pageInfo;
    const malformed = 'after: not a cursor: pass an `endCursor` or `cursor` of this list as it is';
    for (const [variables, message] of [
      [{ first: 0 }, 'first: must be from 1 to 100, got 0'],
      [{ first: 101 }, 'first: must be from 1 to 100, got 101'],
      [
        { sort: 'NEWEST', after: endCursor },
        'after: this cursor belongs to a list in another order: begin without it',
      ],
      [{ after: 'x' }, malformed],
      [{ after: encodeCursor('name', ['a', 'no id']) }, malformed],
      [{ after: encodeCursor('price', [1.5, randomUUID()]), sort: 'PRICE_LOW_TO_HIGH' }, malformed],
      [{ filter: { minPrice: -1 } }, 'filter.minPrice: must not be negative'],
      [{ filter: { maxPrice: -1 } }, 'filter.maxPrice: must not be negative'],
      [{ filter: { categoryId: 'x' } }, 'filter.categoryId: must be a UUID'],
      [
        { filter: { search: 'x'.repeat(201) } },
        'filter.search: must be at most 200 characters long',
      ],
    ] as const) {
      expect(await errors(LIST, variables)).toEqual([`BAD_USER_INPUT ${message}`]);
    }
  });
}

/** What a search finds, and in which order. */
export function searchBehaviour(catalogue: () => Catalogue): void {
  let inName: string;
  let inBrand: string;
  let inDescription: string;
  beforeAll(async () => {
    const { create, word } = catalogue();
    const id = async (input: Record<string, unknown>) => (await create(input)).product.id;
    inDescription = await id({ description: `It goes with the ${word}.` });
    inBrand = await id({ brand: `${word} & Sons` });
    inName = await id({ name: `Steel ${word}` });
  });
  const search = async (text: string) =>
    idsOf(await catalogue().list({ filter: { search: text } }));

  test('a word in the name counts more than in the brand, and there more than in the description', async () => {
    expect(await search(catalogue().word)).toEqual([inName, inBrand, inDescription]);
  });

  test('spelling mistakes in names are forgiven', async () => {
    const { word } = catalogue();
    const swapped = word.slice(0, 4) + (word[5] ?? '') + (word[4] ?? '') + word.slice(6);
    for (const misspelt of [
      word.slice(0, -1),
      `${word}x`,
      `${word.slice(0, 7)}a${word.slice(7)}`,
      swapped,
    ]) {
      expect(await search(misspelt.toUpperCase())).toContain(inName);
    }
  });

  test('words can be joined, excluded and quoted', async () => {
    const { word } = catalogue();
    expect(await search(`"steel ${word}"`)).toContain(inName);
    expect((await search(`goes ${word}`)).filter((id) => id !== inName)).toEqual([inDescription]);
    expect(await search(`${letters()} or ${word}`)).toContain(inBrand);
    expect(await search(letters() + letters())).toEqual([]);
  });

  test('signs and operators in a search are no error', async () => {
    for (const text of ["'", '"', 'a & b | !c', ':*', '\\', '%_', '💡', "' or 1=1 --"]) {
      expect(await catalogue().list({ filter: { search: text }, first: 1 })).toHaveProperty(
        'totalCount',
      );
    }
  });
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addCategory,
  addProducts,
  startCatalogue,
  type CatalogueServer,
} from './catalogue-server.ts';

const RESULT = `__typename
  ... on CategoryPayload { category { id name slug parent { id } children { id } } }
  ... on InvalidInput { message fields { path message } }`;
const CREATE = `mutation Create($input: CreateCategoryInput!) { result: createCategory(input: $input) { ${RESULT} } }`;
const UPDATE = `mutation Update($input: UpdateCategoryInput!) { result: updateCategory(input: $input) {
  ${RESULT} ... on NotFound { message id } } }`;
const READ = `query Read($slug: String!) { category(slug: $slug) {
  id name slug parent { id } children { id name } products { totalCount } } }`;

interface ProductPage {
  readonly totalCount: number;
  readonly nodes: readonly { readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

let catalogue: CatalogueServer;

beforeAll(async () => {
  catalogue = await startCatalogue();
});

afterAll(() => catalogue.close());

const uniqueSlug = () => `c-${randomUUID()}`;
const write = async (mutation: string, input: Record<string, unknown>) =>
  (await catalogue.data(mutation, { input }, 'staff')).result;
const create = async (input: Record<string, unknown> = {}) =>
  write(CREATE, { name: 'Category', slug: uniqueSlug(), ...input });
const update = (input: Record<string, unknown>) => write(UPDATE, input);
const read = async (slug: string) => (await catalogue.data(READ, { slug })).category;

describe('reading the tree', () => {
  test('siblings stand by position, then by name without regard to case, then by id', async () => {
    const parentId = await addCategory(catalogue.database, {});
    const [low, high] = [randomUUID(), randomUUID()].sort();
    const rows = [
      { name: 'Zebra', position: -1 },
      { name: 'apple' },
      { id: low, name: 'Banana' },
      { id: high, name: 'banana' },
      { name: 'Cherry' },
      { name: 'élan' },
      { name: 'Aardvark', position: 1 },
    ];
    for (const row of rows.toReversed())
      await addCategory(catalogue.database, { parentId, ...row });
    const { children } = await read(`c-${parentId}`);
    expect(children.map(({ name }: { name: string }) => name)).toEqual(
      rows.map(({ name }) => name),
    );
  });

  test('the top of the tree has no parent and the same order', async () => {
    const { categories } = await catalogue.data('{ categories { slug name parent { id } } }');
    const own = await addCategory(catalogue.database, { name: 'First of all', position: -99 });
    const after = (await catalogue.data('{ categories { id } }')).categories;
    expect(after[0].id).toBe(own);
    expect(after).toHaveLength(categories.length + 1);
    expect(categories.every(({ parent }: { parent: unknown }) => parent === null)).toBe(true);
  });

  test('a slug that does not exist gives null, and so does one in another case', async () => {
    const slug = uniqueSlug();
    await create({ slug });
    for (const other of [slug.toUpperCase(), '', 'a\0b', '💡'])
      expect(await read(other)).toBe(null);
  });

  test('products of many categories: what is on sale there and below, each page by itself', async () => {
    const { database } = catalogue;
    const root = await addCategory(database, { slug: 'pages' });
    const [left, right, empty] = await Promise.all(
      ['left', 'right', 'empty'].map((name) => addCategory(database, { name, parentId: root })),
    );
    const below = await addCategory(database, { parentId: left, name: 'below' });
    await addProducts(database, [
      { name: 'a', categoryId: below, priceAmount: 3 },
      { name: 'B', categoryId: left, priceAmount: 2 },
      { name: 'c', categoryId: right, priceAmount: 1 },
      { name: 'D', categoryId: root, priceAmount: 4 },
      { name: 'gone', categoryId: left, status: 'ARCHIVED' },
    ]);
    const page = async (argumentsText: string, role?: 'staff') => {
      const fields = `products${argumentsText} { totalCount nodes { name } pageInfo { hasNextPage endCursor } }`;
      const { category } = await catalogue.data(
        `{ category(slug: "pages") { ${fields} children { name ${fields} } } }`,
        {},
        role,
      );
      const shape = ({ products }: { products: ProductPage }) => [
        products.totalCount,
        products.nodes.map(({ name }) => name).join(),
        products.pageInfo.hasNextPage,
      ];
      return {
        cursor: category.products.pageInfo.endCursor,
        root: shape(category),
        children: Object.fromEntries(
          category.children.map((one: { name: string; products: ProductPage }) => [
            one.name,
            shape(one),
          ]),
        ),
      };
    };
    expect(empty).toBeDefined();
    expect(await page('')).toMatchObject({
      root: [4, 'a,B,c,D', false],
      children: { empty: [0, '', false], left: [2, 'a,B', false], right: [1, 'c', false] },
    });
    const first = await page('(first: 1)');
    expect(first).toMatchObject({
      root: [4, 'a', true],
      children: { empty: [0, '', false], left: [2, 'a', true], right: [1, 'c', false] },
    });
    expect(await page(`(first: 2, after: "${first.cursor}")`)).toMatchObject({
      root: [4, 'B,c', true],
      children: { empty: [0, '', false], left: [2, 'B', false], right: [1, 'c', false] },
    });
    expect((await page('(sort: PRICE_LOW_TO_HIGH)')).root[1]).toBe('c,B,a,D');
    expect((await page('(sort: PRICE_HIGH_TO_LOW)')).root[1]).toBe('D,a,B,c');
    expect((await page('(sort: RELEVANCE)', 'staff')).root).toEqual([4, 'a,B,c,D', false]);
    expect((await page('(sort: null, first: null)')).root[0]).toBe(4);
    const refused = await catalogue.graphql(
      `{ category(slug: "pages") { products(after: "${first.cursor}", sort: NEWEST) { totalCount } } }`,
    );
    expect(refused.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('creating a category', () => {
  test('it stands where it was asked for', async () => {
    const { category: parent } = await create();
    const slug = uniqueSlug();
    const made = await create({ name: ' Lamps ', slug, parentId: parent.id.toUpperCase() });
    expect(made).toEqual({
      __typename: 'CategoryPayload',
      category: {
        id: made.category.id,
        name: 'Lamps',
        slug,
        parent: { id: parent.id },
        children: [],
      },
    });
    expect((await read(parent.slug)).children).toEqual([{ id: made.category.id, name: 'Lamps' }]);
  });

  test('every broken rule is named', async () => {
    expect(await create({ name: ' ', slug: 'No Slug' })).toEqual({
      __typename: 'InvalidInput',
      message: 'The input is not valid: see `fields`.',
      fields: [
        { path: 'name', message: 'must be 1 to 100 characters long' },
        { path: 'slug', message: 'must be 1 to 100 of a-z, 0-9 and -' },
      ],
    });
    expect((await create({ parentId: randomUUID() })).fields).toEqual([
      { path: 'parentId', message: 'is not a category' },
    ]);
    for (const input of [{ slug: '' }, { slug: 'x'.repeat(101) }, { name: 'n'.repeat(101) }]) {
      expect((await create(input)).fields).toHaveLength(1);
    }
  });

  test('of five that want one slug at once, one gets it', async () => {
    const slug = uniqueSlug();
    const results = await Promise.all(Array.from({ length: 5 }, () => create({ slug })));
    const refused = results.filter(({ __typename }) => __typename === 'InvalidInput');
    expect(refused).toHaveLength(4);
    for (const { fields } of refused) {
      expect(fields).toEqual([{ path: 'slug', message: 'belongs to another category' }]);
    }
  });
});

describe('changing a category', () => {
  test('what is absent stays as it is, and a null parent moves it to the top', async () => {
    const { category: parent } = await create();
    const { category } = await create({ parentId: parent.id });
    const { id, slug } = category;
    expect((await update({ id, name: 'New' })).category).toEqual({ ...category, name: 'New' });
    expect((await update({ id, parentId: null })).category.parent).toBe(null);
    expect((await update({ id, parentId: parent.id })).category.parent).toEqual({ id: parent.id });
    expect((await update({ id })).category).toEqual({ ...category, name: 'New', slug });
  });

  test('a position moves it among its siblings', async () => {
    const { category: parent } = await create();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      ids.push((await create({ name, parentId: parent.id })).category.id);
    }
    await update({ id: ids[2], position: -5 });
    const { children } = await read(parent.slug);
    expect(children.map(({ name }: { name: string }) => name)).toEqual(['c', 'a', 'b']);
  });

  test('it cannot stand below itself, nor below what stands below it', async () => {
    const { category: top } = await create();
    const { category: middle } = await create({ parentId: top.id });
    const { category: bottom } = await create({ parentId: middle.id });
    for (const parentId of [top.id, middle.id, bottom.id]) {
      expect(await update({ id: top.id, parentId })).toEqual({
        __typename: 'InvalidInput',
        message: 'The input is not valid: see `fields`.',
        fields: [{ path: 'parentId', message: 'must not be the category itself or one below it' }],
      });
    }
    expect((await update({ id: bottom.id, parentId: top.id })).__typename).toBe('CategoryPayload');
  });

  test('moves at the same time cannot make a cycle together', async () => {
    for (let round = 0; round < 15; round++) {
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) ids.push((await create()).category.id);
      await Promise.all(
        ids.flatMap((id, n) => [
          update({ id, parentId: ids[(n + 1) % 4] }),
          update({ id, parentId: ids[(n + 2) % 4] }),
        ]),
      );
    }
    const { rows } = await catalogue.database.pool.query(`
      with recursive reached (id) as (
        select id from categories where parent_id is null
        union all select c.id from categories c join reached on c.parent_id = reached.id
      ) select (select count(*) from reached) = (select count(*) from categories) as whole`);
    expect(rows).toEqual([{ whole: true }]);
  });

  test('the slug of another category is refused, its own is not', async () => {
    const [{ category: one }, { category: other }] = await Promise.all([create(), create()]);
    expect((await update({ id: one.id, slug: other.slug })).fields).toEqual([
      { path: 'slug', message: 'belongs to another category' },
    ]);
    expect((await update({ id: one.id, slug: one.slug })).__typename).toBe('CategoryPayload');
  });

  test('null elsewhere counts as absent, and an unknown parent is none', async () => {
    const { category } = await create();
    const { id } = category;
    const nothing = { name: null, slug: null, position: null };
    expect((await update({ id, ...nothing })).category).toEqual(category);
    expect((await update({ id, name: '', parentId: randomUUID() })).fields).toEqual([
      { path: 'name', message: 'must be 1 to 100 characters long' },
      { path: 'parentId', message: 'is not a category' },
    ]);
  });

  test('an unknown category is not found', async () => {
    const id = randomUUID();
    expect(await update({ id, name: 'X' })).toEqual({
      __typename: 'NotFound',
      message: 'There is no category with this id.',
      id,
    });
  });

  test('two changes in one request each show the tree after them', async () => {
    const { category: parent } = await create();
    const { category: child } = await create();
    const { parent: fields } = { parent: 'id children { id }' };
    const data = await catalogue.data(
      `mutation Both($child: ID!, $parent: ID!) {
        a: updateCategory(input: { id: $child, parentId: $parent }) {
          ... on CategoryPayload { category { parent { ${fields} } } } }
        b: updateCategory(input: { id: $child, parentId: null }) {
          ... on CategoryPayload { category { parent { ${fields} } } } }
        c: updateCategory(input: { id: $parent, name: "Alone" }) {
          ... on CategoryPayload { category { ${fields} } } }
      }`,
      { child: child.id, parent: parent.id },
      'staff',
    );
    expect(data).toEqual({
      a: { category: { parent: { id: parent.id, children: [{ id: child.id }] } } },
      b: { category: { parent: null } },
      c: { category: { id: parent.id, children: [] } },
    });
  });
});

test('only staff may write categories, and malformed ids are refused', async () => {
  for (const [mutation, input] of [
    [CREATE, { name: 'X', slug: 'x' }],
    [UPDATE, { id: randomUUID() }],
  ] as const) {
    const codes = [null, 'customer' as const].map(
      async (role) =>
        (await catalogue.graphql(mutation, { input }, role)).body.errors?.[0]?.extensions.code,
    );
    expect(await Promise.all(codes)).toEqual(['UNAUTHENTICATED', 'FORBIDDEN']);
  }
  for (const [mutation, input, argument] of [
    [CREATE, { name: 'X', slug: 'x', parentId: 'x' }, 'input.parentId'],
    [UPDATE, { id: 'x' }, 'input.id'],
    [UPDATE, { id: randomUUID(), parentId: 'x' }, 'input.parentId'],
  ] as const) {
    const { body } = await catalogue.graphql(mutation, { input }, 'staff');
    expect(body.errors).toMatchObject([
      { message: `${argument}: must be a UUID`, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  }
});

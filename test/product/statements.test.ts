import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addCategory,
  addProducts,
  startCatalogue,
  type CatalogueServer,
} from './catalogue-server.ts';

const ENTITIES = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Product { id name category { name parent { name } } }
  ... on Category { id name children { name } products(first: 2) { totalCount nodes { name category { id } } } } } }`;

let catalogue: CatalogueServer;
const products: string[] = [];
const categories: string[] = [];

beforeAll(async () => {
  catalogue = await startCatalogue();
  const { database } = catalogue;
  const root = await addCategory(database, { slug: 'root' });
  for (let n = 0; n < 100; n++) {
    const id = await addCategory(database, { name: `Category ${n}`, parentId: root });
    categories.push(id);
    await addCategory(database, { name: 'Below', parentId: id });
    products.push(
      ...(await addProducts(
        database,
        [1, 2, 3].map(() => ({ categoryId: id })),
      )),
    );
  }
});

afterAll(() => catalogue.close());

/** The statements that an operation needs for 5 items and for 100. */
async function statementsFor(run: (items: number) => Promise<unknown>): Promise<number[]> {
  const counts = [];
  for (const items of [5, 100]) counts.push(await catalogue.statements(() => run(items)));
  return counts;
}

const representations = (type: string, ids: readonly string[]) =>
  ids.map((id) => ({ __typename: type, id }));

test('a list of products with their categories and parents: page, total, and one statement a level', async () => {
  const query = `query List($first: Int) { products(first: $first) {
    totalCount nodes { name category { name parent { name children { name } } } } } }`;
  expect(await statementsFor((first) => catalogue.data(query, { first }))).toEqual([5, 5]);
});

test('products in many categories: one statement for the pages, one for the totals', async () => {
  const query = `query Tree($slug: String!) { category(slug: $slug) { children { name
    products(first: 3) { totalCount nodes { name } } } } }`;
  expect(await catalogue.statements(() => catalogue.data(query, { slug: 'root' }))).toBe(4);
});

test('product references: one statement a level, however many', async () => {
  const counts = await statementsFor((items) =>
    catalogue.data(ENTITIES, {
      representations: representations('Product', products.slice(0, items)),
    }),
  );
  expect(counts).toEqual([3, 3]);
});

test('category references: one statement a level, pages and totals, however many', async () => {
  const counts = await statementsFor((items) =>
    catalogue.data(ENTITIES, {
      representations: representations('Category', categories.slice(0, items)),
    }),
  );
  // The categories; their children, pages and totals; the categories of the products.
  expect(counts).toEqual([4, 4]);
});

test('references come in the order asked, repeated ones too; unknown and malformed ones are null', async () => {
  const [one, two] = products as [string, string];
  const asked = [two, randomUUID(), one.toUpperCase(), two, 'no-uuid'];
  const { _entities } = await catalogue.data(ENTITIES, {
    representations: representations('Product', asked),
  });
  expect(_entities.map((entity: { id: string } | null) => entity?.id ?? null)).toEqual([
    two,
    null,
    one,
    two,
    null,
  ]);
});

test('references of both types are answered together, archived products too', async () => {
  const [archived] = await addProducts(catalogue.database, [
    { name: 'Gone', status: 'ARCHIVED', categoryId: categories[0] },
  ]);
  const { _entities } = await catalogue.data(ENTITIES, {
    representations: [
      ...representations('Category', categories.slice(0, 1)),
      ...representations('Product', [archived as string]),
    ],
  });
  expect(_entities).toMatchObject([
    { name: 'Category 0', children: [{ name: 'Below' }], products: { totalCount: 3 } },
    { name: 'Gone', category: { name: 'Category 0', parent: { name: 'A category' } } },
  ]);
});

test('the server is ready, counts, and answers an unknown operation without a stack trace', async () => {
  const ready = await fetch(`${catalogue.url}/health/ready`);
  expect(await ready.json()).toEqual({ status: 'ok', checks: { database: 'ok' } });
  const { status, body } = await catalogue.graphql('{ nothing }');
  expect(status).toBe(400);
  expect(JSON.stringify(body)).not.toMatch(/stack|at .*\.ts/);
});

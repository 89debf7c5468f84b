import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN, STAFF, startTestLegacy, type TestLegacy } from './test-legacy.ts';

let legacy: TestLegacy;
beforeAll(async () => {
  legacy = await startTestLegacy();
});
afterAll(() => legacy?.close());

/** The requests of one operation, which must have no errors. */
async function requests(query: string, variables: object, caller = STAFF) {
  return legacy.requestsOf(async () => {
    const { body } = await legacy.graphql(query, variables, caller);
    expect(body.errors).toBeUndefined();
  });
}

const ORDERS = `query ($first: Int) { orders(first: $first) { nodes { id number total { amount }
  customer { email } items { product { name stock category { name } } } } } }`;

test.each([1, 5, 50])(
  'the orders, customers, products, stock and categories of %i orders take one request each',
  async (first) => {
    expect(await requests(ORDERS, { first })).toEqual({
      'GET /api/orders': 1,
      'POST /api/users/lookup': 1,
      'POST /api/products/lookup': 1,
      'POST /api/stock/available': 1,
      'POST /api/categories/lookup': 1,
    });
  },
);

test('ids alone take no request: a stub is not looked up', async () => {
  const query =
    '{ orders(first: 20) { nodes { customer { id } items { product { id __typename } } } } }';
  expect(await requests(query, {})).toEqual({ 'GET /api/orders': 1 });
});

test('nested lists of many owners come with one request per list', async () => {
  const query = `{ users(first: 20) { nodes { email
    orders(first: 2) { totalCount nodes { status } }
    resumes(first: 2) { nodes { filename reviews { status } } } } } }`;
  expect(await requests(query, {}, ADMIN)).toEqual({
    'GET /api/users': 1,
    'POST /api/orders/by-customers': 1,
    'POST /api/resumes/by-users': 1,
    'POST /api/reviews/by-resumes': 1,
  });
});

test('nested lists with other arguments are other requests, those with equal ones are the same', async () => {
  const query = `{ users(first: 10) { nodes {
    two: orders(first: 2) { totalCount } too: orders(first: 2) { nodes { number } }
    paid: orders(first: 2, status: PAID) { totalCount } } } }`;
  expect(await requests(query, {}, ADMIN)).toEqual({
    'GET /api/users': 1,
    'POST /api/orders/by-customers': 2,
  });
});

test('the whole tree of categories takes one request per level', async () => {
  const query = `{ categories { name children { name parent { slug } children { name
    products(first: 3, sort: NEWEST) { totalCount nodes { name price { amount } } } } } } }`;
  expect(await requests(query, {}, {})).toEqual({
    'GET /api/categories': 1,
    'POST /api/categories/children': 2,
    'POST /api/categories/lookup': 1,
    'POST /api/products/by-categories': 1,
  });
});

test('levels, movements and warehouses of many products take one request each', async () => {
  const query = `{ products(first: 30) { nodes { inStock stock
    stockLevels { available warehouse { code } product { name } }
    stockMovements(first: 2) { nodes { delta warehouse { name } } } } } }`;
  expect(await requests(query, {})).toEqual({
    'GET /api/products': 1,
    'POST /api/stock/available': 1,
    'POST /api/stock/levels': 1,
    'POST /api/stock/movements': 1,
    'GET /api/warehouses': 1,
    // The products of the levels: a value that names an entity has no more than its id.
    'POST /api/products/lookup': 1,
  });
});

test('many references come with one lookup per type', async () => {
  const ids = await legacy.graphql('{ products(first: 30) { nodes { id } } }');
  const orders = await legacy.graphql(
    '{ orders(first: 30) { nodes { id customer { id } } } }',
    {},
    STAFF,
  );
  const representations = [
    ...ids.body.data.products.nodes.map(({ id }: { id: string }) => ({
      __typename: 'Product',
      id,
    })),
    ...orders.body.data.orders.nodes.flatMap(
      ({ id, customer }: { id: string; customer: { id: string } }) => [
        { __typename: 'Order', id },
        { __typename: 'User', id: customer.id },
      ],
    ),
  ];
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Product { name stock } ... on Order { number } ... on User { displayName orders(first: 1) { totalCount } } } }`;
  expect(await requests(query, { representations })).toEqual({
    'POST /api/products/lookup': 1,
    'POST /api/stock/available': 1,
    'POST /api/orders/lookup': 1,
    'POST /api/users/lookup': 1,
    'POST /api/orders/by-customers': 1,
  });
});

test('a reference is not looked up where only what hangs on its id is asked for', async () => {
  const { body } = await legacy.graphql('{ products(first: 5) { nodes { id } } }');
  const representations = body.data.products.nodes.map(({ id }: { id: string }) => ({
    __typename: 'Product',
    id,
  }));
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ...Stock } } fragment Stock on Product { __typename id stock }`;
  expect(await requests(query, { representations })).toEqual({ 'POST /api/stock/available': 1 });
});

test('several roots of one type are read with one request', async () => {
  const { body } = await legacy.graphql('{ orders(first: 2) { nodes { id } } }', {}, STAFF);
  const [a, b] = body.data.orders.nodes;
  const query =
    'query ($a: ID!, $b: ID!) { a: order(id: $a) { number } b: order(id: $b) { number } }';
  expect(await requests(query, { a: a.id, b: b.id })).toEqual({ 'POST /api/orders/lookup': 1 });
});

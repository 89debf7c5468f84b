import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { concernedPaths } from './reference/concerned-paths.ts';
import { shop } from './shop-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';
import type { RawAnswer, TestSubgraph } from './test-subgraph.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop, {
    TRUST_OVERRIDE_HEADER: 'true',
    SUBGRAPH_TIMEOUT_MS: '300',
  });
});
afterAll(() => gateway.close());
const subgraph = (name: string) => gateway.subgraphs[name] as TestSubgraph;
const answerWith =
  (status: number, type: string, body: string) => async (): Promise<RawAnswer> => ({
    status,
    type,
    body,
  });
afterEach(() => {
  for (const each of Object.values(gateway.subgraphs)) each.answer = null;
});

interface ErrorShape {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; serviceName?: string };
}
const codes = (errors: ErrorShape[]) => errors.map(({ extensions }) => extensions.code);
const paths = (errors: ErrorShape[]) => errors.map(({ path }) => path?.join('.'));

describe('a subgraph that is away', () => {
  test('leaves out its own fields only, says so at each of them, and is back when it is back', async () => {
    const query = '{ me { name } products { id name shippingCost } }';
    await subgraph('shipping').stop();
    const { status, body } = await gateway.graphql(query);
    expect(status).toBe(200);
    expect(body.data).toEqual({
      me: { name: 'u1 from legacy' },
      products: ['p1', 'p2', 'p3'].map((id) => ({
        id,
        name: `${id} from legacy`,
        shippingCost: null,
      })),
    });
    expect(paths(body.errors)).toEqual([0, 1, 2].map((index) => `products.${index}.shippingCost`));
    expect(body.errors[0]).toEqual({
      message: 'The subgraph "shipping" cannot be reached: try again later.',
      path: ['products', 0, 'shippingCost'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'shipping' },
    });
    await subgraph('shipping').start();
    const again = await gateway.graphql(query);
    expect(again.body.errors).toBeUndefined();
    expect(again.body.data.products[2].shippingCost).toBe(6);
  });

  test('gives an error at each root field that it was asked for', async () => {
    await subgraph('auth').stop();
    const { body } = await gateway.graphql(
      '{ mine: me { id } product(id: "p1") { name } }',
      {},
      { 'x-override-labels': 'auth' },
    );
    await subgraph('auth').start();
    expect(body.data).toEqual({ mine: null, product: { name: 'p1 from legacy' } });
    expect(paths(body.errors)).toEqual(['mine']);
  });

  test('does not name fields that the client had not asked for', async () => {
    await subgraph('catalogue').stop();
    const { body } = await gateway.graphql(
      '{ me { favourite { shippingCost } } }',
      {},
      { 'x-override-labels': 'product' },
    );
    await subgraph('catalogue').start();
    expect(body.data).toEqual({ me: { favourite: { shippingCost: null } } });
    expect(paths(body.errors)).toEqual(['me.favourite']);
  });

  test('is told at the entities of a list that it concerns, and at no others', async () => {
    await subgraph('catalogue').stop();
    const { body } = await gateway.graphql(
      '{ reading { id ... on Book { title } ... on Film { title } } }',
      {},
      { 'x-override-labels': 'product' },
    );
    await subgraph('catalogue').start();
    expect(body.data).toEqual({ reading: [{ id: 'f1', title: 'f1 from legacy' }, null] });
    expect(paths(body.errors)).toEqual(['reading.1.title']);
    expect(codes(body.errors)).toEqual(['SUBGRAPH_UNAVAILABLE']);
  });

  test('makes null of what may not be incomplete, up to the next place where null may be', async () => {
    await subgraph('catalogue').stop();
    const { body } = await gateway.graphql(
      '{ me { id favourite { id name } } }',
      {},
      { 'x-override-labels': 'product' },
    );
    await subgraph('catalogue').start();
    expect(body.data).toEqual({ me: { id: 'u1', favourite: null } });
    expect(paths(body.errors)).toEqual(['me.favourite.name']);
    expect(codes(body.errors)).toEqual(['SUBGRAPH_UNAVAILABLE']);
  });
});

describe('a subgraph that answers badly', () => {
  const QUERY = '{ product(id: "p1") { id shippingCost } }';
  const PARTIAL = { product: { id: 'p1', shippingCost: null } };

  test.each([
    ['an HTTP error', 503, 'text/html', '<h1>busy</h1>', 'SUBGRAPH_HTTP_ERROR'],
    ['an HTTP error in JSON', 404, 'application/json', '{"oh":"no"}', 'SUBGRAPH_HTTP_ERROR'],
    ['a page', 200, 'text/html', '<h1>hello</h1>', 'SUBGRAPH_INVALID_RESPONSE'],
    ['half a text', 200, 'application/json', '{"data":{"_enti', 'SUBGRAPH_INVALID_RESPONSE'],
    ['another JSON', 200, 'application/json', '[1]', 'SUBGRAPH_INVALID_RESPONSE'],
    [
      'errors that are none',
      200,
      'application/json',
      '{"errors":[7]}',
      'SUBGRAPH_INVALID_RESPONSE',
    ],
    ['nothing', 200, 'application/json', '', 'SUBGRAPH_INVALID_RESPONSE'],
    [
      'a refusal of our signature',
      401,
      'application/json',
      '{"errors":[{"message":"who?","extensions":{"code":"UNAUTHENTICATED"}}]}',
      'SUBGRAPH_HTTP_ERROR',
    ],
  ])('with %s', async (_what, status, type, text, code) => {
    subgraph('shipping').answer = answerWith(status, type, text);
    const { body } = await gateway.graphql(QUERY);
    expect(body.data).toEqual(PARTIAL);
    expect(codes(body.errors)).toEqual([code]);
    expect(paths(body.errors)).toEqual(['product.shippingCost']);
    expect(JSON.stringify(body)).not.toMatch(/stack|node_modules|127\.0/);
  });

  test('too late is told apart from unreachable', async () => {
    subgraph('shipping').answer = () =>
      new Promise((resolve) => {
        setTimeout(resolve, 600, null);
      });
    const { body } = await gateway.graphql(QUERY);
    expect(body.data).toEqual(PARTIAL);
    expect(body.errors).toEqual([
      {
        message: 'The subgraph "shipping" did not answer within 300 ms: try again later.',
        path: ['product', 'shippingCost'],
        extensions: { code: 'SUBGRAPH_TIMEOUT', serviceName: 'shipping' },
      },
    ]);
  });

  test('with too few entities has given no GraphQL response', async () => {
    const text = '{"data":{"_entities":[]}}';
    subgraph('shipping').answer = answerWith(200, 'application/json', text);
    const { body } = await gateway.graphql(QUERY);
    expect(body.data).toEqual(PARTIAL);
    expect(codes(body.errors)).toEqual(['SUBGRAPH_INVALID_RESPONSE']);
  });

  test('with null where none may be is an error, though the subgraph reports none', async () => {
    const text = '{"data":{"strict":null}}';
    subgraph('legacy').answer = answerWith(200, 'application/json', text);
    const { body } = await gateway.graphql('{ strict }');
    expect(body.data).toBeNull();
    expect(body.errors).toEqual([
      {
        message: 'Cannot return null for non-nullable field Query.strict.',
        path: ['strict'],
        extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
      },
    ]);
    expect(body.extensions).toBeUndefined();
  });
});

describe('a connection that breaks', () => {
  const breakOnce = () => {
    let broken = false;
    return async () => {
      if (broken) return null;
      broken = true;
      return 'reset' as const;
    };
  };

  test('is tried once more for a query', async () => {
    subgraph('legacy').answer = breakOnce();
    const { body } = await gateway.graphql('{ strict }');
    expect(body).toEqual({ data: { strict: 'strict' } });
  });

  test('is not tried again for a mutation, which may have been done', async () => {
    subgraph('legacy').answer = breakOnce();
    const before = subgraph('legacy').received.length;
    const { body } = await gateway.graphql('mutation { rename(id: "p1", name: "x") { name } }');
    expect(body.data).toEqual({ rename: null });
    expect(codes(body.errors)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(subgraph('legacy').received.length).toBe(before + 1);
  });
});

describe("a subgraph's own errors", () => {
  test('keep message, path, code and extensions; the stack and the name of the subgraph stay inside', async () => {
    const { body } = await gateway.graphql('{ secret strict }');
    expect(body).toEqual({
      data: { secret: null, strict: 'strict' },
      errors: [
        {
          message: 'Only staff may see secrets.',
          path: ['secret'],
          extensions: { code: 'FORBIDDEN', detail: 7 },
        },
      ],
    });
  });

  test('count when they come with an HTTP error', async () => {
    const text = '{"errors":[{"message":"No.","extensions":{"code":"TOO_MANY"}}]}';
    subgraph('legacy').answer = answerWith(429, 'application/json', text);
    const { body } = await gateway.graphql('{ boom }');
    expect(body.data).toEqual({ boom: null });
    expect(body.errors).toEqual([{ message: 'No.', extensions: { code: 'TOO_MANY' } }]);
  });
});

describe('the fields that a failed request concerns', () => {
  test('are those of its root, by their names in the answer, without the skipped ones', () => {
    const query = `query ($no: Boolean!) {
      a: x { y } b @include(if: $no) c @skip(if: $no) __typename ...F ... on Query { e }
    } fragment F on Query { d }`;
    expect(concernedPaths({ query, variables: { no: false } })).toEqual([
      ['a'],
      ['c'],
      ['d'],
      ['e'],
    ]);
  });

  test('are those of each entity, by its type', () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Book { title } ... on Film { minutes } ... on Media { rating }
    } }`;
    const variables = { representations: [{ __typename: 'Film' }, { __typename: 'Book' }] };
    expect(concernedPaths({ query, variables }).map((path) => path.join('.'))).toEqual([
      '_entities.0.minutes',
      '_entities.0.rating',
      '_entities.1.title',
      '_entities.1.rating',
    ]);
  });
});

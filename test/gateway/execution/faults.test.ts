import { describe, expect, test } from 'vitest';
import { unavailable } from '../../../gateway/transport/subgraph-fault.ts';
import { shop } from '../shop-graph.ts';
import { libraryGraph } from './library-graph.ts';
import { plannedGraph, type Interference, type Ran } from './planned-graph.ts';
import { reviewGraph } from './review-graph.ts';

const graph = plannedGraph(shop);
const reviews = plannedGraph(reviewGraph);
const library = plannedGraph(libraryGraph);

const without =
  (name: string): Interference =>
  ({ subgraph }) =>
    subgraph === name ? Promise.reject(unavailable(name, null)) : undefined;
const paths = ({ errors }: Ran) => errors.map(({ path }) => path?.join('.'));
const codes = ({ errors }: Ran) => new Set(errors.map(({ extensions }) => extensions['code']));

describe('a subgraph that is away', () => {
  test('gives an error at each field that it was asked for, of each entity', async () => {
    const ran = await graph.run('{ products { id shippingCost } }', {
      interfere: without('shipping'),
    });
    expect(ran.data.products[2]).toEqual({ id: 'p3', shippingCost: null });
    expect(ran.errors[0]).toEqual({
      message: 'The subgraph "shipping" cannot be reached: try again later.',
      path: ['products', 0, 'shippingCost'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'shipping' },
    });
    expect(paths(ran)).toEqual([0, 1, 2].map((index) => `products.${index}.shippingCost`));
  });

  test('does not name fields that only the plan needed: the path ends where the answer ends', async () => {
    const ran = await graph.run('{ me { favourite { shippingCost } } }', {
      labels: ['product'],
      interfere: without('catalogue'),
    });
    expect(ran.data).toEqual({ me: { favourite: { shippingCost: null } } });
    expect(paths(ran)).toEqual(['me.favourite']);
  });

  test('concerns the entities of its own types only, also in a list of several types', async () => {
    const ran = await graph.run(
      '{ reading { id ... on Book { title } ... on Film { title minutes } } }',
      { labels: ['product'], interfere: without('catalogue') },
    );
    expect(ran.data).toEqual({
      reading: [{ id: 'f1', title: 'f1 from legacy', minutes: 90 }, null],
    });
    expect(paths(ran)).toEqual(['reading.1.title']);
  });

  test('is told at every place of an entity that was asked for once', async () => {
    const ran = await reviews.run('{ users { reviews { product { name } } } }', {
      interfere: (sent) =>
        sent.subgraph === 'products' ? without('products')(sent, async () => ({})) : undefined,
    });
    expect(paths(ran)).toEqual([
      'users.0.reviews.0.product.name',
      'users.0.reviews.1.product.name',
      'users.1.reviews.0.product.name',
      'users.1.reviews.1.product.name',
      'users.2.reviews.0.product.name',
      'users.2.reviews.1.product.name',
    ]);
  });

  test('takes what may not be null along, and says so once', async () => {
    const ran = await graph.run('{ me { id favourite { id name } } }', {
      labels: ['product'],
      interfere: without('catalogue'),
    });
    expect(ran.data).toEqual({ me: { id: 'u1', favourite: null } });
    expect(paths(ran)).toEqual(['me.favourite.name']);
    expect(codes(ran)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
  });

  test('is told where only the type of an object was asked for', async () => {
    const ran = await library.run('{ best { __typename rating } }', {
      interfere: without('library'),
    });
    expect(ran.data).toEqual({ best: null });
    expect(paths(ran)).toEqual(['best']);
  });

  test('names 100 fields at most, and counts the others', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `f${index}: shippingCost`).join(' ');
    const ran = await graph.run(`{ products { ${many} } }`, { interfere: without('shipping') });
    expect(ran.errors.length).toBe(100);
    expect(ran.errors[99]?.extensions).toMatchObject({ omittedErrors: 80 });
  });

  test('has no error at a field that is skipped', async () => {
    const query = 'query ($no: Boolean!) { me { id @skip(if: $no) name @include(if: $no) } }';
    const ran = await graph.run(query, { variables: { no: false }, interfere: without('legacy') });
    expect(ran.data).toEqual({ me: null });
    expect(paths(ran)).toEqual(['me']);
  });
});

describe('an answer that is none', () => {
  test.each([
    ['no entities', { data: {} }],
    ['too few entities', { data: { _entities: [] } }],
    ['something else instead of entities', { data: { _entities: 7 } }],
  ])('with %s is an invalid response', async (_what, response) => {
    const ran = await graph.run('{ product(id: "p1") { shippingCost } }', {
      interfere: ({ subgraph }) =>
        subgraph === 'shipping' ? Promise.resolve(response as never) : undefined,
    });
    expect(ran.data).toEqual({ product: { shippingCost: null } });
    expect(paths(ran)).toEqual(['product.shippingCost']);
    expect(codes(ran)).toEqual(new Set(['SUBGRAPH_INVALID_RESPONSE']));
  });

  test('with null where none may be is an error, though the subgraph reports none', async () => {
    const ran = await graph.run('{ strict }', {
      interfere: () => Promise.resolve({ data: { strict: null } }),
    });
    expect(ran.json).toBeNull();
    expect(ran.errors).toEqual([
      {
        message: 'Cannot return null for non-nullable field Query.strict.',
        path: ['strict'],
        extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
      },
    ]);
  });
});

describe("a subgraph's own errors", () => {
  test('keep message, path, code and extensions, and lose the stack and the name of the subgraph', async () => {
    const ran = await graph.run('{ secret strict }', {
      interfere: async (_sent, answer) => {
        const { data = null, errors = [] } = await answer();
        const inside = { stacktrace: ['x'], exception: 'y', serviceName: 'z' };
        return {
          data,
          errors: errors.map((error) => ({
            ...error,
            extensions: { ...error.extensions, ...inside },
          })),
        };
      },
    });
    expect(ran.errors).toEqual([
      {
        message: 'Only staff may see secrets.',
        path: ['secret'],
        extensions: { code: 'FORBIDDEN', detail: 7 },
      },
    ]);
  });

  test('are put where the entity is in the answer, at each of its places', async () => {
    const query = '{ users { id reviews { product { inStock } } } }';
    const ran = await reviews.run(query, {
      interfere: async ({ subgraph }, answer) => {
        const response = await answer();
        return subgraph === 'inventory'
          ? {
              ...response,
              errors: [{ message: 'Lost.', path: ['_entities', 0, 'inStock'] }],
            }
          : response;
      },
    });
    expect(paths(ran)).toEqual([
      'users.0.reviews.0.product.inStock',
      'users.1.reviews.0.product.inStock',
      'users.2.reviews.1.product.inStock',
    ]);
    expect(codes(ran)).toEqual(new Set(['DOWNSTREAM_SERVICE_ERROR']));
  });
});

test('nothing more is fetched once the client is gone', async () => {
  const leaving = new AbortController();
  const sent: string[] = [];
  const running = graph.run('{ products { shippingCost } }', {
    signal: leaving.signal,
    interfere: ({ subgraph }) => {
      sent.push(subgraph);
      leaving.abort(new Error('gone'));
      return undefined;
    },
  });
  await expect(running).rejects.toThrow('gone');
  expect(sent).toEqual(['legacy']);
});

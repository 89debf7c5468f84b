import { expect, test } from 'vitest';
import { plannedGraph, type Sent } from './planned-graph.ts';
import { reviewGraph } from './review-graph.ts';

const graph = plannedGraph(reviewGraph);

const ROUND = `
  fragment User on User { id username name }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query Round {
    users { ...User reviews { id product { ...Product reviews { id author { ...User reviews { id product { ...Product } } } } } } }
    topProducts { ...Product reviews { id author { ...User reviews { id product { ...Product } } } } }
  }
`;

const sentTo = (sent: readonly Sent[], subgraph: string): readonly Sent[] =>
  sent.filter((each) => each.subgraph === subgraph);
const upcs = (list: unknown): string[] =>
  (list as { upc: string }[]).map(({ upc }) => upc).toSorted();

test('six requests answer what sixteen fetches were planned for', async () => {
  const { data, errors, sent } = await graph.run(ROUND);
  expect(errors).toEqual([]);
  expect(data).toEqual((await graph.reference(ROUND)).data);
  expect(sent.map(({ subgraph }) => subgraph).toSorted()).toEqual([
    'accounts',
    'accounts',
    'inventory',
    'products',
    'products',
    'reviews',
  ]);
  expect(JSON.stringify(graph.plan(ROUND)).split('"Fetch"').length - 1).toBe(16);
});

test('equal representations are sent once, also where several fetches ask for the same', async () => {
  const { sent } = await graph.run(ROUND);
  const [, names] = sentTo(sent, 'products');
  expect(upcs(names?.variables['representations'])).toEqual(['p0', 'p1', 'p2', 'p3']);
});

test('what differs is selected side by side, each under its own alias', async () => {
  const query = '{ users { reviews { id } } topProducts { reviews { body } } }';
  const { data, sent } = await graph.run(query);
  const [joined, ...others] = sentTo(sent, 'reviews');
  expect(others).toEqual([]);
  expect(joined?.query).toMatch(/\(\$r0:\[_Any!\]!,?\$r1:\[_Any!\]!\)\{e0:_entities.*e1:_entities/);
  expect(data).toEqual((await graph.reference(query)).data);
});

test('what has nothing to be fetched for is left out of the request', async () => {
  const query =
    'query ($n: Int) { users { reviews(first: $n) { id } } topProducts(first: 0) { reviews { body } } }';
  const { sent } = await graph.run(query, { variables: { n: 1 } });
  const [alone] = sentTo(sent, 'reviews');
  expect(alone?.query).toContain('{_entities(representations:$representations)');
  expect(alone?.variables['n']).toBe(1);

  const { sent: without } = await graph.run(query.replace('users', 'users @skip(if: true)'));
  expect(without.map(({ subgraph }) => subgraph)).toEqual(['products']);
});

test('variables are sent as the client sent them, once, and only those that are given', async () => {
  const query = `query ($r0: Int, $r1: Int = 2) {
    users { reviews(first: $r0) { id } }
    me { reviews(first: $r1) { body } more: reviews(first: $r0) { id } }
  }`;
  const { data, sent } = await graph.run(query, { variables: { r0: 1, other: 2 } });
  const [joined] = sentTo(sent, 'reviews');
  expect(Object.keys(joined?.variables ?? {}).toSorted()).toEqual(['r0', 'r_0', 'r_1']);
  expect(data).toEqual((await graph.reference(query, { variables: { r0: 1 } })).data);
});

test('a variable of the client that is called as the entities of a fetch stays its own', async () => {
  const query = `query ($representations: Int!, $representations_: Boolean! = true) {
    users { reviews(first: $representations) { id product { name @include(if: $representations_) } } }
  }`;
  const { data, errors, sent } = await graph.run(query, { variables: { representations: 1 } });
  expect(errors).toEqual([]);
  const other = query.replaceAll('$representations', '$count');
  expect(data).toEqual((await graph.reference(other, { variables: { count: 1 } })).data);
  expect(data.users[0].reviews).toEqual([{ id: 'r0', product: { name: 'Table' } }]);
  const [reviews] = sentTo(sent, 'reviews');
  expect(Object.keys(reviews?.variables ?? {})).toEqual(['representations', 'representations__']);
});

test('also where fetches are joined', async () => {
  const query = `query ($representations: Int) {
    users { reviews(first: $representations) { id } } topProducts { reviews { body } }
  }`;
  const { data, sent } = await graph.run(query, { variables: { representations: 1 } });
  const [joined, ...others] = sentTo(sent, 'reviews');
  expect(others).toEqual([]);
  expect(Object.keys(joined?.variables ?? {})).toEqual(['representations', 'r0', 'r1']);
  const other = query.replaceAll('$representations', '$count');
  expect(data).toEqual((await graph.reference(other, { variables: { count: 1 } })).data);
});

test('an entity that came once for two places is two objects: each gets what is asked for at its place', async () => {
  const query = `{
    users { reviews { product { upc a: box(size: 1) { size } } } }
    me { reviews { product { upc a: box(size: 2) { size material } } } }
  }`;
  const { data, sent } = await graph.run(query);
  expect(sentTo(sent, 'reviews').map(({ variables }) => variables)).toEqual([
    { representations: ['u0', 'u1', 'u2'].map((id) => ({ __typename: 'User', id })) },
  ]);
  expect(data).toEqual((await graph.reference(query)).data);
  expect(data.users[0].reviews[0].product.a).toEqual({ size: 1 });
  expect(data.me.reviews[0].product.a).toEqual({ size: 2, material: 'wood' });
});

test('a failure of one of the joined fetches leaves the others whole: these are sent again', async () => {
  const query = '{ users { reviews { id } } topProducts { reviews { body } } }';
  const whole = await graph.run(query);
  const { data, errors, sent } = await graph.run(query, {
    interfere: ({ query: text }, answer) =>
      text.includes('e0:')
        ? answer().then(() => ({
            data: null,
            errors: [{ message: 'Broken.', path: ['e0'], extensions: { code: 'BROKEN' } }],
          }))
        : undefined,
  });
  expect(sentTo(sent, 'reviews').map(({ query: text }) => text.includes('e0:'))).toEqual([
    true,
    false,
  ]);
  expect(data.topProducts).toEqual(whole.data.topProducts);
  expect(data.users).toEqual([{ reviews: null }, { reviews: null }, { reviews: null }]);
  expect(errors).toEqual([{ message: 'Broken.', path: ['users'], extensions: { code: 'BROKEN' } }]);
});

test('a request that is refused as a whole is tried again in its parts', async () => {
  const query = '{ users { reviews { id } } topProducts { reviews { body } } }';
  const { errors, sent } = await graph.run(query, {
    interfere: ({ subgraph }) =>
      subgraph === 'reviews'
        ? Promise.resolve({ errors: [{ message: 'No.', extensions: { code: 'REFUSED' } }] })
        : undefined,
  });
  expect(sentTo(sent, 'reviews').length).toBe(3);
  expect(errors).toEqual([
    { message: 'No.', extensions: { code: 'REFUSED' } },
    { message: 'No.', extensions: { code: 'REFUSED' } },
  ]);
});

test('a request is public where every field of it is marked so', async () => {
  const { sent } = await graph.run('{ me { id name reviews { id } } }');
  expect(sent.map(({ subgraph, isPublic }) => [subgraph, isPublic])).toEqual([
    ['accounts', true],
    ['reviews', false],
  ]);
  const { sent: other } = await graph.run('{ me { id username } }');
  expect(other[0]?.isPublic).toBe(false);
});

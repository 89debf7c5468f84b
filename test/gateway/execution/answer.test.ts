import { describe, expect, test } from 'vitest';
import { libraryGraph } from './library-graph.ts';
import { plannedGraph, type Interference } from './planned-graph.ts';

const graph = plannedGraph(libraryGraph);

const answering =
  (data: Record<string, unknown>): Interference =>
  () =>
    Promise.resolve({ data });

describe('an answer is that of @apollo/gateway, byte for byte', () => {
  test.each([
    [
      'abstract types',
      '{ media { __typename id ... on Book { pages } ...F } } fragment F on Film { minutes }',
    ],
    ['unions', '{ found { t: __typename ... on Media { id label } ... on Book { isLong } } }'],
    ['interface objects', '{ media { id rating ... on Film { minutes rating } } }'],
    [
      'interface objects that lead to others',
      '{ best { __typename rating related { id label } } }',
    ],
    [
      'nested lists',
      '{ shelves { __typename label rating related { label related { rating } } } }',
    ],
    [
      'fields of different types under one name',
      '{ media { ... on Book { label } ... on Film { label } } }',
    ],
    ['fields that need others', '{ media { ... on Book { isLong } } }'],
    [
      'merged fields',
      '{ media { id } a: float media { label ... on Book { id pages } } media { label } }',
    ],
    [
      'names that every object has',
      '{ constructor: float toString: media { hasOwnProperty: label valueOf: id } }',
    ],
    ['a prototype', '{ __proto__: media { __proto__: label constructor: rating } }'],
    ['scalars of any shape', '{ any numbers float }'],
    ['text that needs escaping', '{ a: echo(text: "\\"\\\\ \\n \\u0001 \\u2028 é 😀") }'],
    ['the type of the root', '{ __typename other: __typename }'],
    [
      'introspection',
      '{ __type(name: "Media") { name possibleTypes { name } } t: __schema { queryType { name } } float }',
    ],
    [
      'a mutation',
      'mutation { second { id rating } first { label } again: second { __typename } }',
    ],
  ])('with %s', async (_what, query) => {
    const ours = await graph.run(query);
    const theirs = await graph.reference(query);
    expect(theirs.errors).toBeUndefined();
    expect(ours.errors).toEqual([]);
    expect(ours.json).toBe(JSON.stringify(theirs.data));
  });
});

test.each([
  [{ yes: true, no: false }],
  [{ yes: false, no: true }],
  [{ yes: true, no: true }],
  [{ no: false }],
])('conditions are decided by the variables %j and their defaults', async (variables) => {
  const query = `query ($yes: Boolean! = true, $no: Boolean!) {
    float @include(if: $yes)
    media @skip(if: $no) { id rating @include(if: $yes) ...F @skip(if: $yes) }
    media { ... on Book @include(if: $no) { pages isLong @include(if: $yes) } id @include(if: false) }
    numbers @include(if: $yes) @skip(if: $no)
    any @skip(if: true)
  } fragment F on Film { minutes }`;
  const ours = await graph.run(query, { variables });
  const theirs = await graph.reference(query, { variables });
  expect(ours.data).toEqual(theirs.data);
  expect(ours.errors).toEqual([]);
});

test('introspection reads its variables, each time anew', async () => {
  const query = 'query ($name: String!) { __type(name: $name) { name } }';
  const compiled = graph.compile(query);
  for (const name of ['Film', 'Book', 'Nothing']) {
    const { json } = compiled.write({}, { name }, { name });
    expect(JSON.parse(json ?? '')).toEqual({ __type: name === 'Nothing' ? null : { name } });
  }
});

describe('what the client must not see', () => {
  test('is null: a value that its enum does not have, and a type that its schema does not have', async () => {
    const { data, errors } = await graph.run('{ mood secret { __typename } }');
    expect(data).toEqual({ mood: null, secret: null });
    expect(errors.map(({ message }) => message)).toEqual([
      'Invalid value found for field Query.mood.',
      'Invalid __typename found for object at field Query.secret.',
    ]);
  });
});

describe('a null where none may be', () => {
  test.each([
    [
      '{ shelves { id } }',
      { shelves: [[{ __typename: 'Book', id: null }], [{ __typename: 'Film', id: 'f' }]] },
    ],
    ['{ numbers float }', { numbers: [1, null, 'x'], float: 2 }],
    ['{ found { ... on Book { pages } } }', { found: [{ __typename: 'Book', pages: null }] }],
    ['{ media { ... on Book { pages } } }', { media: [{ __typename: 'Book' }, null] }],
    ['{ a: media { id } float }', { a: [{ __typename: 'Nobody', id: '1' }], float: 'x' }],
    ['{ media { __typename } }', { media: [{ __typename: 'Media' }] }],
  ])('takes along what is around it: %s', async (query, data) => {
    const interfere = answering(data);
    const ours = await graph.run(query, { interfere });
    const theirs = await graph.reference(query, { interfere });
    expect(ours.data).toEqual(theirs.data);
    expect(ours.errors).toEqual(JSON.parse(JSON.stringify(theirs.errors ?? [])));
  });
});

test('a value of another shape is null with an error, and the rest of the answer stands', async () => {
  const { data, errors } = await graph.run('{ media { id } float any numbers }', {
    interfere: answering({ media: { id: 1 }, float: [], any: 1, numbers: [2] }),
  });
  expect(data).toEqual({ media: null, float: null, any: 1, numbers: [2] });
  expect(errors.map(({ path }) => path)).toEqual([['media'], ['float']]);
});

test('false, 0 and the empty text survive where fields of different types share a name', async () => {
  const query = '{ media { ... on Book { label } ... on Film { label } } }';
  const { data } = await graph.run(query, {
    interfere: async (_sent, answer) =>
      JSON.parse(
        JSON.stringify(await answer())
          .replaceAll('a film', '')
          .replaceAll('a book', ''),
      ),
  });
  expect(data.media).toEqual([{ label: '' }, null, { label: '' }]);
});

test('an object keeps its own type where a subgraph knows it by its interface only', async () => {
  const { data } = await graph.run('{ media { rating ... on Film { minutes } } }', {
    interfere: async ({ subgraph }, answer) =>
      subgraph === 'ratings'
        ? { data: { _entities: [1, 2].map((rating) => ({ __typename: 'Media', rating })) } }
        : answer(),
  });
  expect(data.media).toEqual([{ rating: 1 }, null, { rating: 2, minutes: 90 }]);
});

test('an answer cannot reach what all objects share', async () => {
  const poisoned =
    '{"data":{"float":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
  const { data } = await graph.run('{ float media { id rating } }', {
    interfere: async ({ subgraph }, answer) =>
      subgraph === 'library'
        ? JSON.parse(
            poisoned.replace(
              '{"float"',
              `{"media":${JSON.stringify((await answer()).data?.['media'])},"float"`,
            ),
          )
        : JSON.parse(
            '{"data":{"_entities":[{"rating":1,"__proto__":{"polluted":2}},{"rating":2,"constructor":{"prototype":{"polluted":2}}}]}}',
          ),
  });
  expect(data.media[0]).toEqual({ id: 'b1', rating: 1 });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

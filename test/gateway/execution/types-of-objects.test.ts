import { expect, test } from 'vitest';
import { plannedGraph } from './planned-graph.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])';

/** One subgraph says of a field that it is a Book, the other only that it is some Media: so clients see Media. */
const graph = plannedGraph([
  {
    name: 'books',
    typeDefs: `${LINK}
      type Query { item: Book @shareable one: Book only: Int }
      interface Media { id: ID! }
      type Book implements Media @shareable { id: ID! pages: Int }
    `,
    resolvers: {
      Query: {
        item: () => ({ id: 'b1', pages: 3 }),
        one: () => ({ id: 'b2', pages: 4 }),
        only: () => 1,
      },
    },
  },
  {
    name: 'media',
    typeDefs: `${LINK}
      type Query { item: Media @shareable }
      interface Media { id: ID! }
      type Book implements Media @shareable { id: ID! pages: Int }
      type Film implements Media { id: ID! }
    `,
    resolvers: { Query: { item: () => ({ __typename: 'Book', id: 'b1', pages: 3 }) } },
  },
]);

// @apollo/gateway loses what is selected for a type in both cases.

test('a subgraph is asked for types where clients see an abstract one, though the plan does not', async () => {
  const { data, sent } = await graph.run('{ only item { id ... on Book { pages } } }');
  expect(sent.map(({ query }) => query)).toEqual(['{only item{__typename id pages}}']);
  expect(data).toEqual({ only: 1, item: { id: 'b1', pages: 3 } });
});

test('fragments within fragments apply to objects that name no type where they can have only one', async () => {
  const { data, sent } = await graph.run('{ one { ... on Media { id ... on Book { pages } } } }');
  expect(sent[0]?.query).not.toContain('__typename');
  expect(data).toEqual({ one: { id: 'b2', pages: 4 } });
});

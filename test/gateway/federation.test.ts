import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStandaloneGateway, type TestGateway } from './test-gateway.ts';
import type { SubgraphSource } from './test-subgraph.ts';

const LINK = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"]
  )
`;

const library: SubgraphSource = {
  name: 'library',
  typeDefs: `${LINK}
    type Query {
      media(kind: Kind): [Media]!
      shelf: Shelf!
      best: Pick @shareable
      kinds: [Kind]
    }
    type Mutation { lend(id: ID!): Media }
    enum Kind { BOOK FILM HIDDEN @inaccessible }
    interface Media @key(fields: "id") { id: ID! title: String! }
    type Book implements Media @key(fields: "id") { id: ID! title: String! author: Author @provides(fields: "born") isbn: String }
    type Film implements Media @key(fields: "id") { id: ID! title: String! }
    type Author @key(fields: "name country { code }") { name: String! @shareable country: Country! born: Int @external }
    type Country @shareable { code: String! }
    type Shelf { rows: [[Media!]!]! }
    union Pick = Book | Film
  `,
  resolvers: {
    Query: {
      media: (_parent: unknown, { kind }: { kind?: string }) =>
        [book, film, null].filter((each) => !kind || each?.__typename.toUpperCase() === kind),
      shelf: () => ({ rows: [[book], [film, book], []] }),
      best: () => film,
      kinds: () => ['BOOK', 'HIDDEN'],
    },
    Mutation: { lend: () => book },
    Media: { __resolveReference: ({ id }: { id: string }) => (id === 'b1' ? book : film) },
    Book: { __resolveReference: () => book },
    Film: { __resolveReference: () => film },
  },
};
const author = { name: 'Ann', country: { code: 'JP' }, born: 1970 };
const book = { __typename: 'Book', id: 'b1', title: 'Book one', author, isbn: '1' };
const film = { __typename: 'Film', id: 'f1', title: 'Film one' };

const people: SubgraphSource = {
  name: 'people',
  typeDefs: `${LINK}
    type Query { people: [Author!]! }
    type Author @key(fields: "name country { code }") { name: String! @shareable country: Country! born: Int @shareable }
    type Country @shareable { code: String! name: String! }
  `,
  resolvers: {
    Query: { people: () => [author] },
    Author: { __resolveReference: (key: object) => ({ ...key, born: 1970 }) },
    Country: { name: ({ code }: { code: string }) => `Country ${code}` },
  },
};

const reviews: SubgraphSource = {
  name: 'reviews',
  typeDefs: `${LINK}
    type Query { topRated: Media! }
    type Media @key(fields: "id") @interfaceObject {
      id: ID!
      title: String! @external
      stars(worst: Int! = 1): Int!
      headline: String! @requires(fields: "title")
    }
  `,
  resolvers: {
    Query: { topRated: () => ({ id: 'b1' }) },
    Media: {
      __resolveReference: (key: object) => key,
      stars: (_parent: unknown, { worst }: { worst: number }) => worst + 4,
      headline: ({ title }: { title: string }) => `${title}!`,
    },
  },
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startStandaloneGateway([library, people, reviews]);
});
afterAll(() => gateway.close());

const data = async (query: string, variables?: Record<string, unknown>): Promise<unknown> => {
  const { body } = await gateway.graphql(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};

test('fields of an interface object join each implementation, with what they require', async () => {
  expect(await data('{ media { id title stars headline } }')).toEqual({
    media: [
      { id: 'b1', title: 'Book one', stars: 5, headline: 'Book one!' },
      { id: 'f1', title: 'Film one', stars: 5, headline: 'Film one!' },
      null,
    ],
  });
});

test('an interface object gets its real type from where the type is known', async () => {
  expect(await data('{ topRated { __typename id ... on Book { isbn } } }')).toEqual({
    topRated: { __typename: 'Book', id: 'b1', isbn: '1' },
  });
});

test('a compound key joins, through a value type that two subgraphs share', async () => {
  expect(await data('{ media { ... on Book { author { born country { name } } } } }')).toEqual({
    media: [{ author: { born: 1970, country: { name: 'Country JP' } } }, {}, null],
  });
});

test('what a path provides is not fetched from elsewhere', async () => {
  const before = gateway.subgraphs['people']?.received.length;
  expect(await data('{ media(kind: BOOK) { ... on Book { author { name born } } } }')).toEqual({
    media: [{ author: { name: 'Ann', born: 1970 } }],
  });
  expect(gateway.subgraphs['people']?.received.length).toBe(before);
});

test('lists of lists are joined', async () => {
  expect(await data('{ shelf { rows { id stars } } }')).toEqual({
    shelf: {
      rows: [
        [{ id: 'b1', stars: 5 }],
        [
          { id: 'f1', stars: 5 },
          { id: 'b1', stars: 5 },
        ],
        [],
      ],
    },
  });
});

test('a union is told apart, and aliases and fragments keep their names', async () => {
  const query = `{ pick: best { kind: __typename ...B ... on Film { name: title low: stars(worst: -4) stars } } }
    fragment B on Book { isbn }`;
  expect(await data(query)).toEqual({ pick: { kind: 'Film', name: 'Film one', low: 0, stars: 5 } });
});

test.each([
  [true, true, { media: [{ title: 'Book one' }] }],
  [true, false, { media: [{ title: 'Book one', stars: 5 }] }],
  [false, false, { media: [{ stars: 5 }] }],
  [false, true, { media: [{}] }],
])('@include(if: %s) and @skip(if: %s) hold over subgraphs', async (yes, no, answer) => {
  const query = `query ($yes: Boolean!, $no: Boolean! = false) {
    media(kind: BOOK) { title @include(if: $yes) ... @skip(if: $no) { stars } }
  }`;
  expect(await data(query, { yes, no })).toEqual(answer);
});

test('a subgraph is not asked for what is skipped', async () => {
  const before = gateway.subgraphs['reviews']?.received.length;
  await data('query ($no: Boolean!) { media { id stars @skip(if: $no) } }', { no: true });
  expect(gateway.subgraphs['reviews']?.received.length).toBe(before);
});

test('variables reach the subgraph that needs them, and their defaults hold', async () => {
  const query =
    'query ($kind: Kind = FILM, $worst: Int! = 3) { media(kind: $kind) { id stars(worst: $worst) } }';
  expect(await data(query)).toEqual({ media: [{ id: 'f1', stars: 7 }] });
  expect(await data(query, { kind: 'BOOK', worst: 0 })).toEqual({
    media: [{ id: 'b1', stars: 4 }],
  });
});

test('the answer of a mutation is joined like that of a query', async () => {
  expect(await data('mutation { lend(id: "b1") { title headline } }')).toEqual({
    lend: { title: 'Book one', headline: 'Book one!' },
  });
});

test('a value that clients may not see is null with an error', async () => {
  const { body } = await gateway.graphql('{ kinds }');
  expect(body.data).toEqual({ kinds: ['BOOK', null] });
  expect(body.errors).toMatchObject([
    { path: ['kinds', 1], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } },
  ]);
  const hidden = await gateway.graphql('{ media(kind: HIDDEN) { id } }');
  expect(hidden.body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('one request to a subgraph serves all entities of a level', async () => {
  const before = gateway.subgraphs['reviews']?.received.length ?? 0;
  await data('{ shelf { rows { headline } } }');
  expect(gateway.subgraphs['reviews']?.received.length).toBe(before + 1);
});

import type { SubgraphSource } from '../test-subgraph.ts';

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject", "@inaccessible"]
)`;

const book = { __typename: 'Book', id: 'b1', label: 'a book', pages: 100, mood: 'CALM' };
const film = { __typename: 'Film', id: 'f1', label: 'a film', minutes: 90, mood: 'WILD' };

/** Abstract types, interface objects, nested lists, scalars of any shape, and fields whose types differ. */
export const libraryGraph: readonly SubgraphSource[] = [
  {
    name: 'library',
    typeDefs: `${LINK}
      scalar JSON
      enum Mood { CALM WILD HIDDEN @inaccessible }
      type Query {
        media: [Media]
        shelves: [[Media!]]
        found: [Found!]
        secret: Secret
        any: JSON
        float: Float
        numbers: [Int!]
        mood: Mood
        echo(text: String): String
      }
      type Mutation { first(text: String): Media second(text: String): Media }
      union Found = Book | Film
      interface Media @key(fields: "id") { id: ID! label: String }
      type Book implements Media @key(fields: "id") {
        id: ID! label: String! @shareable pages: Int! mood: Mood
      }
      type Film implements Media @key(fields: "id") {
        id: ID! label: String @shareable minutes: Int mood: Mood
      }
      union Secret = Hidden | Film
      type Hidden @inaccessible { id: ID! }
    `,
    resolvers: {
      Query: {
        media: () => [book, null, film],
        shelves: () => [[book, film], null, [], [film]],
        found: () => [film, book],
        secret: () => ({ __typename: 'Hidden', id: 'h1' }),
        any: () => ({ list: [1, 'a "quoted" text', null], __proto__: undefined }),
        float: () => 1.5,
        numbers: () => [1, 2],
        mood: () => 'HIDDEN',
        echo: (_root: unknown, { text }: { text?: string }) => text,
      },
      Mutation: { first: () => book, second: () => film },
      Media: { __resolveReference: ({ id }: { id: string }) => (id === 'b1' ? book : film) },
    },
  },
  {
    name: 'ratings',
    typeDefs: `${LINK}
      type Media @key(fields: "id") @interfaceObject {
        id: ID!
        rating: Int!
        related: [[Media]]
      }
      type Query { best: Media }
    `,
    resolvers: {
      Query: { best: () => ({ id: 'f1' }) },
      Media: {
        rating: ({ id }: { id: string }) => (id === 'b1' ? 5 : 3),
        related: ({ id }: { id: string }) => [[{ id: id === 'b1' ? 'f1' : 'b1' }], null],
      },
    },
  },
  {
    name: 'labels',
    typeDefs: `${LINK}
      type Book @key(fields: "id") {
        id: ID! label: String @shareable pages: Int! @external isLong: Boolean @requires(fields: "pages")
      }
    `,
    resolvers: {
      Book: {
        __resolveReference: (reference: object) => reference,
        isLong: ({ pages }: { pages: number }) => pages > 50,
        label: () => 'a book',
      },
    },
  },
];

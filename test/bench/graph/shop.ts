import type { GraphQLResolverMap } from '@apollo/subgraph';

/**
 * The graph that federated gateways are commonly measured with: accounts, inventory, products and reviews, six
 * users, nine products, eleven reviews, and one deeply nested query. The shape is that of
 * https://github.com/the-guild-org/graphql-gateways-benchmark; the data is our own.
 */
interface Keyed {
  readonly id?: string;
  readonly upc?: string;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@provides", "@requires", "@shareable"])`;

const users = ['ada', 'ben', 'cleo', 'dan', 'eve', 'finn'].map((name, index) => ({
  id: String(index + 1),
  name: `${name[0]?.toUpperCase()}${name.slice(1)} of the benchmark`,
  username: `${name}-${1980 + index}`,
  birthday: 4_000 + index,
}));

const products = ['Desk', 'Sofa', 'Cup', 'Stool', 'Radio', 'Torch', 'Oven', 'Freezer', 'Bench'].map(
  (name, index) => ({
    upc: String(index + 1),
    name,
    price: (index + 1) * 110,
    weight: index % 2 === 0 ? 100 + index : 1_000 + index,
  }),
);

/** The product and the author of each review: so unequal that the answer to the query below has 87 kB. */
const REVIEWED: readonly (readonly [upc: string, author: string])[] = [
  ...Array.from({ length: 6 }, () => ['1', '1'] as const),
  ['1', '2'],
  ['2', '1'],
  ['2', '1'],
  ['3', '2'],
  ['4', '3'],
];
const reviews = REVIEWED.map(([upc, author], index) => ({
  id: String(index + 1),
  body: `The opinion number ${index + 1} of somebody who uses it`,
  product: { upc },
  author: { id: author },
}));

const byKey = <Row extends Keyed>(rows: readonly Row[]) => ({
  __resolveReference: ({ id, upc }: Keyed) =>
    rows.find((row) => (id === undefined ? row.upc === upc : row.id === id)) ?? null,
});

/** A subgraph of the benchmark: what `buildSubgraphSchema` takes. */
export interface BenchSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: GraphQLResolverMap<unknown>;
}

export const SUBGRAPHS: readonly BenchSubgraph[] = [
  {
    name: 'accounts',
    typeDefs: `${LINK}
      type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
    resolvers: {
      Query: {
        me: () => users[0],
        users: () => users,
        user: (_: unknown, { id }: { id: string }) => users.find((user) => user.id === id),
      },
      User: byKey(users),
    },
  },
  {
    name: 'inventory',
    typeDefs: `${LINK}
      type Product @key(fields: "upc") {
        upc: String!
        weight: Int @external
        price: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: {
        __resolveReference: (reference: object) => reference,
        inStock: ({ upc }: { upc: string }) => Number(upc) % 3 !== 0,
        shippingEstimate: ({ price, weight }: { price: number; weight: number }) =>
          price > 1_000 ? 0 : Math.round(weight / 2),
      },
    },
  },
  {
    name: 'products',
    typeDefs: `${LINK}
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: {
        topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first),
      },
      Product: byKey(products),
    },
  },
  {
    name: 'reviews',
    typeDefs: `${LINK}
      type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      Review: {
        ...byKey(reviews),
        author: ({ author }: { author: { id: string } }) =>
          users.find(({ id }) => id === author.id),
      },
      User: {
        __resolveReference: (reference: object) => reference,
        reviews: ({ id }: { id: string }) => reviews.filter(({ author }) => author.id === id),
      },
      Product: {
        __resolveReference: (reference: object) => reference,
        reviews: ({ upc }: { upc: string }) => reviews.filter(({ product }) => product.upc === upc),
      },
    },
  },
];

const FRAGMENTS = `
  fragment U on User { id username name }
  fragment R on Review { id body }
  fragment P on Product { inStock name price shippingEstimate upc weight }`;

export const QUERY = `${FRAGMENTS}
  query BenchQuery {
    users {
      ...U
      reviews { ...R product { ...P reviews { ...R author { ...U reviews { ...R product { ...P } } } } } }
    }
    topProducts {
      ...P
      reviews { ...R author { ...U reviews { ...R product { ...P } } } }
    }
  }`;

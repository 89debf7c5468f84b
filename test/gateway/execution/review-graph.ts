import type { SubgraphSource } from '../test-subgraph.ts';

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@tag"]
)`;

const names = ['Ada', 'Bob', 'Cleo'];
const users = names.map((name, index) => ({ id: `u${index}`, name, username: name.toLowerCase() }));
const products = ['Table', 'Couch', 'Glass', 'Chair'].map((name, index) => ({
  upc: `p${index}`,
  name,
  price: 100 * (index + 1),
  weight: 10 * (index + 1),
}));
/** Product and author of each review. */
const reviews = [
  [0, 0],
  [0, 1],
  [1, 0],
  [2, 1],
  [3, 2],
  [0, 2],
].map(([product, author], index) => ({
  id: `r${index}`,
  body: `review ${index}`,
  product: { upc: `p${product}` },
  author: { id: `u${author}`, username: names[author ?? 0]?.toLowerCase() },
}));

/** Four subgraphs whose entities lead round in circles: the same ones are met at many places of an answer. */
export const reviewGraph: readonly SubgraphSource[] = [
  {
    name: 'accounts',
    typeDefs: `${LINK}
      type Query { users: [User] me: User @tag(name: "public") }
      type User @key(fields: "id") {
        id: ID! @tag(name: "public")
        name: String @tag(name: "public")
        username: String @shareable
      }
    `,
    resolvers: {
      Query: { users: () => users, me: () => users[0] },
      User: { __resolveReference: (one: { id: string }) => users.find(({ id }) => id === one.id) },
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
        box(size: Int!): Box
      }
      type Box { size: Int! material: String }
    `,
    resolvers: {
      Product: {
        __resolveReference: (reference: object) => reference,
        inStock: ({ upc }: { upc: string }) => upc !== 'p1',
        shippingEstimate: ({ price, weight }: { price: number; weight: number }) => price + weight,
        box: (_product: unknown, { size }: { size: number }) => ({ size, material: 'wood' }),
      },
    },
  },
  {
    name: 'products',
    typeDefs: `${LINK}
      type Query { topProducts(first: Int = 3): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }
    `,
    resolvers: {
      Query: {
        topProducts: (_root: unknown, { first }: { first: number }) => products.slice(0, first),
      },
      Product: {
        __resolveReference: (one: { upc: string }) => products.find(({ upc }) => upc === one.upc),
      },
    },
  },
  {
    name: 'reviews',
    typeDefs: `${LINK}
      type Review @key(fields: "id") {
        id: ID!
        body: String
        product: Product
        author: User @provides(fields: "username")
      }
      type User @key(fields: "id") { id: ID! username: String @external reviews(first: Int): [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }
    `,
    resolvers: {
      User: {
        reviews: ({ id }: { id: string }, { first }: { first?: number }) =>
          reviews.filter(({ author }) => author.id === id).slice(0, first),
      },
      Product: {
        reviews: ({ upc }: { upc: string }) => reviews.filter(({ product }) => product.upc === upc),
      },
    },
  },
];

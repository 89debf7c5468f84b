import type { BenchSubgraph } from './shop.ts';

/**
 * A graph in the middle of four moves: each domain stands there twice, as `old-…` and as itself, and its label says which
 * of the two answers. The labels are names of moves of ours, so that the control database decides them.
 */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])`;

const users = Array.from({ length: 10 }, (_, index) => ({
  id: `u${index}`,
  name: `Customer number ${index} of the benchmark`,
  email: `customer-${index}@shop.example`,
}));
const products = Array.from({ length: 40 }, (_, index) => ({
  id: `p${index}`,
  name: `Article number ${index} of the shop`,
  price: (index + 1) * 110,
  inStock: index % 3 !== 0,
  shippingDays: index % 5,
}));
const orders = Array.from({ length: 30 }, (_, index) => ({
  id: `o${index}`,
  userId: `u${index % 10}`,
  total: index * 1_000,
  products: [1, 2, 3].map((step) => ({ id: `p${(index * step) % 40}` })),
}));

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) => ({
  __resolveReference: ({ id }: { id: string }) => rows.find((row) => row.id === id) ?? null,
});

/** A domain: `*` stands behind each field that moves. */
interface Domain {
  readonly label: string;
  readonly types: string;
  readonly resolvers: BenchSubgraph['resolvers'];
}

const DOMAINS: readonly Domain[] = [
  {
    label: 'auth',
    types: `
      type Query { me: User* users: [User]* }
      type User @key(fields: "id") { id: ID! name: String* email: String* }`,
    resolvers: { Query: { me: () => users[0], users: () => users }, User: byId(users) },
  },
  {
    label: 'product',
    types: `
      type Query { products(first: Int): [Product]* }
      type Product @key(fields: "id") { id: ID! name: String* price: Int* }`,
    resolvers: {
      Query: { products: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
      Product: byId(products),
    },
  },
  {
    label: 'inventory',
    types: `type Product @key(fields: "id") { id: ID! inStock: Boolean* shippingDays: Int* }`,
    resolvers: { Product: byId(products) },
  },
  {
    label: 'order',
    types: `
      type User @key(fields: "id") { id: ID! orders: [Order]* }
      type Order @key(fields: "id") { id: ID! total: Int* products: [Product]* }
      type Product @key(fields: "id") { id: ID! }`,
    resolvers: {
      User: { orders: ({ id }: { id: string }) => orders.filter(({ userId }) => userId === id) },
      Order: byId(orders),
    },
  },
];

export const MOVING_SUBGRAPHS: readonly BenchSubgraph[] = DOMAINS.flatMap(
  ({ label, types, resolvers }) => {
    const moving = `@override(from: "old-${label}", label: "${label}")`;
    return [
      { name: `old-${label}`, typeDefs: LINK + types.replaceAll('*', ' '), resolvers },
      { name: label, typeDefs: LINK + types.replaceAll('*', ` ${moving} `), resolvers },
    ];
  },
);

/** From one fetch to four that wait for one another. */
export const MOVING_QUERIES: readonly string[] = [
  '{ me { id name email } }',
  '{ products(first: 20) { id name price inStock shippingDays } }',
  '{ me { name orders { id total } } products(first: 5) { name inStock } }',
  '{ users { name orders { total products { name price inStock } } } }',
];

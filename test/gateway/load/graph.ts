import { setTimeout as wait } from 'node:timers/promises';

const LINK = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@override"]
  )
`;

/** A subgraph of the graph that load is put on. */
export interface LoadSubgraph {
  readonly typeDefs: string;
  /** @param placed how often each order was placed here */
  readonly resolvers: (placed: Map<string, number>) => Record<string, Record<string, unknown>>;
}

/** An order as a side has it: `side` is all that tells the sides apart. */
const order = (id: string, side: string) => ({
  id,
  side,
  items: [1, 2, 3].map((number) => ({ side, sku: `${id}-${number}` })),
});
const IDS = ['1', '2', '3', '4', '5'];

const orders = (side: string): LoadSubgraph['resolvers'] => {
  return (placed) => ({
    Query: {
      order: (_parent: unknown, { id }: { id: string }) => order(id, side),
      orders: () => IDS.map((id) => order(id, side)),
    },
    Mutation: {
      placeOrder: async (_parent: unknown, { key }: { key: string }) => {
        await wait(1);
        placed.set(key, (placed.get(key) ?? 0) + 1);
        return order('placed', side);
      },
    },
    Order: { __resolveReference: ({ id }: { id: string }) => order(id, side) },
  });
};

const ITEM = 'type Item @shareable { side: String! sku: String! }';

/**
 * Orders, which are on their way from `legacy` under the label `order`, among people and parcels, which are not.
 * Whatever subgraph answers for a part of an order says so in `side`.
 */
export const LOAD_GRAPH: Readonly<Record<string, LoadSubgraph>> = {
  legacy: {
    typeDefs: `${LINK}
      type Query { order(id: ID!): Order orders: [Order!] }
      type Mutation { placeOrder(key: ID!): Order }
      type Order @key(fields: "id") { id: ID! side: String items: [Item!] }
      ${ITEM}`,
    resolvers: orders('legacy'),
  },
  order: {
    typeDefs: `${LINK}
      type Query {
        order(id: ID!): Order @override(from: "legacy", label: "order")
        orders: [Order!] @override(from: "legacy", label: "order")
      }
      type Mutation { placeOrder(key: ID!): Order @override(from: "legacy", label: "order") }
      type Order @key(fields: "id") {
        id: ID!
        side: String @override(from: "legacy", label: "order")
        items: [Item!] @override(from: "legacy", label: "order")
      }
      ${ITEM}`,
    resolvers: orders('order'),
  },
  people: {
    typeDefs: `${LINK}
      type Query { me: Person news: [String!] }
      type Person @key(fields: "id") { id: ID! name: String orders: [Order!] }
      type Order @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: () => ({
      Query: { me: () => ({ id: 'p1', name: 'Ada' }), news: () => ['one', 'two'] },
      Person: { orders: () => IDS.map((id) => ({ id })) },
    }),
  },
  parcels: {
    typeDefs: `${LINK}
      type Order @key(fields: "id") { id: ID! parcel: String }`,
    resolvers: () => ({
      Order: {
        __resolveReference: (reference: object) => reference,
        parcel: ({ id }: { id: string }) => `parcel of ${id}`,
      },
    }),
  },
};

/** An operation of the load. */
export interface LoadOperation {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly query: string;
  /** How often it is sent, compared with the others. */
  readonly weight: number;
}

const query = (name: string, selection: string, weight: number): LoadOperation => ({
  name,
  kind: 'query',
  query: `query ${name} ${selection}`,
  weight,
});

/** What clients send. `$key` is another one each time. */
export const LOAD_OPERATIONS: readonly LoadOperation[] = [
  query('OrderPage', '{ order(id: "1") { id side items { side sku } parcel } }', 3),
  query('Orders', '{ orders { id side items { side } } news }', 2),
  query('Home', '{ me { id name orders { id side items { side sku } parcel } } news }', 3),
  query('News', '{ news me { name } }', 1),
  query('All', '{ a: order(id: "2") { side } b: orders { side } me { orders { side } } }', 2),
  {
    name: 'Place',
    kind: 'mutation',
    query:
      'mutation Place($key: ID!) { placeOrder(key: $key) { id side items { side sku } parcel } }',
    weight: 2,
  },
];

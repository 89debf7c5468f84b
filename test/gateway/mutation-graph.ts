import { setTimeout as wait } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { SubgraphSource } from './test-subgraph.ts';

const LINK = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@override", "@external"]
  )
`;

/** What has run or was refused, in order: `placeOrder a by legacy`. */
export const calls: string[] = [];

type Guard = (side: string, field: string) => GraphQLError | null;
const ACCEPT: Guard = () => null;

/** What the sides say before they do anything. */
export const guard: { current: Guard } = { current: ACCEPT };

/** Forgets what earlier tests did. */
export function resetMutations(): void {
  calls.length = 0;
  running.most = 0;
  guard.current = ACCEPT;
}

/** The most fields that ran at the same time. */
export const running = { now: 0, most: 0 };

/** What a side says that does not own what is to be written. */
export const notOwner = (extensions: Record<string, unknown> = {}) =>
  new GraphQLError('Another side owns this.', { extensions: { code: 'NOT_OWNER', ...extensions } });

/** What a side says while nobody owns what is to be written. */
export const moving = () =>
  new GraphQLError('This is being moved.', { extensions: { code: 'MOVING', move: 'order' } });

/** A field that takes a moment, so that two at a time would be seen. */
function field(name: string, side: string) {
  return async (_parent: unknown, given: { key?: string }) => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    await wait(5);
    running.now -= 1;
    const refusal = guard.current(side, name);
    calls.push(`${name} ${given.key ?? ''} by ${side}${refusal ? ': refused' : ''}`);
    if (refusal) throw refusal;
    return { id: given.key ?? 'none', side };
  };
}

const orders = (side: string) => ({
  Mutation: { placeOrder: field('placeOrder', side), shipOrder: field('shipOrder', side) },
  Order: {
    __resolveReference: ({ id }: { id: string }) => ({ id, side }),
    broken: () => {
      throw notOwner({ move: 'order' });
    },
  },
});

const legacy: SubgraphSource = {
  name: 'legacy',
  typeDefs: `${LINK}
    type Query { ping: String }
    type Mutation {
      placeOrder(key: ID!): Order
      shipOrder(key: ID!): Order
      addProduct(key: ID!): Product
      mustHave(key: ID!): Product!
      unmoved(key: ID!): Product
    }
    type Order @key(fields: "id") { id: ID! side: String! broken: String }
    type Product @shareable { id: ID! side: String! }
  `,
  resolvers: {
    Query: { ping: () => 'pong' },
    ...orders('legacy'),
    Mutation: {
      ...orders('legacy').Mutation,
      addProduct: field('addProduct', 'legacy'),
      mustHave: field('mustHave', 'legacy'),
      unmoved: field('unmoved', 'legacy'),
    },
  },
};

const order: SubgraphSource = {
  name: 'order',
  typeDefs: `${LINK}
    type Mutation {
      placeOrder(key: ID!): Order @override(from: "legacy", label: "order")
      shipOrder(key: ID!): Order @override(from: "legacy", label: "order")
    }
    type Order @key(fields: "id") {
      id: ID!
      side: String! @override(from: "legacy", label: "order")
      broken: String @override(from: "legacy", label: "order")
    }
  `,
  resolvers: orders('order'),
};

const product: SubgraphSource = {
  name: 'product',
  typeDefs: `${LINK}
    type Mutation {
      addProduct(key: ID!): Product @override(from: "legacy", label: "product")
      mustHave(key: ID!): Product! @override(from: "legacy", label: "product")
    }
    type Product @shareable { id: ID! side: String! }
  `,
  resolvers: {
    Mutation: {
      addProduct: field('addProduct', 'product'),
      mustHave: field('mustHave', 'product'),
    },
  },
};

/** Is asked about orders after they were placed. */
const parcels: SubgraphSource = {
  name: 'parcels',
  typeDefs: `${LINK}
    type Order @key(fields: "id") { id: ID! parcel: String }
  `,
  resolvers: {
    Order: {
      __resolveReference: (reference: { id: string }) => reference,
      parcel: ({ id }: { id: string }) => `parcel of ${id}`,
    },
  },
};

export const mutationGraph = [legacy, order, product, parcels];

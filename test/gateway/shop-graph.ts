import { GraphQLError } from 'graphql';
import type { SubgraphSource } from './test-subgraph.ts';

const LINK = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@override", "@external", "@requires", "@interfaceObject", "@provides"]
  )
`;

const ids = ['p1', 'p2', 'p3'];
const product = (id: string, side: string) => ({
  id,
  name: `${id} from ${side}`,
  weight: Number(id.slice(1)) * (side === 'legacy' ? 1 : 100),
  price: { amount: Number(id.slice(1)) * 1000, currency: 'USD' },
});

const media = [
  { __typename: 'Film', id: 'f1', title: 'f1 from legacy', minutes: 90 },
  { __typename: 'Book', id: 'b1', title: 'b1 from legacy', pages: 100 },
];

/** The monolith's subgraph: all fields, under the labels `auth`, `product` and `percent(50)`. */
export const legacy: SubgraphSource = {
  name: 'legacy',
  typeDefs: `${LINK}
    type Query {
      me: User
      products: [Product!]!
      product(id: ID!): Product
      media: [Media!]!
      reading: [Media]!
      boom: String
      secret: String
      dice: String
      strict: String!
    }
    type Mutation {
      append(text: String!): [String!]!
      rename(id: ID!, name: String!): Product
    }
    type User @key(fields: "id") { id: ID! name: String! favourite: Product }
    type Product @key(fields: "id") { id: ID! name: String! weight: Int! price: Money! }
    type Money @shareable { amount: Int! currency: String! }
    interface Media { id: ID! title: String! }
    type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
    type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
  `,
  resolvers: {
    Query: {
      me: () => ({ id: 'u1', name: 'u1 from legacy' }),
      products: () => ids.map((id) => product(id, 'legacy')),
      product: (_parent: unknown, { id }: { id: string }) =>
        ids.includes(id) ? product(id, 'legacy') : null,
      media: () => media,
      reading: () => media,
      boom: () => {
        throw new Error('password=hunter2');
      },
      secret: () => {
        throw new GraphQLError('Only staff may see secrets.', {
          extensions: { code: 'FORBIDDEN', detail: 7 },
        });
      },
      dice: () => 'legacy',
      strict: () => 'strict',
    },
    Mutation: {
      append: (_parent: unknown, { text }: { text: string }) => append(text, 'legacy'),
      rename: (_parent: unknown, { id, name }: { id: string; name: string }) => ({
        ...product(id, 'legacy'),
        name,
      }),
    },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: `${id} from legacy` }),
      favourite: () => product('p2', 'legacy'),
    },
    Product: { __resolveReference: ({ id }: { id: string }) => product(id, 'legacy') },
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        title: `${id} from legacy`,
        pages: 100,
      }),
    },
    Film: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        title: `${id} from legacy`,
        minutes: 90,
      }),
    },
  },
};

/** What mutations have written, in the order in which they came. */
export const journal: string[] = [];

function append(text: string, side: string): string[] {
  journal.push(`${text} by ${side}`);
  return [...journal];
}

/** Accounts on their own. */
export const auth: SubgraphSource = {
  name: 'auth',
  typeDefs: `${LINK}
    type Query {
      me: User @override(from: "legacy", label: "auth")
      dice: String @override(from: "legacy", label: "percent(50)")
    }
    type User @key(fields: "id") {
      id: ID!
      name: String! @override(from: "legacy", label: "auth")
      logins: Int
    }
  `,
  resolvers: {
    Query: { me: () => ({ id: 'u1', name: 'u1 from auth' }), dice: () => 'auth' },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: `${id} from auth` }),
      logins: () => 3,
    },
  },
};

/** The catalogue on its own. */
export const catalogue: SubgraphSource = {
  name: 'catalogue',
  typeDefs: `${LINK}
    type Query {
      products: [Product!]! @override(from: "legacy", label: "product")
      product(id: ID!): Product @override(from: "legacy", label: "product")
    }
    type Mutation {
      append(text: String!): [String!]! @override(from: "legacy", label: "product")
      note(text: String!): [String!]!
    }
    type Product @key(fields: "id") {
      id: ID!
      name: String! @override(from: "legacy", label: "product")
      weight: Int! @override(from: "legacy", label: "product")
      price: Money! @override(from: "legacy", label: "product")
    }
    type Money @shareable { amount: Int! currency: String! }
    type Book @key(fields: "id") {
      id: ID!
      title: String! @override(from: "legacy", label: "product")
    }
  `,
  resolvers: {
    Query: {
      products: () => ids.map((id) => product(id, 'catalogue')),
      product: (_parent: unknown, { id }: { id: string }) =>
        ids.includes(id) ? product(id, 'catalogue') : null,
    },
    Mutation: {
      append: (_parent: unknown, { text }: { text: string }) => append(text, 'catalogue'),
      note: (_parent: unknown, { text }: { text: string }) => append(text, 'notes'),
    },
    Product: { __resolveReference: ({ id }: { id: string }) => product(id, 'catalogue') },
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({ id, title: `${id} from catalogue` }),
    },
  },
};

/** Needs a field of whichever side has it. */
export const shipping: SubgraphSource = {
  name: 'shipping',
  typeDefs: `${LINK}
    type Product @key(fields: "id") {
      id: ID!
      weight: Int! @external
      shippingCost: Int @requires(fields: "weight")
    }
  `,
  resolvers: {
    Product: {
      __resolveReference: (reference: object) => reference,
      shippingCost: ({ weight }: { weight: number }) => weight * 2,
    },
  },
};

export const shop = [legacy, auth, catalogue, shipping];

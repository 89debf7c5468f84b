import { GraphQLError } from 'graphql';
import type { Pool } from 'pg';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { SubgraphSource } from '../test-subgraph.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])`;
const MOVED = '@override(from: "legacy", label: "order")';

const typeDefs = (moved: string) => `${LINK}
  type Query { thing(id: ID!): Thing ${moved} }
  type Mutation { setAmount(id: ID!, amount: Int!): Thing ${moved} }
  type Thing @key(fields: "id") { id: ID! amount: Int ${moved} side: String ${moved} }
`;

/** The two sides of a move of things, each before its own database. */
export function thingGraph(pools: Readonly<Record<Side, Pool>>): SubgraphSource[] {
  return [
    { name: 'legacy', typeDefs: typeDefs(''), resolvers: resolversOf('legacy', pools.legacy) },
    { name: 'order', typeDefs: typeDefs(MOVED), resolvers: resolversOf('new', pools.new) },
  ];
}

function resolversOf(side: Side, pool: Pool): SubgraphSource['resolvers'] {
  const table = side === 'legacy' ? 'old_thing' : 'new_thing';
  const find = async (id: string) => {
    const { rows } = await pool.query(`select id, amount from ${table} where id = $1`, [id]);
    return rows[0] ? { ...rows[0], side } : null;
  };
  return {
    Query: { thing: (_: unknown, { id }: { id: string }) => find(id) },
    Mutation: {
      setAmount: async (_: unknown, { id, amount }: { id: string; amount: number }) => {
        try {
          await pool.query(`update ${table} set amount = $2 where id = $1`, [id, amount]);
        } catch (error) {
          throw refusalError(error);
        }
        return find(id);
      },
    },
    Thing: { __resolveReference: ({ id }: { id: string }) => find(id) },
  };
}

function refusalError(error: unknown): unknown {
  const refused = ownershipRefusal(error);
  if (!refused) return error;
  const { code, move, owner, message } = refused;
  return new GraphQLError(message, { extensions: { code, move, owner } });
}

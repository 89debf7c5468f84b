import { compose } from './planning-in-tests.ts';

/**
 * A supergraph on which a short operation explodes the planner: each of the types behind an interface can be had from
 * each subgraph, and all combinations are listed.
 *
 * @returns a supergraph of 4 subgraphs; 8 types take minutes, 10 types more memory than there is
 */
export function explodingGraph(types: number): string {
  const names = Array.from({ length: types }, (_, number) => `T${number}`);
  const objects = names.map(
    (name) => `type ${name} implements I @key(fields: "id") { id: ID! v: V @shareable }`,
  );
  const typeDefs = `
    interface I { id: ID! v: V }
    ${objects.join('\n')}
    type V @shareable { a: Int b: W }
    type W @shareable { c: Int }
  `;
  return compose({
    s0: `${typeDefs} type Query { items: [I] small(id: ID): Int other: Int }`,
    s1: typeDefs,
    s2: typeDefs,
    s3: typeDefs,
  });
}

export const EXPLODING = '{ items { v { a b { c } } } }';

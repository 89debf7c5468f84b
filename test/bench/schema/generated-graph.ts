import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How large a generated graph is: 50 types for each subgraph. */
export interface GraphSize {
  readonly subgraphs: number;
}

const ENTITIES = 8;
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable", "@tag"])\n';

/**
 * Writes a graph for the check: subgraphs that refer to and extend each other's entities, connections, inputs and enums,
 * two contracts, operations, and a move from the first subgraph to the second.
 *
 * @param isHead whether it is the changed one: a field, a value and an input field fewer in each tenth subgraph
 */
export async function writeGraph(
  folder: string,
  { subgraphs }: GraphSize,
  isHead: boolean,
): Promise<void> {
  await mkdir(join(folder, 'operations/app'), { recursive: true });
  const numbers = Array.from({ length: subgraphs }, (_, index) => index);
  const config = numbers
    .map(
      (n) =>
        `  ${nameOf(n)}: { routing_url: "http://127.0.0.1:${10_000 + n}/graphql", schema: { file: s${n}.graphql } }`,
    )
    .join('\n');
  const files: Record<string, string> = {
    'supergraph.yaml': `subgraphs:\n${config}\n`,
    'contracts.yaml':
      'contracts:\n  store: { exclude: [admin], clients: [app] }\n  admin: { exclude: [store] }\n',
    'policy.yaml':
      'usage: { operations: operations }\ninputSuffixes: [Filter]\nrules: { description-missing: off, type-name-pascal-case: off }\n',
    'operations/app/all.graphql': numbers.map(operation).join('\n'),
    ...Object.fromEntries(
      numbers.map((n) => [`s${n}.graphql`, LINK + subgraph(n, subgraphs, isHead && n % 10 === 9)]),
    ),
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
}

/** The second has the name of the domain that the move `auth` goes to. */
function nameOf(n: number): string {
  return n === 1 ? 'auth' : `s${n}`;
}

function operation(n: number): string {
  return `query Op${n}($first: Int, $filter: S${n}E0Filter) { s${n}e0(first: $first, filter: $filter) { edges { node { id a b next { id a } far { id a extra } } } pageInfo { endCursor } } }`;
}

function subgraph(n: number, count: number, isChanged: boolean): string {
  const [next, before] = [(n + 1) % count, (n + count - 1) % count];
  const entities = Array.from({ length: ENTITIES }, (_, e) => entity(n, e, next, isChanged));
  return [
    'type PageInfo @shareable { hasNextPage: Boolean! endCursor: String }',
    `type S${next}E0 @key(fields: "id", resolvable: false) { id: ID! }`,
    `type S${before}E1 @key(fields: "id") { id: ID! }`,
    `type S${n}Status @shareable { ok: Boolean! }`,
    `enum S${n}Mode { ON OFF${isChanged ? '' : ' AUTO'} }`,
    ...entities,
    `type Query { s${n}status: S${n}Status s${n}mode: S${n}Mode ${Array.from({ length: ENTITIES }, (_, e) => `s${n}e${e}(first: Int = 20, after: String, filter: S${n}E${e}Filter, order: S${n}E${e}Order): S${n}E${e}Connection`).join(' ')} }`,
    `type Mutation { ${Array.from({ length: ENTITIES }, (_, e) => `writeS${n}E${e}(input: S${n}E${e}Filter!): S${n}E${e}Payload`).join(' ')} }`,
  ].join('\n');
}

function entity(n: number, e: number, next: number, isChanged: boolean): string {
  const name = `S${n}E${e}`;
  const own = `S${n}E${(e + 1) % ENTITIES}`;
  const tag = e === 3 ? ' @tag(name: "admin")' : e === 4 ? ' @tag(name: "store")' : '';
  // The second subgraph takes a field over from the first.
  const taken =
    n === 1 && e === 0
      ? 'type S0E2 @key(fields: "id") { id: ID! a: String @override(from: "s0", label: "auth") }\n'
      : '';
  return `${taken}type ${name} @key(fields: "id") { id: ID! a: String b: Int c: Boolean${isChanged ? '' : ' d: Float'} extra: String${tag} next: ${own} far: S${next}E0 }
type ${name}Connection @shareable { edges: [${name}Edge!]! pageInfo: PageInfo! }
type ${name}Edge @shareable { cursor: String! node: ${name}! }
input ${name}Filter { a: String${isChanged ? '' : ' b: Int'} }
enum ${name}Order { NEWEST OLDEST }
type ${name}Payload @shareable { ok: Boolean! node: ${name} }`;
}

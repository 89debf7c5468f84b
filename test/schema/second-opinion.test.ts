import { Source, parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeGraph } from '#schema/compose/compose-graph.ts';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import { subgraphsOf, type Sdls } from './catalogue.ts';

const CONTRACTS = [{ name: 'store', exclude: ['admin'], include: [], clients: [] }];
const GOOD: Sdls = {
  a: 'type Query { a: T } type T @key(fields: "id") { id: ID! "One." x: Int secret: I @tag(name: "admin") } type I { y: Int }',
  b: 'type T @key(fields: "id") { id: ID! "Other." x: Int @shareable z: Int }',
};

/** The same subgraphs, so long that they are composed beside the main thread. */
function long(subgraphs: readonly Subgraph[]): Subgraph[] {
  return subgraphs.map((subgraph) => {
    const text = `${subgraph.typeDefs.loc?.source.body ?? ''}\n${'# and so on\n'.repeat(4_000)}`;
    return { ...subgraph, typeDefs: parse(new Source(text, subgraph.file)) };
  });
}

test.each([
  ['composes', { ...GOOD, a: (GOOD['a'] ?? '').replace('x: Int', 'x: Int @shareable') }],
  ['does not compose', GOOD],
])('a large graph that %s gets the same opinion as a small one', async (_what, sdls) => {
  const subgraphs = subgraphsOf(sdls);
  const here = await composeGraph(subgraphs, CONTRACTS, true);
  const beside = await composeGraph(long(subgraphs), CONTRACTS, true);
  expect(here.findings.length).toBeGreaterThan(0);
  expect(beside.findings).toEqual(here.findings);
  expect(beside.graph?.contracts.get('store')?.api).toBe(here.graph?.contracts.get('store')?.api);
});

test('what only the second refuses is an error that says so', async () => {
  const { graph, findings } = await composeGraph(
    subgraphsOf({
      a: 'type Query { a: T } type T @key(fields: "id") { id: ID! x: Int }',
      b: 'type T @key(fields: "id") { id: ID! x: Int @override(from: "a") }',
      c: 'type T @key(fields: "id") { id: ID! x: Int @override(from: "b") }',
    }),
    [],
    true,
  );
  expect(graph).toBeNull();
  expect(findings.map(({ rule }) => rule)).toContain('OVERRIDE_SOURCE_HAS_OVERRIDE');
  expect(findings[0]?.message).toContain("Only Apollo's composition refuses it.");
});

test('a composer that stumbles over a fault does not hide what the other one says of it', async () => {
  const sdl = (
    field: string,
    name: string,
  ) => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://shop.example/mine/v1.0", import: [{ name: "@mine", as: "@${name}" }]) @composeDirective(name: "@${name}")
    directive @${name} on FIELD_DEFINITION
    type Query { ${field}: Int @${name} }`;
  const subgraphs = subgraphsOf({ a: sdl('a', 'mine'), b: sdl('b', 'ours') });
  for (const given of [subgraphs, long(subgraphs)]) {
    const { graph, findings } = await composeGraph(given, CONTRACTS, true);
    expect(graph).toBeNull();
    expect(findings).toMatchObject([
      { rule: 'DIRECTIVE_COMPOSITION_ERROR', severity: 'error' },
      { rule: 'second-opinion-failed', severity: 'info' },
    ]);
    expect(findings[0]?.message).toMatch(
      /incompatible name across subgraphs.*"@ours" in subgraph "b"/,
    );
  }
});

import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, readPolicy, type Policy } from '#schema/rules/policy.ts';
import { compose } from '#schema/compose/compose.ts';
import { readSubgraphs } from '#schema/compose/subgraphs.ts';
import { explanations } from '#schema/explanations.ts';
import { lint, LINT_RULES } from '#schema/rules/lint.ts';
import { subgraphsOf } from './catalogue.ts';

const POLICY: Policy = {
  ...DEFAULT_POLICY,
  tags: ['admin'],
  rules: {
    'description-missing': 'off',
    'scalar-unspecified': 'warning',
    'list-without-limit': 'warning',
  },
};

/** What the rules find in a subgraph, as `code path`. */
function found(sdl: string, rules: Readonly<Record<string, 'error' | 'off'>> = {}): string[] {
  const subgraphs = subgraphsOf({ a: sdl });
  const policy = { ...POLICY, rules: { ...POLICY.rules, ...rules } };
  return lint(subgraphs, compose(subgraphs).schema, policy).map(
    ({ rule, path }) => `${rule} ${path}`,
  );
}

/** For each rule a schema that breaks it, and only it, with what it says. */
const CASES: Record<string, readonly [string, string]> = {
  'type-name-pascal-case': ['type Query { a: my_type } type my_type { x: Int }', 'my_type'],
  'field-name-camel-case': ['type Query { some_field: Int }', 'Query.some_field'],
  'argument-name-camel-case': ['type Query { a(First: Int): Int }', 'Query.a(First:)'],
  'enum-value-screaming-case': ['type Query { a: E } enum E { inStock }', 'E.inStock'],
  'directive-name-camel-case': ['directive @My_thing on FIELD type Query { a: Int }', '@My_thing'],
  'type-name-affix': ['type Query { a: ProductType } type ProductType { x: Int }', 'ProductType'],
  'input-suffix': ['type Query { a(i: Search): Int } input Search { x: Int }', 'Search'],
  'query-verb': ['type Query { getThing: Int }', 'Query.getThing'],
  'description-missing': ['type Query { a: Int }', 'Query.a'],
  'deprecation-reason-missing': ['type Query { a: Int @deprecated }', 'Query.a'],
  'tag-unknown': ['type Query { a: Int @tag(name: "adnim") }', 'Query.a'],
  'federation-version': ['', 'Query'],
  'connection-shape': [
    'type Query { a(first: Int, after: String): AConnection } type AConnection { edges: [Int!]! pageInfo: Int! }',
    'AConnection',
  ],
  'edge-shape': ['type Query { a: AEdge } type AEdge { node: Int }', 'AEdge'],
  'connection-arguments': [
    'type Query { a: AConnection } type AConnection { edges: [AEdge!]! pageInfo: PageInfo! } type AEdge { node: Int cursor: String! } type PageInfo { x: Int }',
    'Query.a',
  ],
  'root-field-non-null': ['type Query { a: Int! }', 'Query.a'],
  'list-item-nullable': ['type Query { a(first: Int): [Int] }', 'Query.a'],
  'id-nullable': ['type Query { a: A } type A { id: ID }', 'A.id'],
  'mutation-input': [
    'type Query { a: Int } type Mutation { m(x: Int): A } type A { x: Int }',
    'Mutation.m',
  ],
  'mutation-result-scalar': ['type Query { a: Int } type Mutation { m: Boolean }', 'Mutation.m'],
  'type-unused': ['type Query { a: Int } type Lost { x: Int }', 'Lost'],
  'scalar-unspecified': ['type Query { a: Date } scalar Date', 'Date'],
  'list-without-limit': ['type Query { a: [Int!] }', 'Query.a'],
};

describe('each lint rule', () => {
  test('has a case here, and an explanation', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(LINT_RULES).sort());
    const explained = explanations().map(({ code }) => code);
    expect(new Set(explained).size).toBe(explained.length);
    expect(Object.keys(LINT_RULES).filter((code) => !explained.includes(code))).toEqual([]);
  });

  test.each(
    Object.entries(CASES).filter(
      ([rule]) => !['federation-version', 'description-missing'].includes(rule),
    ),
  )('finds what it is for, and nothing else does: %s', (rule, [sdl, path]) => {
    expect(found(sdl)).toEqual([`${rule} ${path}`]);
    expect(found(sdl, { [rule]: 'off' })).toEqual([]);
  });

  test('finds nothing in what is well written', () => {
    const sdl = `
      "An amount." type Money { "How much." amount: Int! }
      "Many." type ThingConnection { "A." edges: [ThingEdge!]! "B." pageInfo: PageInfo! }
      "One." type ThingEdge { "C." node: Thing! "D." cursor: String! }
      "Where." type PageInfo { "E." hasNextPage: Boolean! }
      "It." type Thing { "F." id: ID! "G." price: Money "H." kinds: [Kind!]! @tag(name: "admin") }
      "What." enum Kind { "I." BIG_ONE }
      "To write." input WriteInput { "J." name: String! }
      type Query { "K." things("L." first: Int = 20, "M." after: String): ThingConnection }
      type Mutation { "N." write("O." input: WriteInput!): Thing }`;
    expect(found(sdl, { 'description-missing': 'error' })).toEqual([]);
  });

  test('asks for a description of everything but the roots, in one subgraph of those that share it', () => {
    const sdl =
      'type Query { a(x: Int): E } enum E { A } input Lost { y: Int } directive @d(z: Int) on FIELD';
    expect(
      found(sdl, { 'description-missing': 'error', 'type-unused': 'off', 'input-suffix': 'off' }),
    ).toEqual(
      ['Query.a', 'Query.a(x:)', 'E', 'E.A', 'Lost', 'Lost.y', '@d', '@d(z:)'].map(
        (path) => `description-missing ${path}`,
      ),
    );
    const shared = subgraphsOf({
      a: 'type Query { "A." a: M } "M." type M @shareable { "X." x: Int }',
      b: 'type Query { "B." b: M } type M @shareable { x: Int }',
    });
    expect(lint(shared, null, DEFAULT_POLICY)).toEqual([]);
  });

  test('asks for the version of Federation once for each subgraph', () => {
    const [subgraph] = subgraphsOf({ a: 'type Query { "A." a: Int "B." b: Int }' });
    if (!subgraph) throw new Error('no subgraph');
    const { definitions } = subgraph.typeDefs;
    const without = {
      ...subgraph,
      typeDefs: { ...subgraph.typeDefs, definitions: definitions.slice(1) },
    };
    expect(lint([subgraph], null, DEFAULT_POLICY)).toEqual([]);
    expect(lint([without], null, DEFAULT_POLICY).map(({ rule }) => rule)).toEqual([
      'federation-version',
    ]);
  });
});

test('our own subgraphs break no rule', async () => {
  const subgraphs = await readSubgraphs('schema/supergraph.yaml');
  const policy = await readPolicy('schema/policy.yaml');
  expect(lint(subgraphs, compose(subgraphs).schema, policy)).toEqual([]);
});

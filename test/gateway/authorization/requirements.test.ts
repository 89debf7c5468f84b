import { composeServices } from '@theguild/federation-composition';
import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readRequirements } from '../../../gateway/authorization/requirements.ts';
import { supergraphSdl } from './protected-graph.ts';

const read = (sdl: string) =>
  readRequirements(buildSchema(sdl, { assumeValid: true, assumeValidSDL: true }));

const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);

/** A subgraph whose directives have these names. */
const subgraph = (imports: string, [authenticated, scopes, policy]: [string, string, string]) => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", ${imports}])
  type Query {
    posts: [Post!]!
    secret: String ${authenticated}
    users: String ${scopes}(scopes: [["staff"], ["admin", "night"]])
    deep: String ${policy}(policies: [["p"]])
  }
  interface Post { id: ID! title: String }
  type PrivateBlog implements Post @key(fields: "id") ${authenticated} ${scopes}(scopes: [["a"]]) {
    id: ID!
    title: String
  }
  type PublicBlog implements Post @key(fields: "id") ${scopes}(scopes: [["b"]]) {
    id: ID!
    title: String ${authenticated}
    level: Level
  }
  enum Level ${authenticated} { LOW HIGH }
`;

const written: [string, string, [string, string, string]][] = [
  [
    'imported',
    '"@authenticated", "@requiresScopes", "@policy"',
    ['@authenticated', '@requiresScopes', '@policy'],
  ],
  [
    'imported under other names',
    '{name: "@authenticated", as: "@auth"}, {name: "@requiresScopes", as: "@scopes"}, {name: "@policy", as: "@rule"}',
    ['@auth', '@scopes', '@rule'],
  ],
  [
    'with the prefix of federation',
    '',
    ['@federation__authenticated', '@federation__requiresScopes', '@federation__policy'],
  ],
];
const composers: [string, (typeDefs: string) => string][] = [
  ["Apollo's composer", (typeDefs) => supergraphSdl([{ name: 'a', typeDefs }])],
  [
    'the free composer',
    (typeDefs) =>
      composeServices([{ name: 'a', url: 'http://a', typeDefs: parse(typeDefs) }])
        .supergraphSdl as string,
  ],
];

describe.each(composers)('a supergraph of %s', (_composer, composed) => {
  test.each(written)('says what is required, the directives being %s', (_how, imports, names) => {
    const requirements = read(composed(subgraph(imports, names)));
    expect(keys(requirements.ofField('Query', 'secret'))).toEqual(['authenticated []']);
    expect(keys(requirements.ofField('Query', 'users'))).toEqual([
      'scopes [["staff"],["admin","night"]]',
    ]);
    expect(keys(requirements.ofField('Query', 'deep'))).toEqual(['policies [["p"]]']);
    expect(keys(requirements.ofField('Query', 'posts'))).toEqual([]);
    expect(keys(requirements.ofType('PrivateBlog'))).toEqual([
      'authenticated []',
      'scopes [["a"]]',
    ]);
    expect(keys(requirements.ofType('Level'))).toEqual(['authenticated []']);
    expect(keys(requirements.ofField('Post', 'title'))).toEqual(['authenticated []']);
  });

  test('writes onto an interface what its types require: that is asked of its own fields only', () => {
    const [, imports, names] = written[0] as (typeof written)[number];
    const requirements = read(composed(subgraph(imports, names)));
    expect(keys(requirements.ofType('Post'))).toEqual([]);
    expect(keys(requirements.ofObjects('Post'))).toEqual([
      'authenticated []',
      'scopes [["a"]]',
      'scopes [["b"]]',
    ]);
  });
});

/** A supergraph as far as requirements are concerned. */
const supergraph = (links: string, rest: string) => `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") ${links} { query: Query }
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @shop on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  ${rest}
`;

describe('the directives', () => {
  const secret = 'type Query { secret: String @authenticated other: String @shop }';

  test('count by the specification that they are linked from', () => {
    expect(read(supergraph('', secret)).isEmpty).toBe(true);
    const link = '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)';
    const requirements = read(supergraph(link, secret));
    expect(keys(requirements.ofField('Query', 'secret'))).toEqual(['authenticated []']);
    expect(keys(requirements.ofField('Query', 'other'))).toEqual([]);
  });

  test('have the name that `as` gives to their specification', () => {
    const link = '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "shop")';
    const requirements = read(supergraph(link, secret));
    expect(keys(requirements.ofField('Query', 'secret'))).toEqual([]);
    expect(keys(requirements.ofField('Query', 'other'))).toEqual(['authenticated []']);
  });

  test('are read from extensions of types and of the schema too', () => {
    const requirements = read(
      supergraph(
        '',
        `${secret} type User { id: ID } extend type User @authenticated
         extend schema @link(url: "https://specs.apollo.dev/authenticated/v0.1")`,
      ),
    );
    expect(keys(requirements.ofType('User'))).toEqual(['authenticated []']);
  });

  test('require nothing with an empty list', () => {
    const link = '@link(url: "https://specs.apollo.dev/requiresScopes/v0.1")';
    const empty = 'type Query { a: String @requiresScopes(scopes: []) }';
    expect(read(supergraph(link, empty)).isEmpty).toBe(true);
  });

  test('that are not as federation defines them are refused', () => {
    const link = '@link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "authenticated")';
    expect(() => read(supergraph(link, secret))).toThrow('@authenticated has no lists of names');
    const policy = '@link(url: "https://specs.apollo.dev/policy/v0.1")';
    const undefinedOne = 'type Query { a: String @policy(policies: [["p"]]) }';
    expect(() => read(supergraph(policy, undefinedOne))).toThrow('@policy is not defined');
  });

  test('that an interface has of its own, not of its types, are asked of all that is of it', () => {
    const link = '@link(url: "https://specs.apollo.dev/authenticated/v0.1")';
    const requirements = read(
      supergraph(
        link,
        `type Query { node: Node } interface Node @authenticated { id: ID } type A implements Node { id: ID }`,
      ),
    );
    expect(keys(requirements.ofType('Node'))).toEqual(['authenticated []']);
    expect(keys(requirements.ofType('A'))).toEqual([]);
  });
});

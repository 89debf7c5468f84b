import { readFileSync } from 'node:fs';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse, printSchema, validateSchema } from 'graphql';
import { composeServices } from '@apollo/composition';
import { afterAll, expect, test } from 'vitest';
import { LABELS } from '../../federation/label-states.ts';
import { closePlannings, compose, testPlanning } from './planning-in-tests.ts';

afterAll(closePlannings);

const planning = testPlanning();
const load = async (sdl: string) => (await planning.open(sdl, null)).supergraph;

/** The schema that the planner's own package makes for clients. */
const reference = (sdl: string) =>
  Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });

test('the schemas of our supergraph are, byte for byte, those that the federation packages make', async () => {
  const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
  const supergraph = await load(sdl);
  const expected = reference(sdl);
  expect(printSchema(supergraph.clientSchema)).toBe(
    printSchema(expected.apiSchema().toGraphQLJSSchema()),
  );
  expect(printSchema(supergraph.schema)).toBe(printSchema(expected.schema.toGraphQLJSSchema()));
  expect(validateSchema(supergraph.clientSchema)).toEqual([]);
  expect([...supergraph.labels]).toEqual(LABELS.toSorted());
  expect(supergraph.subgraphs).toEqual(expected.subgraphsMetadata());
  expect(supergraph.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('descriptions, deprecations, defaults, directives and their order reach clients', async () => {
  const sdl = compose({
    a: `
      "What the graph answers."
      type Query {
        "Two of them." second(by: Order! = { fields: ["b", "a"], down: true }, old: Int @deprecated(reason: "gone")): Link
        first: Int @deprecated
      }
      input Order { fields: [String!] = ["a"] down: Boolean = false }
      """A place.""" scalar Link @specifiedBy(url: "https://example.org/link")
      enum Kind { B @deprecated(reason: "use A") A }
      interface Named { name: String }
      type Thing implements Named @key(fields: "name") { name: String kind: Kind }
      union Any = Thing
      directive @mine(of: Int = 3) on FIELD
    `,
    b: 'directive @mine(of: Int = 3) on FIELD type Query { any: Any } union Any = Thing type Thing @key(fields: "name") { name: String }',
  });
  const { clientSchema } = await load(sdl);
  const printed = printSchema(clientSchema);
  expect(printed).toBe(printSchema(reference(sdl).apiSchema().toGraphQLJSSchema()));
  expect(printed).toContain('@deprecated(reason: "gone")');
});

test('access and cost directives of the supergraph are taken, and stay readable', async () => {
  const sdl = `
    schema
      @link(url: "https://specs.apollo.dev/link/v1.0")
      @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
      @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)
      @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)
    { query: Query }
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
    directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String, contextArguments: [join__ContextArgument!]) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
    directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
    directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
    directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
    directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION
    directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
    directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
    directive @policy(policies: [[policy__Policy!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
    scalar link__Import
    enum link__Purpose { SECURITY EXECUTION }
    scalar join__FieldSet scalar join__DirectiveArguments scalar join__FieldValue
    input join__ContextArgument { name: String! type: String! context: String! selection: join__FieldValue! }
    scalar requiresScopes__Scope scalar policy__Policy
    enum join__Graph { A @join__graph(name: "a", url: "http://127.0.0.1/a") }
    type Query @join__type(graph: A) {
      open: Int
      own: Int @authenticated
      scoped: Int @requiresScopes(scopes: [["read"]])
      ruled: Int @policy(policies: [["staff"]])
    }
  `;
  const { schema, clientSchema } = await load(sdl);
  const directives = schema.getQueryType()?.getFields()['own']?.astNode?.directives;
  expect(directives?.map(({ name }) => name.value)).toEqual(['authenticated']);
  expect(clientSchema.getDirective('authenticated')).toBeFalsy();
});

test.each([
  ['no GraphQL', 'type Query {', /^it is not a valid supergraph for this gateway: .*Syntax Error/],
  [
    'a plain schema',
    'type Query { a: Int }',
    /^it is not a valid supergraph for this gateway: .*must be a core schema/,
  ],
  ['an empty file', '', /^it is not a valid supergraph for this gateway: .*Syntax Error/],
  [
    'a join specification of the future',
    readFileSync('schema/supergraph.graphql', 'utf8').replace('join/v0.5', 'join/v9.5'),
    /^it is not a valid supergraph for this gateway: .*join/,
  ],
])('%s is refused with one line that says why', async (_what, sdl, reason) => {
  const error = await load(sdl).then(null, (thrown: unknown) => thrown as Error);
  expect(error).toMatchObject({
    code: 'SUPERGRAPH_INVALID',
    message: expect.stringMatching(reason),
  });
  expect((error as Error).message).not.toContain('\n');
});

/** Fills an argument of one type's field from a field of another that leads to it. */
const CONTEXT = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])
  type Query { shop: Shop }
  type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! product: Product }
  type Product @key(fields: "id") {
    id: ID!
    price(amount: Int, in: String @fromContext(field: "$shop { currency }")): Int
  }`;

test('a supergraph with arguments from contexts is refused when it is loaded, and the argument is named', async () => {
  const { supergraphSdl } = composeServices([
    { name: 'shop', url: 'http://127.0.0.1/shop', typeDefs: parse(CONTEXT) },
  ]);
  await expect(load(supergraphSdl ?? '')).rejects.toThrow(
    'it is not a valid supergraph for this gateway: Product.price(in:) takes its value from a context (@fromContext)',
  );
  const without = CONTEXT.replace(', in: String @fromContext(field: "$shop { currency }")', '');
  const unused = composeServices([
    { name: 'shop', url: 'http://127.0.0.1/shop', typeDefs: parse(without) },
  ]);
  expect((await load(unused.supergraphSdl ?? '')).subgraphs).toHaveLength(1);
});

test('a supergraph with connectors is refused when it is loaded', async () => {
  const { supergraphSdl } = composeServices([
    {
      name: 'rest',
      url: 'http://127.0.0.1/rest',
      typeDefs: parse(`
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key"])
          @link(url: "https://specs.apollo.dev/connect/v0.1", import: ["@connect", "@source"])
          @source(name: "api", http: { baseURL: "http://127.0.0.1/api" })
        type Query { a: String @connect(source: "api", http: { GET: "/a" }, selection: "$") }`),
    },
  ]);
  await expect(load(supergraphSdl ?? '')).rejects.toThrow(
    'it has subgraphs made of connectors (@connect)',
  );
});

test('a supergraph that takes too long to build is refused', async () => {
  const impatient = testPlanning({ loadTime: 20 });
  await expect(impatient.open(compose({ a: 'type Query { a: Int }' }), null)).rejects.toThrow(
    'it is not a valid supergraph for this gateway: it takes more than 20 ms',
  );
});

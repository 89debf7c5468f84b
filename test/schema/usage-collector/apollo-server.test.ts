import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginUsageReporting,
  type ApolloServerPluginUsageReportingOptions,
} from '@apollo/server/plugin/usageReporting';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { GRAPH, KEY, startTestCollector, type TestCollector } from './collector-server.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());
afterEach(async () => {
  await collector.rows('truncate usage_operation, usage_day, usage_report cascade');
});

const typeDefs = `
  type Query { product(id: ID!): Product boom: String }
  type Product { id: ID! name: String! parts: [Product!]! }
`;
const product = { id: '1', name: 'Chair', parts: [{ id: '2', name: 'Leg', parts: [] }] };
const resolvers = {
  Query: {
    product: () => product,
    boom: () => {
      throw new Error('hunter2');
    },
  },
};

type Options = ApolloServerPluginUsageReportingOptions<Record<string, never>>;

/** A server of somebody else, that reports as Apollo Server does by itself. */
async function reportingServer(options: Partial<Options>) {
  const problems: string[] = [];
  const server = new ApolloServer<Record<string, never>>({
    typeDefs,
    resolvers,
    apollo: { key: KEY, graphRef: GRAPH },
    plugins: [
      ApolloServerPluginUsageReporting<Record<string, never>>({
        endpointUrl: collector.url,
        reportErrorFunction: (error) => problems.push(error.message),
        ...options,
      }),
    ],
  });
  await server.start();
  const send = async (query: string, client: string, version: string, variables = {}) => {
    const headers = new HeaderMap([
      ['content-type', 'application/json'],
      ['apollographql-client-name', client],
      ['apollographql-client-version', version],
    ]);
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query, variables } },
      context: async () => ({}),
    });
    if (answer.body.kind !== 'complete') throw new Error('it came in parts');
    return answer.body.string;
  };
  return { server, send, problems };
}

const ROWS = `select name, client_name, client_version, requests::int, errors::int
  from usage_request join usage_operation using (graph_ref, signature) order by name, client_name, client_version`;

test.each<[string, Partial<Options>]>([
  ['sums', { sendTraces: false }],
  ['traces', { sendTraces: true, sendVariableValues: { all: true }, sendHeaders: { all: true } }],
  ['traces of some, and sums', { sendTraces: true, fieldLevelInstrumentation: 0.5 }],
  ['sums without fields', { sendTraces: false, fieldLevelInstrumentation: 0 }],
])('another Apollo Server reports to the collector: %s', async (_what, options) => {
  const { server, send, problems } = await reportingServer(options);
  for (let index = 0; index < 5; index += 1) {
    await send('query Page($id: ID!) { product(id: $id) { name } }', 'store', '1.0', {
      id: 'hunter2',
    });
  }
  await send('query Page($id: ID!) { product(id: $id) { name } }', 'store', '1.1', { id: '1' });
  await send('query Boom { boom }', 'app', '');
  await send('{ nothing }', 'app', '');
  await send('{ broken', 'app', '');
  // Reports are made in the turn after the answer.
  await new Promise((resolve) => setImmediate(resolve));
  await server.stop();
  expect(problems).toEqual([]);
  expect(await collector.rows(ROWS)).toEqual([
    { name: 'Boom', client_name: 'app', client_version: '', requests: 1, errors: 1 },
    { name: 'Page', client_name: 'store', client_version: '1.0', requests: 5, errors: 0 },
    { name: 'Page', client_name: 'store', client_version: '1.1', requests: 1, errors: 0 },
  ]);
  expect(
    await collector.rows(
      `select type, field from usage_field join usage_operation using (graph_ref, signature) where name = 'Page' order by 1`,
    ),
  ).toEqual([
    { type: 'Product', field: 'name' },
    { type: 'Query', field: 'product' },
  ]);
  expect(await collector.rows('select requests::int, left_out::int from usage_day')).toEqual([
    { requests: 7, left_out: 0 },
  ]);
  expect(JSON.stringify(await collector.rows('select * from usage_operation'))).not.toContain(
    'hunter2',
  );
});

test('a server with a wrong key is told so in its log', async () => {
  const { server, send, problems } = await reportingServer({
    endpointUrl: collector.url,
    fetcher: (url, init) =>
      fetch(url, {
        ...(init as RequestInit),
        headers: { ...(init?.headers as object), 'x-api-key': 'wrong' },
      }),
  });
  await send('{ boom }', 'app', '1');
  await new Promise((resolve) => setImmediate(resolve));
  await server.stop();
  expect(problems).toEqual([expect.stringMatching(/401.*not known here/)]);
});

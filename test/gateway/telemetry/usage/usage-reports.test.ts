import { createHash } from 'node:crypto';
import { Trace, type IReport, type ITracesAndStats } from '@apollo/usage-reporting-protobuf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { standaloneConfig } from '../../../../gateway/config.ts';
import { shop } from '../../shop-graph.ts';
import { post, startStandaloneGateway, type TestGateway } from '../../test-gateway.ts';
import { requestsOf, rowsOf, startReceiver, type ReportReceiver } from './report-receiver.ts';

const KEY = 'service:shop:key-of-these-tests';
const CLIENT = { 'apollographql-client-name': 'store', 'apollographql-client-version': '1.2' };

let receiver: ReportReceiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

const gateways: TestGateway[] = [];
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

/** A gateway that reports to the receiver, every 50 ms unless it is told otherwise. */
async function reportingGateway(
  environment: Record<string, string> = {},
  sources = shop,
): Promise<TestGateway> {
  const gateway = await startStandaloneGateway(sources, {
    USAGE_COLLECTOR_URL: receiver.url,
    USAGE_COLLECTOR_KEY: KEY,
    APOLLO_GRAPH_REF: 'shop@current',
    USAGE_INTERVAL_MS: '50',
    ...environment,
  });
  gateways.push(gateway);
  return gateway;
}

/** Ends a gateway, which sends what it has not sent. */
async function close(gateway: TestGateway): Promise<void> {
  gateways.splice(gateways.indexOf(gateway), 1);
  await gateway.close();
}

function stats(report: IReport, key: string): ITracesAndStats {
  const found = report.tracesPerQuery?.[key];
  if (!found) throw new Error(`only: ${Object.keys(report.tracesPerQuery ?? {}).join(' | ')}`);
  return found;
}

describe('a report', () => {
  test('names operations without values, their fields, clients, errors and durations', async () => {
    const gateway = await reportingGateway({ USAGE_INTERVAL_MS: '600000' });
    const page =
      'query Page($id: ID!) { p: product(id: $id) { id name } more: product(id: "hunter2") { weight } }';
    await gateway.graphql(page, { id: 'hunter3' }, CLIENT);
    await gateway.graphql(page, { id: 'p2' }, CLIENT);
    await gateway.graphql(page, { id: 'p2' });
    await gateway.graphql('query Boom { boom media { title } }', {}, CLIENT);
    await gateway.graphql('{ nothing(id: "hunter2") }', {}, CLIENT);
    await gateway.graphql('{ broken', {}, CLIENT);
    await post(gateway.url, { query: 'query A { boom } query B { boom }', operationName: 'C' });
    await gateway.graphql('query Page($id: ID!) { product(id: $id) { id } }', {}, CLIENT);
    await close(gateway);
    expect(receiver.received).toHaveLength(1);
    const [{ path, headers, report } = {} as never] = receiver.received;
    expect(path).toBe('/api/ingress/traces');
    expect(headers).toMatchObject({ 'x-api-key': KEY, 'content-encoding': 'gzip' });
    expect(report.header).toMatchObject({ graphRef: 'shop@current' });
    expect(Math.abs(Number(report.endTime?.seconds) - Date.now() / 1_000)).toBeLessThan(30);
    expect(report.operationCount).toBe(5);
    expect(requestsOf(receiver.received)).toEqual({
      '# Page store 1.2': 3,
      '# Page': 1,
      '# Boom store 1.2': 1,
      '## GraphQLParseFailure store 1.2': 1,
      '## GraphQLValidationFailure store 1.2': 1,
      '## GraphQLUnknownOperationName': 1,
    });
    const used = stats(
      report,
      '# Page\nquery Page($id:ID!){product(id:$id){id name}product(id:""){weight}}',
    );
    expect(used.referencedFieldsByType).toMatchObject({
      Query: { fieldNames: ['product'] },
      Product: { fieldNames: expect.arrayContaining(['id', 'name', 'weight']) },
    });
    const media = Object.entries(report.tracesPerQuery).find(([key]) => key.startsWith('# Boom'));
    expect(media?.[1].referencedFieldsByType?.['Media']).toMatchObject({ isInterface: true });
    const [boom] = rowsOf(media?.[1]);
    expect(boom?.queryLatencyStats.requestsWithErrorsCount).toBe(1);
    // One request: empty buckets, and one with it.
    expect(boom?.queryLatencyStats.latencyCount.filter((count) => count > 0)).toEqual([1]);
    // What a subgraph reports does not say which one it is.
    expect(JSON.parse(JSON.stringify(boom?.queryLatencyStats.rootErrorStats))).toMatchObject({
      children: { boom: { errorsCount: '1', requestsWithErrorsCount: '1' } },
    });
    const invalid = stats(report, '# Page\nquery Page($id:ID!){product(id:$id){id}}');
    expect(rowsOf(invalid)[0]).toMatchObject({
      queryLatencyStats: { requestCount: 1, requestsWithErrorsCount: 1 },
    });
    expect(JSON.stringify(report)).not.toMatch(/hunter/);
  });

  test('counts automatic persisted queries that were known, and those that came with their text', async () => {
    const gateway = await reportingGateway({ USAGE_INTERVAL_MS: '600000' });
    const query = 'query Again { products { id } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await post(gateway.url, { extensions });
    await post(gateway.url, { extensions, query });
    await post(gateway.url, { extensions });
    await post(gateway.url, { extensions });
    await close(gateway);
    const [{ report } = {} as never] = receiver.received;
    expect(rowsOf(stats(report, '# Again\nquery Again{products{id}}'))[0]).toMatchObject({
      queryLatencyStats: { requestCount: 3, persistedQueryHits: 2, persistedQueryMisses: 1 },
    });
  });

  test('has nothing of what a limit refused: what was refused is not known', async () => {
    const gateway = await reportingGateway({ USAGE_INTERVAL_MS: '600000', MAX_DEPTH: '2' });
    const { body } = await gateway.graphql('{ me { favourite { name } } }', {}, CLIENT);
    expect(body.errors[0].extensions.code).toBe('TOO_DEEP');
    await gateway.graphql('{ me { name } }', {}, CLIENT);
    await close(gateway);
    expect(requestsOf(receiver.received)).toEqual({ '# - store 1.2': 1 });
  });

  test('goes to Apollo Studio as well, once, where there is a key', async () => {
    const studio = await startReceiver();
    const gateway = await reportingGateway({
      APOLLO_KEY: 'service:shop:of-studio',
      APOLLO_USAGE_REPORTING_URL: studio.url,
      USAGE_COLLECTOR_GRAPH_REF: 'shop-of-ours@current',
      USAGE_INTERVAL_MS: '600000',
    });
    await gateway.graphql('query One { products { id } }', {}, CLIENT);
    await close(gateway);
    expect(studio.received.map(({ headers }) => headers['x-api-key'])).toEqual([
      'service:shop:of-studio',
    ]);
    // Each under the name that the graph has there: another graph's usage is refused.
    const graphs = [...studio.received, ...receiver.received].map(({ report }) => report.header);
    expect(graphs).toMatchObject([
      { graphRef: 'shop@current' },
      { graphRef: 'shop-of-ours@current' },
    ]);
    expect(requestsOf(studio.received)).toEqual({ '# One store 1.2': 1 });
    expect(requestsOf(receiver.received)).toEqual({ '# One store 1.2': 1 });
    await studio.stop();
  });
});

describe('where reports go', () => {
  const usage = (environment: Record<string, string>) =>
    standaloneConfig(
      { supergraph: 'x.graphql', port: '0', trustOverrideHeader: false },
      environment,
    ).usage;
  const studio = { APOLLO_KEY: 'service:shop:key', APOLLO_GRAPH_REF: 'shop@current' };

  test('nowhere, unless somebody is named', () => {
    expect(usage({})).toBeNull();
    expect(usage({ APOLLO_GRAPH_REF: 'shop@current' })).toBeNull();
  });

  test('to Apollo where there is a key of Apollo', () => {
    expect(usage(studio)?.destinations).toEqual([
      {
        name: 'studio',
        key: 'service:shop:key',
        graphRef: 'shop@current',
        url: 'https://usage-reporting.api.apollographql.com/api/ingress/traces',
      },
    ]);
  });

  test('not to Apollo where the key is for another Uplink', () => {
    const other = { ...studio, APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: 'http://localhost:8030' };
    expect(usage(other)).toBeNull();
    const both = { ...other, APOLLO_USAGE_REPORTING_URL: 'http://localhost:8030/' };
    expect(usage(both)?.destinations).toMatchObject([
      { url: 'http://localhost:8030/api/ingress/traces' },
    ]);
  });

  test('not to a collector without a key', () => {
    expect(() => usage({ USAGE_COLLECTOR_URL: 'http://localhost:8030' })).toThrow(
      /USAGE_COLLECTOR_KEY is not set/,
    );
  });
});

describe('a receiver that is away', () => {
  test('costs no request, and has everything once it is back', async () => {
    const gateway = await reportingGateway();
    receiver.answers = [503, 'reset', 429];
    const answers = [];
    for (let index = 0; index < 40; index += 1) {
      answers.push(await gateway.graphql('query One { products { id } }', {}, CLIENT));
    }
    expect(new Set(answers.map(({ status, body }) => [status, 'errors' in body].join()))).toEqual(
      new Set(['200,false']),
    );
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(4), 15_000);
    await close(gateway);
    // The first report came four times, byte for byte; what came meanwhile is in those after it.
    const [first, ...others] = receiver.received;
    const repeated = others.filter(({ bytes }) => first?.bytes.equals(bytes));
    expect(repeated).toHaveLength(3);
    const once = receiver.received.filter((one) => !repeated.includes(one));
    expect(requestsOf(once)).toEqual({ '# One store 1.2': 40 });
  });

  test('that refuses a report for ever is not asked again about it', async () => {
    const gateway = await reportingGateway();
    receiver.answers = [401];
    await gateway.graphql('query One { products { id } }', {}, CLIENT);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 10_000);
    await gateway.graphql('query Two { products { id } }', {}, CLIENT);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), 10_000);
    expect(requestsOf(receiver.received.slice(1))).toEqual({ '# Two store 1.2': 1 });
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/usage_reports_total\{destination="collector",outcome="refused".*\} 1/);
  });

  test('does not hold up the end of the gateway for long', async () => {
    receiver.answers = Array.from({ length: 20 }, () => 'silence');
    const gateway = await reportingGateway({ USAGE_INTERVAL_MS: '600000' });
    await gateway.graphql('query One { products { id } }', {}, CLIENT);
    const began = performance.now();
    await close(gateway);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(receiver.received).toHaveLength(1);
  });

  test('fills no memory: beyond a limit requests are counted, and no more', async () => {
    const gateway = await reportingGateway({ USAGE_INTERVAL_MS: '600000' });
    for (let batch = 0; batch < 21; batch += 1) {
      const names = Array.from({ length: 100 }, (_, index) => `c${batch}-${index}`);
      await Promise.all(
        names.map((name) =>
          gateway.graphql('query One { strict }', {}, { 'apollographql-client-name': name }),
        ),
      );
    }
    await close(gateway);
    const sums = Object.values(requestsOf(receiver.received));
    expect(sums).toHaveLength(2_000);
    const counted = receiver.received.reduce((sum, { report }) => sum + report.operationCount, 0);
    expect(counted).toBe(2_100);
  }, 60_000);
});

describe('the times of fields', () => {
  const traced = shop.map((source) => ({ ...source, tracesFields: true }));
  let gateway: TestGateway;
  const subgraphHeaders = (): unknown[] =>
    Object.values(gateway.subgraphs).flatMap(({ received }) =>
      received.map(({ headers }) => headers['apollo-federation-include-trace']),
    );

  test('are asked for of a sample, and reported as statistics and as traces', async () => {
    gateway = await reportingGateway(
      { USAGE_TRACE_RATIO: '1', USAGE_INTERVAL_MS: '600000' },
      traced,
    );
    await gateway.graphql(
      'query Me { me { name favourite { name } } products { id weight } }',
      {},
      CLIENT,
    );
    await gateway.graphql('query Boom { boom }', {}, CLIENT);
    expect(new Set(subgraphHeaders())).toEqual(new Set(['ftv1']));
    await close(gateway);
    const [{ report } = {} as never] = receiver.received;
    expect(report.tracesPreAggregated).toBe(true);
    const me = Object.entries(report.tracesPerQuery).find(([key]) => key.startsWith('# Me'))?.[1];
    const [row] = rowsOf(me);
    expect(row?.perTypeStat['Product']?.perFieldStat['weight']).toMatchObject({
      observedExecutionCount: 3,
      estimatedExecutionCount: 3,
      returnType: 'Int!',
    });
    expect(row?.perTypeStat['User']?.perFieldStat['name']).toMatchObject({ returnType: 'String!' });
    const [trace] = (me?.trace ?? []) as Trace[];
    expect(trace).toMatchObject({
      clientName: 'store',
      clientVersion: '1.2',
      fieldExecutionWeight: 1,
      http: { method: Trace.HTTP.Method.POST, statusCode: 200 },
    });
    expect(trace?.durationNs).toBeGreaterThan(0);
    const fetches = JSON.stringify(trace?.queryPlan);
    expect(fetches).toContain('"serviceName":"legacy"');
    expect(fetches).toContain('"responseName":"weight"');
    const boom = Object.entries(report.tracesPerQuery).find(([key]) =>
      key.startsWith('# Boom'),
    )?.[1];
    expect(JSON.stringify(boom?.trace)).toContain('<masked>');
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  test('are not asked for without that setting', async () => {
    gateway = await reportingGateway({ USAGE_INTERVAL_MS: '600000' }, traced);
    await gateway.graphql('query Me { me { name } }', {}, CLIENT);
    expect(new Set(subgraphHeaders())).toEqual(new Set([undefined]));
    await close(gateway);
    expect(receiver.received[0]?.report.tracesPerQuery['# Me\nquery Me{me{name}}']?.trace).toEqual(
      [],
    );
  });

  test('of a share of requests stand for the others', async () => {
    gateway = await reportingGateway(
      { USAGE_TRACE_RATIO: '0.25', USAGE_INTERVAL_MS: '600000' },
      traced,
    );
    for (let index = 0; index < 200; index += 1) {
      await gateway.graphql('query Me { me { name } }', {}, CLIENT);
    }
    await close(gateway);
    const [row] = rowsOf(stats(receiver.received[0]?.report ?? {}, '# Me\nquery Me{me{name}}'));
    if (!row) throw new Error('nothing was reported');
    const { requestCount, requestsWithoutFieldInstrumentation: without } = row.queryLatencyStats;
    expect(requestCount).toBe(200);
    // 50 of 200 are expected; outside of these bounds once in ten million runs.
    expect(requestCount - without).toBeGreaterThan(18);
    expect(requestCount - without).toBeLessThan(90);
    const me = row.perTypeStat['Query']?.perFieldStat['me'];
    expect(me?.observedExecutionCount).toBe(requestCount - without);
    expect(me?.estimatedExecutionCount).toBe(4 * (requestCount - without));
  });
});

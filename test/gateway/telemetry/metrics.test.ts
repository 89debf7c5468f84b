import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMetrics } from '#platform/metrics.ts';
import { operationMetrics } from '../../../gateway/telemetry/operation-metrics.ts';
import { RequestRecord } from '../../../gateway/telemetry/request-record.ts';
import { shop } from '../shop-graph.ts';
import { post, startTestGateway, type TestGateway } from '../test-gateway.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/operating.md');

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop, {
    SUBGRAPH_TIMEOUT_MS: '500',
    // Nobody listens there: what is counted of reports is a metric, too.
    USAGE_COLLECTOR_URL: 'http://127.0.0.1:9',
    USAGE_COLLECTOR_KEY: 'service:shop:nobody',
  });
});
afterAll(() => gateway.close());

/** The samples of a metric, without the label that all have: `{type="query"} 1`. */
const samples = async (name: string): Promise<string[]> => {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .map((line) => line.slice(name.length).replace(/,?process="gateway"/, ''));
};
const valueOf = async (name: string, labels: string): Promise<number> => {
  const line = (await samples(name)).find((sample) => sample.startsWith(`{${labels}}`));
  return Number(line?.split(' ').at(-1) ?? NaN);
};

describe('operations', () => {
  test('are counted by type, outcome and client', async () => {
    const headers = { 'apollographql-client-name': 'shop web' };
    await gateway.graphql('{ products { id } }', {}, headers);
    await gateway.graphql('mutation { note(text: "x") }', {}, headers);
    await gateway.graphql('{ nothing }', {}, headers);
    await gateway.graphql('{ products { id } }');
    const name = 'graphql_operations_total';
    expect(await valueOf(name, 'type="query",outcome="ok",client="shop web"')).toBe(1);
    expect(await valueOf(name, 'type="mutation",outcome="ok",client="shop web"')).toBe(1);
    expect(await valueOf(name, 'type="unknown",outcome="refused",client="shop web"')).toBe(1);
    expect(await valueOf(name, 'type="query",outcome="ok",client="unknown"')).toBe(1);
  });

  test('that never came to be operations are counted as refused, pages are not counted', async () => {
    const name = 'graphql_operations_total';
    const labels = 'type="unknown",outcome="refused",client="unknown"';
    await post(gateway.url, '{ this is no JSON');
    await post(gateway.url, { query: '{ me { id } }' }, { authorization: 'Bearer nonsense' });
    expect(await valueOf(name, labels)).toBe(2);
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await valueOf(name, labels)).toBe(2);
    expect(await valueOf('graphql_operations_in_flight', '')).toBe(0);
  });

  test('have a duration and a number of fetches', async () => {
    const count = await valueOf('graphql_operation_duration_seconds_count', 'type="query"');
    const before = await valueOf('graphql_operation_fetches_sum', 'type="query"');
    await gateway.graphql('{ products { shippingCost } }');
    expect(await valueOf('graphql_operation_duration_seconds_count', 'type="query"')).toBe(
      count + 1,
    );
    expect(await valueOf('graphql_operation_fetches_sum', 'type="query"')).toBe(before + 2);
  });

  test('whose clients go away are counted as cancelled', async () => {
    const { shipping } = gateway.subgraphs;
    if (!shipping) throw new Error('the shop has no shipping');
    shipping.answer = () => new Promise(() => {});
    const gone = new AbortController();
    const sent = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ products { shippingCost } }' }),
      signal: gone.signal,
    }).catch(() => 'gone');
    await vi.waitUntil(async () => (await valueOf('graphql_operations_in_flight', '')) === 1);
    gone.abort();
    expect(await sent).toBe('gone');
    shipping.answer = null;
    await vi.waitUntil(async () =>
      (await samples('graphql_operations_total')).some((line) => line.includes('cancelled')),
    );
    expect(await valueOf('graphql_operations_in_flight', '')).toBe(0);
  });

  test('of more clients than a hundred are counted as those of others', async () => {
    const registry = new Registry();
    const metrics = operationMetrics(registry);
    for (let client = 0; client < 150; client += 1) {
      const record = new RequestRecord({
        trace: null,
        traceHeaders: null,
        keepsPlans: false,
        fieldTrace: null,
      });
      metrics.began();
      metrics.ended(record, 'ok', `client ${client}`, 0.01);
    }
    const lines = (await registry.metrics()).split('\n');
    const counted = lines.filter((line) => line.startsWith('graphql_operations_total{'));
    expect(counted).toHaveLength(101);
    expect(counted.at(-1)).toMatch(/client="other"\} 50$/);
  });
});

describe('the state of the gateway', () => {
  test('shows the supergraph in use, and whether the latest one is bad', async () => {
    const digest = /^\{digest="[\da-f]{12}"\} 1$/;
    expect(await samples('gateway_supergraph_info')).toEqual([expect.stringMatching(digest)]);
    expect(await valueOf('gateway_supergraph_age_seconds', '')).toBeGreaterThan(0);
    expect(await valueOf('gateway_supergraph_error', '')).toBe(0);
    const good = await readFile(gateway.supergraphFile, 'utf8');
    await writeFile(gateway.supergraphFile, 'no supergraph');
    await vi.waitUntil(async () => (await valueOf('gateway_supergraph_error', '')) === 1, 10_000);
    await writeFile(gateway.supergraphFile, good);
    await vi.waitUntil(async () => (await valueOf('gateway_supergraph_error', '')) === 0, 10_000);
  });

  test('shows the addresses of a subgraph that are left out', async () => {
    await gateway.graphql('{ products { shippingCost } }');
    const asked = 'subgraph="shipping",state="asked"';
    const leftOut = 'subgraph="shipping",state="left_out"';
    expect(await valueOf('subgraph_addresses', asked)).toBe(1);
    expect(await valueOf('subgraph_addresses', leftOut)).toBe(0);
    expect(await valueOf('subgraph_requests_in_flight', 'subgraph="shipping"')).toBe(0);
    await gateway.subgraphs['shipping']?.stop();
    try {
      await vi.waitUntil(async () => {
        await gateway.graphql('{ products { shippingCost } }');
        return (await valueOf('subgraph_addresses', leftOut)) === 1;
      });
      expect(await valueOf('subgraph_addresses', asked)).toBe(0);
    } finally {
      await gateway.subgraphs['shipping']?.start();
    }
  });
});

test('every metric of the gateway stands in the document for operators', async () => {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
  const ofProcess = createMetrics('any', true).registry.getMetricsAsArray();
  const common = ofProcess
    .map(({ name }) => name)
    .filter((name) => /^(nodejs|process)_/.test(name));
  const document = await readFile(DOCUMENT, 'utf8');
  const described = [...document.matchAll(/`([a-z_]+)(?:\{[\w,]*\})?`/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !described.includes(name))).toEqual([]);

  const gone = [...document.matchAll(/`([a-z_]+)(?:\{[\w,]*\})?`(?=[^|]*\(gateway\))/g)]
    .map(([, name = '']) => name)
    .filter((name) => !names.includes(name) && !common.includes(name));
  expect(gone).toEqual([]);
});

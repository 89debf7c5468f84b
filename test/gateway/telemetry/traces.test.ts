import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { reviewGraph } from '../execution/review-graph.ts';
import { shop } from '../shop-graph.ts';
import {
  post,
  startStandaloneGateway,
  startTestGateway,
  type TestGateway,
} from '../test-gateway.ts';
import {
  CLIENT,
  SERVER,
  startCollector,
  type OtlpCollector,
  type ReceivedSpan,
} from './otlp-collector.ts';

const CLIENT_TRACE = '0af7651916cd43dd8448eb211c80319c';
const traced = { traceparent: `00-${CLIENT_TRACE}-b7ad6b7169203331-01`, tracestate: 'shop=1' };

let collector: OtlpCollector;
let gateway: TestGateway;
beforeAll(async () => {
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20');
  collector = await startCollector();
  gateway = await startStandaloneGateway(shop, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    TRACE_DOCUMENTS: 'true',
  });
});
beforeEach(() => {
  collector.spans.length = 0;
});
afterAll(async () => {
  await gateway.close();
  await collector.stop();
});

/** The spans below an operation, as a tree of names would show them. */
const below = ([operation, ...others]: readonly ReceivedSpan[]): string[] => {
  expect(others.map(({ parentSpanId }) => parentSpanId)).toEqual(
    others.map(() => operation?.spanId),
  );
  return others.map(({ name }) => name).toSorted();
};
const named = (trace: readonly ReceivedSpan[], name: string): ReceivedSpan[] =>
  trace.filter((span) => span.name === name);

describe('a trace', () => {
  test('has the operation, its plan and its fetches, and goes on with the trace of the client', async () => {
    const query = 'query Costs { products { shippingCost } }';
    const headers = {
      ...traced,
      'x-override-labels': 'product',
      'apollographql-client-name': 'shop web',
      'apollographql-client-version': '1.2',
    };
    await gateway.graphql(query, {}, headers);
    const trace = await collector.trace();
    const [operation] = trace;
    expect(below(trace)).toEqual(['fetch catalogue', 'fetch shipping', 'plan', 'validate']);
    expect(operation).toMatchObject({
      name: 'query',
      kind: SERVER,
      traceId: CLIENT_TRACE,
      parentSpanId: 'b7ad6b7169203331',
      attributes: {
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Costs',
        'graphql.document': query,
        'graph.labels.on': ['product'],
        'graph.outcome': 'ok',
        'graph.fetches': 2,
        'graph.client.name': 'shop web',
        'graph.client.version': '1.2',
        'http.response.status_code': 200,
      },
      resource: { 'service.name': 'gateway' },
    });
    expect(named(trace, 'plan')[0]?.attributes).toMatchObject({
      'graph.plan.cache': 'miss',
      'graph.labels.on': ['product'],
    });
    expect(named(trace, 'fetch shipping')[0]).toMatchObject({
      kind: CLIENT,
      attributes: {
        'graph.subgraph.name': 'shipping',
        'graph.fetch.representations': 3,
        'graph.fetch.retries': 0,
        'graph.fetch.shared': false,
        'graph.fetch.outcome': 'ok',
      },
    });

    await gateway.graphql(query, {}, headers);
    const again = await collector.trace();
    // Apollo Server knows the document, and the gateway its plan.
    expect(below(again)).toEqual(['fetch catalogue', 'fetch shipping', 'plan']);
    expect(named(again, 'plan')[0]?.attributes).toMatchObject({
      'graph.plan.cache': 'hit',
      'graph.labels.on': ['product'],
    });
  });

  test('goes on in each subgraph below its fetch', async () => {
    await gateway.graphql('{ products { shippingCost } }', {}, traced);
    const trace = await collector.trace();
    for (const subgraph of ['legacy', 'shipping']) {
      const [span] = named(trace, `fetch ${subgraph}`);
      const { traceparent, tracestate } = gateway.lastRequest(subgraph)?.headers ?? {};
      expect(traceparent).toBe(`00-${CLIENT_TRACE}-${span?.spanId}-01`);
      expect(tracestate).toBe('shop=1');
    }
  });

  test('says which fetch has failed, why, and how often it was tried', async () => {
    await gateway.subgraphs['shipping']?.stop();
    try {
      await gateway.graphql('{ products { name shippingCost } }');
    } finally {
      await gateway.subgraphs['shipping']?.start();
    }
    const trace = await collector.trace();
    const [failed] = named(trace, 'fetch shipping');
    expect(failed).toMatchObject({
      status: { code: 2, message: expect.stringContaining('ECONNREFUSED') },
      attributes: {
        'error.type': 'SUBGRAPH_UNAVAILABLE',
        'graph.fetch.outcome': 'SUBGRAPH_UNAVAILABLE',
        'graph.fetch.retries': 2,
      },
    });
    expect(named(trace, 'fetch legacy')[0]?.attributes['graph.fetch.outcome']).toBe('ok');
    expect(trace[0]?.attributes['graph.outcome']).toBe('partial');
  });

  test('of a mutation has a plan and the fetches of each root field', async () => {
    const mutation = 'mutation Two { a: append(text: "a") b: note(text: "b") }';
    await gateway.graphql(mutation);
    const trace = await collector.trace();
    expect(trace[0]?.name).toBe('mutation');
    expect(below(trace)).toEqual(['fetch catalogue', 'fetch legacy', 'plan', 'plan', 'validate']);
  });

  test('of an operation that is refused says so, and is no error of the gateway', async () => {
    await gateway.graphql('{ nothing }');
    const trace = await collector.trace();
    expect(below(trace)).toEqual(['validate']);
    expect(trace[0]).toMatchObject({
      name: 'GraphQL Operation',
      attributes: { 'graph.outcome': 'refused', 'http.response.status_code': 400 },
    });
    expect(trace[0]?.status.code ?? 0).toBe(0);
    expect(trace[1]?.attributes['error.type']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('of a request that is no operation has its status only', async () => {
    await post(gateway.url, 'no JSON at all');
    const trace = await collector.trace();
    expect(below(trace)).toEqual([]);
    expect(trace[0]?.attributes).toMatchObject({ 'http.response.status_code': 400 });
  });

  test('that the client does not sample has no spans, and subgraphs are told so', async () => {
    const unsampled = traced.traceparent.replace(/01$/, '00');
    await gateway.graphql('{ products { name } }', {}, { traceparent: unsampled });
    await gateway.graphql('{ products { id } }');
    const trace = await collector.trace();
    expect(trace[0]?.traceId).not.toBe(CLIENT_TRACE);
    const request = gateway.subgraphs['legacy']?.received.findLast(({ headers }) =>
      String(headers['traceparent']).includes(CLIENT_TRACE),
    );
    expect(request?.headers['traceparent']).toMatch(/-00$/);
  });
});

describe('fetches that are one', () => {
  test('fetches of one wave that are joined are one span with all their representations', async () => {
    const reviews = await startTestGateway(reviewGraph, {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
      OTEL_SERVICE_NAME: 'reviews gateway',
    });
    try {
      await post(reviews.url, {
        query: '{ users { reviews { id } } topProducts { reviews { body } } }',
      });
      expect(reviews.subgraphs['reviews']?.received).toHaveLength(1);
      const { r0, r1 } = reviews.lastRequest('reviews')?.variables ?? {};
      const asked = [r0, r1].flat();
      const trace = await collector.trace();
      expect(below(trace)).toEqual([
        'fetch accounts',
        'fetch products',
        'fetch reviews',
        'plan',
        'validate',
      ]);
      const [joined] = named(trace, 'fetch reviews');
      expect(asked.length).toBeGreaterThan(2);
      expect(joined?.attributes['graph.fetch.representations']).toBe(asked.length);
      expect(joined?.resource['service.name']).toBe('reviews gateway');
      // No text where none is asked for.
      expect(trace[0]?.attributes).not.toHaveProperty('graphql.document');
    } finally {
      await reviews.close();
    }
  });

  test('of fetches that share one request all but the first say so', async () => {
    const query = '{ products { weight } }';
    await gateway.graphql(query);
    await collector.trace();
    const received = gateway.subgraphs['legacy']?.received.length ?? 0;
    let shared = 0;
    // Requests share where they are read in the same turn of the event loop.
    for (let round = 0; round < 20 && shared === 0; round += 1) {
      await Promise.all(Array.from({ length: 8 }, () => gateway.graphql(query)));
      await vi.waitUntil(() => collector.spans.filter(({ kind }) => kind === SERVER).length === 8);
      const fetches = collector.spans.splice(0).filter(({ kind }) => kind === CLIENT);
      const marked = fetches.filter(({ attributes }) => attributes['graph.fetch.shared'] === true);
      shared += marked.length;
      const sent = (gateway.subgraphs['legacy']?.received.length ?? 0) - received;
      expect(sent).toBe((round + 1) * 8 - shared);
    }
    expect(shared).toBeGreaterThan(0);
  });
});

test('the end of the gateway sends the spans that wait', async () => {
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '60000');
  const other = await startTestGateway(shop, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await post(other.url, { query: '{ products { id } }' });
  expect(collector.spans).toEqual([]);
  await other.close();
  expect((await collector.trace()).map(({ name }) => name)).toContain('fetch legacy');
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20');
});

test('a sampler takes the share of traces that it is told', async () => {
  const other = await startTestGateway(shop, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.5',
  });
  for (let sent = 0; sent < 40; sent += 1) await post(other.url, { query: '{ dice }' });
  await other.close();
  const operations = collector.spans.filter(({ kind }) => kind === SERVER).length;
  expect(operations).toBeGreaterThan(5);
  expect(operations).toBeLessThan(35);
});

describe('without tracing', () => {
  test('the trace of the client is passed on to subgraphs as it is', async () => {
    const other = await startTestGateway(shop);
    try {
      await post(other.url, { query: '{ products { shippingCost } }' }, traced);
      expect(other.lastRequest('shipping')?.headers).toMatchObject(traced);
      const broken = { ...traced, traceparent: '00-zero-01' };
      await post(other.url, { query: '{ products { shippingCost } }' }, broken);
      expect(other.lastRequest('shipping')?.headers).not.toHaveProperty('traceparent');
      expect(other.lastRequest('shipping')?.headers).not.toHaveProperty('tracestate');
    } finally {
      await other.close();
    }
  });
});

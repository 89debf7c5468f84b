import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { shop } from './shop-graph.ts';
import { post, startTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop, { CORS_ORIGINS: 'https://shop.example' });
});
afterAll(() => gateway.close());

const GRAPHQL_RESPONSE = { accept: 'application/graphql-response+json' };

describe('requests that are no operation get a clear answer, with a code and without a stack', () => {
  const cases: [string, unknown, Record<string, string>, number, string][] = [
    ['malformed JSON', '{"query":', {}, 400, 'BAD_REQUEST'],
    ['no query', {}, {}, 400, 'BAD_REQUEST'],
    ['an empty query', { query: '' }, {}, 400, 'BAD_REQUEST'],
    ['a query that is no text', { query: 7 }, {}, 400, 'BAD_REQUEST'],
    ['a batch', [{ query: '{ strict }' }], {}, 400, 'BAD_REQUEST'],
    ['variables that are no object', { query: '{ strict }', variables: 7 }, {}, 400, 'BAD_REQUEST'],
    [
      'a form',
      'query=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'plain text, which any page may send',
      '{"query":"{ strict }"}',
      { 'content-type': 'text/plain' },
      400,
      'BAD_REQUEST',
    ],
    [
      'a body that is too large',
      { query: '{ strict }', variables: { a: 'x'.repeat(1_100_000) } },
      {},
      413,
      'BODY_TOO_LARGE',
    ],
    ['a syntax error', { query: '{ strict' }, GRAPHQL_RESPONSE, 400, 'GRAPHQL_PARSE_FAILED'],
    [
      'a field that does not exist',
      { query: '{ nothing }' },
      GRAPHQL_RESPONSE,
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'an unknown operationName',
      { query: 'query A { strict }', operationName: 'B' },
      GRAPHQL_RESPONSE,
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'two operations without a name',
      { query: 'query A { strict } query B { dice }' },
      GRAPHQL_RESPONSE,
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'a missing variable',
      { query: 'query ($id: ID!) { product(id: $id) { id } }' },
      GRAPHQL_RESPONSE,
      400,
      'BAD_USER_INPUT',
    ],
    [
      'a variable of another type',
      { query: 'query ($id: ID!) { product(id: $id) { id } }', variables: { id: {} } },
      {},
      400,
      'BAD_USER_INPUT',
    ],
    ['@defer', { query: '{ strict ... @defer { dice } }' }, {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ];

  test.each(cases)('%s', async (_what, body, headers, status, code) => {
    const answer = await post(gateway.url, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].extensions.code).toBe(code);
    expect(answer.body.errors[0].message).toMatch(/\w/);
    expect(answer.body.data).toBeUndefined();
    expect(JSON.stringify(answer.body)).not.toMatch(/stacktrace|node_modules|\\n {4}at /);
  });

  test('fragments that multiply into an operation without end', async () => {
    const doubled = Array.from(
      { length: 20 },
      (_, index) =>
        `fragment F${index} on Product { a: id ...F${index + 1} ... @include(if: true) { ...F${index + 1} } }`,
    );
    const query = `{ products { ...F0 } } ${doubled.join(' ')} fragment F20 on Product { id }`;
    const { status, body } = await post(gateway.url, { query });
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('TOO_MANY_ALIASES');
  });

  test('a mutation by GET', async () => {
    const query = encodeURIComponent('mutation { append(text: "x") }');
    const response = await fetch(`${gateway.url}/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  test('another method', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ strict }"}',
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  test('an answer type that cannot be made', async () => {
    const answer = await post(gateway.url, { query: '{ strict }' }, { accept: 'image/png' });
    expect(answer.status).toBe(406);
  });
});

describe('requests that are an operation', () => {
  test('by POST', async () => {
    const answer = await post(gateway.url, { query: '{ strict }' }, GRAPHQL_RESPONSE);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/graphql-response+json');
    expect(answer.body).toEqual({ data: { strict: 'strict' } });
  });

  test('by GET, from a client that a plain page cannot pose as', async () => {
    const url = `${gateway.url}/graphql?query=${encodeURIComponent('{ strict }')}`;
    const plain = await fetch(url);
    expect(plain.status).toBe(400);
    const preflighted = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(await preflighted.json()).toEqual({ data: { strict: 'strict' } });
  });

  test('by name, out of several', async () => {
    const query = 'query A { strict } query B { other: strict }';
    const { body } = await post(gateway.url, { query, operationName: 'B' });
    expect(body).toEqual({ data: { other: 'strict' } });
  });
});

describe('the schema', () => {
  test('can be read, without anything of the federation', async () => {
    const { body } = await gateway.graphql(getIntrospectionQuery());
    const sdl = printSchema(buildClientSchema(body.data));
    expect(sdl).toContain('shippingCost: Int');
    expect(sdl).not.toMatch(/join__|_entities|link__/);
  });

  test('can be read beside data, with variables and fragments', async () => {
    const { body } = await gateway.graphql(
      'query ($name: String!) { strict t: __type(name: $name) { ...T } __schema { queryType { name } } } fragment T on __Type { kind name }',
      { name: 'Product' },
    );
    expect(body.data).toEqual({
      strict: 'strict',
      t: { kind: 'OBJECT', name: 'Product' },
      __schema: { queryType: { name: 'Query' } },
    });
  });

  test('cannot be read with INTROSPECTION=false, and is not told by suggestions', async () => {
    const closed = await startTestGateway(shop, { INTROSPECTION: 'false' });
    const introspection = await closed.graphql('{ __schema { queryType { name } } }');
    const mistyped = await closed.graphql('{ stric }');
    await closed.close();
    expect(introspection.status).toBe(400);
    expect(introspection.body.errors[0].message).toContain('introspection is not allowed');
    expect(mistyped.body.errors[0].message).not.toContain('strict');
  });
});

describe('browsers', () => {
  const preflight = (origin: string) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization,x-override-labels',
      },
    });

  test.each(['https://studio.apollographql.com', 'https://shop.example'])(
    'may read answers on %s',
    async (origin) => {
      const response = await preflight(origin);
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
      const answer = await post(gateway.url, { query: '{ strict }' }, { origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  test('may read why a token was refused', async () => {
    const headers = { origin: 'https://shop.example', authorization: 'Bearer x' };
    const answer = await post(gateway.url, { query: '{ strict }' }, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('may not read answers anywhere else', async () => {
    const response = await preflight('https://evil.example');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('see Apollo Sandbox at /graphql, and are sent there from /', async () => {
    const response = await fetch(gateway.url, { headers: { accept: 'text/html' } });
    expect(response.url).toBe(`${gateway.url}/graphql`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('sandbox');
  });
});

describe('operation', () => {
  test('the gateway is ready when it listens', async () => {
    const response = await fetch(`${gateway.url}/health/ready`);
    expect(await response.json()).toMatchObject({ status: 'ok', checks: {} });
  });

  test('operations, plans and subgraph requests are counted', async () => {
    await gateway.graphql('{ strict secret }');
    await gateway.graphql('{ strict secret }');
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => !line.startsWith('#'));
    const has = (start: RegExp) => lines.some((line) => start.test(line));
    expect(has(/^graphql_operations_total\{type="query",outcome="partial",.*\} [2-9]/)).toBe(true);
    expect(has(/^graphql_operations_total\{type="unknown",outcome="refused"/)).toBe(true);
    expect(has(/^subgraph_requests_total\{subgraph="legacy",outcome="ok"/)).toBe(true);
    expect(has(/^subgraph_request_duration_seconds_count\{.*subgraph="legacy"/)).toBe(true);
    expect(has(/^query_plans_total\{result="hit"/)).toBe(true);
    expect(has(/^supergraph_loads_total\{.*\} 1$/)).toBe(true);
  });
});

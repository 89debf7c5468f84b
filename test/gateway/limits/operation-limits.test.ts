import { Readable } from 'node:stream';
import { getIntrospectionQuery } from 'graphql';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shop } from '../shop-graph.ts';
import { post, startTestGateway, type TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop, {
    MAX_TOKENS: '1000',
    MAX_DEPTH: '6',
    MAX_ALIASES: '3',
    MAX_ROOT_FIELDS: '4',
    MAX_FIELDS: '60',
    MAX_COST: '40',
    MAX_BODY_BYTES: '20000',
  });
});
afterAll(() => gateway.close());

const nested = (levels: number) => `{ me ${'{ favourite '.repeat(levels)} ${'}'.repeat(levels)} }`;

describe('an operation that exceeds a limit is refused with its code and the numbers', () => {
  test.each([
    ['tokens', `{ ${'strict '.repeat(1_000)} }`, 'TOO_MANY_TOKENS', 1_000, 1_001],
    ['levels', nested(6), 'TOO_DEEP', 6, 7],
    ['aliases', '{ a: dice b: dice c: dice d: dice }', 'TOO_MANY_ALIASES', 3, 4],
    ['root fields', '{ dice strict secret boom me { id } }', 'TOO_MANY_ROOT_FIELDS', 4, 5],
    ['fields', `{ products { ${'id '.repeat(60)} } }`, 'TOO_MANY_FIELDS', 60, 61],
    // Lists are taken to have 10 items: 10 products with 10 prices, and three times 10 media.
    [
      'cost',
      '{ products { price { amount } } media { id } reading { id } m: media { id } }',
      'TOO_COSTLY',
      40,
      50,
    ],
  ])('%s', async (_what, query, code, limit, actual) => {
    // The second time Apollo Server has the document already.
    for (const attempt of [1, 2]) {
      const answer = await gateway.graphql(query);
      expect([attempt, answer.status]).toEqual([attempt, 400]);
      expect(answer.body.data).toBeUndefined();
      expect(answer.body.errors).toHaveLength(1);
      const [{ message, extensions }] = answer.body.errors;
      expect(extensions).toEqual({ code, limit, actual });
      expect(message).toContain(String(limit));
    }
  });

  test('bytes', async () => {
    const query = `{ strict } # ${'x'.repeat(20_000)}`;
    const answer = await gateway.graphql(query);
    expect(answer.status).toBe(413);
    const actual = JSON.stringify({ query }).length;
    expect(answer.body.errors[0].extensions).toEqual({
      code: 'BODY_TOO_LARGE',
      limit: 20_000,
      actual,
    });
    expect(answer.body.errors[0].message).toContain(`${actual} bytes`);
  });

  test('bytes that come in chunks, without a length', async () => {
    const response = await request(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Readable.from(['x'.repeat(15_000), 'x'.repeat(15_000)]),
    });
    expect(response.statusCode).toBe(413);
    expect(await response.body.json()).toMatchObject({
      errors: [{ extensions: { code: 'BODY_TOO_LARGE', limit: 20_000, actual: 20_001 } }],
    });
  });

  test('levels of brackets that no parser gets through', async () => {
    const free = await startTestGateway(shop, { MAX_TOKENS: '1000000' });
    const answers = await Promise.all([
      free.graphql('{ me '.repeat(20_000)),
      free.graphql(`{ product(id: ${'['.repeat(50_000)}`),
    ]);
    await free.close();
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body.errors[0].extensions).toMatchObject({ code: 'TOO_DEEP', limit: 50 });
      expect(body.errors[0].extensions.actual).toBeGreaterThan(1_000);
    }
  });

  test('levels of variables', async () => {
    const id = '['.repeat(2_000) + ']'.repeat(2_000);
    const query = 'query ($id: ID!) { product(id: $id) { id } }';
    const body = `{"query":${JSON.stringify(query)},"variables":{"id":${id}}}`;
    const answer = await post(gateway.url, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions).toMatchObject({ code: 'TOO_DEEP', limit: 200 });
  });

  test('by GET as by POST, and in the media type that the client asks for', async () => {
    const query = encodeURIComponent('{ a: dice b: dice c: dice d: dice }');
    const response = await fetch(`${gateway.url}/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': '1', accept: 'application/graphql-response+json' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/graphql-response+json');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'TOO_MANY_ALIASES' } }],
    });
  });

  test('whatever name is asked for, and though the document is not valid', async () => {
    const query = 'query A { a: x b: x c: x d: x } query B { strict }';
    for (const operationName of ['A', 'B', 'C', undefined]) {
      const { body } = await post(gateway.url, { query, operationName });
      expect(body.errors[0].extensions.code).toBe('TOO_MANY_ALIASES');
    }
  });
});

describe('an operation within the limits is answered', () => {
  test('at the limits themselves', async () => {
    const { body } = await gateway.graphql('{ a: strict b: strict c: strict strict }');
    expect(body).toEqual({ data: { a: 'strict', b: 'strict', c: 'strict', strict: 'strict' } });
  });

  test('after others were refused', async () => {
    await gateway.graphql(nested(20));
    expect((await gateway.graphql('{ strict }')).body).toEqual({ data: { strict: 'strict' } });
  });

  test('by what its variables make it cost', async () => {
    const query =
      'query ($more: Boolean!) { products { id ...F @include(if: $more) } } fragment F on Product { price { amount } price { currency } a: price { amount } b: price { amount } }';
    const cheap = await gateway.graphql(query, { more: false });
    expect(cheap.body.errors).toBeUndefined();
    const dear = await gateway.graphql(query, { more: true });
    expect(dear.body.errors[0].extensions).toEqual({ code: 'TOO_COSTLY', limit: 40, actual: 50 });
  });

  test('a syntax error stays one, also in a long document', async () => {
    const { body } = await gateway.graphql(`{ strict } } ${'x '.repeat(2_000)}`);
    expect(body.errors[0].extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });

  test('the schema can be read with the limits that are set where nothing is said', async () => {
    const usual = await startTestGateway(shop);
    const { body } = await usual.graphql(getIntrospectionQuery({ inputValueDeprecation: true }));
    await usual.close();
    expect(body.errors).toBeUndefined();
  });
});

test('how many operations are answered at a time is limited, and others are refused at once', async () => {
  const small = await startTestGateway(shop, { MAX_CONCURRENT_REQUESTS: '2' });
  const legacy = small.subgraphs['legacy'];
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let arrived = 0;
  if (legacy) {
    legacy.answer = async () => {
      arrived++;
      await released;
      return null;
    };
  }
  const running = [small.graphql('{ strict }'), small.graphql('{ secret }')];
  await expect.poll(() => arrived).toBe(2);
  const refused = await small.graphql('{ strict }');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.body.errors[0].extensions).toEqual({ code: 'OVERLOADED', limit: 2, actual: 2 });
  const health = await fetch(`${small.url}/health/live`);
  expect(health.status).toBe(200);
  release();
  await Promise.all(running);
  // A place is given back when the answer is out.
  await expect.poll(async () => (await small.graphql('{ strict }')).status).toBe(200);
  await small.close();
});

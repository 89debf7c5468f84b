import { createHash } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#platform/cache/cache.ts';
import { memoryCache } from '#platform/cache/memory.ts';
import { persistedQueries } from '../../gateway/http/persisted-queries.ts';
import { describeWithRedis, redisUrl } from '../setup/needs.ts';
import { shop } from './shop-graph.ts';
import { post, startTestGateway, type TestGateway } from './test-gateway.ts';

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');
const extensionsOf = (hash: unknown, version = 1) => ({
  persistedQuery: { version, sha256Hash: hash },
});

describe('automatic persisted queries', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(shop);
  });
  afterAll(() => gateway.close());

  test('are found by their hash once their text was sent with it', async () => {
    const query = '{ strict again: strict }';
    const extensions = extensionsOf(hashOf(query));
    const unknown = await post(gateway.url, { extensions });
    expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    const data = { strict: 'strict', again: 'strict' };
    expect((await post(gateway.url, { query, extensions })).body).toEqual({ data });
    expect((await post(gateway.url, { extensions })).body).toEqual({ data });
    const search = new URLSearchParams({ extensions: JSON.stringify(extensions) });
    const response = await fetch(`${gateway.url}/graphql?${search}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(await response.json()).toEqual({ data });
  });

  test.each([
    [
      'a hash of another text',
      { query: '{ strict }', extensions: extensionsOf(hashOf('{ dice }')) },
    ],
    ['another version', { query: '{ strict }', extensions: extensionsOf(hashOf('{ strict }'), 2) }],
    ['no object', { query: '{ strict }', extensions: { persistedQuery: 'x' } }],
  ])('with %s are bad requests', async (_what, body) => {
    const answer = await post(gateway.url, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  test('that exceed a limit are not registered', async () => {
    const query = `{ ${Array.from({ length: 60 }, (_, index) => `a${index}: strict`).join(' ')} }`;
    const extensions = extensionsOf(hashOf(query));
    const refused = await post(gateway.url, { query, extensions });
    expect(refused.body.errors[0].extensions.code).toBe('TOO_MANY_ROOT_FIELDS');
    const later = await post(gateway.url, { extensions });
    expect(later.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

describe('the texts of persisted queries', () => {
  const keyOf = (text: string) => `apq:${hashOf(text)}`;
  const open = (shared: Cache | null) => {
    const { cache } = persistedQueries(shared);
    if (!cache) throw new Error('There is no cache.');
    return cache;
  };

  test('are kept up to a size', async () => {
    const cache = open(null);
    const texts = Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(1_000_000)}`);
    for (const text of texts) await cache.set(keyOf(text), text);
    expect(await cache.get(keyOf(texts[0] ?? ''))).toBeUndefined();
    expect(await cache.get(keyOf(texts[39] ?? ''))).toBe(texts[39]);
  });

  test('are found by other replicas', async () => {
    const shared = memoryCache();
    const [a, b] = [open(shared), open(shared)];
    await a.set(keyOf('{ a }'), '{ a }');
    expect(await b.get(keyOf('{ a }'))).toBe('{ a }');
  });

  test('are not believed to be what their hash does not say', async () => {
    const shared = memoryCache();
    await shared.set(keyOf('{ a }'), '{ b }', 10_000);
    await shared.set(keyOf('{ c }'), { c: 1 }, 10_000);
    const cache = open(shared);
    expect(await cache.get(keyOf('{ a }'))).toBeUndefined();
    expect(await cache.get(keyOf('{ c }'))).toBeUndefined();
    expect(await cache.get('apq:no hash')).toBeUndefined();
  });
});

describeWithRedis('two replicas with a Redis', () => {
  test('share persisted queries', async () => {
    const environment = { REDIS_URL: redisUrl };
    const [a, b] = await Promise.all([
      startTestGateway(shop, environment),
      startTestGateway(shop, environment),
    ]);
    const query = `{ strict a${Math.random().toString(36).slice(2)}: strict }`;
    const extensions = extensionsOf(hashOf(query));
    await post(a.url, { query, extensions });
    await expect
      .poll(async () => (await post(b.url, { extensions })).body)
      .toMatchObject({ data: { strict: 'strict' } });
    await Promise.all([a.close(), b.close()]);
  });

  test('answer while Redis does not', async () => {
    const gateway = await startTestGateway(shop, {
      REDIS_URL: redisUrl,
      RATE_LIMIT_PER_ADDRESS: '1000',
    });
    const admin = await createClient({ url: redisUrl }).connect();
    await admin.sendCommand(['CLIENT', 'PAUSE', '3000', 'ALL']);
    const began = performance.now();
    const known = await gateway.graphql('{ strict }');
    const unknown = await post(gateway.url, { extensions: extensionsOf(hashOf('{ never }')) });
    const took = performance.now() - began;
    admin.destroy();
    await gateway.close();
    expect(known.body).toEqual({ data: { strict: 'strict' } });
    expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(took).toBeLessThan(2_500);
  });
});

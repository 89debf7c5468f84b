import { SignJWT } from 'jose';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisClient, type RedisClient } from '#platform/cache/redis-client.ts';
import { signServiceToken } from '#platform/identity/service-token.ts';
import { identityKey } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import {
  memoryCounter,
  sharedCounter,
  type RequestCounter,
} from '../../../gateway/limits/request-counter.ts';
import { addressKey } from '../../../gateway/limits/request-rates.ts';
import { describeWithRedis, redisUrl } from '../../setup/needs.ts';
import { shop } from '../shop-graph.ts';
import {
  IDENTITY_SECRET,
  SECRET_KEY,
  startStandaloneGateway,
  startTestGateway,
  type TestGateway,
} from '../test-gateway.ts';

const log = createLog('test', 'silent');

async function token(user: string): Promise<{ authorization: string }> {
  const signed = await new SignJWT({ user_id: user, role: 'STAFF', session: 's1' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(new TextEncoder().encode(SECRET_KEY));
  return { authorization: `Bearer ${signed}` };
}

const unique = () => Math.random().toString(36).slice(2);

/** What every counter keeps. */
function counterContract(name: string, open: () => Promise<RequestCounter>): void {
  describe(name, () => {
    test('lets so many requests of a key pass in a minute, and tells of the others when to come again', async () => {
      const counter = await open();
      for (let index = 0; index < 3; index++) expect(await counter.count('a')).toBeNull();
      const overrun = await counter.count('a');
      expect(overrun?.count).toBe(4);
      expect(overrun?.retryAfter).toBeGreaterThan(50);
      expect(overrun?.retryAfter).toBeLessThanOrEqual(60);
      expect((await counter.count('a'))?.count).toBeGreaterThan(3);
      expect(await counter.count('b')).toBeNull();
    });

    test('counts requests that come together', async () => {
      const counter = await open();
      const counts = await Promise.all(Array.from({ length: 10 }, () => counter.count('a')));
      expect(counts.filter((overrun) => overrun === null)).toHaveLength(3);
    });
  });
}

counterContract('requests counted in memory', async () => memoryCounter(3));

test('counting in memory knows so many keys at a time, and forgets those that sent nothing for longest', async () => {
  const counter = memoryCounter(1, 100);
  await counter.count('idle');
  await counter.count('busy');
  for (let index = 0; index < 1_000; index++) {
    expect(await counter.count(unique())).toBeNull();
    expect(await counter.count('busy')).not.toBeNull();
  }
  expect(await counter.count('idle')).toBeNull();
});

test('counting in memory takes a few microseconds', async () => {
  const counter = memoryCounter(1_000_000);
  const keys = Array.from({ length: 100 }, () => unique());
  const began = performance.now();
  for (let index = 0; index < 20_000; index++) await counter.count(keys[index % 100] ?? '');
  // Generous: the machine may be busy.
  expect((performance.now() - began) / 20_000).toBeLessThan(0.05);
});

describeWithRedis('requests counted in Redis', () => {
  const clients: RedisClient[] = [];
  const client = async (url = redisUrl) => {
    const opened = await redisClient(url, log, 'counting');
    clients.push(opened);
    return opened;
  };
  afterAll(() => clients.forEach((opened) => opened.destroy()));

  counterContract('by one replica', async () => sharedCounter(3, await client(), unique()));

  test('are counted over all replicas', async () => {
    const name = unique();
    const [a, b] = [sharedCounter(3, await client(), name), sharedCounter(3, await client(), name)];
    await a.count('k');
    await b.count('k');
    expect(await a.count('k')).toBeNull();
    expect(await b.count('k')).toMatchObject({ count: 4 });
  });

  test('are counted by each replica for itself while Redis does not answer', async () => {
    const name = unique();
    const counter = sharedCounter(3, await client(), name);
    const admin = await createClient({ url: redisUrl }).connect();
    await admin.sendCommand(['CLIENT', 'PAUSE', '2000', 'ALL']);
    const began = performance.now();
    for (let index = 0; index < 3; index++) expect(await counter.count('k')).toBeNull();
    expect(await counter.count('k')).toMatchObject({ count: 4 });
    expect(performance.now() - began).toBeLessThan(1_500);
    admin.destroy();
  });
});

test('a Redis that is not there holds up no request', async () => {
  const gone = await redisClient('redis://127.0.0.1:1', log, 'counting');
  const counter = sharedCounter(2, gone, unique());
  const began = performance.now();
  expect(await counter.count('k')).toBeNull();
  expect(await counter.count('k')).toBeNull();
  expect(await counter.count('k')).toMatchObject({ count: 3 });
  expect(performance.now() - began).toBeLessThan(100);
  gone.destroy();
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['no address', 'no address'],
])('of the address %s, %s is counted', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

describe('a gateway with rates', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(shop, {
      RATE_LIMIT_PER_ADDRESS: '5',
      RATE_LIMIT_PER_SUBJECT: '2',
      TRUST_PROXY: 'true',
    });
  });
  afterAll(() => gateway.close());

  const from = (address: string) => ({ 'x-forwarded-for': address });

  test('refuses what comes from an address beyond its rate, and nobody else', async () => {
    const headers = from('192.0.2.1');
    for (let index = 0; index < 5; index++) {
      expect((await gateway.graphql('{ strict }', {}, headers)).status).toBe(200);
    }
    const refused = await gateway.graphql('{ strict }', {}, headers);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(refused.body.errors[0].extensions).toEqual({
      code: 'TOO_MANY_REQUESTS',
      limit: 5,
      actual: 6,
    });
    expect((await gateway.graphql('{ strict }', {}, from('192.0.2.2'))).status).toBe(200);
  });

  test('counts bad tokens, too', async () => {
    const headers = { ...from('192.0.2.3'), authorization: 'Bearer x' };
    const statuses: number[] = [];
    for (let index = 0; index < 7; index++) {
      statuses.push((await gateway.graphql('{ strict }', {}, headers)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const service = { ...from('192.0.2.4'), 'x-service': 'x' };
    for (let index = 0; index < 5; index++) await gateway.graphql('{ strict }', {}, service);
    expect((await gateway.graphql('{ strict }', {}, service)).status).toBe(429);
  });

  test('refuses what a user sends beyond their rate, from wherever', async () => {
    const a = await token('0190b1a2-0000-7000-8000-000000000001');
    const b = await token('0190b1a2-0000-7000-8000-000000000002');
    await gateway.graphql('{ strict }', {}, { ...a, ...from('192.0.2.10') });
    await gateway.graphql('{ strict }', {}, { ...a, ...from('192.0.2.11') });
    const refused = await gateway.graphql('{ strict }', {}, { ...a, ...from('192.0.2.12') });
    expect(refused.status).toBe(429);
    expect(refused.body.errors[0].extensions).toMatchObject({ limit: 2, actual: 3 });
    const other = await gateway.graphql('{ strict }', {}, { ...b, ...from('192.0.2.12') });
    expect(other.status).toBe(200);
  });

  test('lets services of ours send what they need', async () => {
    const headers = {
      ...from('192.0.2.20'),
      'x-service': await signServiceToken('order', identityKey(IDENTITY_SECRET)),
    };
    for (let index = 0; index < 8; index++) {
      expect((await gateway.graphql('{ strict }', {}, headers)).status).toBe(200);
    }
  });
});

test('a gateway that knows nobody takes nobody for a service, and tells callers by their Authorization', async () => {
  const gateway = await startStandaloneGateway(shop, {
    RATE_LIMIT_PER_ADDRESS: '4',
    RATE_LIMIT_PER_SUBJECT: '1',
  });
  const statusOf = async (headers: Record<string, string>) =>
    (await gateway.graphql('{ strict }', {}, headers)).status;
  expect(await statusOf({ authorization: 'Bearer a', 'x-service': 'x' })).toBe(200);
  expect(await statusOf({ authorization: 'Bearer a' })).toBe(429);
  expect(await statusOf({ authorization: 'Bearer b', 'x-service': 'x' })).toBe(200);
  expect(await statusOf({ authorization: 'Bearer c' })).toBe(200);
  expect(await statusOf({ authorization: 'Bearer d', 'x-service': 'x' })).toBe(429);
  await gateway.close();
});

import { SignJWT, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { identityKey, signIdentity, verifyIdentity } from '#platform/identity/signed-identity.ts';
import { shop } from './shop-graph.ts';
import {
  authKeys,
  IDENTITY_SECRET,
  SECRET_KEY,
  startStandaloneGateway,
  startTestGateway,
  type TestGateway,
} from './test-gateway.ts';

const USER = '0190b1a2-0000-7000-8000-000000000001';
const identitySigner = identityKey(IDENTITY_SECRET);

const monolithToken = (
  claims: Record<string, unknown> = {},
  secret = SECRET_KEY,
  expires = '15m',
) =>
  new SignJWT({ user_id: USER, role: 'STAFF', session: 's1', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));

const authToken = (key = authKeys.privateKey, expires = '15m', issuer = 'auth') =>
  new SignJWT({ role: 'customer', sid: 's2' })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
    .setSubject(USER)
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop);
});
afterAll(() => gateway.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function identityAfter(headers: Record<string, string>): Promise<Identity | null> {
  await gateway.graphql('{ strict }', {}, headers);
  const header = gateway.lastRequest('legacy')?.headers['x-identity'];
  return verifyIdentity(header as string, identitySigner);
}

describe('who calls', () => {
  test("is read from the monolith's tokens", async () => {
    expect(await identityAfter(bearer(await monolithToken()))).toMatchObject({
      userId: USER,
      role: 'staff',
      sessionId: 's1',
      clientAddress: '127.0.0.1',
    });
  });

  test("is read from the auth service's tokens", async () => {
    const identity = await identityAfter(bearer(await authToken()));
    expect(identity).toMatchObject({ userId: USER, role: 'customer', sessionId: 's2' });
  });

  test('is nobody without a token', async () => {
    expect(await identityAfter({})).toMatchObject({ userId: null, role: null, sessionId: null });
  });

  test('is never taken from an x-identity header of the client, not even a rightly signed one', async () => {
    const admin: Identity = {
      userId: USER,
      role: 'admin',
      sessionId: null,
      clientAddress: null,
      requestId: 'r',
    };
    const identity = await identityAfter({
      'x-identity': signIdentity(admin, identitySigner),
    });
    expect(identity).toMatchObject({ userId: null, role: null });
  });

  test('reaches the subgraphs without the token itself', async () => {
    await identityAfter({ ...bearer(await authToken()), cookie: 'a=b' });
    const headers = gateway.lastRequest('legacy')?.headers;
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
  });

  test('goes with the request id, which the client may choose and gets back', async () => {
    const { headers } = await gateway.graphql('{ strict }', {}, { 'x-request-id': 'my-request-1' });
    expect(headers.get('x-request-id')).toBe('my-request-1');
    const received = gateway.lastRequest('legacy')?.headers;
    expect(received?.['x-request-id']).toBe('my-request-1');
    const identity = await verifyIdentity(received?.['x-identity'] as string, identitySigner);
    expect(identity?.requestId).toBe('my-request-1');
  });

  test('has the address of the socket, whatever X-Forwarded-For says', async () => {
    const identity = await identityAfter({ 'x-forwarded-for': '9.9.9.9' });
    expect(identity?.clientAddress).toBe('127.0.0.1');
  });
});

test('behind a trusted proxy the address is the one that the proxy saw', async () => {
  const proxied = await startTestGateway(shop, { TRUST_PROXY: 'true' });
  await proxied.graphql('{ strict }', {}, { 'x-forwarded-for': '6.6.6.6, 9.9.9.9' });
  const header = proxied.lastRequest('legacy')?.headers['x-identity'] as string;
  await proxied.close();
  expect((await verifyIdentity(header, identitySigner))?.clientAddress).toBe('9.9.9.9');
});

describe('a token that is not good', () => {
  const strangerKeys = generateKeyPair('EdDSA');
  const tokens: [string, string, () => Promise<string>][] = [
    [
      'expired, of the monolith',
      'TOKEN_EXPIRED',
      async () => bearer(await monolithToken({}, SECRET_KEY, '-1s')).authorization,
    ],
    [
      'expired, of auth',
      'TOKEN_EXPIRED',
      async () => bearer(await authToken(undefined, '-1s')).authorization,
    ],
    [
      'signed with another secret',
      'TOKEN_INVALID',
      async () =>
        bearer(await monolithToken({}, 'another-secret-that-is-long-enough-too')).authorization,
    ],
    [
      'signed with another key',
      'TOKEN_INVALID',
      async () => bearer(await authToken((await strangerKeys).privateKey)).authorization,
    ],
    [
      'of another issuer',
      'TOKEN_INVALID',
      async () => bearer(await authToken(undefined, '1m', 'me')).authorization,
    ],
    [
      'with an unknown role',
      'TOKEN_INVALID',
      async () => bearer(await monolithToken({ role: 'ROOT' })).authorization,
    ],
    [
      'without a signature',
      'TOKEN_INVALID',
      async () => `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"user_id":"x","role":"ADM"}')}.`,
    ],
    ['that is no token', 'TOKEN_INVALID', async () => 'Bearer nonsense'],
    ['in another scheme', 'TOKEN_INVALID', async () => `Basic ${btoa('a:b')}`],
    ['that is missing after its scheme', 'TOKEN_INVALID', async () => 'Bearer'],
  ];

  test.each(tokens)(
    '%s, is refused with 401 and %s before anything runs',
    async (_what, reason, make) => {
      const before = gateway.subgraphs['legacy']?.received.length;
      const { status, body, headers } = await gateway.graphql(
        '{ strict }',
        {},
        { authorization: await make() },
      );
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(body).toEqual({
        errors: [
          {
            message: expect.any(String) as string,
            extensions: { code: 'UNAUTHENTICATED', reason },
          },
        ],
      });
      expect(gateway.subgraphs['legacy']?.received.length).toBe(before);
    },
  );
});

test('in front of another graph the Authorization header goes to the subgraphs unread', async () => {
  const standalone = await startStandaloneGateway(shop);
  const { body } = await standalone.graphql(
    '{ strict }',
    {},
    { authorization: 'Basic abc', 'x-identity': 'forged' },
  );
  const headers = standalone.lastRequest('legacy')?.headers;
  await standalone.close();
  expect(body.data).toEqual({ strict: 'strict' });
  expect(headers?.['authorization']).toBe('Basic abc');
  expect(headers).not.toHaveProperty('x-identity');
});

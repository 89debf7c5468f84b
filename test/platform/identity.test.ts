import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessTokenVerifier, bearerToken } from '#platform/identity/access-token.ts';
import { identityKey, signIdentity, verifyIdentity } from '#platform/identity/signed-identity.ts';

const IDENTITY = {
  userId: '0b0e6a0e-3f0c-4b6e-9f57-1f8f2c1b7a10',
  role: 'staff',
  sessionId: 's1',
  clientAddress: '127.0.0.1',
  requestId: 'r1',
} as const;
const KEY = identityKey('k'.repeat(32));

describe('a signed identity', () => {
  test('comes back as it was signed', async () => {
    expect(await verifyIdentity(signIdentity(IDENTITY, KEY), KEY)).toEqual(IDENTITY);
  });

  test('is refused when it is missing, altered, signed by another key or unsigned', async () => {
    const header = signIdentity(IDENTITY, KEY);
    const [head, body, signature] = header.split('.') as [string, string, string];
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'admin' }),
    ).toString('base64url');
    const unsigned = new UnsecuredJWT({ role: 'admin', sid: null, addr: null, rid: 'r' })
      .setIssuer('gateway')
      .encode();
    for (const bad of [undefined, '', 'x', `${head}.${forged}.${signature}`, unsigned]) {
      expect(await verifyIdentity(bad, KEY)).toBeNull();
    }
    expect(await verifyIdentity(header, identityKey('z'.repeat(32)))).toBeNull();
  });

  test('is refused when it is old', async () => {
    const old = await new SignJWT({ role: null, sid: null, addr: null, rid: 'r' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('gateway')
      .setExpirationTime(Math.floor(Date.now() / 1000) - 60)
      .sign(KEY);
    expect(await verifyIdentity(old, KEY)).toBeNull();
  });
});

describe('an access token', () => {
  const SECRET = 's'.repeat(32);
  let authKey: Parameters<SignJWT['sign']>[0];
  let jwks: { keys: { kty: string }[] };
  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    authKey = pair.privateKey;
    jwks = {
      keys: [
        { ...(await exportJWK(pair.publicKey)), kty: 'OKP', kid: 'k1', alg: 'EdDSA' } as {
          kty: string;
        },
      ],
    };
  });
  const verifier = () => accessTokenVerifier(SECRET, jwks);
  const legacyToken = (claims: Record<string, unknown>, expires = '5m', secret = SECRET) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(secret));
  const authToken = (expires = '5m', claims: Record<string, unknown> = {}) =>
    new SignJWT({ role: 'customer', sid: 'f2', ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
      .setIssuer('auth')
      .setSubject('u2')
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(authKey);

  test('of either side tells who it speaks for, in the same words', async () => {
    const legacy = await legacyToken({ user_id: 'u1', role: 'ADM', session: 'f1' });
    expect(await verifier()(legacy)).toEqual({
      userId: 'u1',
      role: 'admin',
      sessionId: 'f1',
      scopes: [],
    });
    expect(await verifier()(await authToken())).toEqual({
      userId: 'u2',
      role: 'customer',
      sessionId: 'f2',
      scopes: [],
    });
  });

  test('of either side may list scopes', async () => {
    const legacy = await legacyToken({ user_id: 'u1', role: 'CUST', scope: 'read:stock  beta' });
    expect(await verifier()(legacy)).toMatchObject({ scopes: ['read:stock', 'beta'] });
    const auth = await authToken('5m', { scope: 'beta' });
    expect(await verifier()(auth)).toMatchObject({ scopes: ['beta'] });
  });

  test('is refused with TOKEN_EXPIRED when it is old', async () => {
    const old = await legacyToken({ user_id: 'u1', role: 'CUST' }, '-1m');
    await expect(verifier()(old)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
    await expect(verifier()(await authToken('-1m'))).rejects.toMatchObject({
      reason: 'TOKEN_EXPIRED',
    });
  });

  test('is refused with TOKEN_INVALID when it is forged, unsigned, of an unknown role or no token', async () => {
    const publicKeyAsSecret = await legacyToken(
      { user_id: 'u1', role: 'ADM' },
      '5m',
      JSON.stringify(jwks),
    );
    const unsigned = new UnsecuredJWT({ user_id: 'u1', role: 'ADM' })
      .setExpirationTime('5m')
      .encode();
    const unknownRole = await legacyToken({ user_id: 'u1', role: 'BOSS' });
    for (const bad of ['', 'abc', 'a.b.c', publicKeyAsSecret, unsigned, unknownRole]) {
      await expect(verifier()(bad)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
    }
  });

  test('is taken from a Bearer header only', () => {
    expect(bearerToken(undefined)).toBeNull();
    expect(bearerToken('Bearer abc')).toBe('abc');
    for (const header of ['Basic abc', 'Bearer', 'Bearer a b', 'abc']) {
      expect(() => bearerToken(header)).toThrow('not valid');
    }
  });
});

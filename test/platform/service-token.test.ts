import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import { signServiceToken, verifyServiceToken } from '#platform/identity/service-token.ts';
import { identityKey, signIdentity, verifyIdentity } from '#platform/identity/signed-identity.ts';

const KEY = identityKey('k'.repeat(32));
const now = () => Math.floor(Date.now() / 1_000);

const token = (change: { iat?: number; exp?: number; aud?: string; typ?: string; role?: string }) =>
  new SignJWT({ role: change.role ?? 'service' })
    .setProtectedHeader({ alg: 'HS256', typ: change.typ ?? 'service+jwt' })
    .setIssuer('order')
    .setAudience(change.aud ?? 'gateway')
    .setIssuedAt(change.iat ?? now())
    .setExpirationTime(change.exp ?? now() + 60)
    .sign(KEY);

describe('a service token', () => {
  test('tells which service it speaks for', async () => {
    expect(await verifyServiceToken(await signServiceToken('order', KEY), KEY)).toBe('order');
    expect(await verifyServiceToken(await token({}), KEY)).toBe('order');
  });

  test('is refused when it is old, long-lived, for somebody else, of another kind or another role', async () => {
    const refused = [
      await token({ iat: now() - 200, exp: now() - 100 }),
      await token({ iat: now() - 200, exp: now() + 3_600 }),
      await token({ aud: 'auth' }),
      await token({ typ: 'JWT' }),
      await token({ role: 'admin' }),
    ];
    for (const bad of refused) {
      await expect(verifyServiceToken(bad, KEY)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'TOKEN_INVALID',
      });
    }
  });

  test('is refused when it is forged, unsigned or no token', async () => {
    const unsigned = new UnsecuredJWT({ role: 'service' })
      .setIssuer('order')
      .setAudience('gateway')
      .setIssuedAt()
      .setExpirationTime('60s')
      .encode();
    const forged = await signServiceToken('order', identityKey('z'.repeat(32)));
    for (const bad of ['', 'abc', 'a.b.c', unsigned, forged]) {
      await expect(verifyServiceToken(bad, KEY)).rejects.toThrow('x-service');
    }
  });

  test('is no signed identity, and a signed identity is no service token, though one secret signs both', async () => {
    const identity = { ...anonymousIdentity('r'), role: 'service' as const };
    const signed = signIdentity(identity, KEY);
    await expect(verifyServiceToken(signed, KEY)).rejects.toThrow('x-service');
    expect(await verifyIdentity(await signServiceToken('order', KEY), KEY)).toBeNull();
    expect(await verifyIdentity(await signServiceToken('gateway', KEY), KEY)).toBeNull();
  });
});

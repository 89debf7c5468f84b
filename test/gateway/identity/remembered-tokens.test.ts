import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { accessTokenVerifier } from '#platform/identity/access-token.ts';
import { rememberedTokens } from '../../../gateway/identity/remembered-tokens.ts';
import { SECRET_KEY } from '../test-gateway.ts';

const verify = accessTokenVerifier(SECRET_KEY, { keys: [] });

/** A verifier that remembers, and how often it had to verify. */
function counted() {
  let count = 0;
  const remembered = rememberedTokens((token) => {
    count += 1;
    return verify(token);
  });
  return { remembered, count: () => count };
}

const signed = (user: string, expires: number | null, secret = SECRET_KEY) => {
  const token = new SignJWT({ user_id: user, role: 'STAFF', session: 's1' });
  if (expires !== null) token.setExpirationTime(expires);
  return token.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
};
const now = () => Math.floor(Date.now() / 1_000);

test('a token is verified once, and speaks for the same subject from then on', async () => {
  const { remembered, count } = counted();
  const [ada, bob] = [await signed('ada', now() + 60), await signed('bob', null)];
  for (let times = 0; times < 3; times += 1) {
    expect(await remembered(ada)).toMatchObject({ userId: 'ada', role: 'staff', sessionId: 's1' });
    expect(await remembered(bob)).toMatchObject({ userId: 'bob' });
  }
  expect(count()).toBe(2);
});

test('a remembered token is refused from the second on in which it expires', async () => {
  const { remembered } = counted();
  const expires = now() + 2;
  const token = await signed('ada', expires);
  await remembered(token);
  while (now() < expires) {
    await wait(50);
    if (now() < expires) await remembered(token);
  }
  await expect(remembered(token)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
});

test('what is refused is verified each time', async () => {
  const { remembered, count } = counted();
  const forged = await signed('ada', now() + 60, 'x'.repeat(40));
  for (let times = 0; times < 2; times += 1) {
    await expect(remembered(forged)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
  }
  expect(count()).toBe(2);
});

test('no more tokens are remembered than there is room for: the oldest go', async () => {
  let count = 0;
  const remembered = rememberedTokens(async () => {
    count += 1;
    return { userId: 'ada', role: 'staff', sessionId: null, scopes: [] };
  });
  const unsigned = (index: number) =>
    `e30.${Buffer.from(JSON.stringify({ index })).toString('base64url')}.`;
  for (let index = 0; index < 40_000; index += 1) await remembered(unsigned(index));
  expect(count).toBe(40_000);
  await remembered(unsigned(39_999));
  expect(count).toBe(40_000);
  await remembered(unsigned(0));
  expect(count).toBe(40_001);
});

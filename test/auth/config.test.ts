import { expect, test } from 'vitest';
import { authConfig } from '../../subgraphs/auth/config.ts';

const DATABASE_URL = 'postgres://auth@127.0.0.1/auth';
const IDENTITY_SECRET = 'x'.repeat(32);
const key = { kty: 'OKP', crv: 'Ed25519', x: 'public', d: 'private', kid: 'one' };

test('the auth subgraph has sensible settings where none are given', () => {
  const AUTH_PRIVATE_JWK = JSON.stringify(key);
  expect(authConfig({ DATABASE_URL, IDENTITY_SECRET, AUTH_PRIVATE_JWK })).toMatchObject({
    PORT: 8011,
    BCRYPT_COST: 10,
    ACCESS_TOKEN_MINUTES: 15,
    REFRESH_TOKEN_DAYS: 30,
    AUTH_PRIVATE_JWK: key,
  });
});

test.each([
  'no JSON',
  '{}',
  JSON.stringify({ ...key, crv: 'X25519' }),
  JSON.stringify({ ...key, d: undefined }),
  JSON.stringify({ ...key, kid: undefined }),
])('the auth subgraph refuses a key that cannot sign, without repeating it (%#)', (jwk) => {
  const read = () => authConfig({ DATABASE_URL, IDENTITY_SECRET, AUTH_PRIVATE_JWK: jwk });
  expect(read).toThrow(/AUTH_PRIVATE_JWK is not valid .*: expected the Ed25519 private key/);
  expect(read).not.toThrow('"private"');
});

test('the auth subgraph names every bad variable at once', () => {
  expect(() => authConfig({ BCRYPT_COST: '3', REFRESH_TOKEN_DAYS: 'many' })).toThrow(
    /DATABASE_URL[^]*AUTH_PRIVATE_JWK[^]*BCRYPT_COST[^]*REFRESH_TOKEN_DAYS/,
  );
});

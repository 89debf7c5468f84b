import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import type { Side } from '#platform/moves/moves.ts';
import { authMove } from '../../migration/moves/auth.ts';
import { carry } from '../migration/mapped-rows.ts';
import { startStack, type Stack } from '../stack.ts';

const REFRESH = `mutation Refresh($token: String!) { refresh(input: { refreshToken: $token }) {
  __typename ... on AuthSession { accessToken refreshToken user { email } } ... on InvalidRefreshToken { reason } } }`;
const LOGIN = `mutation { login(input: { email: "customer@example.com", password: "demo-password" }) {
  __typename ... on AuthSession { accessToken refreshToken } } }`;
const LABELS: Record<Side, readonly string[]> = { legacy: [], new: ['auth'] };

let stack: Stack;
let sides: Record<Side, Database>;

beforeAll(async () => {
  stack = await startStack();
  const log = createLog('test', 'silent');
  const open = (url: string) => openDatabase({ url, poolSize: 2, applicationName: 'test', log });
  sides = { legacy: open(stack.databases.legacy), new: open(stack.databases.auth) };
});
afterAll(async () => {
  await stack?.close();
  await Promise.all(Object.values(sides ?? {}).map((side) => side.close()));
});

/** What a flip comes to: the data follows, then requests do. */
const flip = (to: Side) => carry(authMove, sides, to);

async function login(side: Side) {
  const { body } = await stack.graphql(LOGIN, {}, { labels: LABELS[side] });
  return body.data.login as { accessToken: string; refreshToken: string };
}
async function refresh(side: Side, token: string) {
  const { body } = await stack.graphql(REFRESH, { token }, { labels: LABELS[side] });
  return body.data.refresh;
}
async function whoIs(side: Side, token: string) {
  const { body } = await stack.graphql('{ me { email } }', {}, { token, labels: LABELS[side] });
  return body.data.me?.email;
}

const ME = 'customer@example.com';

test.each([
  ['the monolith', 'auth', 'legacy', 'new'],
  ['auth', 'the monolith', 'new', 'legacy'],
] as const)(
  'a session that began on %s goes on at %s, and back again',
  async (_from, _to, here, there) => {
    await flip(here);
    const begun = await login(here);
    expect(await whoIs(here, begun.accessToken)).toBe(ME);

    await flip(there);
    expect(await whoIs(there, begun.accessToken)).toBe(ME);
    const renewed = await refresh(there, begun.refreshToken);
    expect(renewed).toMatchObject({ __typename: 'AuthSession', user: { email: ME } });
    expect(await whoIs(there, renewed.accessToken)).toBe(ME);
    expect(await whoIs(here, renewed.accessToken)).toBe(ME);

    await flip(here);
    const again = await refresh(here, renewed.refreshToken);
    expect(again).toMatchObject({ __typename: 'AuthSession', user: { email: ME } });
    expect(await whoIs(here, again.accessToken)).toBe(ME);
  },
);

test('a refresh token that was used before the flip is known as used after it', async () => {
  await flip('legacy');
  const begun = await login('legacy');
  const renewed = await refresh('legacy', begun.refreshToken);
  await flip('new');
  expect(await refresh('new', begun.refreshToken)).toMatchObject({ reason: 'REUSED' });
  expect(await refresh('new', renewed.refreshToken)).toMatchObject({ reason: 'REVOKED' });
});

test('a password that was changed on the new side still works after going back', async () => {
  await flip('new');
  const { accessToken } = await login('new');
  const change = `mutation { changePassword(input: { currentPassword: "demo-password", newPassword: "another-password" }) { __typename } }`;
  const changed = await stack.graphql(change, {}, { token: accessToken, labels: ['auth'] });
  expect(changed.body.data.changePassword.__typename).toBe('AuthSession');
  await flip('legacy');
  const tryLogin = async (password: string) =>
    (await stack.graphql(LOGIN.replace('demo-password', password), {}, { labels: [] })).body.data
      .login.__typename;
  expect(await tryLogin('another-password')).toBe('AuthSession');
  expect(await tryLogin('demo-password')).toBe('InvalidCredentials');
});

test.each([
  ['the monolith', 'legacy', 'new'],
  ['auth', 'new', 'legacy'],
] as const)(
  'an account that was deleted at %s is deleted on the other side, and after going back',
  async (_where, here, there) => {
    await flip(here);
    const email = `${here}@deleted.example`;
    const register = `mutation { register(input: { email: "${email}", password: "demo-password", displayName: "Ada" }) {
      ... on AuthSession { accessToken refreshToken user { id } } } }`;
    const at = async (side: Side, query: string, token?: string) =>
      (await stack.graphql(query, {}, { token, labels: LABELS[side] })).body.data;
    const { register: begun } = await at(here, register);
    await flip(there);
    await flip(here);
    const remove =
      'mutation { deleteAccount(input: { currentPassword: "demo-password" }) { __typename } }';
    expect(await at(here, remove, begun.accessToken)).toEqual({
      deleteAccount: { __typename: 'DeleteAccountPayload' },
    });
    const admin = await stack.login('admin@example.com', { labels: LABELS[here] });
    const left = `{ user(id: "${begun.user.id}") { displayName email phone deletedAt updatedAt } }`;
    const tombstone = await at(here, left, admin);
    expect(tombstone.user).toMatchObject({ displayName: 'Deleted account', email: null });
    for (const side of [there, here]) {
      await flip(side);
      expect(await at(side, left, admin)).toEqual(tombstone);
      expect(await refresh(side, begun.refreshToken)).toMatchObject({ reason: 'REVOKED' });
      const login = LOGIN.replace('customer@example.com', email);
      expect(await at(side, login)).toEqual({ login: { __typename: 'InvalidCredentials' } });
      expect(await at(side, '{ me { id } }', begun.accessToken)).toEqual({ me: null });
      const { users } = await at(
        side,
        `{ users(first: 100, filter: { deletedSince: "${tombstone.user.deletedAt}" }) { nodes { id } } }`,
        admin,
      );
      expect(users.nodes).toEqual([{ id: begun.user.id }]);
    }
  },
);

test('the REST API of the monolith takes an access token of the auth service', async () => {
  await flip('new');
  const { body } = await stack.graphql(
    LOGIN.replace('demo-password', 'another-password'),
    {},
    { labels: ['auth'] },
  );
  const response = await fetch(`${stack.gatewayUrl}/api/auth/me`, {
    headers: { authorization: `Bearer ${body.data.login.accessToken}` },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ email: ME });
});

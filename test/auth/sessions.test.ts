import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PASSWORD,
  as,
  login,
  newEmail,
  refresh,
  registered,
  startAuthSubgraph,
  type AuthSubgraph,
} from './auth-subgraph.ts';

let auth: AuthSubgraph;
beforeAll(async () => {
  auth = await startAuthSubgraph();
});
afterAll(() => auth.close());

const logout = async (refreshToken: string) =>
  (
    await auth.graphql('mutation($input: LogoutInput!) { logout(input: $input) { loggedOut } }', {
      input: { refreshToken },
    })
  ).body.data.logout.loggedOut;

const logoutEverywhere = async (userId: string, keepRefreshToken?: string) =>
  (
    await auth.graphql(
      'mutation($input: LogoutEverywhereInput!) { logoutEverywhere(input: $input) { revokedSessions } }',
      { input: { keepRefreshToken } },
      as(userId),
    )
  ).body.data.logoutEverywhere.revokedSessions;

const changePassword = async (userId: string, currentPassword: string, newPassword: string) =>
  (
    await auth.graphql(
      `mutation($input: ChangePasswordInput!) { changePassword(input: $input) {
        __typename ... on AuthSession { refreshToken accessToken user { id email } } ... on Problem { message }
        ... on InvalidInput { fields { path message } }
      } }`,
      { input: { currentPassword, newPassword } },
      as(userId),
    )
  ).body.data.changePassword;

const UNUSABLE = { __typename: 'InvalidRefreshToken' };

describe('a session', () => {
  test('has an access token that everybody with the public key can verify', async () => {
    const session = await registered(auth);
    const subject = await auth.verify(session.accessToken);
    expect(subject).toEqual({
      userId: session.user.id,
      role: 'customer',
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scopes: [],
    });
    const [header, payload] = session.accessToken.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'EdDSA',
      kid: 'test',
      typ: 'JWT',
    });
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'auth', sub: session.user.id, role: 'customer' });
    expect(claims.exp - claims.iat).toBe(15 * 60);
    expect(new Date(session.accessTokenExpiresAt).getTime()).toBe(claims.exp * 1000);
    const days = (new Date(session.refreshTokenExpiresAt).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.99);
    expect(days).toBeLessThanOrEqual(30);
  });

  test('keeps no refresh token and no password in the database', async () => {
    const session = await registered(auth);
    const { rows } = await auth.database.query(
      'select to_jsonb(t)::text as t, to_jsonb(a)::text as a from refresh_token t join account a on a.id = t.account_id where a.id = $1',
      [session.user.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].t).not.toContain(session.refreshToken);
    expect(rows[0].a).not.toContain(PASSWORD);
    expect(session.refreshToken).toMatch(/^[\w-]{43}$/);
  });

  test('goes on with the next refresh token', async () => {
    const first = await registered(auth);
    const second = await refresh(auth, first.refreshToken);
    expect(second).toMatchObject({ __typename: 'AuthSession', user: first.user });
    const third = await refresh(auth, second.refreshToken);
    expect(new Set([first, second, third].map((session) => session.refreshToken)).size).toBe(3);
    const subjects = await Promise.all(
      [first, second, third].map((session) => auth.verify(session.accessToken)),
    );
    expect(new Set(subjects.map(({ sessionId }) => sessionId)).size).toBe(1);
  });

  test('carries the role that the account has when it is renewed', async () => {
    const first = await registered(auth);
    await auth.database.query(`update account set role = 'staff' where id = $1`, [first.user.id]);
    const second = await refresh(auth, first.refreshToken);
    expect(second.user.role).toBe('STAFF');
    expect(await auth.verify(second.accessToken)).toMatchObject({ role: 'staff' });
  });

  test('ends when one of its refresh tokens is used twice', async () => {
    const first = await registered(auth);
    const other = await login(auth, first.user.email);
    const second = await refresh(auth, first.refreshToken);
    expect(await refresh(auth, first.refreshToken)).toEqual({
      ...UNUSABLE,
      reason: 'REUSED',
      message: 'This refresh token had been used before, so its session was ended: log in again.',
    });
    expect(await refresh(auth, second.refreshToken)).toEqual({
      ...UNUSABLE,
      reason: 'REVOKED',
      message: 'This session has ended: log in again.',
    });
    expect(await refresh(auth, other.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('is renewed once when ten requests bring one token at the same time', async () => {
    const first = await registered(auth);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refresh(auth, first.refreshToken)),
    );
    const renewed = answers.filter(({ __typename }) => __typename === 'AuthSession');
    expect(renewed).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'REUSED')).toHaveLength(9);
    expect(await refresh(auth, renewed[0].refreshToken)).toMatchObject({ reason: 'REVOKED' });
    const { rows } = await auth.database.query(
      'select count(*)::int as n from refresh_token where account_id = $1',
      [first.user.id],
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('cannot be renewed after its time', async () => {
    const first = await registered(auth);
    await auth.database.query(
      `update refresh_token set expires_at = now() - interval '1 second' where account_id = $1`,
      [first.user.id],
    );
    expect(await refresh(auth, first.refreshToken)).toEqual({
      ...UNUSABLE,
      reason: 'EXPIRED',
      message: 'This session has expired: log in again.',
    });
    expect(await logout(first.refreshToken)).toBe(false);
  });

  test.each(['', 'x', 'a'.repeat(100_000), '\0', '𝕏'])(
    'is not found by something that is no refresh token (%#)',
    async (token) => {
      expect(await refresh(auth, token)).toEqual({
        ...UNUSABLE,
        reason: 'UNKNOWN',
        message: 'This refresh token is not known: log in again.',
      });
      expect(await logout(token)).toBe(false);
    },
  );
});

describe('logout', () => {
  test('ends the session once, by any of its tokens', async () => {
    const first = await registered(auth);
    const second = await refresh(auth, first.refreshToken);
    expect(await logout(first.refreshToken)).toBe(true);
    expect(await logout(second.refreshToken)).toBe(false);
    expect(await refresh(auth, second.refreshToken)).toMatchObject({ reason: 'REVOKED' });
  });

  test('everywhere ends the live sessions of the account and counts them', async () => {
    const first = await registered(auth);
    const stranger = await registered(auth);
    const kept = await login(auth, first.user.email);
    const third = await login(auth, first.user.email);
    const renewed = await refresh(auth, third.refreshToken);
    await logout((await login(auth, first.user.email)).refreshToken);
    expect(await logoutEverywhere(first.user.id, kept.refreshToken)).toBe(2);
    expect(await refresh(auth, first.refreshToken)).toMatchObject({ reason: 'REVOKED' });
    expect(await refresh(auth, renewed.refreshToken)).toMatchObject({ reason: 'REVOKED' });
    expect(await refresh(auth, kept.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
    expect(await logoutEverywhere(first.user.id)).toBe(1);
    expect(await logoutEverywhere(first.user.id)).toBe(0);
    expect(await refresh(auth, stranger.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('everywhere keeps nothing for a token of somebody else or of nobody', async () => {
    const first = await registered(auth);
    const stranger = await registered(auth);
    expect(await logoutEverywhere(first.user.id, stranger.refreshToken)).toBe(1);
    expect(await refresh(auth, stranger.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
    await login(auth, first.user.email);
    expect(await logoutEverywhere(first.user.id, 'nobody')).toBe(1);
  });

  test('everywhere leaves no session behind, whatever is renewed at the same time', async () => {
    const { user } = await registered(auth);
    for (let round = 0; round < 5; round++) {
      const sessions = await Promise.all([1, 2, 3, 4].map(() => login(auth, user.email)));
      const [, , ...answers] = await Promise.all([
        logoutEverywhere(user.id),
        logoutEverywhere(user.id),
        ...sessions.map(({ refreshToken }) => refresh(auth, refreshToken)),
      ]);
      for (const { refreshToken } of answers.filter((answer) => answer.refreshToken)) {
        expect(await refresh(auth, refreshToken)).toMatchObject({ reason: 'REVOKED' });
      }
    }
  });

  test('everywhere needs somebody who is logged in', async () => {
    const { body } = await auth.graphql(
      'mutation { logoutEverywhere(input: {}) { revokedSessions } }',
    );
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('changing the password', () => {
  test('ends all sessions and gives a fresh one', async () => {
    const first = await registered(auth);
    const { email, id } = first.user;
    const second = await login(auth, email);
    const fresh = await changePassword(id, PASSWORD, 'another-password');
    expect(fresh).toMatchObject({ __typename: 'AuthSession', user: { id, email } });
    for (const { refreshToken } of [first, second]) {
      expect(await refresh(auth, refreshToken)).toMatchObject({ reason: 'REVOKED' });
    }
    expect(await refresh(auth, fresh.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
    expect(await login(auth, email, PASSWORD)).toMatchObject({ __typename: 'InvalidCredentials' });
    expect(await login(auth, email, 'another-password')).toMatchObject({
      __typename: 'AuthSession',
    });
  });

  test('needs the current password and a new one that bcrypt reads whole', async () => {
    const { user } = await registered(auth);
    expect(await changePassword(user.id, 'wrong-password', 'another-password')).toEqual({
      __typename: 'InvalidCredentials',
      message: 'The current password is not right.',
    });
    for (const newPassword of ['short', 'x'.repeat(73), 'é'.repeat(37)]) {
      expect(await changePassword(user.id, PASSWORD, newPassword)).toEqual({
        __typename: 'InvalidInput',
        message: 'The input is not valid: see `fields`.',
        fields: [{ path: 'newPassword', message: 'must be 8 to 72 bytes long' }],
      });
    }
    const longest = 'é'.repeat(36);
    expect(await changePassword(user.id, PASSWORD, longest)).toMatchObject({
      __typename: 'AuthSession',
    });
    expect(await login(auth, user.email, longest)).toMatchObject({ __typename: 'AuthSession' });
    expect(await login(auth, user.email, `${longest}x`)).toMatchObject({
      __typename: 'InvalidCredentials',
    });
  });

  test('happens once when five requests know the same current password', async () => {
    const { user } = await registered(auth);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => changePassword(user.id, PASSWORD, `another-password-${n}`)),
    );
    expect(answers.filter(({ __typename }) => __typename === 'AuthSession')).toHaveLength(1);
    const { rows } = await auth.database.query(
      `select count(*)::int as live from refresh_token
       where account_id = $1 and used_at is null and revoked_at is null`,
      [user.id],
    );
    expect(rows).toEqual([{ live: 1 }]);
  });

  test('leaves no session that was begun with the old password', async () => {
    const { user } = await registered(auth, newEmail());
    const [fresh, ...logins] = await Promise.all([
      changePassword(user.id, PASSWORD, 'another-password'),
      ...[1, 2, 3, 4].map(() => login(auth, user.email)),
    ]);
    for (const { refreshToken } of logins.filter((answer) => answer.refreshToken)) {
      expect(await refresh(auth, refreshToken)).toMatchObject({ reason: 'REVOKED' });
    }
    expect(await refresh(auth, fresh.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
  });
});

describe('deleting an account', () => {
  const deleteAccount = async (userId: string, currentPassword = PASSWORD) =>
    (
      await auth.graphql(
        'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { __typename } }',
        { input: { currentPassword } },
        as(userId),
      )
    ).body.data.deleteAccount.__typename;

  test('leaves no session, whatever begins or is renewed at the same time', async () => {
    const { user, refreshToken } = await registered(auth, newEmail());
    const [answer] = await Promise.all([
      deleteAccount(user.id),
      refresh(auth, refreshToken),
      ...[1, 2, 3, 4].map(() => login(auth, user.email)),
    ]);
    expect(answer).toBe('DeleteAccountPayload');
    const { rows } = await auth.database.query(
      'select from refresh_token where account_id = $1 and used_at is null and revoked_at is null',
      [user.id],
    );
    expect(rows).toEqual([]);
  });

  test('and changing its password at the same time end in one of the two', async () => {
    const { user } = await registered(auth);
    const [deleted, changed] = await Promise.all([
      deleteAccount(user.id),
      changePassword(user.id, PASSWORD, 'another-password'),
    ]);
    expect([
      ['DeleteAccountPayload', 'InvalidCredentials'],
      ['InvalidCredentials', 'AuthSession'],
    ]).toContainEqual([deleted, changed.__typename]);
  });

  test('is done by each of five who ask at once', async () => {
    const { user } = await registered(auth);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => deleteAccount(user.id)));
    expect(new Set(answers)).toEqual(new Set(['DeleteAccountPayload']));
  });
});

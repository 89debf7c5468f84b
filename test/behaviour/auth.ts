import { describe, expect, test } from 'vitest';
import { listBehaviour, profileBehaviour, readingBehaviour } from './auth-accounts.ts';
import { deletionBehaviour } from './auth-deletion.ts';
import {
  CHANGE_PASSWORD,
  EMAIL_TAKEN,
  ENDED,
  INVALID_INPUT,
  LOGOUT_EVERYWHERE,
  ME,
  NOT_LOGGED_IN,
  PASSWORD,
  REGISTER,
  WRONG_LOGIN,
  faultOf,
  newEmail,
  operations,
} from './auth-operations.ts';
import type { BehaviourStack } from './behaviour-stack.ts';

/** How accounts and sessions behave, whichever side answers. */
export function authBehaviour(stack: () => BehaviourStack): void {
  describe('registering', () => {
    registeringBehaviour(stack);
  });
  describe('logging in', () => {
    loginBehaviour(stack);
  });
  describe('a session', () => {
    sessionBehaviour(stack);
  });
  describe('ending sessions', () => {
    endingBehaviour(stack);
  });
  describe('changing the password', () => {
    passwordBehaviour(stack);
  });
  describe('a profile', () => {
    profileBehaviour(stack);
  });
  describe('reading accounts', () => {
    readingBehaviour(stack);
  });
  describe('the list of accounts', () => {
    listBehaviour(stack);
  });
  describe('deleting an account', () => {
    deletionBehaviour(stack);
  });
}

function registeringBehaviour(stack: () => BehaviourStack): void {
  const { send, login } = operations(stack);

  test('makes a customer and logs it in', async () => {
    const email = newEmail();
    const input = {
      email: ` ${email.toUpperCase()}`,
      password: PASSWORD,
      displayName: '  Ōta Yūki 👩‍🚀 ',
      locale: 'ja-JP',
    };
    const session = await send(REGISTER, { input });
    const user = {
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      email,
      displayName: 'Ōta Yūki 👩‍🚀',
      role: 'CUSTOMER',
      phone: null,
      locale: 'ja-JP',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: session.user.createdAt,
    };
    expect(session).toEqual({
      __typename: 'AuthSession',
      accessToken: expect.any(String),
      accessTokenExpiresAt: expect.any(String),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshTokenExpiresAt: expect.any(String),
      user,
    });
    const minutes = (Date.parse(session.accessTokenExpiresAt) - Date.now()) / 60_000;
    expect(Math.round(minutes)).toBe(15);
    const days = (Date.parse(session.refreshTokenExpiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await send(ME, {}, session.accessToken)).toEqual(user);
    expect(await login(email)).toMatchObject({ __typename: 'AuthSession', user: { email } });
  });

  test('refuses an e-mail address that has an account', async () => {
    const email = newEmail();
    const input = { email, password: PASSWORD, displayName: 'Somebody' };
    expect(await send(REGISTER, { input })).toMatchObject({ user: { locale: 'en' } });
    expect(await send(REGISTER, { input: { ...input, email: email.toUpperCase() } })).toEqual(
      EMAIL_TAKEN,
    );
  });

  test('names every field that breaks a rule', async () => {
    const input = { email: 'nobody', password: 'short', displayName: '   ', locale: 'en_GB' };
    expect(await send(REGISTER, { input })).toEqual({
      __typename: 'InvalidInput',
      message: INVALID_INPUT,
      fields: [
        { path: 'email', message: 'must be an e-mail address' },
        { path: 'password', message: 'must be 8 to 72 bytes long' },
        { path: 'displayName', message: 'must be 1 to 100 characters long' },
        { path: 'locale', message: 'must be a BCP 47 language tag' },
      ],
    });
  });

  test.each([
    ['email', `${'a'.repeat(243)}@example.com`],
    ['email', 'a b@example.com'],
    ['email', 'a@b'],
    ['password', 'é'.repeat(37)],
    ['displayName', 'x'.repeat(101)],
    ['displayName', 'x'.repeat(500_000)],
    ['locale', null],
  ])('refuses %s that is too long, too short or misshapen (%#)', async (path, value) => {
    const input = { email: newEmail(), password: PASSWORD, displayName: 'Somebody', [path]: value };
    expect(await send(REGISTER, { input })).toMatchObject({
      __typename: 'InvalidInput',
      fields: [{ path, message: expect.stringMatching(/^must be /) }],
    });
  });
}

function loginBehaviour(stack: () => BehaviourStack): void {
  const { login, register } = operations(stack);

  test('answers alike for a wrong password and an unknown e-mail address', async () => {
    const { user } = await register();
    expect(await login(user.email, 'wrong-password')).toEqual(WRONG_LOGIN);
    expect(await login(newEmail(), 'wrong-password')).toEqual(WRONG_LOGIN);
  });

  test('finds the account however its e-mail address is written', async () => {
    const { user } = await register();
    expect(await login(` ${user.email.toUpperCase()} `)).toMatchObject({
      __typename: 'AuthSession',
      user,
    });
  });

  test('has to wait after five failures, even with the right password', async () => {
    const { user } = await register();
    const other = await register();
    for (let n = 0; n < 5; n++) {
      expect(await login(user.email, 'wrong-password')).toEqual(WRONG_LOGIN);
    }
    const answer = await login(user.email);
    expect(answer).toEqual({
      __typename: 'TooManyAttempts',
      message: `Too many failed tries: wait ${answer.retryAfterSeconds} seconds, then try again.`,
      retryAfterSeconds: expect.any(Number),
    });
    expect(answer.retryAfterSeconds).toBeGreaterThan(800);
    expect(answer.retryAfterSeconds).toBeLessThanOrEqual(900);
    expect(await login(other.user.email)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('works for a demo account of every role', async () => {
    for (const role of ['customer', 'staff', 'admin']) {
      const token = await stack().login(`${role}@example.com`);
      const { body } = await stack().graphql('{ me { role email } }', {}, { token });
      expect(body.data.me).toEqual({ role: role.toUpperCase(), email: `${role}@example.com` });
    }
  });
}

function sessionBehaviour(stack: () => BehaviourStack): void {
  const { send, refresh, register, login } = operations(stack);

  test('goes on with its next refresh token', async () => {
    const first = await register();
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({ __typename: 'AuthSession', user: first.user });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await send(ME, {}, second.accessToken)).toEqual(first.user);
    expect(await refresh(second.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('ends when a refresh token is used twice; other sessions go on', async () => {
    const first = await register();
    const other = await login(first.user.email);
    const second = await refresh(first.refreshToken);
    expect(await refresh(first.refreshToken)).toEqual({
      __typename: 'InvalidRefreshToken',
      reason: 'REUSED',
      message: 'This refresh token had been used before, so its session was ended: log in again.',
    });
    expect(await refresh(second.refreshToken)).toEqual(ENDED);
    expect(await refresh(other.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('is renewed once when five requests bring one token at the same time', async () => {
    const { refreshToken } = await register();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(refreshToken)));
    expect(answers.filter(({ __typename }) => __typename === 'AuthSession')).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'REUSED')).toHaveLength(4);
  });

  test.each(['', 'nothing', 'x'.repeat(10_000)])(
    'is not found by something that is no refresh token (%#)',
    async (token) => {
      expect(await refresh(token)).toEqual({
        __typename: 'InvalidRefreshToken',
        reason: 'UNKNOWN',
        message: 'This refresh token is not known: log in again.',
      });
    },
  );

  test('is not spoken for by a token that nobody signed', async () => {
    const { status, body } = await stack().graphql(ME, {}, { token: 'a.b.c' });
    expect([status, body.errors?.[0]?.extensions]).toMatchObject([
      401,
      { code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' },
    ]);
  });
}

function endingBehaviour(stack: () => BehaviourStack): void {
  const { send, login, logout, refresh, register } = operations(stack);
  const everywhere = async (token: string, input: Record<string, unknown> = {}) =>
    (await send(LOGOUT_EVERYWHERE, { input }, token)).revokedSessions;

  test('by any of its tokens ends a session once', async () => {
    const first = await register();
    const second = await refresh(first.refreshToken);
    expect(await logout(first.refreshToken)).toBe(true);
    expect(await logout(second.refreshToken)).toBe(false);
    expect(await logout('nothing')).toBe(false);
    expect(await refresh(second.refreshToken)).toEqual(ENDED);
  });

  test('everywhere counts the live sessions that ended and keeps the one that is named', async () => {
    const first = await register();
    const kept = await login(first.user.email);
    const ended = await login(first.user.email);
    const third = await login(first.user.email);
    await refresh(third.refreshToken);
    await logout(ended.refreshToken);
    expect(await everywhere(first.accessToken, { keepRefreshToken: kept.refreshToken })).toBe(2);
    expect(await refresh(first.refreshToken)).toEqual(ENDED);
    expect(await refresh(kept.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
    expect(await everywhere(first.accessToken, { keepRefreshToken: null })).toBe(1);
    expect(await everywhere(first.accessToken)).toBe(0);
  });

  test('everywhere needs somebody who has logged in, and leaves others alone', async () => {
    expect(faultOf(await stack().graphql(LOGOUT_EVERYWHERE, { input: {} }))).toEqual(NOT_LOGGED_IN);
    const [first, stranger] = [await register(), await register()];
    const keep = { keepRefreshToken: stranger.refreshToken };
    expect(await everywhere(first.accessToken, keep)).toBe(1);
    expect(await refresh(stranger.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
  });
}

function passwordBehaviour(stack: () => BehaviourStack): void {
  const { send, login, refresh, register } = operations(stack);

  test('ends all sessions and gives a fresh one', async () => {
    const first = await register();
    const other = await login(first.user.email);
    const input = { currentPassword: PASSWORD, newPassword: 'another-password' };
    const fresh = await send(CHANGE_PASSWORD, { input }, first.accessToken);
    const { id, email } = first.user;
    expect(fresh).toMatchObject({ __typename: 'AuthSession', user: { id, email } });
    expect(await refresh(first.refreshToken)).toEqual(ENDED);
    expect(await refresh(other.refreshToken)).toEqual(ENDED);
    expect(await refresh(fresh.refreshToken)).toMatchObject({ __typename: 'AuthSession' });
    expect(await login(email)).toEqual(WRONG_LOGIN);
    expect(await login(email, 'another-password')).toMatchObject({ __typename: 'AuthSession' });
  });

  test('needs the current password, a good new one, and somebody who has logged in', async () => {
    const { accessToken, user } = await register();
    const change = (currentPassword: string, newPassword: string) =>
      send(CHANGE_PASSWORD, { input: { currentPassword, newPassword } }, accessToken);
    expect(await change('wrong-password', 'another-password')).toEqual({
      __typename: 'InvalidCredentials',
      message: 'The current password is not right.',
    });
    expect(await change(PASSWORD, 'short')).toEqual({
      __typename: 'InvalidInput',
      message: INVALID_INPUT,
      fields: [{ path: 'newPassword', message: 'must be 8 to 72 bytes long' }],
    });
    const input = { currentPassword: PASSWORD, newPassword: 'another-password' };
    expect(faultOf(await stack().graphql(CHANGE_PASSWORD, { input }))).toEqual(NOT_LOGGED_IN);
    expect(await login(user.email)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('takes the longest password and lets nothing be added to it', async () => {
    const { accessToken, user } = await register();
    const longest = 'é'.repeat(36);
    const input = { currentPassword: PASSWORD, newPassword: longest };
    await send(CHANGE_PASSWORD, { input }, accessToken);
    expect(await login(user.email, `${longest}x`)).toEqual(WRONG_LOGIN);
    expect(await login(user.email, longest)).toMatchObject({ __typename: 'AuthSession' });
  });
}

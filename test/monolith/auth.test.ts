import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestMonolith, type Reply, type TestMonolith } from './test-monolith.ts';

const MINUTE = 60_000;
const PASSWORD = 'correct horse';

let monolith: TestMonolith;
beforeAll(async () => {
  monolith = await startTestMonolith();
});
afterAll(() => monolith.close());

let counter = 0;
const newEmail = () => `user${++counter}@example.com`;
/** An address of its own for each test that fails logins, so that they do not limit one another. */
const newAddress = () => ({ clientAddress: `192.0.2.${++counter}` });

const post = (path: string, body: unknown, options: object = {}) =>
  monolith.call('POST', `/api/auth/${path}`, { body, ...options });

async function register(email = newEmail()) {
  const reply = await post('register', { email, password: PASSWORD, full_name: 'Ada' });
  expect(reply.status).toBe(201);
  return { email, ...reply.body };
}

const login = (email: string, password = PASSWORD, identity: object = newAddress()) =>
  post('login', { email, password }, { identity });

const refresh = (refreshToken: string) => post('refresh', { refresh_token: refreshToken });

const statuses = (replies: Reply[]) => replies.map(({ status }) => status).sort((a, b) => a - b);

describe('register', () => {
  test('creates a customer and logs it in', async () => {
    const reply = await post('register', {
      email: '  New.Person@Example.COM ',
      password: PASSWORD,
      full_name: ' New Person ',
      lang: 'en-GB',
    });
    expect(reply.status).toBe(201);
    expect(reply.body.user).toMatchObject({
      email: 'new.person@example.com',
      full_name: 'New Person',
      role: 'CUST',
      tel: null,
      lang: 'en-GB',
    });
    expect(reply.body.user.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00$/);
    const me = await monolith.call('GET', '/api/auth/me', { token: reply.body.access_token });
    expect(me.body).toEqual(reply.body.user);
  });

  test('keeps no password and no refresh token that could be read', async () => {
    const { user, refresh_token: token } = await register();
    const [account] = await monolith.sql('select * from app_users where user_id = $1', [
      user.user_id,
    ]);
    const [row] = await monolith.sql('select * from refresh_tokens where user_id = $1', [
      user.user_id,
    ]);
    expect(account.pwd_hash).toMatch(/^\$2[aby]\$04\$/);
    expect(row.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('names every field that broke a rule', async () => {
    const reply = await post('register', {
      email: 'nobody',
      password: 'short',
      full_name: '   ',
      lang: 'not a language',
    });
    expect(reply.status).toBe(422);
    expect(reply.body.error).toEqual({
      code: 'VALIDATION',
      message: 'The input is not valid: see `fields`.',
      fields: [
        { field: 'email', message: 'must be an e-mail address' },
        { field: 'password', message: 'must be 8 to 72 bytes long' },
        { field: 'full_name', message: 'must be 1 to 100 characters long' },
        { field: 'lang', message: 'must be a BCP 47 language tag' },
      ],
    });
  });

  test('names members that are missing, unknown or of the wrong type', async () => {
    const reply = await post('register', { email: 7, password: PASSWORD, nickname: 'x' });
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields).toEqual(
      expect.arrayContaining([
        { field: 'full_name', message: 'is required' },
        { field: 'nickname', message: 'is not known' },
        { field: 'email', message: 'must be string' },
      ]),
    );
    expect(reply.body.error.fields).toHaveLength(3);
  });

  test('counts a password in bytes', async () => {
    const body = { email: newEmail(), full_name: 'Ada' };
    expect((await post('register', { ...body, password: 'é'.repeat(37) })).status).toBe(422);
    expect((await post('register', { ...body, password: 'é'.repeat(36) })).status).toBe(201);
  });

  test('gives an address to one of ten who ask at once, whatever the case of its letters', async () => {
    const email = newEmail();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        post('register', {
          email: index % 2 ? email : email.toUpperCase(),
          password: PASSWORD,
          full_name: 'Ada',
        }),
      ),
    );
    expect(statuses(replies)).toEqual([201, ...Array<number>(9).fill(409)]);
    const refused = replies.find(({ status }) => status === 409);
    expect(refused?.body.error).toEqual({
      code: 'EMAIL_TAKEN',
      message: 'This e-mail address belongs to another account: log in, or use another address.',
    });
  });
});

describe('login', () => {
  test('takes the right password only', async () => {
    const { email } = await register();
    expect((await login(email.toUpperCase())).status).toBe(200);
    const wrong = await login(email, 'wrong password');
    expect(wrong.status).toBe(401);
    expect(wrong.body.error).toEqual({
      code: 'BAD_LOGIN',
      message: 'The e-mail address and the password do not match.',
    });
  });

  test('does not take a password that only begins like the right one', async () => {
    const email = newEmail();
    const password = 'x'.repeat(72);
    await post('register', { email, password, full_name: 'Ada' });
    expect((await login(email, `${password}y`)).status).toBe(401);
    expect((await login(email, password)).status).toBe(200);
  });

  test('refuses an account after five failures, also with the right password, for 15 minutes', async () => {
    const { email } = await register();
    for (let tries = 0; tries < 5; tries++) {
      expect((await login(email, 'wrong password')).status).toBe(401);
      monolith.passTime(MINUTE);
    }
    const refused = await login(email);
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('TOO_MANY_TRIES');
    // The window is from the first failure, five minutes ago.
    const { retry_after: wait } = refused.body.error;
    expect(wait).toBeGreaterThan(590);
    expect(wait).toBeLessThanOrEqual(600);
    expect(refused.body.error.message).toBe(
      `Too many failed tries: wait ${wait} seconds, then try again.`,
    );
    expect(refused.headers.get('retry-after')).toBe(String(wait));
    monolith.passTime(10 * MINUTE);
    expect((await login(email)).status).toBe(200);
  });

  test('forgets the failures of an account that has logged in', async () => {
    const { email } = await register();
    for (let tries = 0; tries < 4; tries++) await login(email, 'wrong password');
    expect((await login(email)).status).toBe(200);
    for (let tries = 0; tries < 4; tries++) await login(email, 'wrong password');
    expect((await login(email)).status).toBe(200);
  });

  test('compares exactly five of thirty wrong passwords that come at once', async () => {
    const { email } = await register();
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => login(email, 'wrong password')),
    );
    expect(statuses(replies)).toEqual([
      ...Array<number>(5).fill(401),
      ...Array<number>(25).fill(429),
    ]);
  });

  test('refuses none of thirty right passwords that come at once', async () => {
    const { email } = await register();
    const address = newAddress();
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => login(email, PASSWORD, address)),
    );
    expect(statuses(replies)).toEqual(Array<number>(30).fill(200));
  });

  test('refuses an address after twenty failures over all accounts', async () => {
    const address = newAddress();
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => login(newEmail(), 'wrong password', address)),
    );
    expect(statuses(replies)).toEqual([
      ...Array<number>(20).fill(401),
      ...Array<number>(10).fill(429),
    ]);
    const { email } = await register();
    expect((await login(email, PASSWORD, address)).status).toBe(429);
    expect((await login(email, PASSWORD, newAddress())).status).toBe(200);
  });

  test('believes X-Forwarded-For of the gateway only', async () => {
    const body = { email: newEmail(), password: 'wrong password' };
    const forwarded = '198.51.100.7';
    const headers = { 'x-forwarded-for': forwarded };
    await post('login', body, { headers });
    await post('login', body, { headers, identity: {} });
    const rows = await monolith.sql('select failures from login_failures where subject = $1', [
      `addr:${forwarded}`,
    ]);
    expect(rows).toEqual([{ failures: 1 }]);
  });

  test('takes as long for an unknown address as for a known one', async () => {
    const slow = await startTestMonolith({ BCRYPT_COST: '10' });
    const known = 'known@example.com';
    await slow.call('POST', '/api/auth/register', {
      body: { email: known, password: PASSWORD, full_name: 'Ada' },
    });
    const timeOf = async (email: string) => {
      const begin = performance.now();
      await slow.call('POST', '/api/auth/login', {
        body: { email, password: 'wrong password' },
        identity: newAddress(),
      });
      const time = performance.now() - begin;
      await slow.sql('delete from login_failures');
      return time;
    };
    await timeOf(known);
    const times = { known: [] as number[], unknown: [] as number[] };
    // In turns, so that a busy machine slows both alike.
    for (let tries = 0; tries < 7; tries++) {
      times.known.push(await timeOf(known));
      times.unknown.push(await timeOf(newEmail()));
    }
    await slow.close();
    const median = (values: number[]) => values.sort((a, b) => a - b)[3] as number;
    const ratio = median(times.unknown) / median(times.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('refresh', () => {
  test('gives new tokens of the same session', async () => {
    const session = await register();
    const renewed = await refresh(session.refresh_token);
    expect(renewed.status).toBe(200);
    expect(renewed.body.refresh_token).not.toBe(session.refresh_token);
    expect(renewed.body.user).toEqual(session.user);
    const again = await refresh(renewed.body.refresh_token);
    expect(again.status).toBe(200);
  });

  test('ends the session when a token comes a second time', async () => {
    const session = await register();
    const renewed = await refresh(session.refresh_token);
    const reused = await refresh(session.refresh_token);
    expect(reused.status).toBe(401);
    expect(reused.body.error).toEqual({
      code: 'BAD_REFRESH_TOKEN',
      message: 'This refresh token had been used before, so its session was ended: log in again.',
      reason: 'REUSED',
    });
    expect((await refresh(renewed.body.refresh_token)).body.error.reason).toBe('REVOKED');
  });

  test('leaves other sessions of the account alone when one is ended for reuse', async () => {
    const session = await register();
    const other = (await login(session.email)).body;
    await refresh(session.refresh_token);
    await refresh(session.refresh_token);
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  test('gives exactly one session to ten who send one token at once, and ends it', async () => {
    for (let round = 0; round < 5; round++) {
      const { refresh_token: token } = await register();
      const replies = await Promise.all(Array.from({ length: 10 }, () => refresh(token)));
      expect(statuses(replies)).toEqual([200, ...Array<number>(9).fill(401)]);
      const given = replies.find(({ status }) => status === 200)?.body.refresh_token;
      expect((await refresh(given)).body.error.reason).toBe('REVOKED');
    }
  });

  test('leaves no live token behind when reuse and renewal meet', async () => {
    for (let round = 0; round < 10; round++) {
      const session = await register();
      const second = (await refresh(session.refresh_token)).body.refresh_token;
      await Promise.all([refresh(second), refresh(session.refresh_token)]);
      const live = await monolith.sql(
        'select * from refresh_tokens where user_id = $1 and used_at is null and revoked_at is null',
        [session.user.user_id],
      );
      expect(live).toEqual([]);
    }
  });

  test('says why it refuses a token', async () => {
    const unknown = await refresh('never-issued');
    expect(unknown.body.error).toMatchObject({ code: 'BAD_REFRESH_TOKEN', reason: 'UNKNOWN' });
    const late = await register();
    const ended = await register();
    await post('logout', { refresh_token: ended.refresh_token });
    expect((await refresh(ended.refresh_token)).body.error.reason).toBe('REVOKED');
    monolith.passTime(31 * 24 * 60 * MINUTE);
    expect((await refresh(late.refresh_token)).body.error.reason).toBe('EXPIRED');
  });
});

describe('ending sessions', () => {
  test('logout ends the session of any of its tokens, once', async () => {
    const session = await register();
    const renewed = (await refresh(session.refresh_token)).body;
    const body = { refresh_token: session.refresh_token };
    expect((await post('logout', body)).body).toEqual({ logged_out: true });
    expect((await post('logout', body)).body).toEqual({ logged_out: false });
    expect((await refresh(renewed.refresh_token)).body.error.reason).toBe('REVOKED');
    expect((await post('logout', { refresh_token: 'unknown' })).body).toEqual({
      logged_out: false,
    });
  });

  test('logout-all ends every live session but the one to keep', async () => {
    const session = await register();
    const token = session.access_token;
    const kept = (await login(session.email)).body;
    const other = (await login(session.email)).body;
    await refresh(other.refresh_token);
    const body = { keep_refresh_token: kept.refresh_token };
    expect((await post('logout-all', body, { token })).body).toEqual({ revoked: 2 });
    expect((await refresh(session.refresh_token)).body.error.reason).toBe('REVOKED');
    expect((await refresh(kept.refresh_token)).status).toBe(200);
    expect((await post('logout-all', {}, { token })).body).toEqual({ revoked: 1 });
    expect((await post('logout-all', {}, { token })).body).toEqual({ revoked: 0 });
  });

  test('logout-all leaves no session behind that is renewed meanwhile', async () => {
    const session = await register();
    const token = session.access_token;
    await Promise.all([refresh(session.refresh_token), post('logout-all', {}, { token })]);
    const live = await monolith.sql(
      'select * from refresh_tokens where user_id = $1 and used_at is null and revoked_at is null',
      [session.user.user_id],
    );
    expect(live).toEqual([]);
  });

  test('change-password gives a fresh session and ends all others', async () => {
    const session = await register();
    const token = session.access_token;
    const changed = await post(
      'change-password',
      { current_password: PASSWORD, new_password: 'battery staple' },
      { token },
    );
    expect(changed.status).toBe(200);
    expect((await refresh(session.refresh_token)).body.error.reason).toBe('REVOKED');
    expect((await refresh(changed.body.refresh_token)).status).toBe(200);
    expect((await login(session.email)).status).toBe(401);
    expect((await login(session.email, 'battery staple')).status).toBe(200);
  });

  test('change-password refuses a wrong current password and a new one that is too short', async () => {
    const { access_token: token } = await register();
    const wrong = await post(
      'change-password',
      { current_password: 'wrong password', new_password: 'battery staple' },
      { token },
    );
    expect(wrong.status).toBe(401);
    expect(wrong.body.error).toEqual({
      code: 'BAD_LOGIN',
      message: 'The current password is not right.',
    });
    const short = await post(
      'change-password',
      { current_password: PASSWORD, new_password: 'short' },
      { token },
    );
    expect(short.body.error.fields).toEqual([
      { field: 'new_password', message: 'must be 8 to 72 bytes long' },
    ]);
  });
});

describe('delete-account', () => {
  const remove = (password: string, token: string) =>
    post('delete-account', { current_password: password }, { token });

  test('leaves nothing of the person in the row, and no session that could go on', async () => {
    const { user, access_token: token, refresh_token: first } = await register();
    expect((await remove('wrong password', token)).body.error).toEqual({
      code: 'BAD_LOGIN',
      message: 'The current password is not right.',
    });
    expect((await remove(PASSWORD, token)).body).toEqual({ deleted_id: user.user_id });
    expect((await refresh(first)).body.error.reason).toBe('REVOKED');
    const [row] = await monolith.sql('select * from app_users where user_id = $1', [user.user_id]);
    expect(row).toMatchObject({
      email: `deleted:${user.user_id}`,
      pwd_hash: 'deleted',
      full_name: 'Deleted account',
      tel: null,
      lang: 'en',
      deleted_at: row.updated_at,
    });
  });

  test('leaves no session that is begun or renewed meanwhile, and is done for each of five who ask at once', async () => {
    const { user, email, access_token: token, refresh_token: first } = await register();
    const [replies] = await Promise.all([
      Promise.all([1, 2, 3, 4, 5].map(() => remove(PASSWORD, token))),
      refresh(first),
      login(email),
      login(email),
    ]);
    expect(statuses(replies)).toEqual([200, 200, 200, 200, 200]);
    const live = await monolith.sql(
      'select * from refresh_tokens where user_id = $1 and used_at is null and revoked_at is null',
      [user.user_id],
    );
    expect(live).toEqual([]);
  });
});

describe('who calls', () => {
  const me = (options: object) => monolith.call('GET', '/api/auth/me', options);

  test('is told by a token of the monolith, a token of the auth service or the gateway', async () => {
    const { user, access_token: token } = await register();
    const authToken = await monolith.authToken(user.user_id, 'customer');
    const identity = { userId: user.user_id, role: 'customer' };
    for (const options of [
      { token },
      { token: authToken },
      { identity },
      { identity: {}, token },
    ]) {
      expect((await me(options)).body).toEqual(user);
    }
  });

  test('is nobody without token or signature', async () => {
    const reply = await me({});
    expect(reply.status).toBe(401);
    expect(reply.body.error.code).toBe('NOT_LOGGED_IN');
  });

  test('is not believed when the token is expired, forged or malformed', async () => {
    const claims = { user_id: randomUUID(), role: 'ADM' };
    const signed = (secret: string, expires: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(new TextEncoder().encode(secret));
    const reasons: Record<string, string> = {
      [await signed(monolith.secretKey, '-1m')]: 'TOKEN_EXPIRED',
      [await signed('f'.repeat(64), '15m')]: 'TOKEN_INVALID',
      'not.a.token': 'TOKEN_INVALID',
    };
    for (const [token, reason] of Object.entries(reasons)) {
      const reply = await me({ token });
      expect(reply.status).toBe(401);
      expect(reply.body.error).toMatchObject({ code: 'BAD_TOKEN', reason });
    }
    const other = await startTestMonolith();
    const foreign = await other.authToken(randomUUID(), 'admin');
    await other.close();
    expect((await me({ token: foreign })).body.error.code).toBe('BAD_TOKEN');
    expect((await me({ headers: { 'x-identity': 'forged' } })).body.error.code).toBe('BAD_TOKEN');
  });
});

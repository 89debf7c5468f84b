import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, STAFF, startTestMonolith, type TestMonolith } from './test-monolith.ts';

let monolith: TestMonolith;
beforeAll(async () => {
  monolith = await startTestMonolith();
});
afterAll(() => monolith.close());

let counter = 0;

async function register(email = `user${++counter}@example.com`) {
  const body = { email, password: 'correct horse', full_name: 'Ada' };
  const reply = await monolith.call('POST', '/api/auth/register', { body });
  expect(reply.status).toBe(201);
  return { email, ...reply.body };
}

describe('profiles', () => {
  const patch = (token: string, body: object) =>
    monolith.call('PATCH', '/api/auth/me', { token, body });

  test('change in what is sent, and in nothing else', async () => {
    const { user, access_token: token } = await register();
    const changed = await patch(token, { tel: '+81312345678', full_name: ' Ada L. ' });
    expect(changed.body).toEqual({
      ...user,
      tel: '+81312345678',
      full_name: 'Ada L.',
      updated_at: changed.body.updated_at,
    });
    expect((await patch(token, { tel: null })).body.tel).toBeNull();
    expect((await patch(token, { lang: 'ja' })).body).toMatchObject({ lang: 'ja', tel: null });
  });

  test('refuse bad values and addresses of others', async () => {
    const { email } = await register();
    const { access_token: token } = await register();
    expect((await patch(token, { email: email.toUpperCase() })).body.error.code).toBe(
      'EMAIL_TAKEN',
    );
    const bad = await patch(token, { email: '@', full_name: '', tel: '12', lang: '' });
    expect(bad.body.error.fields.map(({ field }: { field: string }) => field)).toEqual([
      'email',
      'full_name',
      'tel',
      'lang',
    ]);
    expect((await patch(token, { role: 'ADM' })).status).toBe(422);
    expect((await patch(token, { full_name: 'nul \0' })).status).toBe(422);
  });
});

describe('users', () => {
  test('are listed for admins, newest first, each once, also while others register', async () => {
    const seen: string[] = [];
    let afterKey: string | undefined;
    const before = await monolith.sql('select user_id from app_users');
    for (;;) {
      const query = new URLSearchParams({ limit: '3', ...(afterKey && { after_key: afterKey }) });
      const { body } = await monolith.call('GET', `/api/users?${query}`, { identity: ADMIN });
      seen.push(...body.items.map(({ user_id: id }: { user_id: string }) => id));
      if (!body.has_more) break;
      afterKey = JSON.stringify(body.keys.at(-1));
      await register();
    }
    expect(seen).toHaveLength(before.length);
    expect(new Set(seen)).toEqual(new Set(before.map(({ user_id: id }) => id)));
  });

  test('are found by role, and by a part of name or address in any case', async () => {
    const { user } = await register('Find.Me%@example.com');
    const find = async (query: string) => {
      const reply = await monolith.call('GET', `/api/users?${query}`, { identity: ADMIN });
      return reply.body.items.map(({ user_id: id }: { user_id: string }) => id);
    };
    expect(await find('q=FIND.ME%25')).toEqual([user.user_id]);
    expect(await find('q=find%25me')).toEqual([]);
    expect(await find('role=STAFF')).toEqual([]);
    expect(await find(`ids=${user.user_id},${randomUUID()}`)).toEqual([user.user_id]);
    const page = await monolith.call('GET', '/api/users?limit=2&page=2', { identity: ADMIN });
    const all = await monolith.call('GET', '/api/users?limit=4', { identity: ADMIN });
    expect(page.body.items).toEqual(all.body.items.slice(2));
    expect(page.body.total).toBe(all.body.total);
  });

  test('are listed for nobody else', async () => {
    expect((await monolith.call('GET', '/api/users')).status).toBe(401);
    expect((await monolith.call('GET', '/api/users', { identity: STAFF })).status).toBe(403);
  });

  test('show contact data to themselves and to staff only', async () => {
    const { user, access_token: token } = await register();
    const { user: other } = await register();
    const lookUp = async (options: object) => {
      const body = { ids: [user.user_id, other.user_id, randomUUID()] };
      const reply = await monolith.call('POST', '/api/users/lookup', { body, ...options });
      return Object.fromEntries(
        reply.body.items.map((item: typeof user) => [item.user_id, item.email]),
      );
    };
    const [mine, others] = [user.user_id, other.user_id];
    expect(await lookUp({})).toEqual({ [mine]: null, [others]: null });
    expect(await lookUp({ token })).toEqual({ [mine]: user.email, [others]: null });
    expect(await lookUp({ identity: STAFF })).toEqual({
      [mine]: user.email,
      [others]: other.email,
    });
  });

  test('are read by themselves and by staff', async () => {
    const { user, access_token: token } = await register();
    const { access_token: stranger } = await register();
    const get = (id: string, options: object) => monolith.call('GET', `/api/users/${id}`, options);
    expect((await get(user.user_id.toUpperCase(), { token })).body).toEqual(user);
    expect((await get(user.user_id, { token: stranger })).status).toBe(403);
    expect((await get(user.user_id, {})).status).toBe(401);
    expect((await get(randomUUID(), { identity: STAFF })).body.error).toEqual({
      code: 'NOT_FOUND',
      message: 'There is no account with this id.',
    });
    expect((await get('seven', { identity: STAFF })).body.error).toMatchObject({
      code: 'VALIDATION',
      fields: [{ field: 'id' }],
    });
  });

  test.each([
    ['after_key=nonsense', 'after_key'],
    ['after_key=%5B1%5D', 'after_key'],
    ['after_key=%5B1e300,%22x%22%5D', 'after_key'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=many', 'limit'],
    ['page=0', 'page'],
    ['role=KING', 'role'],
  ])('are not listed for %s', async (query, field) => {
    const reply = await monolith.call('GET', `/api/users?${query}`, { identity: ADMIN });
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields.map((problem: { field: string }) => problem.field)).toContain(
      field,
    );
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notebook, writesOf, type Notebook } from './noted-calls.ts';
import { startTwoOwners, type TwoOwners } from './two-owners.ts';

let owners: TwoOwners;
beforeAll(async () => {
  owners = await startTwoOwners('auth');
});
afterAll(() => owners?.close());

const PASSWORD = 'a long password';
const ADMIN = { userId: randomUUID(), role: 'admin' } as const;

async function liveWithAnAccount(notes: Notebook, name: string): Promise<void> {
  const { call } = notes;
  const email = `${name}@example.com`;
  const post = (path: string, body: object, token?: string) =>
    call('POST', `/api/auth${path}`, { body, token });
  const account = { email: ` ${name.toUpperCase()}@Example.com`, password: PASSWORD };
  const { body: first } = await post('/register', { ...account, full_name: ' Ada ' });
  await post('/register', { ...account, full_name: 'Ada', lang: 'ja' });
  await post('/register', { email: 'nobody', password: 'short', full_name: ' ', lang: '!' });
  await call('GET', '/api/auth/me', { token: first.access_token });
  const { body: second } = await post('/login', { email, password: PASSWORD });
  await post('/login', { email, password: 'wrong password' });
  await post('/login', { email: `un${email}`, password: 'wrong password' });
  const { body: third } = await post('/refresh', { refresh_token: second.refresh_token });
  await post('/refresh', { refresh_token: second.refresh_token });
  await post('/refresh', { refresh_token: third.refresh_token });
  await post('/refresh', { refresh_token: 'nonsense' });
  const token = first.access_token as string;
  const change = (body: object, by: string | undefined = token) =>
    call('PATCH', '/api/auth/me', { body, token: by });
  await change({ full_name: 'Countess', tel: '+81312345678', lang: 'en-GB' });
  await call('GET', '/api/auth/me', { token });
  await change({ tel: null });
  await change({});
  await change({ email: 'nobody', tel: '12', lang: '!', full_name: '' });
  const [other] = await owners.sql('select email from app_users where email <> $1 limit 1', [
    email,
  ]);
  await change({ email: other.email });
  await call('PATCH', '/api/auth/me', { body: { lang: 'ja' } });
  await post('/change-password', { current_password: 'no', new_password: PASSWORD }, token);
  await post('/change-password', { current_password: PASSWORD, new_password: 'x' }, token);
  const passwords = { current_password: PASSWORD, new_password: `${PASSWORD}!` };
  const { body: fourth } = await post('/change-password', passwords, token);
  await post('/change-password', passwords);
  await post('/refresh', { refresh_token: first.refresh_token });
  const { body: fifth } = await post('/login', { email, password: `${PASSWORD}!` });
  await post('/logout-all', { keep_refresh_token: fifth.refresh_token }, token);
  await post('/refresh', { refresh_token: fourth.refresh_token });
  await post('/logout', { refresh_token: fifth.refresh_token });
  await post('/logout', { refresh_token: fifth.refresh_token });
  await post('/logout', { refresh_token: 'nonsense' });
  await post('/logout-all', {});
  for (let tries = 0; tries < 6; tries++) await post('/login', { email, password: 'wrong' });
  await leave(notes, name, token);
}

/** Somebody deletes an account, and an admin that of who comes after. */
async function leave({ call }: Notebook, name: string, token: string): Promise<void> {
  const email = `${name}@example.com`;
  const remove = (password: string, by?: string) =>
    call('POST', '/api/auth/delete-account', { body: { current_password: password }, token: by });
  await remove('wrong password', token);
  await remove(`${PASSWORD}!`);
  await remove(`${PASSWORD}!`, token);
  await remove(`${PASSWORD}!`, token);
  await call('GET', '/api/auth/me', { token });
  await call('PATCH', '/api/auth/me', { body: { lang: 'ja' }, token });
  await call('PATCH', '/api/auth/me', { body: {}, token });
  const account = { email, password: PASSWORD, full_name: 'Ada' };
  const { body: again } = await call('POST', '/api/auth/register', { body: account });
  const { user_id: id } = again.user;
  const admin = { identity: ADMIN };
  await call('DELETE', `/api/users/${id}`);
  await call('DELETE', `/api/users/${id}`, { token: again.access_token });
  for (const one of [id, id.toUpperCase(), randomUUID()]) {
    await call('DELETE', `/api/users/${one}`, admin);
  }
  await call('GET', `/api/users/${id}`, admin);
  await call('POST', '/api/auth/refresh', { body: { refresh_token: again.refresh_token } });
}

test('accounts that the auth service owns live by the same calls with the same answers', async () => {
  const [name, other] = [`ada-${randomUUID()}`, `ada-${randomUUID()}`];
  const [here, there] = [notebook(owners, [name]), notebook(owners, [other])];
  await liveWithAnAccount(here, name);
  await owners.give('new');
  await liveWithAnAccount(there, other);
  expect(here.calls.map(({ status }) => status)).toEqual([
    201, 409, 422, 200, 200, 401, 401, 200, 401, 401, 401, 200, 200, 200, 200, 422, 409, 401, 401,
    422, 200, 401, 401, 200, 200, 401, 200, 200, 200, 401, 401, 401, 401, 401, 401, 429, 401, 401,
    200, 200, 404, 404, 404, 201, 401, 403, 200, 200, 404, 200, 401,
  ]);
  expect(there.calls).toEqual(here.calls);

  await owners.pauseRelay(true);
  const third = `ada-${randomUUID()}`;
  const alone = notebook(owners, [third]);
  await liveWithAnAccount(alone, third);
  expect(writesOf(alone.calls)).toEqual(writesOf(here.calls));
});

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  BY_ID,
  EMAIL_TAKEN,
  INVALID_INPUT,
  ME,
  NOT_LOGGED_IN,
  UPDATE_PROFILE,
  USERS,
  faultOf,
  newEmail,
  operations,
  type Session,
} from './auth-operations.ts';
import type { BehaviourStack } from './behaviour-stack.ts';

/** Changing one's own account. */
export function profileBehaviour(stack: () => BehaviourStack): void {
  const { send, login, register } = operations(stack);

  test('changes in what is given and keeps what is absent', async () => {
    const { accessToken, user } = await register();
    const update = (input: Record<string, unknown>) => send(UPDATE_PROFILE, { input }, accessToken);
    const named = await update({ displayName: ' New Name ', phone: '+81312345678' });
    expect(named).toEqual({
      __typename: 'UpdateProfileSuccess',
      user: {
        ...user,
        displayName: 'New Name',
        phone: '+81312345678',
        updatedAt: expect.any(String),
      },
    });
    expect(Date.parse(named.user.updatedAt)).toBeGreaterThan(Date.parse(user.updatedAt));
    expect(await update({})).toEqual(named);
    const email = newEmail();
    const moved = await update({ email: email.toUpperCase(), locale: 'de', phone: null });
    expect(moved.user).toMatchObject({ email, displayName: 'New Name', locale: 'de', phone: null });
    expect(await send(ME, {}, accessToken)).toEqual(moved.user);
    expect(await login(email)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('cannot take the e-mail address of another account', async () => {
    const [first, second] = [await register(), await register()];
    const input = { email: second.user.email, displayName: 'Thief' };
    expect(await send(UPDATE_PROFILE, { input }, first.accessToken)).toEqual(EMAIL_TAKEN);
    expect(await send(ME, {}, first.accessToken)).toEqual(first.user);
    const own = { input: { email: first.user.email } };
    expect(await send(UPDATE_PROFILE, own, first.accessToken)).toMatchObject({
      __typename: 'UpdateProfileSuccess',
    });
  });

  test('is refused with every rule that is broken; null removes nothing but the phone', async () => {
    const { accessToken } = await register();
    const input = { email: null, displayName: null, phone: '03-1234-5678', locale: null };
    expect(await send(UPDATE_PROFILE, { input }, accessToken)).toEqual({
      __typename: 'InvalidInput',
      message: INVALID_INPUT,
      fields: [
        { path: 'email', message: 'must be an e-mail address' },
        { path: 'displayName', message: 'must be 1 to 100 characters long' },
        { path: 'phone', message: 'must be a phone number in E.164 form, such as +81312345678' },
        { path: 'locale', message: 'must be a BCP 47 language tag' },
      ],
    });
  });

  test('belongs to somebody who has logged in', async () => {
    expect(faultOf(await stack().graphql(UPDATE_PROFILE, { input: {} }))).toEqual(NOT_LOGGED_IN);
    expect((await stack().graphql(ME)).body).toEqual({ data: { me: null } });
  });
}

/** Reading one account. */
export function readingBehaviour(stack: () => BehaviourStack): void {
  const { send, register } = operations(stack);

  test('is for the account itself and for staff', async () => {
    const { accessToken, user } = await register();
    const staff = await stack().login('staff@example.com');
    for (const token of [accessToken, staff, await stack().login('admin@example.com')]) {
      expect(await send(BY_ID, { id: user.id }, token)).toEqual(user);
    }
    expect(await send(BY_ID, { id: user.id.toUpperCase() }, accessToken)).toEqual(user);
    expect(await send(BY_ID, { id: randomUUID() }, staff)).toBeNull();
  });

  test('is closed to others', async () => {
    const [{ user }, { accessToken: token }] = [await register(), await register()];
    const { id } = user;
    const forbidden = await stack().graphql(BY_ID, { id }, { token });
    expect(forbidden.body.data).toEqual({ user: null });
    expect(faultOf(forbidden)[0]).toBe('FORBIDDEN');
    expect(faultOf(await stack().graphql(BY_ID, { id }))).toEqual(NOT_LOGGED_IN);
  });

  test.each(['', 'x', '1; drop table app_users', '00000000-0000-0000-0000-00000000000g'])(
    'needs an id that is a UUID (%#)',
    async (id) => {
      const token = await stack().login('staff@example.com');
      expect(faultOf(await stack().graphql(BY_ID, { id }, { token }))).toEqual([
        'BAD_USER_INPUT',
        'id: must be a UUID',
      ]);
    },
  );
}

/** Reading all accounts. */
export function listBehaviour(stack: () => BehaviourStack): void {
  const { send, register } = operations(stack);
  const admin = () => stack().login('admin@example.com');

  test('pages through what matches, newest first', async () => {
    const word = `100%_${randomUUID()}`;
    const users = [];
    for (let n = 0; n < 5; n++) users.push((await register(`Person ${word} ${n}`)).user);
    const newestFirst = users.sort(
      (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? 1 : -1),
    );
    const token = await admin();
    const filter = { search: ` ${word.toUpperCase()} `, role: 'CUSTOMER' };
    const seen: unknown[] = [];
    let after: string | null = null;
    for (const size of [2, 2, 1]) {
      const page = await send(USERS, { first: 2, after, filter }, token);
      expect(page).toMatchObject({
        totalCount: 5,
        pageInfo: {
          hasNextPage: size === 2,
          hasPreviousPage: after !== null,
          startCursor: page.edges[0].cursor,
          endCursor: page.edges[size - 1].cursor,
        },
      });
      expect(page.edges.map((edge: { node: unknown }) => edge.node)).toEqual(
        page.nodes.map(({ id }: { id: string }) => ({ id })),
      );
      seen.push(...page.nodes);
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(newestFirst);
    const oldest = newestFirst[4] as Session['user'];
    expect(JSON.parse(Buffer.from(String(after), 'base64url').toString())).toEqual([
      'users',
      Date.parse(oldest.createdAt),
      oldest.id,
    ]);
  });

  test('is searched for a part of the e-mail address, as it is written', async () => {
    const { user } = await register();
    const token = await admin();
    const total = async (filter: Record<string, unknown>) =>
      (await send(USERS, { filter }, token)).totalCount;
    const part = user.email.slice(3, 40);
    expect(await total({ search: part.toUpperCase() })).toBe(1);
    expect(await total({ search: part, role: 'ADMIN' })).toBe(0);
    expect(await total({ search: part.replace('-', '_') })).toBe(0);
    expect(await total({ search: part.replace('-', '%') })).toBe(0);
    expect(await total({ search: '  ' })).toBe((await send(USERS, {}, token)).totalCount);
    expect(await total({ role: 'ADMIN' })).toBeGreaterThan(0);
  });

  test('is for admins', async () => {
    const denied = ['UNAUTHORIZED_FIELD_OR_TYPE', 'Unauthorized field or type'];
    expect(faultOf(await stack().graphql(USERS))).toEqual(denied);
    for (const who of ['customer', 'staff']) {
      const token = await stack().login(`${who}@example.com`);
      expect(faultOf(await stack().graphql(USERS, {}, { token }))).toEqual(denied);
    }
  });

  test('refuses pages, cursors and texts that it cannot give', async () => {
    const token = await admin();
    const cursor = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
    const malformed = 'after: not a cursor: pass an `endCursor` or `cursor` of this list as it is';
    const cases: [Record<string, unknown>, string][] = [
      [{ first: 0 }, 'first: must be from 1 to 100, got 0'],
      [{ first: 101 }, 'first: must be from 1 to 100, got 101'],
      [{ after: 'nonsense' }, malformed],
      [{ after: cursor('users', 1, 'x') }, malformed],
      [{ after: cursor('users', 'x', randomUUID()) }, malformed],
      [
        { after: cursor('orders', 1, randomUUID()) },
        'after: this cursor belongs to a list in another order: begin without it',
      ],
      [
        { filter: { search: 'x'.repeat(201) } },
        'filter.search: must be at most 200 characters long',
      ],
    ];
    for (const [variables, message] of cases) {
      expect(faultOf(await stack().graphql(USERS, variables, { token }))).toEqual([
        'BAD_USER_INPUT',
        message,
      ]);
    }
  });
}

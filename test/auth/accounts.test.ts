import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PASSWORD,
  SESSION,
  as,
  login,
  newEmail,
  registered,
  startAuthSubgraph,
  type AuthSubgraph,
} from './auth-subgraph.ts';

let auth: AuthSubgraph;
beforeAll(async () => {
  auth = await startAuthSubgraph();
});
afterAll(() => auth.close());

const REGISTER = `mutation($input: RegisterInput!) { register(input: $input) {
  __typename ...Session ... on Problem { message } ... on InvalidInput { fields { path message } }
} } ${SESSION}`;
const register = async (input: Record<string, unknown>) =>
  (await auth.graphql(REGISTER, { input })).body.data.register;

const UPDATE = `mutation($input: UpdateProfileInput!) { updateProfile(input: $input) {
  __typename ... on UpdateProfileSuccess { user { email displayName phone locale createdAt updatedAt } }
  ... on Problem { message } ... on InvalidInput { fields { path message } }
} }`;
const update = async (userId: string, input: Record<string, unknown>) =>
  (await auth.graphql(UPDATE, { input }, as(userId))).body.data.updateProfile;

const fault = ({ body }: Awaited<ReturnType<AuthSubgraph['graphql']>>) => [
  body.errors?.[0]?.extensions.code,
  body.errors?.[0]?.message,
];

describe('registering', () => {
  test('makes a customer with the session that was asked for', async () => {
    const email = newEmail();
    const session = await register({
      email: `  ${email.toUpperCase()} `,
      password: PASSWORD,
      displayName: '  Ōta Yūki 👩‍🚀 ',
      locale: 'ja-JP',
    });
    expect(session).toMatchObject({
      __typename: 'AuthSession',
      user: { email, displayName: 'Ōta Yūki 👩‍🚀', role: 'CUSTOMER', phone: null, locale: 'ja-JP' },
    });
    expect(session.user.createdAt).toBe(session.user.updatedAt);
    expect(Math.abs(Date.now() - Date.parse(session.user.createdAt))).toBeLessThan(10_000);
  });

  test('names English where no language is named', async () => {
    expect((await registered(auth)).user.locale).toBe('en');
  });

  test('keeps an e-mail address for one account, however many ask for it at once', async () => {
    const email = newEmail();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        register({
          email: name < 'c' ? email : email.toUpperCase(),
          password: PASSWORD,
          displayName: name,
        }),
      ),
    );
    expect(answers.filter(({ __typename }) => __typename === 'AuthSession')).toHaveLength(1);
    const taken = answers.filter(({ __typename }) => __typename === 'EmailTaken');
    expect(taken).toHaveLength(3);
    expect(taken[0].message).toBe(
      'This e-mail address belongs to another account: log in, or use another address.',
    );
  });

  test('names every field that breaks a rule, in their order', async () => {
    expect(
      await register({ email: 'nobody', password: 'short', displayName: '   ', locale: 'en_GB' }),
    ).toEqual({
      __typename: 'InvalidInput',
      message: 'The input is not valid: see `fields`.',
      fields: [
        { path: 'email', message: 'must be an e-mail address' },
        { path: 'password', message: 'must be 8 to 72 bytes long' },
        { path: 'displayName', message: 'must be 1 to 100 characters long' },
        { path: 'locale', message: 'must be a BCP 47 language tag' },
      ],
    });
  });

  test.each([
    ['email', ''],
    ['email', 'a@b'],
    ['email', 'a b@example.com'],
    ['email', 'a\0@example.com'],
    ['email', 'a@@example.com'],
    ['email', `${'a'.repeat(243)}@example.com`],
    ['email', 'x'.repeat(1_000_000)],
    ['displayName', 'x'.repeat(101)],
    ['displayName', 'a\0b'],
    ['password', 'é'.repeat(37)],
    ['locale', ''],
    ['locale', null],
    ['locale', `en-${'x'.repeat(40)}`],
  ])('refuses %s that breaks its rule (%#)', async (path, value) => {
    const input = { email: newEmail(), password: PASSWORD, displayName: 'Somebody', [path]: value };
    const answer = await register(input);
    expect(answer).toMatchObject({ __typename: 'InvalidInput', fields: [{ path }] });
    expect(answer.fields).toHaveLength(1);
  });

  test('takes the longest that is allowed', async () => {
    const input = {
      email: `${'a'.repeat(242)}@example.com`,
      password: 'é'.repeat(36),
      displayName: '𝕏'.repeat(100),
    };
    const session = await register(input);
    expect(session).toMatchObject({ user: { email: input.email, displayName: input.displayName } });
    expect(await login(auth, input.email, input.password)).toMatchObject({
      __typename: 'AuthSession',
    });
  });
});

describe('a profile', () => {
  test('changes in what is given and stays as it is in what is absent', async () => {
    const { user } = await registered(auth);
    const changed = await update(user.id, { displayName: ' New Name ', phone: '+81312345678' });
    expect(changed).toMatchObject({
      __typename: 'UpdateProfileSuccess',
      user: { email: user.email, displayName: 'New Name', phone: '+81312345678', locale: 'en' },
    });
    expect(changed.user.createdAt).toBe(user.createdAt);
    expect(changed.user.updatedAt > user.updatedAt).toBe(true);
    const email = newEmail();
    const again = await update(user.id, {
      email: ` ${email.toUpperCase()}`,
      locale: 'de',
      phone: null,
    });
    expect(again.user).toMatchObject({ email, displayName: 'New Name', phone: null, locale: 'de' });
    expect(await login(auth, email)).toMatchObject({ __typename: 'AuthSession' });
  });

  test('stays untouched, time included, when nothing is given', async () => {
    const { user } = await registered(auth);
    const { email, displayName, phone, locale, createdAt, updatedAt } = user;
    expect(await update(user.id, {})).toEqual({
      __typename: 'UpdateProfileSuccess',
      user: { email, displayName, phone, locale, createdAt, updatedAt },
    });
  });

  test('may keep its own e-mail address but not take another', async () => {
    const [first, second] = [await registered(auth), await registered(auth)];
    expect(await update(first.user.id, { email: first.user.email })).toMatchObject({
      __typename: 'UpdateProfileSuccess',
    });
    expect(await update(first.user.id, { email: second.user.email, locale: 'fr' })).toEqual({
      __typename: 'EmailTaken',
      message: 'This e-mail address belongs to another account: log in, or use another address.',
    });
    expect((await update(first.user.id, {})).user.locale).toBe('en');
  });

  test('is not emptied by null, but for the phone number', async () => {
    const { user } = await registered(auth);
    const input = { email: null, displayName: null, phone: 'none', locale: null };
    expect(await update(user.id, input)).toEqual({
      __typename: 'InvalidInput',
      message: 'The input is not valid: see `fields`.',
      fields: [
        { path: 'email', message: 'must be an e-mail address' },
        { path: 'displayName', message: 'must be 1 to 100 characters long' },
        {
          path: 'phone',
          message: 'must be a phone number in E.164 form, such as +81312345678',
        },
        { path: 'locale', message: 'must be a BCP 47 language tag' },
      ],
    });
  });

  test('is not there for a token whose account is gone', async () => {
    const gone = as(randomUUID());
    expect(fault(await auth.graphql(UPDATE, { input: {} }, gone))).toEqual([
      'UNAUTHENTICATED',
      'This account does not exist: log in again.',
    ]);
    expect((await auth.graphql('{ me { id } }', {}, gone)).body).toEqual({ data: { me: null } });
  });
});

describe('an account', () => {
  const USER = 'query($id: ID!) { user(id: $id) { id displayName role email phone } }';

  test('is read by itself and by staff, also where the id is written in upper case', async () => {
    const { user } = await registered(auth);
    const { id, displayName, role, email, phone } = user;
    const expected = { data: { user: { id, displayName, role, email, phone } } };
    for (const who of [as(id), as(randomUUID(), 'staff'), as(randomUUID(), 'admin')]) {
      expect((await auth.graphql(USER, { id: id.toUpperCase() }, who)).body).toEqual(expected);
    }
    expect((await auth.graphql('{ me { id email } }', {}, as(id))).body).toEqual({
      data: { me: { id, email } },
    });
  });

  test('is closed to others', async () => {
    const { user } = await registered(auth);
    const { id } = user;
    expect(fault(await auth.graphql(USER, { id }, as(randomUUID())))).toEqual([
      'FORBIDDEN',
      'Only the account itself and staff may see this account.',
    ]);
    expect(fault(await auth.graphql(USER, { id }))[0]).toBe('UNAUTHENTICATED');
    expect((await auth.graphql('{ me { id } }')).body).toEqual({ data: { me: null } });
  });

  test('that does not exist is null; an id that is no UUID is refused', async () => {
    const staff = as(randomUUID(), 'staff');
    expect((await auth.graphql(USER, { id: randomUUID() }, staff)).body).toEqual({
      data: { user: null },
    });
    expect(fault(await auth.graphql(USER, { id: '1; drop table account' }, staff))).toEqual([
      'BAD_USER_INPUT',
      'id: must be a UUID',
    ]);
  });

  const ENTITIES = `query($ids: [_Any!]!, $contact: Boolean!) { _entities(representations: $ids) { ... on User {
    id displayName role locale createdAt updatedAt email @include(if: $contact) phone @include(if: $contact)
  } } }`;
  const references = (ids: string[]) => ids.map((id) => ({ __typename: 'User', id }));

  test('is loaded with all others that are referred to, in one SQL statement', async () => {
    const users = [];
    for (let n = 0; n < 12; n++) users.push((await registered(auth)).user);
    const wanted = [...users.map(({ id }) => id), randomUUID(), 'no-uuid', users[0].id];
    const before = await auth.sqlStatements();
    const { body } = await auth.graphql(ENTITIES, { ids: references(wanted), contact: false });
    expect((await auth.sqlStatements()) - before).toBe(1);
    expect(body.data._entities.map((user: { id: string } | null) => user?.id)).toEqual([
      ...users.map(({ id }) => id),
      undefined,
      undefined,
      users[0].id,
    ]);
  });

  test('shows its contact data to itself only; others get an error for these fields alone', async () => {
    const [first, second] = [(await registered(auth)).user, (await registered(auth)).user];
    const variables = { ids: references([first.id, second.id]), contact: true };
    const { body } = await auth.graphql(ENTITIES, variables, as(first.id));
    expect(body.data._entities).toMatchObject([
      { id: first.id, email: first.email },
      { id: second.id, displayName: 'Somebody', email: null, phone: null },
    ]);
    expect(
      body.errors?.map(({ path, message, extensions }) => [path, message, extensions.code]),
    ).toEqual([
      [
        ['_entities', 1, 'email'],
        'Only the account itself and staff may see the e-mail address.',
        'FORBIDDEN',
      ],
      [
        ['_entities', 1, 'phone'],
        'Only the account itself and staff may see the phone number.',
        'FORBIDDEN',
      ],
    ]);
  });
});

describe('the list of accounts', () => {
  const USERS = `query($first: Int, $after: String, $filter: UserFilter) {
    users(first: $first, after: $after, filter: $filter) {
      nodes { id email displayName role } edges { cursor node { id } } totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const admin = as(randomUUID(), 'admin');
  const users = async (variables: Record<string, unknown>) => {
    const { body } = await auth.graphql(USERS, variables, admin);
    if (!body.data) throw new Error(JSON.stringify(body));
    return body.data.users;
  };
  const names = (page: { nodes: { displayName: string }[] }) =>
    page.nodes.map(({ displayName }) => displayName);

  beforeAll(async () => {
    await auth.database.query('delete from account');
    // Pairs were registered in the same millisecond, so that the id decides.
    await auth.database.query(
      `insert into account select gen_random_uuid(), 'p' || n || '@list.example', '', 'Person ' || n,
         (case when n % 10 = 0 then 'staff' else 'customer' end)::role, null, 'en',
         timestamptz '2026-01-01 00:00:00.123Z' + (n / 2) * interval '1 ms', now()
       from generate_series(1, 45) n`,
    );
    await auth.database.query(
      `update account set display_name = 'Zoë 100%_\\ Sure' where email = 'p7@list.example'`,
    );
  });

  test('is for admins and services', async () => {
    expect(fault(await auth.graphql(USERS))[0]).toBe('UNAUTHENTICATED');
    const service = { ...as(randomUUID(), 'service'), userId: null };
    expect((await auth.graphql(USERS, {}, service)).body.data.users.totalCount).toBe(45);
    for (const role of ['customer', 'staff'] as const) {
      expect(fault(await auth.graphql(USERS, {}, as(randomUUID(), role)))).toEqual([
        'FORBIDDEN',
        'Only admins may do this.',
      ]);
    }
  });

  test('gives every account once, newest first, however small the pages are', async () => {
    const { rows } = await auth.database.query<{ id: string }>(
      'select id from account order by created_at desc, id desc',
    );
    for (const first of [1, 7, 45, 100]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof users>> = await users({ first, after });
        expect(page.totalCount).toBe(45);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        seen.push(...page.nodes.map(({ id }: { id: string }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(seen).toEqual(rows.map(({ id }) => id));
    }
  });

  test('has cursors of the time of registration and the id', async () => {
    const page = await users({ first: 1 });
    const key = JSON.parse(Buffer.from(page.pageInfo.endCursor, 'base64url').toString());
    expect(key).toEqual(['users', Date.parse('2026-01-01T00:00:00.145Z'), page.nodes[0].id]);
  });

  test('is narrowed by role and by a part of name or e-mail in whatever case', async () => {
    expect(names(await users({ filter: { role: 'STAFF' } }))).toEqual(
      [40, 30, 20, 10].map((n) => `Person ${n}`),
    );
    expect(names(await users({ filter: { search: 'PERSON 4' } })).sort()).toEqual(
      [4, 40, 41, 42, 43, 44, 45].map((n) => `Person ${n}`),
    );
    expect(names(await users({ filter: { search: ' p12@LIST ' } }))).toEqual(['Person 12']);
    expect(names(await users({ filter: { search: 'ZOË' } }))).toHaveLength(1);
    expect(await users({ filter: { role: 'STAFF', search: 'person 4' } })).toMatchObject({
      totalCount: 1,
      nodes: [{ displayName: 'Person 40' }],
    });
    expect((await users({ filter: { search: '  ' } })).totalCount).toBe(45);
    expect(await users({ filter: { role: 'ADMIN' } })).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, startCursor: null, endCursor: null },
    });
  });

  test.each([
    ['%', 1],
    ['_', 1],
    ['\\', 1],
    ['0%_\\ s', 1],
    ['%erson', 0],
    ['P_rson', 0],
    ["' or true --", 0],
  ])('is searched for %j as it is written', async (search, found) => {
    expect((await users({ filter: { search } })).totalCount).toBe(found);
  });

  test('refuses pages, cursors and texts that it cannot give', async () => {
    const cursor = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
    const wrong = [
      { first: 0 },
      { first: 101 },
      { first: -1 },
      { after: 'nonsense' },
      { after: '' },
      { after: cursor('orders', 1, randomUUID()) },
      { after: cursor('users', 1, 'x') },
      { after: cursor('users', 'x', randomUUID()) },
      { after: cursor('users', 1e300, randomUUID()) },
      { after: cursor('users', 1.5, randomUUID()) },
      { filter: { search: 'x'.repeat(201) } },
      { filter: { search: 'a\0b' } },
      { filter: { role: 'CUSTOMERS' } },
    ];
    const codes: unknown[] = [];
    for (const variables of wrong)
      codes.push(fault(await auth.graphql(USERS, variables, admin))[0]);
    expect(codes).toEqual(wrong.map(() => 'BAD_USER_INPUT'));
  });
});

describe('the subgraph', () => {
  test('answers the gateway only', async () => {
    for (const headers of [undefined, { 'x-identity': 'forged' }]) {
      const response = await fetch(`${auth.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ me { id } }"}',
      });
      expect(response.status).toBe(401);
      expect(JSON.stringify(await response.json())).not.toContain('    at ');
    }
  });

  test('is ready when its database is', async () => {
    const response = await fetch(`${auth.url}/health/ready`);
    expect([response.status, await response.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: 'ok' } },
    ]);
  });

  test('never shows a stack trace', async () => {
    const bodies = await Promise.all([
      auth.graphql('{ nothing }'),
      auth.graphql('mutation { login(input: {}) { __typename } }'),
      auth.graphql('query($id: ID!) { user(id: $id) { id } }', { id: { a: 1 } }),
      auth.graphql('{ user(id: "x") { id } }', {}, as(randomUUID(), 'staff')),
    ]);
    for (const { body } of bodies) {
      expect(body.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toMatch(/stacktrace|node_modules|\bat /);
    }
  });
});

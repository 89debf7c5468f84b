import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { DecidePolicies } from '../../../gateway/authorization/policies.ts';
import { NO_CLAIMS } from '../../../gateway/identity/claims.ts';
import { callerWith, protectedGraph, type Answered } from './protected-graph.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy"])`;

const people = {
  name: 'people',
  typeDefs: `${LINK}
    type Query {
      me: User @authenticated
      users: [User!] 
      posts: [Post!]
      feed: [Item!]
      groups: [[User!]!]
      report: String @authenticated @requiresScopes(scopes: [["staff"], ["night", "watch"]])
      level: Level
      product: Product
      bill: Bill
      vault: String @policy(policies: [["open"], ["day", "key"]])
      ping(text: String): String
    }
    type Mutation { rename(name: String): User  close: Boolean @requiresScopes(scopes: [["staff"]]) }
    type User @key(fields: "id") {
      id: ID!
      name: String
      email: String @requiresScopes(scopes: [["read:email"]])
      phone: String! @authenticated
      friends(first: Int): [User!]
    }
    interface Post { id: ID! title: String }
    type PrivateBlog implements Post @authenticated { id: ID! title: String! }
    type PublicBlog implements Post { id: ID! title: String  mood: String @authenticated }
    union Item = PrivateBlog | User
    enum Level @authenticated { LOW HIGH }
    type Product @key(fields: "id") { id: ID! @authenticated  name: String }
    type Bill { total: Int! @authenticated  payer: User! }
  `,
  resolvers: {
    Query: {
      me: () => ({ id: '1' }),
      users: () => [{ id: '1' }, { id: '2' }],
      posts: () => [
        { __typename: 'PublicBlog', id: 'p' },
        { __typename: 'PrivateBlog', id: 'q' },
      ],
      feed: () => [
        { __typename: 'User', id: '1' },
        { __typename: 'PrivateBlog', id: 'q' },
      ],
      groups: () => [[{ id: '1' }]],
      report: () => 'report',
      level: () => 'LOW',
      product: () => ({ id: 'x' }),
      bill: () => ({ total: 3, payer: { id: '1' } }),
      vault: () => 'gold',
      ping: (_: unknown, { text }: { text: string }) => text,
    },
    Mutation: {
      rename: (_: unknown, { name }: { name: string }) => ({ id: '1', name }),
      close: () => true,
    },
    User: {
      name: ({ name }: { name?: string }) => name ?? 'Ada',
      email: () => 'ada@example',
      phone: () => '+1',
      friends: () => [{ id: '2' }],
    },
    PublicBlog: { title: () => 'public', mood: () => 'glad' },
    PrivateBlog: { title: () => 'private' },
    Product: { name: () => 'cup' },
  },
};
const stock = {
  name: 'stock',
  typeDefs: `${LINK}
    type Product @key(fields: "id") { id: ID! @authenticated  inStock: Int }
  `,
  resolvers: { Product: { inStock: () => 7 } },
};

const graph = protectedGraph([people, stock]);
const staff = callerWith('staff', 'read:email');

const paths = ({ errors }: Answered) => errors.map(({ path }) => path);

describe('a field that may not be seen', () => {
  test('is null, with an error at its path, and is not fetched', async () => {
    const answer = await graph.ask('{ me { name } ping(text: "a") }');
    expect(answer.data).toEqual({ me: null, ping: 'a' });
    expect(answer.errors).toEqual([
      {
        path: 'me',
        code: 'UNAUTHORIZED_FIELD_OR_TYPE',
        message: 'Unauthorized field or type',
      },
    ]);
    expect(answer.sent).toEqual(['people: {ping(text:"a")}']);
  });

  test('is fetched for who may see it', async () => {
    const answer = await graph.ask('{ me { name email phone } report level }', { caller: staff });
    expect(answer).toMatchObject({
      data: {
        me: { name: 'Ada', email: 'ada@example', phone: '+1' },
        report: 'report',
        level: 'LOW',
      },
      errors: [],
    });
  });

  test('has a path with @ for the items of lists', async () => {
    const answer = await graph.ask(
      '{ users { name email friends { email id } } groups { name email } }',
    );
    expect(paths(answer)).toEqual(['users/@/email', 'users/@/friends/@/email', 'groups/@/@/email']);
    const friends = [{ email: null, id: '2' }];
    expect(answer.data.users).toEqual([
      { name: 'Ada', email: null, friends },
      { name: 'Ada', email: null, friends },
    ]);
    expect(answer.data.groups).toEqual([[{ name: 'Ada', email: null }]]);
    expect(answer.sent.join()).not.toContain('email');
  });

  test('takes its object along where it is never null, and nothing else is said of that', async () => {
    const answer = await graph.ask('{ users { name phone } ping(text: "a") bill { total } }');
    expect(answer.data).toEqual({ users: null, ping: 'a', bill: null });
    expect(paths(answer)).toEqual(['users/@/phone', 'bill/total']);
    const only = await graph.ask('{ bill { total payer { phone } } }');
    expect(only.data).toEqual({ bill: null });
    expect(paths(only)).toEqual(['bill/total', 'bill/payer/phone']);
    expect(only.sent).toEqual([]);
  });

  test('is called as the client calls it', async () => {
    const answer = await graph.ask('{ who: users { mail: email name } }');
    expect(paths(answer)).toEqual(['who/@/mail']);
    expect(answer.data.who[0]).toEqual({ mail: null, name: 'Ada' });
  });

  test('is not shown where a plan needs it as a key', async () => {
    const keyless = await graph.ask('{ product { name inStock } }');
    expect(keyless).toMatchObject({ data: { product: { name: 'cup', inStock: 7 } }, errors: [] });
    const answer = await graph.ask('{ product { name inStock id } }');
    expect(answer.data).toEqual({ product: null });
    expect(paths(answer)).toEqual(['product/id']);
  });

  test('of which nothing else is left is answered without any fetch', async () => {
    const answer = await graph.ask('{ me { name } report }');
    expect(answer).toMatchObject({ data: { me: null, report: null }, sent: [], filtered: null });
    expect(paths(answer)).toEqual(['me', 'report']);
  });

  test('takes along the object of which nothing else is asked', async () => {
    const answer = await graph.ask('{ users { email } ping(text: "a") }');
    expect(answer.data).toEqual({ users: null, ping: 'a' });
    expect(answer.filtered).toBe('{ ping(text: "a") }');
  });

  test('may be a mutation: that is not run, the others are', async () => {
    const answer = await graph.ask('mutation { rename(name: "Bo") { name email } close }');
    expect(answer.data).toEqual({ rename: { name: 'Bo', email: null }, close: null });
    expect(paths(answer)).toEqual(['rename/email', 'close']);
    expect(answer.sent).toHaveLength(1);
  });

  test('may have a protected type instead, an enum for instance', async () => {
    const answer = await graph.ask('{ level }');
    expect(answer).toMatchObject({ data: { level: null }, sent: [] });
  });
});

describe('what is required', () => {
  test('are all directives of a field, and of scopes all of any group', async () => {
    const seen = async (...scopes: string[]) =>
      (await graph.ask('{ report }', { caller: callerWith(...scopes) })).data.report;
    expect(await seen()).toBeNull();
    expect(await seen('night')).toBeNull();
    expect(await seen('watch', 'night')).toBe('report');
    expect(await seen('staff', 'other')).toBe('report');
    const anonymous = { ...callerWith('staff'), isAuthenticated: false };
    expect((await graph.ask('{ report }', { caller: anonymous })).data.report).toBeNull();
  });

  test('is not the schema itself: introspection and __typename are for everybody', async () => {
    const answer = await graph.ask('{ __typename __type(name: "User") { name } report }');
    expect(answer.data).toEqual({ __typename: 'Query', __type: { name: 'User' }, report: null });
    expect(answer.sent).toEqual([]);
  });
});

describe('an interface', () => {
  test('of which a type is protected is denied where its own fields are asked for', async () => {
    const answer = await graph.ask('{ posts { id title } ping(text: "a") }');
    expect(answer.data).toEqual({ posts: null, ping: 'a' });
    expect(paths(answer)).toEqual(['posts']);
  });

  test('gives what fragments ask of the types that are not protected', async () => {
    const answer = await graph.ask(
      '{ posts { __typename ... on PublicBlog { id title } ... on PrivateBlog { id } } }',
    );
    expect(paths(answer)).toEqual(['posts/@/... on PrivateBlog']);
    expect(answer.filtered).toBe('{ posts { __typename ... on PublicBlog { id title } } }');
    // An id is never null: the protected post has none, so there is no post, and no list.
    expect(answer.data).toEqual({ posts: null });
    const nullable = await graph.ask('{ posts { __typename ... on PublicBlog { title mood } } }');
    expect(nullable.data.posts).toEqual([
      { __typename: 'PublicBlog', title: 'public', mood: null },
      { __typename: 'PrivateBlog' },
    ]);
    expect(paths(nullable)).toEqual(['posts/@/mood']);
  });

  test('hides nothing behind a fragment on itself, or one without a type', async () => {
    const own = await graph.ask('{ posts { ... on Post { id } } }');
    expect(own).toMatchObject({ data: { posts: null }, sent: [] });
    expect(paths(own)).toEqual(['posts/@/... on Post']);
    const untyped = await graph.ask('{ posts { ... { id } ... @include(if: true) { title } } }');
    expect(untyped).toMatchObject({ data: { posts: null }, sent: [] });
    expect(paths(untyped)).toEqual(['posts']);
    const within = await graph.ask('{ feed { ... on Post { id } ... on User { id } } }');
    expect(paths(within)).toEqual(['feed/@/... on Post']);
  });

  test('is open to who may see all of its types', async () => {
    const answer = await graph.ask('{ posts { id title } }', { caller: callerWith() });
    expect(answer).toMatchObject({ errors: [] });
    expect(answer.data.posts).toHaveLength(2);
  });
});

test('of a union only the members that may be seen are fetched', async () => {
  const answer = await graph.ask('{ feed { ... on User { name } ... on PrivateBlog { title } } }');
  expect(answer.filtered).toBe('{ feed { ... on User { name } } }');
  expect(paths(answer)).toEqual(['feed/@/... on PrivateBlog']);
});

describe('fragments', () => {
  test('are denied wherever they are used, with the paths of these places', async () => {
    const answer = await graph.ask(
      `{ users { ...Contact friends { ...Contact } } ...Root }
       fragment Contact on User { name email }
       fragment Root on Query { report }`,
    );
    expect(paths(answer)).toEqual(['users/@/email', 'users/@/friends/@/email', 'report']);
    expect(answer.filtered).toBe(
      '{ users { ...Contact friends { ...Contact } } } fragment Contact on User { name }',
    );
    expect(answer.data.report).toBeNull();
  });

  test('on a protected type are left out, and so are fragments and variables of no more use', async () => {
    const answer = await graph.ask(
      `query ($first: Int, $text: String) { feed { ...Blog ... on User { name } } users { ...Mail } ping(text: $text) }
       fragment Blog on PrivateBlog { title }
       fragment Mail on User { email phone friends(first: $first) { email } }`,
      { variables: { text: 'a', first: 1 } },
    );
    expect(answer.filtered).toBe(
      'query ($text: String) { feed { ... on User { name } } ping(text: $text) }',
    );
    expect(paths(answer)).toEqual([
      'feed/@/... on PrivateBlog',
      'users/@/email',
      'users/@/phone',
      'users/@/friends/@/email',
    ]);
    expect(answer.data).toMatchObject({ users: null, ping: 'a' });
  });

  test('may be denied around what is allowed elsewhere', async () => {
    const answer = await graph.ask(
      `{ posts { ... on Post { id ...Open } } feed { ... on User { name } } users { ...Name }  me { ...Name } }
       fragment Open on PublicBlog { title }
       fragment Name on User { name }`,
    );
    expect(answer.data.users).toEqual([{ name: 'Ada' }, { name: 'Ada' }]);
    expect(paths(answer)).toEqual(['posts/@/... on Post', 'me']);
  });

  test('that spell out thousands of paths are told of a hundred times', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) =>
        `fragment F${n} on User { a${n}: friends { ...F${n + 1} } b${n}: friends { ...F${n + 1} } }`,
    );
    const query = `{ users { ...F0 } } ${levels.join(' ')} fragment F12 on User { id email }`;
    const remaining = await graph.authorizer.authorize(parse(query), null, NO_CLAIMS);
    expect(remaining?.errors({})).toHaveLength(100);
  });
});

describe('@skip and @include', () => {
  const query =
    'query ($staff: Boolean!) { users { email @include(if: $staff) name } report @skip(if: true) ... @include(if: $staff) { me { name } } ping(text: "a") }';

  test('decide whether there is anything to deny', async () => {
    const without = await graph.ask(query, { variables: { staff: false } });
    expect(without.errors).toEqual([]);
    expect(without.data).toEqual({ users: [{ name: 'Ada' }, { name: 'Ada' }], ping: 'a' });
    const denied = await graph.ask(query, { variables: { staff: true } });
    expect(paths(denied)).toEqual(['users/@/email', 'me']);
    expect(denied.data.users[0]).toEqual({ email: null, name: 'Ada' });
  });

  test('leave an object where all that is denied of it may be left out', async () => {
    const ask = (staff: boolean) =>
      graph.ask('query ($staff: Boolean!) { users { email @include(if: $staff) } }', {
        variables: { staff },
      });
    expect(await ask(false)).toMatchObject({ data: { users: [{}, {}] }, errors: [] });
    expect((await ask(true)).data).toEqual({ users: [{ email: null }, { email: null }] });
  });
});

describe('policies', () => {
  const asked: (readonly string[])[] = [];
  const decide: DecidePolicies = async (names, caller) => {
    asked.push(names);
    return new Set(caller.scopes);
  };
  const guarded = protectedGraph([people, stock], decide);

  test('are asked for by operations that need them, once and all together', async () => {
    await guarded.ask('{ me { name } }');
    expect(asked).toEqual([]);
    expect((await guarded.ask('{ vault }', { caller: callerWith('day') })).data.vault).toBeNull();
    expect(asked).toEqual([['open', 'day', 'key']]);
    for (const scopes of [['open'], ['key', 'day']]) {
      const answer = await guarded.ask('{ vault }', { caller: callerWith(...scopes) });
      expect(answer.data.vault).toBe('gold');
    }
  });

  test('do not hold where nobody decides them', async () => {
    expect(await graph.ask('{ vault }', { caller: staff })).toMatchObject({
      data: { vault: null },
      sent: [],
    });
  });
});

describe('the authorizer', () => {
  const { authorizer } = graph;

  test('makes each variant of an operation once, so that it is planned and compiled once', () => {
    const document = parse('{ report users { email } ping }');
    const first = authorizer.authorize(document, null, NO_CLAIMS);
    expect(authorizer.authorize(document, null, NO_CLAIMS)).toBe(first);
    expect(authorizer.authorize(document, null, callerWith())).not.toBe(first);
    expect(authorizer.authorize(document, null, callerWith('read:email', 'staff'))).toBeNull();
  });

  test('takes the operation that is named, of several', async () => {
    const query =
      'query Open { ping(text: "a") } query Closed { report ...R } fragment R on Query { level }';
    expect(await graph.ask(query, { operationName: 'Open' })).toMatchObject({ errors: [] });
    const closed = await graph.ask(query, { operationName: 'Closed', caller: callerWith() });
    expect(closed.data).toEqual({ report: null, level: 'LOW' });
    expect(closed.filtered).toBe('query Closed { ...R } fragment R on Query { level }');
  });

  test('lets everything through where nothing is protected, without a promise', () => {
    expect(authorizer.authorize(parse('{ users { name } }'), null, NO_CLAIMS)).toBeNull();
  });
});

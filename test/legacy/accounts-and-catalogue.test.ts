import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newestFirst } from '../behaviour/shop.ts';
import { ADMIN, STAFF, startTestLegacy, type Caller, type TestLegacy } from './test-legacy.ts';

let legacy: TestLegacy;
let customer: Caller;
let other: Caller;
beforeAll(async () => {
  legacy = await startTestLegacy();
  customer = { userId: await legacy.accountId('customer@example.com'), role: 'customer' };
  other = { userId: await legacy.accountId('staff@example.com'), role: 'customer' };
});
afterAll(() => legacy?.close());

async function data(query: string, variables: object = {}, caller: Caller = {}) {
  const { body } = await legacy.graphql(query, variables, caller);
  expect(body.errors).toBeUndefined();
  return body.data;
}

async function code(query: string, variables: object = {}, caller: Caller = {}) {
  const { body } = await legacy.graphql(query, variables, caller);
  return body.errors?.[0]?.extensions.code;
}

const cursorOf = (...values: unknown[]) =>
  Buffer.from(JSON.stringify(values)).toString('base64url');
const pathsOf = (result: { fields: { path: string }[] }) =>
  result.fields.map(({ path }) => path).toSorted();

describe('accounts', () => {
  const SESSION = `__typename ... on AuthSession { accessToken accessTokenExpiresAt refreshToken
    user { id email displayName role phone locale } } ... on Problem { message } ... on InvalidInput { fields { path message } }`;
  const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { ${SESSION} } }`;
  const PROFILE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename
    ... on UpdateProfileSuccess { user { email displayName phone locale } } ... on Problem { message }
    ... on InvalidInput { fields { path message } } } }`;

  const registration = () => ({
    email: `${randomUUID()}@example.com`,
    password: 'long enough',
    displayName: ' Kim ',
    locale: 'de-CH',
  });

  test('who registers is logged in and sees itself, though anonymous when the request came', async () => {
    const input = registration();
    const { register } = await data(REGISTER, { input });
    expect(register.user).toEqual({
      id: expect.any(String),
      email: input.email,
      displayName: 'Kim',
      role: 'CUSTOMER',
      phone: null,
      locale: 'de-CH',
    });
    expect(Date.parse(register.accessTokenExpiresAt)).toBeGreaterThan(Date.now());
    const again = await data(REGISTER, { input: { ...input, email: input.email.toUpperCase() } });
    expect(again.register.__typename).toBe('EmailTaken');
  });

  test('a registration that breaks rules names the fields by their paths', async () => {
    const input = { email: 'x', password: '1', displayName: ' ', locale: 'not a locale' };
    const { register } = await data(REGISTER, { input });
    expect(pathsOf(register)).toEqual(['displayName', 'email', 'locale', 'password']);
  });

  test('a session is renewed once; a token that is used twice ends it', async () => {
    const { register } = await data(REGISTER, { input: registration() });
    const REFRESH = `mutation ($t: String!) { refresh(input: { refreshToken: $t }) {
      ... on AuthSession { refreshToken user { email } } ... on InvalidRefreshToken { reason message } } }`;
    const { refresh } = await data(REFRESH, { t: register.refreshToken });
    expect(refresh.user.email).toBe(register.user.email);
    const reused = await data(REFRESH, { t: register.refreshToken });
    expect(reused.refresh.reason).toBe('REUSED');
    expect((await data(REFRESH, { t: refresh.refreshToken })).refresh.reason).toBe('REVOKED');
  });

  test('a changed password is the one that logs in', async () => {
    const input = registration();
    const { register } = await data(REGISTER, { input });
    const self = { userId: register.user.id, role: 'customer' as const };
    const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ${SESSION} } }`;
    const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { __typename } }';
    const short = { currentPassword: input.password, newPassword: 'short' };
    expect(pathsOf((await data(CHANGE, { input: short }, self)).changePassword)).toEqual([
      'newPassword',
    ]);
    const change = { currentPassword: input.password, newPassword: 'another one' };
    expect((await data(CHANGE, { input: change }, self)).changePassword.user.email).toBe(
      input.email,
    );
    const wrong = await data(CHANGE, { input: change }, self);
    expect(wrong.changePassword).toEqual({
      __typename: 'InvalidCredentials',
      message: 'The current password is not right.',
    });
    const old = await data(LOGIN, { input: { email: input.email, password: input.password } });
    expect(old.login.__typename).toBe('InvalidCredentials');
    const fresh = await data(LOGIN, { input: { email: input.email, password: 'another one' } });
    expect(fresh.login.__typename).toBe('AuthSession');
  });

  test('too many failed logins are told how long to wait', async () => {
    const { register } = await data(REGISTER, { input: registration() });
    const input = { email: register.user.email, password: 'a guess' };
    const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { __typename
      ... on TooManyAttempts { message retryAfterSeconds } } }`;
    const from = { clientAddress: '203.0.113.7' };
    for (let tries = 0; tries < 5; tries++) await data(LOGIN, { input }, from);
    const { login } = await data(LOGIN, { input }, from);
    expect(login.retryAfterSeconds).toBeGreaterThan(0);
    expect(login.message).toBe(
      `Too many failed tries: wait ${login.retryAfterSeconds} seconds, then try again.`,
    );
  });

  test('a change of profile leaves what is absent, and null removes only the phone', async () => {
    const { register } = await data(REGISTER, { input: registration() });
    const self = { userId: register.user.id, role: 'customer' as const };
    const set = { phone: '+81312345678', locale: 'ja' };
    expect((await data(PROFILE, { input: set }, self)).updateProfile.user).toEqual({
      email: register.user.email,
      displayName: 'Kim',
      ...set,
    });
    expect(
      (await data(PROFILE, { input: { phone: null } }, self)).updateProfile.user,
    ).toMatchObject({
      phone: null,
      locale: 'ja',
    });
    const nulls = { email: null, displayName: null, locale: null };
    const { updateProfile } = await data(PROFILE, { input: nulls }, self);
    expect(pathsOf(updateProfile)).toEqual(['displayName', 'email', 'locale']);
    const taken = await data(PROFILE, { input: { email: 'Staff@example.com' } }, self);
    expect(taken.updateProfile.__typename).toBe('EmailTaken');
  });

  test('an account is read by itself and by staff; its name by whoever meets it', async () => {
    const USER =
      'query ($id: ID!) { user(id: $id) { email displayName orders { totalCount } resumes { totalCount } } }';
    const variables = { id: customer.userId };
    expect((await data(USER, variables, customer)).user.email).toBe('customer@example.com');
    expect((await data(USER, variables, STAFF)).user.email).toBe('customer@example.com');
    expect(await code(USER, variables, other)).toBe('FORBIDDEN');
    expect(await code(USER, variables)).toBe('UNAUTHENTICATED');
    expect(await code(USER, { id: 'me' }, customer)).toBe('BAD_USER_INPUT');
    expect(await data(USER, { id: randomUUID() }, customer)).toEqual({ user: null });
    const representations = [{ __typename: 'User', id: customer.userId }];
    const entity = (fields: string) =>
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${fields} } } }`;
    const { _entities } = await data(entity('displayName'), { representations }, other);
    expect(_entities).toEqual([{ displayName: 'Casey Morgan' }]);
    for (const fields of ['email', 'phone', 'orders { totalCount }', 'resumes { totalCount }']) {
      expect([fields, await code(entity(fields), { representations }, other)]).toEqual([
        fields,
        'FORBIDDEN',
      ]);
    }
  });

  test('nobody is nobody, and neither is an account that is gone', async () => {
    expect(await data('{ me { id } }')).toEqual({ me: null });
    const gone = { userId: randomUUID(), role: 'customer' as const };
    expect(await data('{ me { id } }', {}, gone)).toEqual({ me: null });
  });

  test('admins find accounts by role and text, page by page', async () => {
    const USERS = `query ($first: Int, $after: String, $filter: UserFilter) { users(first: $first, after: $after, filter: $filter) {
      totalCount pageInfo { hasNextPage endCursor } nodes { email role createdAt } } }`;
    const filter = { role: 'CUSTOMER' };
    const found = [];
    for (let after = null, more = true; more;) {
      const { users } = await data(USERS, { first: 9, after, filter }, ADMIN);
      found.push(...users.nodes);
      more = users.pageInfo.hasNextPage;
      after = users.pageInfo.endCursor;
      if (!more) expect(users.totalCount).toBe(found.length);
    }
    const times = found.map(({ createdAt }) => createdAt);
    expect(times).toEqual(newestFirst(times));
    expect(new Set(found.map(({ role }) => role))).toEqual(new Set(['CUSTOMER']));
    const one = await data(USERS, { filter: { search: ' CUSTOMER@example ' } }, ADMIN);
    expect(one.users.nodes).toMatchObject([{ email: 'customer@example.com' }]);
    for (const bad of [
      { first: 101 },
      { after: cursorOf('users', 'x', randomUUID()) },
      { filter: { search: 'x'.repeat(201) } },
    ]) {
      expect([bad, await code(USERS, bad, ADMIN)]).toEqual([bad, 'BAD_USER_INPUT']);
    }
  });
});

describe('catalogue', () => {
  const PRODUCT = `id sku name description brand price { amount currency } category { id }
    attributes { name value } status`;
  const RESULT = `__typename ... on ProductPayload { product { ${PRODUCT} } } ... on Problem { message }
    ... on InvalidInput { fields { path message } } ... on SkuTaken { sku }`;
  const CREATE = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { ${RESULT} } }`;
  const UPDATE = `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { ${RESULT} ... on NotFound { id } } }`;
  const LIST = `query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
    products(first: $first, after: $after, filter: $filter, sort: $sort) { totalCount
      pageInfo { hasNextPage endCursor } nodes { id name status price { amount } createdAt } } }`;

  const newProduct = () => ({
    sku: `t-${randomUUID().slice(0, 8)}`,
    name: 'Test lamp',
    description: 'Gives light.',
    brand: 'Lux',
    price: { amount: 1_907 },
    attributes: [
      { name: 'Colour', value: 'Blue' },
      { name: 'Size', value: 'M' },
    ],
  });

  test('a created product is the one that was asked for, to the cent', async () => {
    const input = newProduct();
    const { createProduct } = await data(CREATE, { input }, STAFF);
    expect(createProduct.product).toEqual({
      ...input,
      id: expect.any(String),
      sku: input.sku.toUpperCase(),
      price: { amount: 1_907, currency: 'USD' },
      category: null,
      status: 'ACTIVE',
    });
    const bySku = await data(
      `query ($sku: String!) { productBySku(sku: $sku) { ${PRODUCT} } }`,
      input,
    );
    expect(bySku.productBySku).toEqual(createProduct.product);
    const again = await data(CREATE, { input }, STAFF);
    expect(again.createProduct).toMatchObject({
      __typename: 'SkuTaken',
      sku: input.sku.toUpperCase(),
    });
  });

  test('a changed product keeps what is absent, and null removes brand and category', async () => {
    const { categories } = await data('{ categories { id } }');
    const { createProduct } = await data(CREATE, { input: newProduct() }, STAFF);
    const { id } = createProduct.product;
    const change = { id, price: { amount: 5 }, categoryId: categories[0].id, name: null };
    const { updateProduct } = await data(UPDATE, { input: change }, STAFF);
    expect(updateProduct.product).toEqual({
      ...createProduct.product,
      price: { amount: 5, currency: 'USD' },
      category: { id: categories[0].id },
    });
    const removal = { id, brand: null, categoryId: null, attributes: [] };
    const removed = await data(UPDATE, { input: removal }, STAFF);
    expect(removed.updateProduct.product).toMatchObject({
      brand: null,
      category: null,
      attributes: [],
    });
  });

  test('a product that breaks rules names the fields by their paths', async () => {
    const input = {
      sku: '!',
      name: '',
      brand: 'x'.repeat(101),
      price: { amount: -1, currency: 'EUR' },
      attributes: [{ name: '', value: 'x'.repeat(201) }],
    };
    const { createProduct } = await data(CREATE, { input }, STAFF);
    expect(
      createProduct.fields.toSorted((a: { path: string }, b: { path: string }) =>
        a.path < b.path ? -1 : 1,
      ),
    ).toEqual([
      { path: 'attributes.0.name', message: 'must be 1 to 50 characters long' },
      { path: 'attributes.0.value', message: 'must be 1 to 200 characters long' },
      { path: 'brand', message: 'must be at most 100 characters long' },
      { path: 'name', message: 'must be 1 to 200 characters long' },
      { path: 'price.amount', message: 'must be from 0 to 100,000,000' },
      { path: 'price.currency', message: 'must be USD' },
      { path: 'sku', message: 'must be 3 to 32 of A-Z, 0-9 and -' },
    ]);
    const nowhere = { ...newProduct(), categoryId: randomUUID() };
    const missing = await data(CREATE, { input: nowhere }, STAFF);
    expect(missing.createProduct.fields).toEqual([
      { path: 'categoryId', message: 'is not a category' },
    ]);
  });

  test('an archived product is read by id but listed for staff only, and keeps being archived', async () => {
    const { createProduct } = await data(CREATE, { input: newProduct() }, STAFF);
    const { id } = createProduct.product;
    const both = `mutation ($id: ID!) {
      before: updateProduct(input: { id: $id, name: "Old lamp" }) { ... on ProductPayload { product { name status } } }
      once: archiveProduct(input: { id: $id }) { ... on ProductPayload { product { name status } } }
      twice: archiveProduct(input: { id: $id }) { ... on ProductPayload { product { name status } } } }`;
    const archived = { product: { name: 'Old lamp', status: 'ARCHIVED' } };
    expect(await data(both, { id }, STAFF)).toEqual({
      before: { product: { name: 'Old lamp', status: 'ACTIVE' } },
      once: archived,
      twice: archived,
    });
    expect(await data('query ($id: ID!) { product(id: $id) { status } }', { id })).toEqual({
      product: { status: 'ARCHIVED' },
    });
    const idsOf = async (caller: Caller) =>
      (await data(LIST, { first: 100, filter: { status: 'ARCHIVED' } }, caller)).products.nodes.map(
        (node: { id: string }) => node.id,
      );
    expect(await idsOf(STAFF)).toContain(id);
    expect(await idsOf(customer)).not.toContain(id);
  });

  test.each([
    ['NAME', undefined],
    ['PRICE_LOW_TO_HIGH', undefined],
    ['PRICE_HIGH_TO_LOW', undefined],
    ['NEWEST', undefined],
    ['RELEVANCE', undefined],
    ['RELEVANCE', 'wireless'],
    ['NAME', 'a'],
  ])('all pages of %s, searching for %s, hold every product once', async (sort, search) => {
    const filter = search === undefined ? {} : { search };
    const whole = await data(LIST, { first: 100, filter, sort });
    const found = [];
    for (let after = null, more = true; more;) {
      const { products } = await data(LIST, { first: 7, after, filter, sort });
      found.push(...products.nodes);
      more = products.pageInfo.hasNextPage;
      after = products.pageInfo.endCursor;
    }
    expect(found.slice(0, 100)).toEqual(whole.products.nodes);
    expect(found).toHaveLength(whole.products.totalCount);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  test('a price range is held against the cent', async () => {
    const { products } = await data(LIST, { first: 100, sort: 'PRICE_LOW_TO_HIGH' });
    const { price } = products.nodes[10];
    const filter = { minPrice: price.amount, maxPrice: price.amount };
    const same = products.nodes.filter(
      (node: typeof products) => node.price.amount === price.amount,
    );
    const found = await data(LIST, { first: 100, filter });
    expect(found.products.totalCount).toBe(same.length);
  });

  test('a filter, a page size or a cursor that cannot be is refused', async () => {
    const bad = [
      { filter: { search: 'x'.repeat(201) } },
      { filter: { categoryId: 'shoes' } },
      { filter: { minPrice: -1 } },
      { filter: { maxPrice: -1 } },
      { first: 0 },
      { first: 101 },
      { after: '' },
      { after: 'AAAA' },
      { after: cursorOf('name', 'a', randomUUID()), sort: 'NEWEST' },
      { after: cursorOf('newest', 'a', randomUUID()), sort: 'NEWEST' },
      { after: cursorOf('name', 'a', 'b'), sort: 'NAME' },
    ];
    for (const variables of bad) {
      expect([variables, await code(LIST, variables)]).toEqual([variables, 'BAD_USER_INPUT']);
    }
  });

  test('names that cannot stand in an address are simply not there', async () => {
    for (const name of [
      '',
      '.',
      '..',
      '../categories',
      'a/b',
      '%2e%2e',
      '\u0000',
      'x'.repeat(500),
    ]) {
      const query =
        'query ($name: String!) { productBySku(sku: $name) { id } category(slug: $name) { id } }';
      const answered = await data(query, { name });
      expect({ name, ...answered }).toEqual({ name, productBySku: null, category: null });
    }
  });

  test('the tree of categories: children know their parents, and a category has what is below it', async () => {
    const tree = `{ categories { id slug parent { id } products { totalCount }
      children { id parent { id } products { totalCount } } } }`;
    const { categories } = await data(tree);
    expect(categories.length).toBeGreaterThan(0);
    for (const top of categories) {
      expect(top.parent).toBeNull();
      const below = top.children.map(
        (child: { products: { totalCount: number } }) => child.products.totalCount,
      );
      const sum = below.reduce((a: number, b: number) => a + b, 0);
      expect(top.products.totalCount).toBeGreaterThanOrEqual(sum);
      for (const child of top.children) expect(child.parent).toEqual({ id: top.id });
    }
    const { slug } = categories[0];
    const one = await data('query ($slug: String!) { category(slug: $slug) { slug } }', { slug });
    expect(one.category).toEqual({ slug });
  });

  test('a category is created, moved and refused a place below itself', async () => {
    const FIELDS = `__typename ... on CategoryPayload { category { id name slug parent { id } } }
      ... on InvalidInput { fields { path message } }`;
    const ADD = `mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { ${FIELDS} } }`;
    const MOVE = `mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { ${FIELDS} } }`;
    const slug = `c-${randomUUID()}`;
    const top = (await data(ADD, { input: { name: 'Top', slug } }, STAFF)).createCategory.category;
    expect(top).toMatchObject({ name: 'Top', slug, parent: null });
    const below = { name: 'Below', slug: `${slug}-b`, parentId: top.id };
    const child = (await data(ADD, { input: below }, STAFF)).createCategory.category;
    expect(child.parent).toEqual({ id: top.id });
    const cycle = await data(MOVE, { input: { id: top.id, parentId: child.id } }, STAFF);
    expect(cycle.updateCategory.fields).toMatchObject([{ path: 'parentId' }]);
    const taken = await data(ADD, { input: { name: 'Again', slug } }, STAFF);
    expect(taken.createCategory.fields).toEqual([
      { path: 'slug', message: 'belongs to another category' },
    ]);
    const up = await data(MOVE, { input: { id: child.id, parentId: null } }, STAFF);
    expect(up.updateCategory.category).toEqual({ ...child, parent: null });
  });
});

describe('references', () => {
  const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
    ... on User { displayName } ... on Product { name } ... on Category { name } ... on Order { number }
    ... on Resume { filename } ... on ResumeReview { progress } } }`;

  test('what does not exist, what is no id and what belongs to others is null', async () => {
    const { orders } = await data(
      '{ orders(first: 1) { nodes { id customer { id } } } }',
      {},
      STAFF,
    );
    const [order] = orders.nodes;
    const types = ['User', 'Product', 'Category', 'Order', 'Resume', 'ResumeReview'];
    const representations = [
      ...types.flatMap((__typename) => [
        { __typename, id: randomUUID() },
        { __typename, id: 'x' },
      ]),
      { __typename: 'Order', id: order.id },
    ];
    const stranger = { userId: randomUUID(), role: 'customer' as const };
    const { _entities } = await data(ENTITIES, { representations }, stranger);
    expect(_entities).toEqual(representations.map(() => null));
    const own = { userId: order.customer.id, role: 'customer' as const };
    const seen = await data(ENTITIES, { representations: representations.slice(-1) }, own);
    expect(seen._entities).toMatchObject([{ __typename: 'Order' }]);
  });

  test('an id is found whatever the case of its letters', async () => {
    const { products } = await data('{ products(first: 1) { nodes { id name } } }');
    const [{ id, name }] = products.nodes;
    const representations = [{ __typename: 'Product', id: id.toUpperCase() }];
    const { _entities } = await data(ENTITIES, { representations });
    expect(_entities).toEqual([{ __typename: 'Product', name }]);
  });

  test('a product or an account that only the new side knows has no stock and no orders here', async () => {
    const id = randomUUID();
    const representations = [
      { __typename: 'Product', id },
      { __typename: 'User', id },
    ];
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Product { stock inStock stockLevels { onHand } stockMovements { totalCount } }
      ... on User { orders { totalCount nodes { id } } resumes { totalCount } } } }`;
    expect(await data(query, { representations }, STAFF)).toEqual({
      _entities: [
        { stock: 0, inStock: false, stockLevels: [], stockMovements: { totalCount: 0 } },
        { orders: { totalCount: 0, nodes: [] }, resumes: { totalCount: 0 } },
      ],
    });
  });
});

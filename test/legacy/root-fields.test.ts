import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ADMIN,
  SERVICE,
  STAFF,
  startTestLegacy,
  type Caller,
  type TestLegacy,
} from './test-legacy.ts';

const UNKNOWN = randomUUID();
const PROBLEM = '__typename ... on Problem { message }';

let legacy: TestLegacy;
let customer: Caller;
beforeAll(async () => {
  legacy = await startTestLegacy();
  customer = { userId: await legacy.accountId('customer@example.com'), role: 'customer' };
});
afterAll(() => legacy?.close());

/** The fields of a root type, as the schema file has them. */
function rootFields(type: string): string[] {
  const file = new URL('../../subgraphs/legacy/schema.graphql', import.meta.url);
  const { definitions } = parse(readFileSync(file, 'utf8'));
  const found = definitions.find(
    (definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type,
  );
  if (found?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(`no type ${type}`);
  return (found.fields ?? []).map((field) => field.name.value);
}

/** An operation and who sends it: the one who may. */
type Sample = readonly [operation: string, caller: () => Caller];
const asAdmin = () => ADMIN;
const asStaff = () => STAFF;
const asService = () => SERVICE;
const asNobody = () => ({});
const asCustomer = () => customer;

const QUERIES: Record<string, Sample> = {
  me: ['{ me { id email displayName role phone locale createdAt updatedAt } }', asCustomer],
  user: [`{ user(id: "${UNKNOWN}") { id } }`, asStaff],
  users: ['{ users(first: 2) { nodes { email } edges { cursor } totalCount } }', asAdmin],
  product: [`{ product(id: "${UNKNOWN}") { id } }`, asNobody],
  productBySku: ['{ productBySku(sku: "NO-SUCH-SKU") { id } }', asNobody],
  products: [
    `{ products(first: 2) { nodes { sku name description brand price { amount currency } category { name }
      attributes { name value } status createdAt updatedAt } } }`,
    asNobody,
  ],
  categories: ['{ categories { slug parent { id } children { slug } } }', asNobody],
  category: ['{ category(slug: "no-such-category") { id } }', asNobody],
  warehouses: ['{ warehouses { id code name } }', asStaff],
  lowStock: ['{ lowStock(threshold: 100) { nodes { available } totalCount } }', asStaff],
  order: [`{ order(id: "${UNKNOWN}") { id } }`, asStaff],
  orders: ['{ orders(first: 2) { nodes { number history { status at } } } }', asStaff],
  resume: [`{ resume(id: "${UNKNOWN}") { id } }`, asCustomer],
  resumeReviewComparison: [
    `{ resumeReviewComparison(before: "${UNKNOWN}", after: "${UNKNOWN}") { scoreChange } }`,
    asCustomer,
  ],
  resumeReview: [`{ resumeReview(id: "${UNKNOWN}") { id } }`, asCustomer],
};

const address = '{ name: "C", line1: "1", city: "T", postalCode: "1", country: "JP" }';
const line = `{ productId: "${UNKNOWN}", quantity: 1 }`;

/** Each with an input that leads to an expected outcome other than success; success is shown elsewhere. */
const MUTATIONS: Record<string, Sample> = {
  register: [
    `register(input: { email: "no", password: "short", displayName: "" }) { ${PROBLEM} ... on InvalidInput { fields { path } } }`,
    asNobody,
  ],
  login: [`login(input: { email: "nobody@example.com", password: "x" }) { ${PROBLEM} }`, asNobody],
  refresh: [
    `refresh(input: { refreshToken: "x" }) { ${PROBLEM} ... on InvalidRefreshToken { reason } }`,
    asNobody,
  ],
  logout: ['logout(input: { refreshToken: "x" }) { loggedOut }', asNobody],
  logoutEverywhere: ['logoutEverywhere(input: {}) { revokedSessions }', asCustomer],
  changePassword: [
    `changePassword(input: { currentPassword: "wrong", newPassword: "long enough" }) { ${PROBLEM} }`,
    asCustomer,
  ],
  updateProfile: [`updateProfile(input: { phone: "1" }) { ${PROBLEM} }`, asCustomer],
  deleteAccount: [`deleteAccount(input: { currentPassword: "wrong" }) { ${PROBLEM} }`, asCustomer],
  createProduct: [
    `createProduct(input: { sku: "!", name: "N", price: { amount: 1 } }) { ${PROBLEM} }`,
    asStaff,
  ],
  updateProduct: [`updateProduct(input: { id: "${UNKNOWN}", name: "N" }) { ${PROBLEM} }`, asStaff],
  archiveProduct: [`archiveProduct(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asStaff],
  createCategory: [`createCategory(input: { name: "N", slug: "!" }) { ${PROBLEM} }`, asStaff],
  updateCategory: [
    `updateCategory(input: { id: "${UNKNOWN}", name: "N" }) { ${PROBLEM} }`,
    asStaff,
  ],
  receiveStock: [
    `receiveStock(input: { productId: "${UNKNOWN}", warehouseId: "${UNKNOWN}", quantity: 1 }) { ${PROBLEM} }`,
    asStaff,
  ],
  adjustStock: [
    `adjustStock(input: { productId: "${UNKNOWN}", warehouseId: "${UNKNOWN}", delta: 1, reason: "r" }) { ${PROBLEM} }`,
    asStaff,
  ],
  reserveStock: [
    `reserveStock(input: { orderId: "${randomUUID()}", items: [${line}] }) { ${PROBLEM} }`,
    asService,
  ],
  releaseStock: [`releaseStock(input: { orderId: "${UNKNOWN}" }) { ${PROBLEM} }`, asService],
  commitStock: [`commitStock(input: { orderId: "${UNKNOWN}" }) { ${PROBLEM} }`, asService],
  returnStock: [`returnStock(input: { orderId: "${UNKNOWN}" }) { ${PROBLEM} }`, asService],
  placeOrder: [
    `placeOrder(input: { idempotencyKey: "${randomUUID()}", items: [${line}], shippingAddress: ${address} }) { ${PROBLEM} }`,
    asCustomer,
  ],
  confirmOrder: [`confirmOrder(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asStaff],
  payOrder: [
    `payOrder(input: { id: "${UNKNOWN}", paymentToken: "tok_ok" }) { ${PROBLEM} }`,
    asCustomer,
  ],
  shipOrder: [
    `shipOrder(input: { id: "${UNKNOWN}", trackingNumber: "1" }) { ${PROBLEM} }`,
    asStaff,
  ],
  deliverOrder: [`deliverOrder(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asStaff],
  cancelOrder: [`cancelOrder(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asCustomer],
  returnOrder: [`returnOrder(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asCustomer],
  createUpload: [
    `createUpload(input: { filename: "a.txt", contentType: "image/png", byteSize: 1, sha256: "${'0'.repeat(64)}" }) { ${PROBLEM} }`,
    asCustomer,
  ],
  completeUpload: [`completeUpload(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asCustomer],
  deleteResume: [`deleteResume(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`, asCustomer],
  requestResumeReview: [
    `requestResumeReview(input: { resumeId: "${UNKNOWN}" }) { ${PROBLEM} }`,
    asCustomer,
  ],
  cancelResumeReview: [
    `cancelResumeReview(input: { id: "${UNKNOWN}" }) { ${PROBLEM} }`,
    asCustomer,
  ],
};

test('there is a sample of every root field', () => {
  expect(Object.keys(QUERIES).toSorted()).toEqual(rootFields('Query').toSorted());
  expect(Object.keys(MUTATIONS).toSorted()).toEqual(rootFields('Mutation').toSorted());
});

test.each(Object.entries(QUERIES))('%s answers', async (name, [query, caller]) => {
  const { body } = await legacy.graphql(query, {}, caller());
  expect(body.errors).toBeUndefined();
  expect(body.data).toHaveProperty(name);
});

test.each(Object.entries(MUTATIONS))('%s answers', async (name, [field, caller]) => {
  const { body } = await legacy.graphql(`mutation { ${field} }`, {}, caller());
  expect(body.errors).toBeUndefined();
  const { __typename, message } = body.data[name];
  if (__typename !== undefined) expect(message).toMatch(/\.$/);
});

describe('who may not ask', () => {
  /** Fields that anybody may ask for. */
  const OPEN = new Set(
    'me product productBySku products categories category register login refresh logout'.split(' '),
  );
  const guarded = [
    ...Object.entries(QUERIES).map(([name, [query]]) => [name, query] as const),
    ...Object.entries(MUTATIONS).map(([name, [field]]) => [name, `mutation { ${field} }`] as const),
  ].filter(([name]) => !OPEN.has(name));

  test.each(guarded)('%s refuses who has not logged in', async (_name, query) => {
    const { body } = await legacy.graphql(query);
    expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(body.errors?.[0]?.extensions.code);
  });

  const privileged = Object.entries({ ...QUERIES, ...MUTATIONS }).filter(([, [, caller]]) =>
    [asAdmin, asStaff, asService].includes(caller),
  );

  test.each(privileged)(
    '%s refuses a customer where it is not for customers',
    async (name, [operation]) => {
      if (['user', 'order'].includes(name)) return;
      const query = name in MUTATIONS ? `mutation { ${operation} }` : operation;
      const { body } = await legacy.graphql(query, {}, customer);
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    },
  );
});

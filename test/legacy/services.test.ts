import { afterAll, beforeAll, expect, test } from 'vitest';
import { SERVICE, STAFF, startTestLegacy, type TestLegacy } from './test-legacy.ts';

const CUSTOMERS = `query($id: ID!) { user(id: $id) { orders { nodes { id } } resumes { nodes { id reviews { id } } } } }`;

let legacy: TestLegacy;
let orderId: string;
let resume: { id: string; reviews: { id: string }[] };

beforeAll(async () => {
  legacy = await startTestLegacy();
  const id = await legacy.accountId('customer@example.com');
  const { body } = await legacy.graphql(CUSTOMERS, { id }, STAFF);
  orderId = body.data.user.orders.nodes[0].id;
  resume = body.data.user.resumes.nodes.find((one: typeof resume) => one.reviews.length > 0);
});
afterAll(() => legacy?.close());

test('a service reads orders, resumes and reviews of any account', async () => {
  const query = `query($order: ID!, $resume: ID!, $review: ID!) {
    order(id: $order) { id } resume(id: $resume) { id } resumeReview(id: $review) { id } }`;
  const reviewId = resume.reviews[0]?.id;
  const variables = { order: orderId, resume: resume.id, review: reviewId };
  const { body } = await legacy.graphql(query, variables, SERVICE);
  expect(body.errors).toBeUndefined();
  expect(body.data).toEqual({
    order: { id: orderId },
    resume: { id: resume.id },
    resumeReview: { id: reviewId },
  });
});

test('a service takes steps with an order of any account', async () => {
  const cancel = `mutation($id: ID!) { cancelOrder(input: { id: $id }) {
    __typename ... on IllegalTransition { status } ... on OrderPayload { order { status } } } }`;
  const { body } = await legacy.graphql(cancel, { id: orderId }, SERVICE);
  expect(body.errors).toBeUndefined();
  expect(['OrderPayload', 'IllegalTransition']).toContain(body.data.cancelOrder.__typename);
});

test('a service has no account of its own: placing an order is refused', async () => {
  const place = `mutation { placeOrder(input: { idempotencyKey: "12345678", items: [], shippingAddress: {
    name: "n", line1: "l", city: "c", postalCode: "p", country: "JP" } }) { __typename } }`;
  const { body } = await legacy.graphql(place, {}, SERVICE);
  expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STAFF, startTestLegacy, type Caller, type TestLegacy } from './test-legacy.ts';

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }`;
const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename } }`;
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) {
  __typename ... on NotFound { id } } }`;
const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
  __typename ... on NotFound { id } } }`;
const NOT_MIRRORED = {
  message:
    'This account is not known to the monolith yet: it was made on the new side. Try again after the next handover.',
  extensions: { code: 'ACCOUNT_NOT_MIRRORED' },
};

/** Accounts and products that were made on the new side are not in the monolith before they are handed over. */
describe('what exists on the new side only', () => {
  let legacy: TestLegacy;
  beforeAll(async () => {
    legacy = await startTestLegacy();
  });
  afterAll(() => legacy?.close());

  const newcomer: Caller = { userId: randomUUID(), role: 'customer' };

  test('an account cannot place an order, and is told why', async () => {
    const { body: list } = await legacy.graphql('{ products(first: 1) { nodes { id } } }');
    const input = {
      idempotencyKey: randomUUID(),
      items: [{ productId: list.data.products.nodes[0].id, quantity: 1 }],
      shippingAddress: {
        name: 'Casey Morgan',
        line1: '1-2-3 Toyosu',
        city: 'Koto-ku',
        postalCode: '135-0061',
        country: 'JP',
      },
    };
    const { body } = await legacy.graphql(PLACE, { input }, newcomer);
    expect(body.errors).toMatchObject([{ ...NOT_MIRRORED, path: ['placeOrder'] }]);
  });

  test('an account cannot announce an upload, and is told why', async () => {
    const input = {
      filename: 'resume.txt',
      contentType: 'text/plain',
      byteSize: 5,
      sha256: '0'.repeat(64),
    };
    const { body } = await legacy.graphql(CREATE, { input }, newcomer);
    expect(body.errors).toMatchObject([{ ...NOT_MIRRORED, path: ['createUpload'] }]);
  });

  test('stock of a product is not found', async () => {
    const { body } = await legacy.graphql('{ warehouses { id } }', {}, STAFF);
    const productId = randomUUID();
    const place = { productId, warehouseId: body.data.warehouses[0].id };
    const received = { input: { ...place, quantity: 1 } };
    const adjusted = { input: { ...place, delta: 1, reason: 'found' } };
    expect((await legacy.graphql(RECEIVE, received, STAFF)).body).toEqual({
      data: { receiveStock: { __typename: 'NotFound', id: productId } },
    });
    expect((await legacy.graphql(ADJUST, adjusted, STAFF)).body).toEqual({
      data: { adjustStock: { __typename: 'NotFound', id: productId } },
    });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { gatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/server.ts';
import { gatewayClient } from '../behaviour/gateway-client.ts';
import { startStack, type Stack } from '../stack.ts';

const STAFF_QUERY = `{
  users(first: 1) { totalCount }
  orders(first: 1) { totalCount }
  warehouses { id }
  lowStock(first: 1) { totalCount }
}`;
const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename } }`;
const UPLOAD = {
  filename: 'resume.txt',
  contentType: 'text/plain',
  byteSize: 5,
  sha256: '0'.repeat(64),
};

/** API_MODE says which REST routes clients may use. The graph needs all of them, whatever it says to the monolith. */
describe.each([
  { mode: 'store', closed: '/api/warehouses' },
  { mode: 'admin', closed: '/api/orders/mine' },
])('with the monolith in API_MODE=$mode', ({ mode, closed }) => {
  let stack: Stack;
  /** Serves the whole graph. */
  let gateway: RunningServer;
  let graph: ReturnType<typeof gatewayClient>;
  let staff: string;
  let customer: string;
  beforeAll(async () => {
    stack = await startStack({ API_MODE: mode });
    const environment = { ...stack.environment('gateway'), PORT: '0', API_MODE: 'full' };
    gateway = await startGateway(gatewayConfig(environment));
    graph = gatewayClient(gateway.url);
    staff = await stack.login('admin@example.com');
    customer = await stack.login('customer@example.com');
  });
  afterAll(async () => {
    await gateway?.close();
    await stack?.close();
  });

  test('the graph answers what is for staff', async () => {
    const { body } = await graph.graphql(STAFF_QUERY, {}, { token: staff });
    expect(body.errors).toBeUndefined();
    expect(body.data).toEqual({
      users: { totalCount: expect.any(Number) },
      orders: { totalCount: expect.any(Number) },
      warehouses: expect.arrayContaining([{ id: expect.any(String) }]),
      lowStock: { totalCount: expect.any(Number) },
    });
  });

  test('the graph answers what is for customers', async () => {
    const mine = await graph.graphql('{ me { orders { totalCount } } }', {}, { token: customer });
    expect(mine.body.errors).toBeUndefined();
    const { body } = await graph.graphql(CREATE, { input: UPLOAD }, { token: customer });
    expect(body.data).toEqual({ createUpload: { __typename: 'CreateUploadSuccess' } });
  });

  test.each<Record<string, string>>([
    {},
    { 'x-graph-call': '1' },
    { 'X-Graph-Call': 'true', 'x-identity': 'forged' },
  ])('a REST client finds closed routes closed, whatever it sends: %o', async (claims) => {
    const token = mode === 'store' ? staff : customer;
    const headers = { ...claims, authorization: `Bearer ${token}` };
    const response = await fetch(stack.gatewayUrl + closed, { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        code: 'NOT_FOUND',
        message: `GET ${closed} is not open in API_MODE=${mode}.`,
      },
    });
  });
});

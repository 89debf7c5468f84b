import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack, type ServiceName, type Stack } from '../stack.ts';

const QUERY = `{
  me { id email orders(first: 1) { nodes { id } } }
  products(first: 2) { nodes { id name stock } }
}`;

/** Both domains answer for themselves. */
const MOVED: string[] = [];
// #region monolith
MOVED.push('auth', 'product');
// #endregion monolith

let stack: Stack;
let token: string;

beforeAll(async () => {
  stack = await startStack();
  token = await stack.login('customer@example.com', { labels: [] });
});
afterAll(() => stack?.close());

const ask = (labels: readonly string[]) => stack.graphql(QUERY, {}, { token, labels });

/** Takes a service away, looks at the answer, brings it back, and waits until the answer is whole again. */
async function answerWithout(service: ServiceName, labels: readonly string[]) {
  const whole = await ask(labels);
  expect(whole.body.errors).toBeUndefined();
  await stack.stop(service);
  const partial = await ask(labels);
  await stack.start(service);
  await expect.poll(async () => (await ask(labels)).body, { timeout: 10_000 }).toEqual(whole.body);
  expect(partial.status).toBe(200);
  expect(JSON.stringify(partial.body)).not.toMatch(/stacktrace|\.ts:|node_modules/);
  return partial.body;
}

const codes = (body: { errors?: readonly { extensions: { code?: string } }[] }) =>
  new Set(body.errors?.map((error) => error.extensions.code));

test('without the product subgraph only its fields are null, with a code and its name', async () => {
  const body = await answerWithout('product', MOVED);
  expect(body.data.me).toMatchObject({ email: 'customer@example.com', orders: { nodes: [{}] } });
  expect(body.data.products).toBeNull();
  expect(body.errors).toEqual([
    expect.objectContaining({
      path: ['products'],
      extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'product' }),
    }),
  ]);
});

test('without the auth subgraph only its fields are null', async () => {
  const body = await answerWithout('auth', MOVED);
  expect(body.data.me).toBeNull();
  expect(body.data.products.nodes).toHaveLength(2);
  expect(body.errors?.map((error) => error.path)).toEqual([['me']]);
  expect(codes(body)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
});

// #region monolith
test('without the legacy subgraph the domains that have moved still answer', async () => {
  const body = await answerWithout('legacy', MOVED);
  expect(body.data.me).toMatchObject({ email: 'customer@example.com', orders: null });
  expect(body.data.products.nodes).toEqual([
    expect.objectContaining({ name: expect.any(String), stock: null }),
    expect.objectContaining({ name: expect.any(String), stock: null }),
  ]);
  expect(codes(body)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
});

test('without the monolith its fields are null with a code of their own, and the others answer', async () => {
  const body = await answerWithout('monolith', ['product']);
  expect(body.data.me).toBeNull();
  expect(body.data.products.nodes[0]).toMatchObject({ name: expect.any(String), stock: null });
  expect(codes(body)).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
});
// #endregion monolith

import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { auth, catalogue, legacy, shipping, shop } from './shop-graph.ts';
import { startTestGateway, supergraphOf, type TestGateway } from './test-gateway.ts';
import type { TestSubgraph } from './test-subgraph.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway(shop, { USE_NEW_AUTH: 'true' });
});
afterEach(() => gateway.close());

const soon = (assertion: () => Promise<void>) =>
  vi.waitFor(assertion, { timeout: 5_000, interval: 50 });
const status = async (query: string) => (await gateway.graphql(query)).status;
const running = (...sources: { name: string }[]) =>
  sources.map(({ name }) => gateway.subgraphs[name] as TestSubgraph);

test('a changed supergraph is taken up while requests go on, and the one before can come back', async () => {
  const before = await readFile(gateway.supergraphFile, 'utf8');
  expect(await status('{ products { shippingCost } }')).toBe(200);
  await writeFile(gateway.supergraphFile, supergraphOf(running(legacy, auth, catalogue)));
  let answered = 0;
  await soon(async () => {
    expect(await status('{ me { name } products { name } }')).toBe(200);
    answered += 1;
    expect(await status('{ products { shippingCost } }')).toBe(400);
  });
  expect(answered).toBeGreaterThan(0);
  await writeFile(gateway.supergraphFile, before);
  await soon(async () => expect(await status('{ products { shippingCost } }')).toBe(200));
  const { body } = await gateway.graphql('{ me { name } }');
  expect(body.data.me.name).toBe('u1 from auth');
});

test('a request that was validated before a change is answered as if there were none', async () => {
  let release: () => void = () => {};
  const held = new Promise<null>((resolve) => {
    release = () => resolve(null);
  });
  const first = gateway.subgraphs['legacy'] as TestSubgraph;
  first.answer = async () => {
    first.answer = null;
    return held;
  };
  const pending = gateway.graphql('{ products { id shippingCost } }');
  await soon(async () => expect(first.answer).toBeNull());
  await writeFile(gateway.supergraphFile, supergraphOf(running(legacy, auth, catalogue)));
  await soon(async () => expect(await status('{ products { shippingCost } }')).toBe(400));
  release();
  const { body } = await pending;
  expect(body.data.products[0]).toEqual({ id: 'p1', shippingCost: 2 });
});

test('a change that is no supergraph is left aside', async () => {
  await writeFile(gateway.supergraphFile, 'type Query { a: Int }');
  await new Promise((resolve) => {
    setTimeout(resolve, 1_500);
  });
  expect(await status('{ products { shippingCost } }')).toBe(200);
  await writeFile(gateway.supergraphFile, supergraphOf(running(legacy, shipping, catalogue, auth)));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { shop } from '../shop-graph.ts';
import { startStandaloneGateway, type TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startStandaloneGateway(shop);
});
afterAll(() => gateway.close());

const asking = { 'apollo-query-plan-experimental': '1' };
const COSTS = '{ products { shippingCost } }';

test('whoever asks for the query plan is shown it as text, beside the answer', async () => {
  const { body } = await gateway.graphql(COSTS, {}, { ...asking, 'x-override-labels': 'product' });
  expect(body.data.products).toHaveLength(3);
  const { __queryPlanExperimental: text, labelStates } = body.extensions;
  expect(text).toMatch(/^QueryPlan \{\n {2}Sequence \{\n {4}Fetch\(service: "catalogue"\)/);
  expect(text).toContain('Flatten(path: "products.@")');
  expect(labelStates).toEqual([{ product: true }]);
});

test('the labels that the plan depends on are shown, in either state, and no others', async () => {
  const labels = async (query: string, on: string): Promise<unknown> => {
    const headers = { ...asking, 'x-override-labels': on };
    await gateway.graphql(query, {}, headers);
    const { body } = await gateway.graphql(query, {}, headers);
    return body.extensions.labelStates;
  };
  expect(await labels('{ me { name } }', 'product')).toEqual([{ auth: false }]);
  expect(await labels('{ me { name } }', 'auth,product')).toEqual([{ auth: true }]);
});

test('a mutation has the plans of all its root fields, one after the other', async () => {
  const mutation = 'mutation { a: append(text: "a") b: note(text: "b") }';
  const { body } = await gateway.graphql(mutation, {}, asking);
  const { __queryPlanExperimental: text, labelStates } = body.extensions;
  expect(text.match(/Fetch\(service: "\w+"\)/g)).toEqual([
    'Fetch(service: "legacy")',
    'Fetch(service: "catalogue")',
  ]);
  expect(labelStates).toHaveLength(2);
  expect(labelStates[0]).toEqual({ product: false });
});

test('the plan is shown as data to whoever asks for that', async () => {
  const headers = { ...asking, 'apollo-query-plan-experimental-format': 'internal' };
  const { body } = await gateway.graphql(COSTS, {}, headers);
  expect(body.extensions.__queryPlanExperimental).toMatchObject({
    kind: 'QueryPlan',
    node: { kind: 'Sequence' },
  });
});

test('a plan without fetches is `true`, and a refused operation has none', async () => {
  const { body } = await gateway.graphql('{ __typename }', {}, asking);
  expect(body).toMatchObject({
    data: { __typename: 'Query' },
    extensions: { __queryPlanExperimental: true },
  });
  expect((await gateway.graphql('{ nothing }', {}, asking)).body).not.toHaveProperty('extensions');
});

test('nobody is shown a plan who does not ask', async () => {
  expect((await gateway.graphql(COSTS)).body).not.toHaveProperty('extensions');
});

test('in production nobody is shown a plan, unless it is configured', async () => {
  for (const [shown, isShown] of [
    [undefined, false],
    ['true', true],
  ] as const) {
    const environment = { NODE_ENV: 'production', SHOW_QUERY_PLANS: shown };
    const other = await startStandaloneGateway(shop, environment);
    try {
      const { body } = await other.graphql(COSTS, {}, asking);
      expect(body.data.products).toHaveLength(3);
      expect('extensions' in body).toBe(isShown);
    } finally {
      await other.close();
    }
  }
});

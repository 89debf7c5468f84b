import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type ServiceName, type Stack } from '../stack.ts';
import { LABEL_STATES, nameOf } from './label-states.ts';

/**
 * One operation per list that nests other lists. `few` and `many` are sizes at which every type occurs: a type
 * that does not occur costs nothing.
 */
const OPERATIONS = [
  {
    name: 'orders',
    few: 25,
    many: 100,
    query: `query Orders($n: Int) { orders(first: $n) { nodes {
      customer { email orders(first: 2) { nodes { id } } resumes(first: 2) { totalCount } }
      items { product { name stock category { name } } } } } }`,
  },
  {
    name: 'products',
    few: 12,
    many: 50,
    query: `query Products($n: Int) { products(first: $n) { totalCount nodes {
      stock stockLevels { warehouse { code } } stockMovements(first: 2) { nodes { delta } }
      category { name parent { name } products(first: 2) { nodes { name stock } } } } } }`,
  },
  {
    name: 'users',
    few: 15,
    many: 25,
    query: `query Users($n: Int) { users(first: $n) { nodes {
      email orders(first: 2) { nodes { items { product { name } } } } resumes(first: 2) { totalCount } } } }`,
  },
] as const;
const COUNTED = {
  // #region monolith
  monolith: /^(?:sql_statements_total|http_requests_total\{[^}]*route="\/api)/,
  // #endregion monolith
  auth: /^sql_statements_total/,
  product: /^sql_statements_total/,
} as const;

let stack: Stack;
let token: string;
beforeAll(async () => {
  stack = await startStack();
  token = await stack.login('admin@example.com', { labels: [] });
});
afterAll(() => stack?.close());

/** How many SQL statements and REST requests a service has counted since it started. */
async function count(service: keyof typeof COUNTED & ServiceName): Promise<number> {
  const text = await (await fetch(`${stack.url(service)}/metrics`)).text();
  const lines = text.split('\n').filter((line) => COUNTED[service].test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
const counts = async () => [
  // #region monolith
  await count('monolith'),
  // #endregion monolith
  await count('auth'),
  await count('product'),
];

async function ask(query: string, n: number, labels: readonly string[]) {
  const { body } = await stack.graphql(query, { n }, { token, labels });
  expect(body.errors).toBeUndefined();
}

const difference = (after: readonly number[], before: readonly number[]) =>
  after.map((value, index) => value - (before[index] ?? 0));

describe.each(LABEL_STATES.map((labels) => ({ name: nameOf(labels), labels })))(
  'with $name',
  ({ labels }) => {
    // Retried, because the monolith's stock cache may run out between two of the requests.
    test.for(OPERATIONS)(
      'the statements and requests of $name do not grow with the number of items',
      { retry: 3 },
      async ({ query, few, many }) => {
        await ask(query, many, labels);
        const before = await counts();
        await ask(query, few, labels);
        const between = await counts();
        await ask(query, many, labels);
        const after = await counts();
        const costOfFew = difference(between, before);
        const costOfMany = difference(after, between);
        expect(costOfFew.reduce((a, b) => a + b)).toBeGreaterThan(0);
        // Fewer is fine: what one level has loaded, the next need not ask for.
        for (const [index, value] of costOfMany.entries()) {
          expect(value).toBeLessThanOrEqual(costOfFew[index] ?? 0);
        }
      },
    );
  },
);

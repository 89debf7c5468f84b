import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOperations, type ClientOperation } from '#schema/operations.ts';
import { startStack, type Stack } from '../stack.ts';
import { LABEL_STATES, nameOf } from './label-states.ts';
import { queryCases, type Accounts, type QueryCase } from './query-cases.ts';

const operations = await readOperations('schema/operations');
const queries = operations.filter((operation) => operation.kind === 'query');

let stack: Stack;
let tokens: Accounts;
let cases: Record<string, readonly QueryCase[]>;

beforeAll(async () => {
  stack = await startStack();
  const login = (email: string) => stack.login(email, { labels: [] });
  tokens = {
    customer: await login('customer@example.com'),
    staff: await login('staff@example.com'),
    admin: await login('admin@example.com'),
  };
  cases = await queryCases(stack, tokens);
});
afterAll(() => stack?.close());

/** The answers of a query in one state of the labels, one per case. */
function answers(query: ClientOperation, labels: readonly string[]) {
  return Promise.all(
    (cases[query.name] ?? []).map(async ({ as, variables }) => {
      const options = { labels, ...(as ? { token: tokens[as] } : {}) };
      return (await stack.graphql(print(query.document), variables, options)).body;
    }),
  );
}

test('there are operations of all three clients, and each query has a case', () => {
  const clients = new Set(operations.map(({ file }) => file.split('/')[2]));
  expect(clients).toEqual(new Set(['admin', 'resume', 'store']));
  expect(operations.length).toBeGreaterThanOrEqual(25);
  expect(queries.map(({ name }) => name).filter((name) => !cases[name])).toEqual([]);
});

describe.each(queries)('$name', (query) => {
  let ofMonolith: ReturnType<typeof answers> | undefined;
  const fromMonolith = () => (ofMonolith ??= answers(query, []));

  test('answers without errors from the monolith', async () => {
    for (const body of await fromMonolith()) {
      expect(body.errors).toBeUndefined();
      expect(body.data).toBeTypeOf('object');
    }
  });

  test.each(
    LABEL_STATES.filter((state) => state.length > 0).map(
      (state) => [nameOf(state), state] as const,
    ),
  )('has the same answer with %s', async (_name, state) => {
    expect(await answers(query, state)).toEqual(await fromMonolith());
  });
});

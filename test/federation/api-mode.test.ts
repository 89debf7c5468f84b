import { readFile } from 'node:fs/promises';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitStore } from '../clients/store-front/visit.ts';
import { SIDES } from '../end-to-end/sides.ts';
import { startStack, type Stack } from '../stack.ts';

// One gateway for clients and services: what services of ours ask is `internal`, and on no safelist of clients.
describe.each(SIDES)(
  'a gateway that serves the contract of the store, answered %s',
  (_side, flags) => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack({
        ...flags,
        API_MODE: 'store',
        SAFELIST: 'schema/operations.manifest.json',
      });
    });
    afterAll(() => stack?.close());

    test('sells: the domains ask each other through it what is for services only', async () => {
      const { lines, faults } = await visitStore({ url: stack.gatewayUrl });
      expect(lines).toContain('MyOrders: CANCELLED');
      expect(faults).toEqual([]);
    });
  },
);

describe.each([
  {
    mode: 'store',
    own: '{ me { orders { totalCount } } }',
    hidden: 'lowStock',
    type: 'StockLevel',
  },
  {
    mode: 'admin',
    own: '{ lowStock { totalCount } }',
    hidden: 'placeOrder',
    type: 'PlaceOrderInput',
  },
])('a gateway with API_MODE=$mode', ({ mode, own, hidden, type }) => {
  let stack: Stack;
  let admin: string;
  beforeAll(async () => {
    stack = await startStack({ API_MODE: mode });
    admin = await stack.login('admin@example.com');
  });
  afterAll(() => stack?.close());

  test('has the schema of the contract', async () => {
    const { body } = await stack.graphql(getIntrospectionQuery());
    const served = lexicographicSortSchema(buildClientSchema(body.data));
    const file = await readFile(`schema/contracts/${mode}/api.graphql`, 'utf8');
    expect(printSchema(served)).toBe(printSchema(lexicographicSortSchema(buildSchema(file))));
    expect(served.getType(type)).toBeUndefined();
  });

  test('answers what is in the contract', async () => {
    const { body } = await stack.graphql(own, {}, { token: admin });
    expect(body.errors).toBeUndefined();
  });

  test.each(['reserveStock', hidden])('does not know %s, whoever asks', async (field) => {
    const kind = field === 'lowStock' ? 'query' : 'mutation';
    const { status, body } = await stack.graphql(
      `${kind} { ${field} { __typename } }`,
      {},
      { token: admin },
    );
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain(`Cannot query field "${field}"`);
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('shows in its explorer the contract, and no other', async () => {
    const page = await fetch(`${stack.gatewayUrl}/explorer`);
    expect(await page.text()).not.toContain('?contract=');
    for (const name of ['store', 'admin']) {
      const other = await fetch(`${stack.gatewayUrl}/explorer?contract=${name}`);
      expect(other.status).toBe(404);
    }
  });
});

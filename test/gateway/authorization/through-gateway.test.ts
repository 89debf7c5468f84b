import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signServiceToken } from '#platform/identity/service-token.ts';
import { identityKey } from '#platform/identity/signed-identity.ts';
import {
  authKeys,
  IDENTITY_SECRET,
  SECRET_KEY,
  startStandaloneGateway,
  startTestGateway,
  type TestGateway,
} from '../test-gateway.ts';
import type { SubgraphSource } from '../test-subgraph.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@authenticated", "@requiresScopes", "@policy"])`;
const sources: SubgraphSource[] = [
  {
    name: 'shop',
    typeDefs: `${LINK}
      type Query { products: [Product!]  sales: Int @requiresScopes(scopes: [["staff"], ["service"]]) }
      type Mutation {
        buy: Boolean @authenticated
        look: Boolean
      }
      type Product @key(fields: "id") { id: ID! name: String }
    `,
    resolvers: {
      Query: { products: () => [{ id: '1' }, { id: '2' }], sales: () => 5 },
      Mutation: { buy: () => true, look: () => true },
      Product: { name: () => 'cup' },
    },
  },
  {
    name: 'stock',
    typeDefs: `${LINK}
      type Product @key(fields: "id") {
        id: ID!
        cost: Int @requiresScopes(scopes: [["read:cost"]])
        margin: Int @policy(policies: [["accountants"]])
      }
    `,
    resolvers: { Product: { cost: () => 3, margin: () => 1 } },
  },
];

let directory: string;
let gateway: TestGateway;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'authorization-'));
  const POLICIES = join(directory, 'policies.mjs');
  await writeFile(
    POLICIES,
    `export default async (names, { role }) => (role === 'admin' ? names : []);`,
  );
  gateway = await startTestGateway(sources, { POLICIES });
});
afterAll(async () => {
  await gateway.close();
  await rm(directory, { recursive: true });
});

test('what is denied is counted by operation, and nothing else is', async () => {
  const denied = async () => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith('graphql_denied_operations_total{'))
      .map((line) => line.slice('graphql_denied_operations_total'.length));
  };
  await gateway.graphql('query Counted { sales products { cost } }');
  await gateway.graphql('query Counted { sales products { cost } }');
  await gateway.graphql('query Open { products { name } }');
  await gateway.graphql('mutation { buy look }');
  expect(await denied()).toEqual([
    '{type="query",operation="Counted",process="gateway"} 2',
    '{type="mutation",operation="unknown",process="gateway"} 1',
  ]);
  const before = await denied();
  for (let index = 0; index < 120; index += 1) {
    await gateway.graphql(`query Invented${index} { sales }`);
  }
  const after = await denied();
  expect(after.length - before.length).toBeLessThanOrEqual(101);
  expect(after.some((line) => line.includes('operation="other"'))).toBe(true);
});

const monolithToken = async (role: string, scope?: string) =>
  bearer(
    await new SignJWT({ user_id: 'u1', role, scope })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(SECRET_KEY)),
  );
const authToken = async (role: string, scope?: string) =>
  bearer(
    await new SignJWT({ role, sid: 's', scope })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
      .setSubject('u1')
      .setIssuer('auth')
      .setExpirationTime('5m')
      .sign(authKeys.privateKey),
  );
const serviceToken = async () => ({
  'x-service': await signServiceToken('order', identityKey(IDENTITY_SECRET)),
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** An answer, and how many requests each subgraph got for it. */
async function ask(query: string, headers: Record<string, string> = {}, to = gateway) {
  const counts = () => Object.values(to.subgraphs).map(({ received }) => received.length);
  const before = counts();
  const { status, body } = await to.graphql(query, {}, headers);
  const requests = counts().map((count, index) => count - (before[index] ?? 0));
  return { status, body, requests };
}

const denied = (...path: string[]) => ({
  message: 'Unauthorized field or type',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

describe('through the gateway', () => {
  test('a denied field is null with an error at its path, and its subgraph is not asked', async () => {
    const { status, body, requests } = await ask('{ products { name cost } sales }');
    expect(status).toBe(200);
    const product = { name: 'cup', cost: null };
    expect(body).toEqual({
      data: { products: [product, product], sales: null },
      errors: [denied('products', '@', 'cost'), denied('sales')],
    });
    expect(requests).toEqual([1, 0]);
  });

  test('an operation of which nothing is left asks no subgraph', async () => {
    const { body, requests } = await ask('{ sales }');
    expect(body).toEqual({ data: { sales: null }, errors: [denied('sales')] });
    expect(requests).toEqual([0, 0]);
  });

  test('one text has an answer for each caller', async () => {
    const query = '{ products { cost } sales }';
    for (let round = 0; round < 3; round += 1) {
      expect((await ask(query)).body.data).toEqual({ products: null, sales: null });
      const staff = await ask(query, await monolithToken('STAFF', 'read:cost'));
      expect(staff.body).toEqual({ data: { products: [{ cost: 3 }, { cost: 3 }], sales: 5 } });
      const customer = await ask(query, await authToken('customer', 'read:cost other'));
      expect(customer.body.data).toEqual({ products: [{ cost: 3 }, { cost: 3 }], sales: null });
    }
  });

  test('operations of which the same is left keep their own answers', async () => {
    const open = '{ products { name } }';
    const product = { name: 'cup' };
    expect((await ask(open)).body).toEqual({ data: { products: [product, product] } });
    const closed = { name: 'cup', cost: null };
    expect((await ask('{ products { name cost } }')).body.data.products).toEqual([closed, closed]);
    expect((await ask(open)).body).toEqual({ data: { products: [product, product] } });
  });

  test.each([
    ['a customer', () => authToken('customer'), null],
    ['staff', () => monolithToken('STAFF'), 5],
    ['an admin', () => authToken('admin'), 5],
    ['a service', serviceToken, 5],
  ])('%s has the scopes of the role', async (_who, headers, sales) => {
    expect((await ask('{ sales }', await headers())).body.data).toEqual({ sales });
  });

  test('a denied mutation is not run; the fields around it are', async () => {
    const query = 'mutation { first: look buy last: look }';
    const { body, requests } = await ask(query);
    expect(body).toEqual({ data: { first: true, buy: null, last: true }, errors: [denied('buy')] });
    expect(requests).toEqual([2, 0]);
    expect((await ask(query, await authToken('customer'))).body).toEqual({
      data: { first: true, buy: true, last: true },
    });
  });

  test('policies are decided by the module', async () => {
    const query = '{ products { margin } }';
    const { body } = await ask(query, await authToken('admin'));
    expect(body).toEqual({ data: { products: [{ margin: 1 }, { margin: 1 }] } });
    const staff = await ask(query, await authToken('staff'));
    expect(staff.body.errors).toEqual([denied('products', '@', 'margin')]);
    expect(staff.requests).toEqual([0, 0]);
  });
});

test('without secrets and without policies nobody is authenticated, whatever is sent', async () => {
  const standalone = await startStandaloneGateway(sources);
  const { body } = await ask(
    '{ sales products { name margin } }',
    await monolithToken('ADM'),
    standalone,
  );
  await standalone.close();
  expect(body.errors).toEqual([denied('sales'), denied('products', '@', 'margin')]);
});

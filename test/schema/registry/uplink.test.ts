import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rollback } from '../../../schema/registry/versions/rollback.ts';
import { newestNumber } from '../../../schema/registry/versions/versions.ts';
import { startSubgraph, type TestSubgraph } from '../../gateway/test-subgraph.ts';
import { startServerProcess, type ServerProcess } from '../../setup/server-process.ts';
import { describeWithRover } from './rover.ts';
import {
  CATALOGUE,
  REVIEWS,
  onSubgraph,
  startShopRegistry,
  type ShopRegistry,
} from './shop-registry.ts';

// Processes that are started, and schemas that are judged, wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const REF = { graph: 'shop', variant: 'current' };

let catalogue: TestSubgraph;
let reviews: TestSubgraph;
let shop: ShopRegistry;
beforeAll(async () => {
  const product = { id: '1', name: 'Lamp', sku: 'L-1' };
  catalogue = await startSubgraph({
    name: 'catalogue',
    typeDefs: CATALOGUE,
    resolvers: {
      Query: { product: () => product },
      Product: { __resolveReference: () => product },
    },
  });
  // What the subgraph answers already, before anybody may ask for it.
  reviews = await startSubgraph({
    name: 'reviews',
    typeDefs: WITH_VOTES,
    resolvers: {
      Product: {
        __resolveReference: ({ id }: { id: string }) => ({ id, stars: 4, votes: 12 }),
      },
    },
  });
  shop = await startShopRegistry({ catalogue: catalogue.url, reviews: reviews.url });
});
afterAll(async () => {
  await shop.close();
  await Promise.all([catalogue, reviews].map((subgraph) => subgraph.stop()));
});

const WITH_VOTES = REVIEWS.replace(
  'stars: Int',
  'stars: Int\n  "How many have said so."\n  votes: Int',
);

/** Asks Uplink as a gateway does. */
async function uplink(variables: Record<string, unknown>) {
  const query = `query SupergraphSdl($apiKey: String!, $ref: String!, $ifAfterId: ID) {
    routerConfig(ref: $ref, apiKey: $apiKey, ifAfterId: $ifAfterId) {
      __typename
      ... on RouterConfigResult { id supergraphSdl: supergraphSDL minDelaySeconds }
      ... on Unchanged { id minDelaySeconds }
      ... on FetchError { code message }
    }
  }`;
  const answer = await fetch(`${shop.url}/uplink`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  expect(answer.status).toBe(200);
  const { data } = (await answer.json()) as { data: { routerConfig: Record<string, unknown> } };
  return data.routerConfig;
}

/** A gateway of our own as a process, which takes its supergraph from the registry. */
async function startGatewayProcess(): Promise<ServerProcess> {
  const { publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
  return startServerProcess(['gateway/main.ts'], {
    PORT: '0',
    LOG_LEVEL: 'warn',
    SECRET_KEY: 'the-secret-key-of-the-monolith-in-tests',
    IDENTITY_SECRET: 'the-identity-secret-of-these-tests-only',
    AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [key] }),
    APOLLO_KEY: shop.keys.read,
    APOLLO_GRAPH_REF: 'shop@current',
    APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: `${shop.url}/uplink`,
  });
}

describeWithRover('a running gateway that follows the registry', () => {
  let gateway: ServerProcess;
  beforeAll(async () => {
    gateway = await startGatewayProcess();
  });
  afterAll(() => gateway.end());

  async function ask(query: string) {
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const soon = (assertion: () => Promise<void>) =>
    vi.waitFor(assertion, { timeout: 20_000, interval: 100 });
  const STARS = '{ product(id: 1) { name stars } }';
  const VOTES = '{ product(id: 1) { name votes } }';
  const publish = async (sdl: string) => {
    await shop.write('proposed.graphql', sdl);
    return shop.rover(onSubgraph('publish', 'reviews', '--schema', 'proposed.graphql'));
  };

  test('answers a field after it was published, without a restart; refuses it after a rollback', async () => {
    expect(await ask(STARS)).toMatchObject({
      status: 200,
      body: { data: { product: { name: 'Lamp', stars: 4 } } },
    });
    expect((await ask(VOTES)).status).toBe(400);
    const before = await newestNumber(shop.database.db, REF);

    expect((await publish(WITH_VOTES)).code).toBe(0);
    await soon(async () =>
      expect(await ask(VOTES)).toMatchObject({
        status: 200,
        body: { data: { product: { name: 'Lamp', votes: 12 } } },
      }),
    );

    const broken = await publish(WITH_VOTES.replace('votes: Int', 'votes: Nothing'));
    expect(broken.code).toBe(1);
    expect(await newestNumber(shop.database.db, REF)).toMatchObject({
      number: (before?.number ?? 0) + 1,
    });
    expect((await ask(VOTES)).status).toBe(200);

    await rollback(shop.database.db, REF, before?.number ?? 0, 'ann');
    await soon(async () => expect((await ask(VOTES)).status).toBe(400));
    expect((await ask(STARS)).status).toBe(200);
  });

  test('goes on while the registry is away', async () => {
    await shop.stop();
    await new Promise((resolve) => {
      setTimeout(resolve, 2_500);
    });
    expect(await ask(STARS)).toMatchObject({ status: 200 });
    const { checks, supergraph } = (await (
      await fetch(`${gateway.url}/health/ready`)
    ).json()) as Record<string, unknown>;
    expect({ checks, supergraph }).toBeDefined();
  });
});

test('a gateway is told what is new, what is not, and why it is given nothing', async () => {
  const other = shop;
  shop = await startShopRegistry({ catalogue: catalogue.url, reviews: reviews.url });
  try {
    const known = { apiKey: shop.keys.read, ref: 'shop@current' };
    const first = await uplink(known);
    expect(first).toMatchObject({ __typename: 'RouterConfigResult', minDelaySeconds: 1 });
    expect(first['supergraphSdl']).toContain('join__Graph');
    expect(await uplink({ ...known, ifAfterId: first['id'] })).toEqual({
      __typename: 'Unchanged',
      id: first['id'],
      minDelaySeconds: 1,
    });
    expect(await uplink({ ...known, ifAfterId: 'of another database' })).toEqual(first);
    expect(await uplink({ ...known, apiKey: 'service:shop:guessed' })).toMatchObject({
      __typename: 'FetchError',
      code: 'AUTHENTICATION_FAILED',
    });
    expect(await uplink({ ...known, ref: 'store@current' })).toMatchObject({
      __typename: 'FetchError',
      code: 'UNKNOWN_REF',
      message: expect.stringContaining('this registry holds shop'),
    });
  } finally {
    await shop.close();
    shop = other;
  }
});

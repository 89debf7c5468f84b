import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeWithRover } from './rover.ts';
import { REVIEWS, onSubgraph, startShopRegistry, type ShopRegistry } from './shop-registry.ts';

// Processes that are started, and schemas that are judged, wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const seen: string[] = [];
const DAY = 24 * 60 * 60 * 1_000;
/** How many days of usage were asked for, each time. */
const days: number[] = [];
let shop: ShopRegistry;
beforeAll(async () => {
  shop = await startShopRegistry(
    { catalogue: 'http://127.0.0.1:1/graphql', reviews: 'http://127.0.0.1:2/graphql' },
    {},
    [
      ({ database, authenticate }) => ({
        begin: async () => database.ping(),
        routes: (server) => {
          server.post('/api/ingress/traces', async ({ headers }) => {
            const { name } = await authenticate(String(headers['x-api-key']));
            seen.push(name);
            return {};
          });
        },
        recordedUsage: async (since) => {
          days.push((Date.now() - since.getTime()) / DAY);
          return {
            operations: [
              {
                name: 'Stars',
                source: 'what was recorded',
                text: 'query Stars{product(id:0){stars}}',
                fields: [],
                senders: [{ client: 'partner', count: 1_200, lastSeen: new Date() }],
              },
            ],
            leftOut: 3_400,
          };
        },
        close: async () => void seen.push('closed'),
      }),
    ],
  );
});

describeWithRover('what else the process of the registry serves', () => {
  afterAll(() => shop.close());

  test('has routes of its own, behind the same keys', async () => {
    const answer = await fetch(`${shop.url}/api/ingress/traces`, {
      method: 'POST',
      headers: { 'x-api-key': shop.keys.publish },
    });
    expect(answer.status).toBe(200);
    expect(seen).toEqual(['may-publish']);
  });

  test('gives checks what clients have sent: a field that only recorded traffic uses is missed', async () => {
    await shop.write('proposed.graphql', REVIEWS.replace('stars: Int', 'votes: Int'));
    const { code, output } = await shop.rover(
      onSubgraph('check', 'reviews', '--schema', 'proposed.graphql'),
      shop.keys.check,
    );
    expect(code).toBe(1);
    expect(output).toMatch(
      /field-removed.*Product\.stars.*Stars \(partner, 1,200 times(?:, last on [\d-]+)?\)/,
    );
  });

  test('is asked for as many days as the policy says, once for each check, and not for the subgraphs of the repository', () => {
    expect(days.map(Math.round)).toEqual([90]);
  });

  test('gives checks that there are operations that nobody knows: it is in the report', async () => {
    const policy = `usage: { operations: ${shop.folder}/operations, days: 7 }\n`;
    await shop.write('policy.yaml', policy);
    await shop.write('proposed.graphql', REVIEWS.replace('stars: Int', 'stars: Int\n  votes: Int'));
    const { output } = await shop.rover(
      onSubgraph('check', 'reviews', '--schema', 'proposed.graphql'),
      shop.keys.check,
    );
    expect(output).toMatch(/usage-incomplete.*3,400 requests were counted of which nobody knows/);
    expect(days.map(Math.round)).toEqual([90, 7]);
  });

  test('ends with it', async () => {
    await shop.stop();
    expect(seen.at(-1)).toBe('closed');
  });
});

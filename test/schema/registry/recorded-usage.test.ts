import { gzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { usagePart } from '#schema/usage-collector/registry-part.ts';
import { reportOf } from '../usage-collector/collector-server.ts';
import { describeWithRover } from './rover.ts';
import { REVIEWS, onSubgraph, startShopRegistry, type ShopRegistry } from './shop-registry.ts';

// Processes that are started, and schemas that are judged, wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let shop: ShopRegistry;
beforeAll(async () => {
  shop = await startShopRegistry(
    { catalogue: 'http://127.0.0.1:1/graphql', reviews: 'http://127.0.0.1:2/graphql' },
    {},
    [usagePart(90)],
  );
});

const report = (key: string) =>
  fetch(`${shop.url}/api/ingress/traces`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-encoding': 'gzip' },
    body: new Uint8Array(
      gzipSync(
        Report.encode(
          reportOf(
            'query Stars{product(id:0){stars}}',
            [['partner', '3.1', 1_200]],
            {},
            {
              Query: ['product'],
              Product: ['stars'],
            },
          ),
        ).finish(),
      ),
    ),
  });

describeWithRover('usage that is reported to the registry', () => {
  afterAll(() => shop.close());

  test('needs a key of the registry', async () => {
    expect((await report('service:shop:wrong')).status).toBe(401);
    expect((await report(shop.keys.publish)).status).toBe(200);
  });

  test('fails a check of Rover, which names operation, client, version and count', async () => {
    await shop.write('proposed.graphql', REVIEWS.replace('stars: Int', 'votes: Int'));
    const { code, output } = await shop.rover(
      onSubgraph('check', 'reviews', '--schema', 'proposed.graphql'),
      shop.keys.check,
    );
    expect(output).toMatch(/Stars \(partner 3\.1, 1,200 times, last on [\d-]+\)/);
    expect(code).toBe(1);
  });
});

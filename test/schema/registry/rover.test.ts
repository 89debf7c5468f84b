import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listVersions } from '../../../schema/registry/versions/versions.ts';
import { revokeKey } from '../../../schema/registry/keys/keys.ts';
import { describeWithRover, runRover } from './rover.ts';
import {
  CATALOGUE,
  REVIEWS,
  onSubgraph,
  startShopRegistry,
  type ShopRegistry,
} from './shop-registry.ts';

// Processes that are started, and schemas that are judged, wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const URLS = { catalogue: 'http://127.0.0.1:1/graphql', reviews: 'http://127.0.0.1:2/graphql' };
const REF = { graph: 'shop', variant: 'current' };

let shop: ShopRegistry;
beforeAll(async () => {
  shop = await startShopRegistry(URLS);
});
afterAll(() => shop.close());

const numbers = async () =>
  (await listVersions(shop.database.db, REF, 100)).map(({ number }) => number);

async function check(sdl: string, key = shop.keys.check, name = 'catalogue') {
  await shop.write('proposed.graphql', sdl);
  return shop.rover(onSubgraph('check', name, '--schema', 'proposed.graphql'), key);
}

async function publish(
  sdl: string,
  { name = 'catalogue', key = shop.keys.publish, more = [] as string[] } = {},
) {
  await shop.write('proposed.graphql', sdl);
  return shop.rover(onSubgraph('publish', name, '--schema', 'proposed.graphql', ...more), key);
}

describeWithRover('rover subgraph check', () => {
  test('passes what only adds, and changes nothing', async () => {
    const before = await numbers();
    const { code, output, error } = await check(
      CATALOGUE.replace('sku: String', 'sku: String\n  "How heavy it is."\n  grams: Int'),
    );
    expect(error).not.toContain('error');
    expect(code).toBe(0);
    expect(output).toContain('Operation Check [PASSED]');
    expect(output).toMatch(/│ PASS\s+┆ field-added\s+┆ .*Product\.grams/);
    expect(output).toContain('Linter Check [PASSED]');
    expect(await numbers()).toEqual(before);
  });

  test('fails by composition, with the code, the place and the mend', async () => {
    const { code, error } = await check(
      REVIEWS.replace('stars: Int', 'stars: Int\n  "Its name."\n  name: Int'),
      shop.keys.check,
      'reviews',
    );
    expect(code).toBe(1);
    expect(error).toMatch(
      /error\[E029\]: Encountered \d+ build errors? while trying to build subgraph 'reviews'/,
    );
    expect(error).toMatch(/FIELD_TYPE_MISMATCH: .*Product\.name/);
    expect(error).toMatch(/\(\w+\.graphql:\d+:\d+\)/);
  });

  test('fails by operations: the one that uses the removed field is named, with its client', async () => {
    const { code, output, error } = await check(
      CATALOGUE.replace(/ {2}"[^"]*shelf\."\n {2}sku: String\n/, ''),
    );
    expect(code).toBe(1);
    expect(output).toContain('Operation Check [FAILED]');
    expect(output).toMatch(/│ FAIL\s+┆ field-removed\s+┆ .*Product\.sku.*Shelf \(app\)/);
    expect(output).toMatch(/Compared \d+ schema changes? against 1 operations?/);
    expect(error).toContain('error[E043]');
    const [, url = ''] = /operation check details at: (\S+)/.exec(output) ?? [];
    expect(url).toMatch(new RegExp(`^${shop.url}/checks/`));
    const report = await (await fetch(url)).text();
    expect(report).toContain('catalogue in shop@current, by may-check');
    expect(report).toContain('breaks Shelf (app)');
  });

  test('fails by lint, and what the graph had before is not held against it', async () => {
    const { code, output, error } = await check(
      `${CATALOGUE}\n"How heavy it is."\ntype product_weight {\n  "In grams."\n  grams: Int\n}\nextend type Product {\n  "How heavy it is."\n  weight: product_weight\n}\n`,
    );
    expect(code).toBe(1);
    expect(output).toContain('Linter Check [FAILED]');
    expect(output).toMatch(/Resulted in 1 error/);
    expect(output).toMatch(/│ ERROR\s+┆ product_weight\s+┆ \d+\s+┆/);
    // Product.id of CATALOGUE and the like have been there before.
    expect(output.match(/│ (?:ERROR|WARNING)\s+┆/g)).toHaveLength(1);
    expect(error).toContain('linter');
  });

  test('says where a file is no GraphQL', async () => {
    const { code, error } = await check('type Query {\n  product(id: ID!: Product\n}\n');
    expect(code).toBe(1);
    expect(error).toMatch(
      /SYNTAX: The schema of catalogue is not GraphQL: .*\(catalogue\.graphql:2:18\)/,
    );
  });
});

describeWithRover('rover, reading', () => {
  test('fetches a subgraph, the supergraph and the graph, and lists subgraphs', async () => {
    const subgraph = await shop.rover(onSubgraph('fetch', 'reviews'), shop.keys.read);
    expect(subgraph.output.trim()).toBe(REVIEWS.trim());
    const supergraph = await shop.rover(['supergraph', 'fetch', 'shop@current'], shop.keys.read);
    expect(supergraph.output).toContain('join__Graph');
    const graph = await shop.rover(['graph', 'fetch', 'shop@current'], shop.keys.read);
    expect(graph.output).toContain('type Product');
    expect(graph.output).not.toContain('join__');
    const list = await shop.rover(['subgraph', 'list', 'shop@current'], shop.keys.read);
    for (const [name, url] of Object.entries(URLS)) {
      expect(list.output).toMatch(new RegExp(`│ ${name}\\s+┆ ${url}`));
    }
    expect([subgraph, supergraph, graph, list].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  });

  test('says whose key it has', async () => {
    const { code, output } = await shop.rover(['config', 'whoami'], shop.keys.read);
    expect(code).toBe(0);
    expect(output).toMatch(/Key Type\s+┆ Graph/);
    expect(output).toMatch(/Graph ID\s+┆ shop/);
  });

  test('is told which graphs, variants and subgraphs there are when it asks for another', async () => {
    const graph = await shop.rover(['supergraph', 'fetch', 'store@current']);
    expect(graph.code).toBe(1);
    expect(graph.error).toContain('There is no graph "store" here: this registry holds shop.');
    const variant = await shop.rover(['supergraph', 'fetch', 'shop@curent']);
    expect(variant.code).toBe(1);
    expect(variant.error).toContain('There is no variant shop@curent here: shop has current.');
    const subgraph = await shop.rover(onSubgraph('fetch', 'review'));
    expect(subgraph.code).toBe(1);
    expect(subgraph.error).toMatch(/review.*catalogue.*reviews/s);
  });
});

describeWithRover('rover subgraph publish', () => {
  test('a subgraph that passes becomes the next version, with who and where from', async () => {
    const [before = 0] = await numbers();
    const sdl = REVIEWS.replace(
      'stars: Int',
      'stars: Int\n  "How many have said so."\n  votes: Int',
    );
    await shop.write('proposed.graphql', sdl);
    const { code, error } = await shop.rover(
      onSubgraph('publish', 'reviews', '--schema', 'proposed.graphql'),
      shop.keys.publish,
      {
        APOLLO_VCS_COMMIT: 'abcdef0123456789',
        APOLLO_VCS_BRANCH: 'main',
        APOLLO_VCS_AUTHOR: 'Ann <ann@example.com>',
      },
    );
    expect(error).toContain(`The 'reviews' subgraph in 'shop@current' was updated`);
    expect(error).toContain(`The supergraph schema for 'shop@current' was updated`);
    expect(error).toContain(`Version ${before + 1}: gateways take it up within 1 s.`);
    expect(code).toBe(0);
    const [newest] = await listVersions(shop.database.db, REF, 1);
    expect(newest).toMatchObject({
      number: before + 1,
      kind: 'publish',
      subgraph: 'reviews',
      by: 'may-publish',
      git: { commit: 'abcdef0123456789', branch: 'main', committer: 'Ann <ann@example.com>' },
    });
    const fetched = await shop.rover(onSubgraph('fetch', 'reviews'));
    expect(fetched.output.trim()).toBe(sdl.trim());
    const again = await publish(sdl, { name: 'reviews' });
    expect(again.error).toContain('NOT updated because no changes were detected');
    expect(await numbers()).toHaveLength(before + 1);
  });

  test('one that does not compose, or breaks an operation, is refused, and nothing changes', async () => {
    const before = await numbers();
    const mismatch = await publish(
      REVIEWS.replace('stars: Int', 'stars: Int\n  "Its name."\n  name: Int'),
      { name: 'reviews' },
    );
    expect(mismatch.code).toBe(1);
    expect(mismatch.error).toMatch(
      /reviews is not published: the check of shop@current found \d+ error/,
    );
    expect(mismatch.error).toContain('FIELD_TYPE_MISMATCH');
    const breaking = await publish(CATALOGUE.replace(/ {2}"[^"]*shelf\."\n {2}sku: String\n/, ''));
    expect(breaking.code).toBe(1);
    expect(breaking.error).toContain('breaks Shelf (app)');
    const broken = await publish('type Query {');
    expect(broken.code).toBe(1);
    expect(broken.error).toContain('The schema of catalogue is not GraphQL');
    expect(await numbers()).toEqual(before);
  });

  test('a new subgraph says where it answers, and can be deleted where the others do without it', async () => {
    const stock = REVIEWS.replace(
      / {2}"How good[^"]*"\n {2}stars: Int/,
      '  "How many are left."\n  inStock: Int',
    );
    const without = await publish(stock, { name: 'stock' });
    expect(without.code).toBe(1);
    expect(without.error).toContain(
      'You cannot publish a new subgraph without specifying a routing URL.',
    );
    const wrong = await publish(stock, {
      name: 'stock',
      more: ['--routing-url', 'nowhere', '--allow-invalid-routing-url'],
    });
    expect(wrong.code).toBe(1);
    expect(wrong.error).toContain('"nowhere" is no http URL');
    const made = await publish(stock, {
      name: 'stock',
      more: ['--routing-url', 'http://127.0.0.1:3/graphql'],
    });
    expect(made.error).toContain(`A new subgraph called 'stock' was created in 'shop@current'`);
    expect(made.code).toBe(0);
    const gone = await shop.rover(onSubgraph('delete', 'stock', '--confirm'));
    expect(gone.error).toContain(`The 'stock' subgraph was removed from 'shop@current'`);
    expect(gone.code).toBe(0);
    const needed = await shop.rover(onSubgraph('delete', 'catalogue', '--confirm'));
    expect(needed.code).toBe(1);
    expect(needed.error).toContain('catalogue is not deleted');
    const unknown = await shop.rover(onSubgraph('delete', 'stock', '--confirm'));
    expect(unknown.error).toContain(
      'There is no subgraph "stock" in shop@current: it has catalogue, reviews.',
    );
  });

  test('of two at once each builds on the other', async () => {
    const [before = 0] = await numbers();
    await shop.write(
      'one.graphql',
      CATALOGUE.replace('sku: String', 'sku: String\n  "Its colour."\n  colour: String'),
    );
    await shop.write(
      'two.graphql',
      REVIEWS.replace('stars: Int', 'stars: Int\n  "The best one."\n  best: String'),
    );
    const runs = await Promise.all([
      shop.rover(onSubgraph('publish', 'catalogue', '--schema', 'one.graphql')),
      shop.rover(onSubgraph('publish', 'reviews', '--schema', 'two.graphql')),
    ]);
    expect(runs.map(({ code, error }) => (code === 0 ? 0 : error))).toEqual([0, 0]);
    expect(await numbers()).toHaveLength(before + 2);
    const { output } = await shop.rover(['graph', 'fetch', 'shop@current']);
    expect(output).toMatch(/best: String[\s\S]*colour: String/);
  });
});

describeWithRover('an operation that needs what two subgraphs bring', () => {
  test('stands in the way of neither, and of whoever breaks it afterwards', async () => {
    const other = await startShopRegistry(URLS);
    const publishTo = async (name: string, sdl: string) => {
      await other.write('proposed.graphql', sdl);
      const words = ['shop@current', '--name', name, '--schema', 'proposed.graphql'];
      return other.rover(['subgraph', 'publish', ...words]);
    };
    await other.write(
      'operations/app/both.graphql',
      'query Both { product(id: 1) { gtin votes } }',
    );
    const gtin = CATALOGUE.replace('sku: String', 'sku: String\n  "Its number."\n  gtin: String');
    const votes = REVIEWS.replace('stars: Int', 'stars: Int\n  "How many."\n  votes: Int');
    const runs = [
      await publishTo('catalogue', gtin),
      await publishTo('reviews', votes),
      await publishTo('reviews', REVIEWS),
    ];
    await other.close();
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 1]);
    expect(runs[2]?.error).toContain('breaks Both (app)');
  });
});

describeWithRover('keys', () => {
  test('a key does no more than it may', async () => {
    const before = await numbers();
    const reader = await check(CATALOGUE, shop.keys.read);
    expect(reader.code).toBe(1);
    expect(reader.error).toContain(
      'The API key "may-read" may read, not check: use one that was made with --can check.',
    );
    const checker = await publish(`${CATALOGUE}\n"More."\ntype More { a: Int }`, {
      key: shop.keys.check,
    });
    expect(checker.code).toBe(1);
    expect(checker.error).toContain('may check, not publish');
    expect(await numbers()).toEqual(before);
  });

  test('a wrong key, a revoked one and none are told apart, and change nothing', async () => {
    const before = await numbers();
    const wrong = await publish(`${CATALOGUE}\n`, { key: 'service:shop:guessed' });
    expect(wrong.code).toBe(1);
    expect(wrong.error).toContain('The API key is not known to this registry: check APOLLO_KEY.');
    const whoami = await shop.rover(['config', 'whoami'], 'service:shop:guessed');
    expect(whoami.code).toBe(1);
    expect(whoami.error).toContain('The API key is not known to this registry');
    await revokeKey(shop.database.db, 'shop', 'may-read');
    const revoked = await shop.rover(['supergraph', 'fetch', 'shop@current'], shop.keys.read);
    expect(revoked.code).toBe(1);
    expect(revoked.error).toMatch(/The API key "may-read" was revoked on \d{4}-\d\d-\d\d/);
    expect(await numbers()).toEqual(before);
  });

  test('only the hash of a key is kept', async () => {
    const { rows } = await shop.database.pool.query('select * from registry_key');
    const text = JSON.stringify(rows);
    for (const key of Object.values(shop.keys)) {
      expect(text).not.toContain(key.split(':')[2]);
    }
  });
});

describeWithRover('a registry that is away', () => {
  test('is told by Rover, which fails', async () => {
    const other = await startShopRegistry(URLS);
    await other.stop();
    // Rover tries again for as long as it has time.
    const words = ['supergraph', 'fetch', 'shop@current', '--client-timeout', '2'];
    const { code, error } = await runRover(words, {
      url: other.url,
      key: other.keys.read,
      folder: other.folder,
    });
    expect(code).toBe(1);
    expect(error).toContain(`error sending request for url (${other.url}/graphql)`);
    await other.close();
  });
});

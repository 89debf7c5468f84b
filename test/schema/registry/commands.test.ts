import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { publishSubgraph } from '../../../schema/registry/versions/change-version.ts';
import { createJudge } from '../../../schema/registry/judging/judge.ts';
import type { Registry } from '../../../schema/registry/registry.ts';
import { basicEnvironment } from '../../setup/basic-environment.ts';
import { startServerProcess } from '../../setup/server-process.ts';
import { createLog } from '#platform/log.ts';
import { CATALOGUE, REVIEWS, startShopRegistry, type ShopRegistry } from './shop-registry.ts';

// Processes that are started, and schemas that are judged, wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = join(import.meta.dirname, '../../..');
const URLS = { catalogue: 'http://127.0.0.1:1/graphql', reviews: 'http://127.0.0.1:2/graphql' };
const VOTES = REVIEWS.replace('stars: Int', 'stars: Int\n  "How many have said so."\n  votes: Int');

let shop: ShopRegistry;
beforeAll(async () => {
  shop = await startShopRegistry(URLS);
});
afterAll(() => shop.close());

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

function command(words: readonly string[], variables: Record<string, string> = {}): Promise<Ended> {
  const env = {
    ...basicEnvironment(),
    CONTROL_DATABASE_URL: shop.databaseUrl,
    REGISTRY_GRAPH: 'shop@current',
    ...variables,
  };
  return new Promise((resolve) => {
    const main = ['schema/main.ts', 'registry', ...words];
    execFile(process.execPath, main, { cwd: ROOT, env }, (failure, output, error) =>
      resolve({ code: Number(failure?.code ?? 0), output, error }),
    );
  });
}

/** The registry of a graph, as its process has it. */
function registryOf(graph: string): Registry {
  const judge = createJudge({
    contractsFile: shop.variables['REGISTRY_CONTRACTS'] ?? '',
    policyFile: shop.variables['REGISTRY_POLICY'] ?? '',
    recordedUsage: async () => ({ operations: [], leftOut: 0 }),
  });
  return {
    db: shop.database.db,
    judge,
    log: createLog('test', 'silent'),
    graph,
    url: () => shop.url,
    delaySeconds: 1,
  };
}

describe('npm run schema -- registry', () => {
  test('makes keys that open the registry, lists them without what opens it, and revokes them', async () => {
    const made = await command(['keys', 'create', '--name', 'ci', '--can', 'publish']);
    expect(made.code).toBe(0);
    const key = made.output.trim();
    expect(key).toMatch(/^service:shop:[\w-]{32}$/);
    expect(made.error).toContain('The key "ci" may read, check, publish.');
    const again = await command(['keys', 'create', '--name', 'ci']);
    expect(again.code).toBe(2);
    expect(again.error.trim()).toBe(
      'There is a key "ci" already: take another name, or revoke it first.',
    );
    const wrong = await command(['keys', 'create', '--name', 'x', '--can', 'everything']);
    expect(wrong.error.trim()).toBe('--can everything: write read, check, publish.');
    const list = await command(['keys', 'list']);
    expect(list.output).toMatch(/NAME +CAN +MADE +REVOKED\n[\s\S]*ci +publish +\d{4}-/);
    expect(list.output).not.toContain(key.split(':')[2]);
    expect((await command(['keys', 'revoke', 'ci'])).code).toBe(0);
    expect((await command(['keys', 'revoke', 'ci'])).error.trim()).toBe('There is no key "ci".');
    expect((await command(['keys', 'create', '--name', 'ci'])).code).toBe(0);
  });

  test('shows the history, and goes back in it', async () => {
    const registry = registryOf('shop');
    const git = { commit: '0123456789abcdef', branch: 'main', message: 'Votes\n\nmore' };
    const ref = { graph: 'shop', variant: 'current' };
    await publishSubgraph(
      registry,
      { ref, subgraph: 'reviews', by: 'ci', git },
      { sdl: VOTES, url: null },
    );
    const { output } = await command(['history']);
    const [head, newest, first] = output.split('\n');
    expect(head).toMatch(/^VERSION +WHEN +BY +WHAT +COMMIT$/);
    expect(newest).toMatch(/^2 .* ci +publish reviews +0123456789ab \(main\) Votes$/);
    expect(first).toMatch(/^1 .* seed +seed$/);
    const back = await command(['rollback', '1']);
    expect(back.output).toContain('shop@current is at version 3, which is version 1 again');
    const json = JSON.parse((await command(['history', '--json', '--limit', '1'])).output);
    expect(json).toMatchObject([{ number: 3, kind: 'rollback', rolledBackTo: 1 }]);
    expect((await command(['rollback', '3'])).error.trim()).toBe(
      'Version 3 of shop@current is served already.',
    );
    expect((await command(['rollback', '9'])).error.trim()).toBe('shop@current has no version 9.');
    for (const number of ['99999999999', '0']) {
      const { error } = await command(['rollback', number]);
      expect(error.trim()).toBe(`shop@current has no version ${number}.`);
    }
    expect((await command(['rollback', 'x'])).code).toBe(2);
  });

  test('makes a variant out of another one', async () => {
    const made = await command(['variants', 'create', 'staging']);
    expect(made.output).toMatch(/shop@staging begins with version \d+ of shop@current\./);
    const { output } = await command(['history', '--variant', 'staging']);
    expect(output.trim().split('\n')).toHaveLength(2);
    expect((await command(['variants', 'create', 'staging'])).code).toBe(2);
    expect((await command(['history', '--variant', 'stagin'])).error.trim()).toBe(
      'There is no variant shop@stagin here.',
    );
  });

  test('says which database does not answer, and what to do', async () => {
    const { code, error } = await command(['history'], {
      CONTROL_DATABASE_URL: 'postgres://me:hidden@127.0.0.1:9/control',
    });
    expect(code).toBe(2);
    expect(error).toMatch(/control database at 127\.0\.0\.1:9\/control does not answer/);
    expect(error).not.toMatch(/hidden|\n\s+at /);
    const never = await command(['history'], {
      CONTROL_DATABASE_URL: '',
      DATA_DIRECTORY: '/tmp/no-such-installation',
    });
    expect(never.error).toContain('npm start has never run with its data in');
  });

  test('refuses the key that everybody knows where others can reach it', async () => {
    const { code, error } = await command([], {
      REGISTRY_LOCAL_KEY: 'service:shop:local',
      HOST: '0.0.0.0',
    });
    expect(code).toBe(1);
    expect(error).toMatch(/REGISTRY_LOCAL_KEY is set, and HOST is 0\.0\.0\.0/);
  });
});

describe('the process of the registry', () => {
  const begin = (variables: Record<string, string>) =>
    startServerProcess(['schema/main.ts', 'registry'], { ...shop.variables, ...variables });

  test('is probed and measured like the others, takes the local key, and drains', async () => {
    const key = 'service:shop:local';
    const { url, end } = await begin({ REGISTRY_LOCAL_KEY: key });
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({
      status: 'ok',
      checks: { control: 'ok' },
      graph: 'shop@current',
    });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('http_requests_total');
    const me = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query: '{ me { id name } }' }),
    });
    expect(await me.json()).toEqual({ data: { me: { id: 'shop', name: 'local' } } });
    expect(await end()).toBe(0);
  });

  test('starts with an empty graph where the repository does not compose, and takes its first subgraph', async () => {
    await shop.write(
      'bad/supergraph.yaml',
      'subgraphs: { a: { routing_url: "http://127.0.0.1:1/", schema: { file: a.graphql } } }',
    );
    await shop.write('bad/a.graphql', 'type Query { a: Missing }');
    const { url, end } = await begin({
      REGISTRY_GRAPH: 'other@current',
      REGISTRY_SUBGRAPHS: join(shop.folder, 'bad/supergraph.yaml'),
      REGISTRY_LOCAL_KEY: 'service:other:local',
    });
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await end();

    // What clients ask for needs a subgraph that comes later: nobody is served yet whom this could break.
    const first = await publishSubgraph(
      registryOf('other'),
      {
        ref: { graph: 'other', variant: 'current' },
        subgraph: 'catalogue',
        by: 'ci',
        git: null,
      },
      {
        sdl: CATALOGUE.replace('sku: String', 'code: String').replace('(id', '("Its id." id'),
        url: URLS.catalogue,
      },
    );
    expect(first).toMatchObject({ number: 1, wasCreated: true });
  });
});

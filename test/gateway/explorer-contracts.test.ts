import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { standaloneConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/server.ts';
import { chromiumPath, describeWithChromium } from '../setup/needs.ts';

// Our own graph, of which no subgraph runs: what is asked of them is answered with null, and says so.
let gateway: RunningServer;
beforeAll(async () => {
  gateway = await ourGateway();
});
afterAll(() => gateway.close());

const ourGateway = (settings: Record<string, string> = {}) =>
  startGateway(
    standaloneConfig(
      { supergraph: 'schema/supergraph.graphql', port: '0', trustOverrideHeader: false },
      { LOG_LEVEL: 'silent', ...settings },
    ),
  );

async function ask(contract: string, query: string, operationName?: string) {
  const response = await fetch(`${gateway.url}/explorer/contracts/${contract}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, operationName }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  const body: any = await response.json();
  return { status: response.status, url: response.url, body };
}

describe('the explorer of a contract', () => {
  const schemaOf = async (contract: string): Promise<GraphQLSchema> => {
    const { body } = await ask(contract, getIntrospectionQuery(), 'IntrospectionQuery');
    return buildClientSchema(body.data);
  };

  test('has its schema, and that of no other', async () => {
    const [store, admin] = await Promise.all([schemaOf('store'), schemaOf('admin')]);
    expect(store.getMutationType()?.getFields()).toHaveProperty('placeOrder');
    expect(store.getQueryType()?.getFields()).not.toHaveProperty('lowStock');
    expect(admin.getMutationType()?.getFields()).not.toHaveProperty('placeOrder');
    expect(admin.getQueryType()?.getFields()).toHaveProperty('lowStock');
  });

  test('does not know what its clients are not served', async () => {
    const { status, body } = await ask('store', '{ lowStock { totalCount } }');
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('Cannot query field "lowStock"') as string,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  test('sends the rest on to the graph', async () => {
    const { url, body } = await ask('admin', '{ lowStock { totalCount } __typename }');
    expect(url).toBe(`${gateway.url}/graphql`);
    expect(body.data).toMatchObject({ __typename: 'Query' });
  });

  test.each([
    ['no operation', ''],
    ['a syntax error', '{ products('],
    ['a document that is too deep', `{ products ${'{ nodes '.repeat(60)}${'}'.repeat(61)}`],
    ['a document without end', '{ '.repeat(20_000)],
  ])('refuses %s', async (_what, query) => {
    const { status, body } = await ask('store', query);
    expect(status).toBe(400);
    expect(body.errors[0].message).toMatch(/\w/);
    expect(JSON.stringify(body)).not.toContain('node_modules');
  });

  test('that does not exist says which ones do', async () => {
    const response = await fetch(`${gateway.url}/explorer?contract=partner`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(
      'There is no contract "partner": contracts are admin, store',
    );
  });
});

test('what lies beside the contracts is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'explorer-contracts-'));
  await cp('schema/supergraph.graphql', join(folder, 'supergraph.graphql'));
  await cp('schema/contracts/store', join(folder, 'contracts/store'), { recursive: true });
  await mkdir(join(folder, 'contracts/removed'));
  await writeFile(join(folder, 'contracts/.DS_Store'), '');
  const other = await startGateway(
    standaloneConfig(
      { supergraph: join(folder, 'supergraph.graphql'), port: '0', trustOverrideHeader: false },
      { LOG_LEVEL: 'silent' },
    ),
  );
  const response = await fetch(`${other.url}/explorer?contract=removed`);
  await other.close();
  await rm(folder, { recursive: true });
  expect(await response.text()).toContain('There is no contract "removed": contracts are store');
});

describe.each<Record<string, string>>([{ INTROSPECTION: 'false' }, { API_MODE: 'store' }])(
  'with %o',
  (settings) => {
    test('no contract is shown', async () => {
      const other = await ourGateway(settings);
      const page = await (await fetch(`${other.url}/explorer`)).text();
      const contract = await fetch(`${other.url}/explorer?contract=admin`);
      const route = await fetch(`${other.url}/explorer/contracts/admin`, { method: 'POST' });
      await other.close();
      expect(page).toContain('YogaGraphiQL');
      expect(page).not.toContain('?contract=');
      expect(contract.status).toBe(404);
      expect(route.status).toBe(404);
    });
  },
);

test('a gateway for a contract that nobody has composed says so, and does not start', async () => {
  await expect(ourGateway({ API_MODE: 'partner' })).rejects.toThrow(
    /schema\/contracts\/partner\/supergraph.graphql cannot be used: there is no such file/,
  );
});

describeWithChromium('the explorer of a contract in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  test('is reached by a link, fills the window, and says what the contract does not have', async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${gateway.url}/explorer`);
    await page.getByRole('link', { name: 'store' }).click();
    await page.waitForURL('**/explorer?contract=store');
    const query = encodeURIComponent('{ lowStock { totalCount } }');
    await page.goto(`${gateway.url}/explorer?contract=store&query=${query}`);
    await page.getByRole('button', { name: /execute query/i }).click({ timeout: 20_000 });
    const told = () => /Cannot\s+query\s+field/.test(document.body.innerText);
    await page.waitForFunction(told, null, { timeout: 20_000 });
    const settings = await page.getByRole('button', { name: /settings/i }).boundingBox();
    expect((settings?.y ?? 0) + (settings?.height ?? 0)).toBeLessThanOrEqual(700);
    expect(settings?.y).toBeGreaterThan(500);
    await page.close();
    expect(faults).toEqual([]);
  });
});

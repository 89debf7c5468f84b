import { chromium, type Browser, type Page } from 'playwright-core';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, describeWithChromium } from '../setup/needs.ts';
import { shop } from './shop-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';

const STUDIO = 'https://studio.apollographql.com';
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop);
});
afterAll(() => gateway.close());

describe('a page of the internet that asks for a machine of the private network', () => {
  const preflight = async (origin: string) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,apollo-query-plan-experimental',
        'access-control-request-private-network': 'true',
      },
    });
    return response.headers.get('access-control-allow-private-network');
  };

  test('may, where it is Studio', async () => {
    expect(await preflight(STUDIO)).toBe('true');
  });

  test('may not, where its origin is not allowed', async () => {
    expect(await preflight('https://evil.example')).toBeNull();
  });
});

describe('the landing page', () => {
  const landingPage = async (settings: Record<string, string>) => {
    const other = await startTestGateway(shop, settings);
    const response = await fetch(`${other.url}/graphql`, { headers: { accept: 'text/html' } });
    await other.close();
    return response.text();
  };

  test('is Apollo Sandbox for developers', async () => {
    expect(await landingPage({})).toContain('EmbeddedSandbox');
  });

  test('offers no Sandbox in production, and names the graph in Studio where it is known', async () => {
    const bare = await landingPage({ NODE_ENV: 'production' });
    expect(bare).not.toContain('EmbeddedSandbox');
    expect(bare).not.toContain('graphRef');
    const known = await landingPage({
      NODE_ENV: 'production',
      APOLLO_GRAPH_REF: 'shop@production',
    });
    expect(known).toContain(encodeURIComponent('"graphRef":"shop@production"'));
  });
});

describeWithChromium('the Explorer of Studio in a browser', () => {
  let browser: Browser;
  let page: Page;
  const preflights: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    page = await pageOf(STUDIO);
  });
  afterAll(() => browser.close());

  /** A page of this origin, without what stands there: only its address counts. */
  const pageOf = async (origin: string): Promise<Page> => {
    const context = await browser.newContext();
    // What Chromium asks a person: may this page reach programs on your machine?
    await context.grantPermissions(['local-network-access'], { origin });
    const opened = await context.newPage();
    const devtools = await context.newCDPSession(opened);
    await devtools.send('Network.enable');
    devtools.on('Network.requestWillBeSent', ({ request }) => {
      if (request.method === 'OPTIONS') preflights.push(request.url);
    });
    await opened.route(`${origin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Explorer</title>' }),
    );
    await opened.goto(`${origin}/sandbox/explorer`);
    // While requests are intercepted, Playwright answers preflights itself.
    await opened.unrouteAll();
    return opened;
  };
  const ask = (from: Page, body: object, headers: Record<string, string> = {}) =>
    from.evaluate(sendFromPage, { url: `${gateway.url}/graphql`, body, headers });

  test('reads the schema, after asking whether it may', async () => {
    const query = getIntrospectionQuery();
    const { status, body } = await ask(
      page,
      { query, operationName: 'IntrospectionQuery', variables: {} },
      { 'x-apollo-operation-name': 'IntrospectionQuery', 'apollographql-client-name': 'sandbox' },
    );
    expect(status).toBe(200);
    expect(buildClientSchema(body.data).getType('Product')).toBeDefined();
    expect(preflights).toContain(`${gateway.url}/graphql`);
  });

  test('shows the query plan, and the number of the request', async () => {
    const { body, requestId } = await ask(
      page,
      { query: '{ strict }' },
      {
        'Apollo-Query-Plan-Experimental': '1',
        'apollo-query-plan-experimental-format': 'internal',
        accept:
          'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json',
      },
    );
    expect(body.data).toEqual({ strict: 'strict' });
    expect(body.extensions.__queryPlanExperimental).toMatchObject({
      kind: 'QueryPlan',
      node: { kind: 'Fetch', serviceName: 'legacy' },
    });
    expect(requestId).toMatch(/^[\w-]{36}$/);
  });

  test('is refused subscriptions at once: by HTTP with a reason, by WebSocket with a closed door', async () => {
    const { status, body } = await ask(
      page,
      { query: 'subscription { __typename }' },
      { accept: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json' },
    );
    expect(status).toBe(400);
    expect(body.errors[0].message).toContain('Subscriptions are not served');
    const url = `${gateway.url.replace('http', 'ws')}/graphql`;
    expect(await page.evaluate(openSocket, url)).toBe('closed');
    expect((await ask(page, { query: '{ strict }' })).body.data).toEqual({ strict: 'strict' });
  });

  test('is told why a token was refused', async () => {
    const { status, body } = await ask(
      page,
      { query: '{ strict }' },
      { authorization: 'Bearer x' },
    );
    expect(status).toBe(401);
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  test('of somebody else is kept from the graph', async () => {
    const other = await pageOf('https://studio.evil.example');
    await expect(ask(other, { query: '{ strict }' })).rejects.toThrow('Failed to fetch');
  });
});

/** Runs in the browser. */
async function sendFromPage(given: {
  url: string;
  body: object;
  headers: Record<string, string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
}): Promise<{ status: number; requestId: string | null; body: any }> {
  const response = await fetch(given.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...given.headers },
    body: JSON.stringify(given.body),
  });
  const requestId = response.headers.get('x-request-id');
  return { status: response.status, requestId, body: await response.json() };
}

/** Runs in the browser. */
async function openSocket(url: string): Promise<string> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve('open'));
    socket.addEventListener('close', () => resolve('closed'));
    setTimeout(() => resolve('still waiting'), 10_000);
  });
}

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { legacyConfig } from '../../subgraphs/legacy/config.ts';
import { startLegacy } from '../../subgraphs/legacy/server.ts';
import { graphqlClient, startTestLegacy, type TestLegacy } from './test-legacy.ts';

const PRODUCTS = '{ products(first: 2) { nodes { id name } } }';
const LOGOUT = 'mutation { logout(input: { refreshToken: "t" }) { loggedOut } }';

describe('a monolith that is killed', () => {
  let legacy: TestLegacy;
  beforeAll(async () => {
    legacy = await startTestLegacy();
  });
  afterAll(() => legacy?.close());

  test('gives a clear code for every field, and works again as soon as it is back', async () => {
    expect((await legacy.graphql(PRODUCTS)).body.errors).toBeUndefined();
    await legacy.stopMonolith();
    for (const query of [PRODUCTS, LOGOUT]) {
      const { status, body } = await legacy.graphql(query);
      expect(status).toBe(200);
      expect(body.errors?.[0]?.message).toMatch(/^The monolith does not answer/);
      expect(body.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    }
    expect((await fetch(`${legacy.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${legacy.url}/health/live`)).status).toBe(200);
    await legacy.startMonolith();
    expect((await legacy.graphql(PRODUCTS)).body.errors).toBeUndefined();
    expect((await legacy.graphql(LOGOUT)).body.data).toEqual({ logout: { loggedOut: false } });
    expect((await fetch(`${legacy.url}/health/ready`)).status).toBe(200);
  });

  test('the wrapper answers only callers with the signature of the gateway', async () => {
    const body = JSON.stringify({ query: PRODUCTS });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${legacy.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(401);
    const forged = graphqlClient(legacy.url, randomBytes(32).toString('hex'));
    expect((await forged(PRODUCTS, {}, { role: 'admin' })).status).toBe(401);
  });
});

describe('a monolith that answers badly', () => {
  type Answer = (request: IncomingMessage, response: ServerResponse) => void;
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** The wrapper in front of a server that answers as it is told, and what that server was asked. */
  async function inFrontOf(...answers: Answer[]) {
    const requests: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push(request);
      request.resume();
      answer?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    const secret = randomBytes(32).toString('hex');
    const legacy: RunningServer = await startLegacy(
      legacyConfig({
        PORT: '0',
        LOG_LEVEL: 'silent',
        IDENTITY_SECRET: secret,
        MONOLITH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        MONOLITH_TIMEOUT_MS: '300',
      }),
    );
    closing.push(() => legacy.close());
    return { requests, graphql: graphqlClient(legacy.url, secret) };
  }

  const reply =
    (status: number, body: unknown): Answer =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
  const hangUp: Answer = (request) => request.socket.destroy();
  const noProducts = reply(200, { items: [], keys: [], total: 0, has_more: false });

  test('one that does not answer in time is a timeout', async () => {
    const { graphql } = await inFrontOf(() => {});
    const { body } = await graphql(PRODUCTS);
    expect(body.errors?.[0]).toMatchObject({
      message: 'The monolith does not answer: no answer within 300 ms. Try again later.',
      extensions: { code: 'UPSTREAM_TIMEOUT' },
    });
  });

  test('the request id is passed on, and named where the monolith fails', async () => {
    const { graphql, requests } = await inFrontOf(
      reply(500, { error: { code: 'INTERNAL', message: 'x' } }),
    );
    const { body } = await graphql(PRODUCTS, {}, { requestId: 'request-7' });
    expect(requests[0]?.headers['x-request-id']).toBe('request-7');
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      requestId: 'request-7',
    });
    expect(body.errors?.[0]?.message).not.toContain('INTERNAL');
  });

  test('a read whose connection breaks is sent a second time, and only a second time', async () => {
    const { graphql, requests } = await inFrontOf(hangUp, noProducts);
    expect((await graphql(PRODUCTS)).body.data).toEqual({ products: { nodes: [] } });
    expect(requests).toHaveLength(2);
    const broken = await inFrontOf(hangUp);
    const { body } = await broken.graphql(PRODUCTS);
    expect(body.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(broken.requests).toHaveLength(2);
  });

  test('a write whose connection breaks is not sent again: it may have been done', async () => {
    const { graphql, requests } = await inFrontOf(hangUp, reply(200, { logged_out: true }));
    const { body } = await graphql(LOGOUT);
    expect(body.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(requests).toHaveLength(1);
  });

  test.each([
    [401, 'NOT_LOGGED_IN', 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN', 'FORBIDDEN'],
    [409, 'ACCOUNT_UNKNOWN_HERE', 'ACCOUNT_NOT_MIRRORED'],
    [422, 'VALIDATION', 'BAD_USER_INPUT'],
    [503, 'UNAVAILABLE', 'UPSTREAM_UNAVAILABLE'],
    // A refusal that the wrapper does not know is a fault of the wrapper.
    [418, 'TEAPOT', 'INTERNAL_SERVER_ERROR'],
  ])('status %i with %s is the code %s…', async (status, code, expected) => {
    const { graphql } = await inFrontOf(reply(status, { error: { code, message: 'No.' } }));
    const { body } = await graphql(PRODUCTS);
    expect(body.errors?.[0]?.extensions.code).toBe(expected);
  });

  test('an answer that is none of the monolith (a proxy, a page) is no answer', async () => {
    const html: Answer = (_request, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>');
    };
    const { graphql } = await inFrontOf(html);
    const { body } = await graphql('{ productBySku(sku: "X") { id } }');
    expect(body.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
  });

  test('a page that is not JSON is no answer, whatever its status says', async () => {
    const { graphql } = await inFrontOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    });
    const { body } = await graphql(PRODUCTS);
    expect(body.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityKey, verifyIdentity } from '#platform/identity/signed-identity.ts';
import { drawPort } from '../setup/ports.ts';
import { shop } from './shop-graph.ts';
import {
  IDENTITY_SECRET,
  startStandaloneGateway,
  startTestGateway,
  type TestGateway,
} from './test-gateway.ts';

const MEBIBYTE = 1_048_576;

/** Stands where the monolith stands, or a service: says back what it was sent. */
function echo(name: string): Server {
  return createServer((request, response) => {
    const hash = createHash('sha256');
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
      first?.();
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      const status = Number(/status=(\d+)/.exec(url ?? '')?.[1] ?? 200);
      response.writeHead(status, { 'content-type': 'application/json', 'x-monolith': 'yes' });
      response.end(
        JSON.stringify({ name, method, url, headers, bytes, sha256: hash.digest('hex') }),
      );
    });
  });
}
let first: (() => void) | null = null;

let monolith: Server;
let port: number;
let gateway: TestGateway;
beforeAll(async () => {
  port = await drawPort();
  monolith = echo('monolith').listen(port, '127.0.0.1');
  await once(monolith, 'listening');
  gateway = await startTestGateway(shop, { MONOLITH_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await gateway.close();
  monolith.close();
});

async function ask(path: string, options: RequestInit = {}) {
  const response = await fetch(gateway.url + path, options);
  return {
    status: response.status,
    headers: response.headers,
    body: await response.json(),
  };
}

describe('REST requests go to the monolith as they are', () => {
  test.each(['/api/products?q=a%20b&limit=2', '/uploads/1?signature=x', '/openapi.json'])(
    'GET %s',
    async (path) => {
      const { status, headers, body } = await ask(path, { headers: { authorization: 'Bearer t' } });
      expect(status).toBe(200);
      expect(headers.get('x-monolith')).toBe('yes');
      expect(body).toMatchObject({
        method: 'GET',
        url: path,
        headers: { authorization: 'Bearer t' },
      });
    },
  );

  test('with status, method and body, whatever the type', async () => {
    const { status, body } = await ask('/api/x?status=409', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{not json',
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ method: 'PATCH', bytes: 9 });
    expect(body.headers['content-type']).toBe('application/json');
  });

  test('only below their paths', async () => {
    expect((await ask('/apiary')).status).toBe(404);
    expect((await ask('/metrics2')).status).toBe(404);
  });

  test('paths cannot lead out of their prefix', async () => {
    const raw = httpRequest(`${gateway.url}/`, { path: '/api/../health/live' }).end();
    const [response] = await once(raw, 'response');
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    response.resume();
  });
});

describe('who the client is', () => {
  test('cannot be claimed: x-identity and X-Forwarded-For are written by the gateway', async () => {
    const { body } = await ask('/api/auth/login', {
      method: 'POST',
      headers: { 'x-identity': 'forged', 'x-forwarded-for': '6.6.6.6', connection: 'keep-alive' },
      body: 'x',
    });
    expect(body.headers['x-forwarded-for']).toBe('127.0.0.1');
    const identity = await verifyIdentity(body.headers['x-identity'], identityKey(IDENTITY_SECRET));
    expect(identity).toMatchObject({ userId: null, role: null, clientAddress: '127.0.0.1' });
    expect(body.headers['x-request-id']).toBe(identity?.requestId);
  });
});

test('a client cannot claim to be the graph', async () => {
  const { body } = await ask('/api/warehouses', { headers: { 'X-Graph-Call': '1' } });
  expect(body.headers['x-identity']).toBeDefined();
  expect(body.headers).not.toHaveProperty('x-graph-call');
});

describe('an upload', () => {
  test('of 20 MiB goes through while it is being sent, not after', async () => {
    const content = randomBytes(20 * MEBIBYTE);
    const arrived = new Promise<void>((resolve) => {
      first = resolve;
    });
    const upload = httpRequest(`${gateway.url}/uploads/1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/pdf', 'content-length': content.length },
    });
    upload.write(content.subarray(0, MEBIBYTE));
    await arrived;
    const answer = once(upload, 'response');
    await pipeline(Readable.from([content.subarray(MEBIBYTE)]), upload);
    const [response] = await answer;
    const body = JSON.parse(Buffer.concat(await response.toArray()).toString());
    expect(body.bytes).toBe(content.length);
    expect(body.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });

  test('with `Expect: 100-continue`, as curl sends it, goes through', async () => {
    const upload = httpRequest(`${gateway.url}/api/uploads`, {
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 3 },
    });
    upload.flushHeaders();
    await once(upload, 'continue');
    upload.end('abc');
    const [response] = await once(upload, 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
  });
});

test('without the monolith the answer is 502 with a code, and the next one is right again', async () => {
  monolith.closeAllConnections();
  monolith.close();
  await once(monolith, 'close');
  const away = await ask('/api/products');
  expect(away.status).toBe(502);
  expect(away.body).toEqual({
    error: {
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'The monolith cannot be reached: try again later.',
    },
  });
  monolith = echo('monolith').listen(port, '127.0.0.1');
  await once(monolith, 'listening');
  expect((await ask('/api/products')).status).toBe(200);
});

describe('uploads that the resume-review subgraph has announced', () => {
  let service: Server;
  let routed: TestGateway;
  beforeAll(async () => {
    service = echo('resume-review').listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port: servicePort } = service.address() as AddressInfo;
    routed = await startTestGateway(shop, {
      MONOLITH_URL: `http://127.0.0.1:${port}`,
      SUBGRAPH_RESUME_REVIEW_URL: `http://127.0.0.1:${servicePort}/graphql`,
    });
  });
  afterAll(async () => {
    await routed.close();
    service.close();
  });
  const put = async (base: TestGateway, path: string) => {
    const response = await fetch(base.url + path, { method: 'PUT', body: 'abc' });
    return { status: response.status, body: await response.json() };
  };

  test('go to it, as they are', async () => {
    const path = '/uploads/resume-review/1?expires=2&signature=x_-';
    expect(await put(routed, path)).toMatchObject({
      status: 200,
      body: { name: 'resume-review', method: 'PUT', url: path, bytes: 3 },
    });
  });

  test('all others go to the monolith', async () => {
    for (const path of ['/uploads/1?signature=x', '/uploads/resume-reviews/1', '/api/uploads']) {
      expect(await put(routed, path)).toMatchObject({ body: { name: 'monolith', url: path } });
    }
  });

  test('have no way of their own where the gateway knows no such subgraph', async () => {
    expect(await put(gateway, '/uploads/resume-review/1')).toMatchObject({
      body: { name: 'monolith' },
    });
  });

  test('cannot lead to anything else of the service', async () => {
    const path = '/uploads/resume-review/../../graphql';
    const raw = httpRequest(routed.url, { method: 'PUT', path }).end();
    const [response] = await once(raw, 'response');
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    response.resume();
  });

  test('are answered with 502 that names the service when it is away', async () => {
    service.closeAllConnections();
    service.close();
    await once(service, 'close');
    const { status, body } = await put(routed, '/uploads/resume-review/1');
    expect(status).toBe(502);
    expect(body.error.message).toBe(
      'The resume-review service cannot be reached: try again later.',
    );
  });
});

test('in front of another graph nothing is passed on', async () => {
  const standalone = await startStandaloneGateway(shop);
  const response = await fetch(`${standalone.url}/api/products`);
  await standalone.close();
  expect(response.status).toBe(404);
});

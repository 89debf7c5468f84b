import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { createControlDatabase, query, writeState } from '../platform/moves/control-database.ts';
import { shop } from './shop-graph.ts';
import { SECRET_KEY, startTestGateway, type TestGateway } from './test-gateway.ts';

// What REST clients write through the gateway is settled as what mutations write: it is answered when queries see it.

const USER = '00000000-0000-4000-8000-000000000001';

let control: string;
let monolith: Server;
let mover: Server;
let gateway: TestGateway;
/** What the mover was asked, and what it says; null: it is away. */
let asked: unknown[] = [];
let says: { unsettled: unknown[] } | null;
let answersAfter = 0;

async function listen(
  answer: (request: IncomingMessage) => Promise<[number, object, unknown]>,
): Promise<Server> {
  const server = createServer((request, response) => {
    const respond = async () => {
      const [status, headers, body] = await answer(request);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    void respond();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  control = await createControlDatabase();
  await writeState(control, 'order', { stage: 'canary', readPercent: 50 });
  await writeState(control, 'inventory', { stage: 'shadow' });
  monolith = await listen(async ({ method, url = '' }) => {
    const headers = method === 'POST' ? { 'x-wrote': 'order' } : {};
    return [url.includes('wrong') ? 409 : 201, headers, { url }];
  });
  mover = await listen(async (request) => {
    asked.push(await json(request));
    await wait(answersAfter);
    return says === null ? [500, {}, {}] : [200, {}, says];
  });
  gateway = await startTestGateway(shop, {
    MONOLITH_URL: urlOf(monolith),
    MIGRATION_URL: urlOf(mover),
    CONTROL_DATABASE_URL: control,
  });
});
afterAll(async () => {
  await gateway?.close();
  monolith?.close();
  mover?.close();
});
beforeEach(async () => {
  asked = [];
  says = { unsettled: [] };
  answersAfter = 0;
  await query(control, 'delete from move_pin');
});

async function send(method: string, path: string): Promise<Response> {
  const token = await new SignJWT({ user_id: USER, role: 'CUST' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(new TextEncoder().encode(SECRET_KEY));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(gateway.url + path, { method, headers });
  await response.arrayBuffer();
  return response;
}
const pins = async () =>
  (await query(control, 'select move, bucket, side from move_pin order by bucket')).rows;

test('an answer is passed on when the mover has carried what was written, and not before', async () => {
  answersAfter = 100;
  const began = performance.now();
  const { status, headers } = await send('POST', '/api/orders');
  expect(status).toBe(201);
  expect(performance.now() - began).toBeGreaterThan(95);
  // Of inventory, which an order writes as well, only one side answers queries.
  expect(asked).toEqual([expect.objectContaining({ moves: ['order'] })]);
  expect(headers.has('x-wrote')).toBe(false);
  expect(await pins()).toEqual([]);
});

test('a request that writes nothing waits for nobody', async () => {
  expect((await send('GET', '/api/orders')).status).toBe(201);
  expect(asked).toEqual([]);
});

test('what is not carried in time is read where it is, by whoever has written it', async () => {
  says = { unsettled: [{ move: 'order', side: 'legacy', readers: [] }] };
  await send('POST', '/api/orders');
  expect(await pins()).toEqual([
    { move: 'order', bucket: bucketOf('order', USER), side: 'legacy' },
  ]);
});

test('where the mover gives no answer, everybody reads from the owner of their own bucket', async () => {
  says = null;
  await send('POST', '/api/orders');
  expect(await pins()).toEqual([
    { move: 'order', bucket: bucketOf('order', USER), side: 'legacy' },
    { move: 'order', bucket: null, side: null },
  ]);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { graphClient, type GraphClient } from '#platform/graph-client/graph-client.ts';
import { verifyServiceToken } from '#platform/identity/service-token.ts';
import { identityKey } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';

const SECRET = 'the-secret-that-services-share-in-this-test';
type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that gives one answer after the other, the last one for ever; and a client of it. */
async function setUp(answers: readonly Answer[], timeout = 2_000) {
  const received: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      const answer = answers[Math.min(received.length, answers.length) - 1] as Answer;
      answer(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = openClient(url, timeout);
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { client, received };
}

function openClient(url: string, timeout: number): GraphClient {
  const client = graphClient({
    url,
    service: 'order',
    identitySecret: SECRET,
    log: createLog('test', 'silent'),
    timeout,
  });
  closing.push(() => client.close());
  return client;
}

const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const failed = (code: string) =>
  json({ data: null, errors: [{ message: 'No.', extensions: { code } }] });
const good = json({ data: { one: 1 } });
const hangUp: Answer = (request) => request.socket.destroy();

describe('a client of the graph', () => {
  test('sends the document, its variables, who asks and the id of the request', async () => {
    const { client, received } = await setUp([good]);
    const data = await client.request<{ one: number }>(
      'query ($a: Int) { one(a: $a) }',
      { a: 2 },
      { requestId: 'r-1' },
    );
    expect(data).toEqual({ one: 1 });
    const [request] = received;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      query: 'query ($a: Int) { one(a: $a) }',
      variables: { a: 2 },
    });
    expect(request?.headers['x-request-id']).toBe('r-1');
    const token = String(request?.headers['x-service']);
    expect(await verifyServiceToken(token, identityKey(SECRET))).toBe('order');
  });

  test('asks again for what may be asked twice, as long as the fault is one that passes', async () => {
    const { client, received } = await setUp([
      hangUp,
      json('away', 503),
      failed('SUBGRAPH_UNAVAILABLE'),
      good,
    ]);
    expect(await client.request('{ one }', {}, { idempotent: true })).toEqual({ one: 1 });
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ headers }) => headers['x-request-id'])).size).toBe(1);
  });

  test('gives up in the end, and says what the last fault was', async () => {
    const { client, received } = await setUp([failed('UPSTREAM_TIMEOUT')]);
    await expect(client.request('{ one }', {}, { idempotent: true })).rejects.toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      passing: true,
    });
    expect(received).toHaveLength(4);
  });

  test('never asks twice for what may not be, nor where asking again will not help', async () => {
    const once = await setUp([failed('SUBGRAPH_TIMEOUT'), good]);
    await expect(once.client.request('mutation { one }', {})).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
    });
    expect(once.received).toHaveLength(1);
    const refused = await setUp([failed('FORBIDDEN'), good]);
    await expect(refused.client.request('{ one }', {}, { idempotent: true })).rejects.toMatchObject(
      {
        code: 'FORBIDDEN',
        passing: false,
        message: 'No.',
      },
    );
    expect(refused.received).toHaveLength(1);
  });

  test('waits for an answer as long as it was told', async () => {
    const { client } = await setUp([() => {}], 150);
    await expect(client.request('{ one }', {})).rejects.toMatchObject({ code: 'GATEWAY_TIMEOUT' });
  });

  test('tells a gateway that is away from one that talks nonsense', async () => {
    const away = openClient('http://127.0.0.1:1/graphql', 1_000);
    await expect(away.request('{ one }', {})).rejects.toMatchObject({
      code: 'GATEWAY_UNAVAILABLE',
    });
    for (const nonsense of [json(null), json({}), json({ data: null }), json([1])]) {
      const { client } = await setUp([nonsense]);
      await expect(client.request('{ one }', {})).rejects.toMatchObject({
        code: 'GATEWAY_INVALID_RESPONSE',
      });
    }
  });
});

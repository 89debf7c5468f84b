import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { anonymousIdentity, type Identity } from '#platform/identity/identity.ts';
import { identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { graphError, requireStaff } from '#platform/graph/errors.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';

const SETTINGS = {
  HOST: '127.0.0.1',
  PORT: 0,
  LOG_LEVEL: 'silent',
  IDENTITY_SECRET: 'i'.repeat(32),
};
const SCHEMA = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { requestId: String! secret: String broken: String refused: String slow: String }
`;
let server: RunningServer;
let closed = 0;
let databaseFault: string | null = null;

beforeAll(async () => {
  const schemaFile = join(await mkdtemp(join(tmpdir(), 'subgraph-')), 'schema.graphql');
  await writeFile(schemaFile, SCHEMA);
  server = await serveSubgraph<{ identity: Identity }>(
    {
      name: 'demo',
      schemaFile,
      resolvers: {
        Query: {
          requestId: (_: unknown, __: unknown, context: { identity: Identity }) =>
            context.identity.requestId,
          secret: (_: unknown, __: unknown, context: { identity: Identity }) => {
            requireStaff(context.identity);
            return 'shown';
          },
          broken: () => {
            throw new Error('password=hunter2');
          },
          refused: () => {
            throw graphError('BAD_USER_INPUT', 'first: too big');
          },
          slow: () => sleep(300, 'done'),
        },
      },
      context: ({ identity }) => ({ identity }),
      readiness: [
        {
          name: 'database',
          check: async () => {
            if (databaseFault) throw new Error(databaseFault);
          },
        },
      ],
      close: async () => {
        closed += 1;
      },
    },
    SETTINGS,
    subgraphTools('demo', SETTINGS),
  );
});
afterAll(() => server.close());

async function ask(
  query: string,
  identity: Identity | null = anonymousIdentity('r-1'),
  headers = {},
) {
  const signed = identity && signIdentity(identity, identityKey(SETTINGS.IDENTITY_SECRET));
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signed ? { 'x-identity': signed } : {}),
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as GraphqlReply['body'];
  return { status: response.status, headers: response.headers, body };
}

test('a call without the signature of the gateway is answered 401', async () => {
  const { status, body } = await ask('{ requestId }', null);
  expect(status).toBe(401);
  expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await ask('{ requestId }', null, { 'x-identity': 'e30.e30.x' })).status).toBe(401);
});

test('a resolver knows who calls', async () => {
  expect((await ask('{ requestId }')).body.data).toEqual({ requestId: 'r-1' });
  const customer = { ...anonymousIdentity('r'), userId: 'u', role: 'customer' } as const;
  expect((await ask('{ secret }')).body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await ask('{ secret }', customer)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await ask('{ secret }', { ...customer, role: 'staff' })).body.data).toEqual({
    secret: 'shown',
  });
});

test('a fault that is meant for the client is shown, any other is masked, and neither has a stack trace', async () => {
  const { body } = await ask('{ broken refused }');
  const text = JSON.stringify(body);
  expect(text).not.toContain('hunter2');
  expect(text).not.toMatch(/stacktrace|\.ts:\d+/);
  const codes = (body.errors ?? []).map((error) => error.extensions.code);
  expect(new Set(codes)).toEqual(new Set(['BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR']));
});

test('it is alive always, and ready when what it needs is there', async () => {
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  const ready = await fetch(`${server.url}/health/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ok', checks: { database: 'ok' } },
  ]);
  databaseFault = 'connect ECONNREFUSED';
  const unready = await fetch(`${server.url}/health/ready`);
  databaseFault = null;
  expect([unready.status, await unready.json()]).toEqual([
    503,
    { status: 'unavailable', checks: { database: 'connect ECONNREFUSED' } },
  ]);
});

test('metrics count requests by route and status, and a request id is kept', async () => {
  const { headers } = await ask('{ requestId }', anonymousIdentity('x'), {
    'x-request-id': 'abc-1',
  });
  expect(headers.get('x-request-id')).toBe('abc-1');
  const odd = await ask('{ requestId }', anonymousIdentity('x'), { 'x-request-id': 'a b' });
  expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/http_requests_total\{[^}]*route="\/graphql",status="200"[^}]*\} \d+/);
});

test('closing finishes the requests in flight, then closes what the subgraph holds, once', async () => {
  const slow = ask('{ slow }');
  await sleep(100);
  await Promise.all([server.close(), server.close()]);
  expect((await slow).body.data).toEqual({ slow: 'done' });
  expect(closed).toBe(1);
});

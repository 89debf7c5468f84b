import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '#platform/http-server.ts';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import { identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import type { Database } from '#platform/database/pool.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

const SCHEMA = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { names: [String!] }
`;
const settings = {
  HOST: '127.0.0.1',
  PORT: 0,
  LOG_LEVEL: 'silent',
  IDENTITY_SECRET: 'i'.repeat(32),
  DATABASE_POOL_SIZE: 2,
};
let server: RunningServer;
let storageFault: string | null = null;
let answeredAtClose: unknown;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'domain-'));
  await mkdir(join(folder, 'migrations/meta'), { recursive: true });
  const entry = { idx: 0, version: '7', when: 1, tag: '0000_first', breakpoints: true };
  await Promise.all([
    writeFile(join(folder, 'schema.graphql'), SCHEMA),
    writeFile(
      join(folder, 'migrations/meta/_journal.json'),
      JSON.stringify({ version: '7', dialect: 'postgresql', entries: [entry] }),
    ),
    writeFile(
      join(folder, 'migrations/0000_first.sql'),
      "create table names (name text); insert into names values ('Ann');",
    ),
  ]);
  const config = { ...settings, DATABASE_URL: await createEmptyDatabase() };
  server = await startDomainSubgraph<{ database: Database }>(
    'demo',
    folder,
    config,
    ({ database }) => ({
      resolvers: {
        Query: {
          names: (_: unknown, __: unknown, { database: own }: { database: Database }) =>
            namesOf(own),
        },
      },
      context: () => ({ database }),
      readiness: [
        {
          name: 'storage',
          check: async () => {
            if (storageFault) throw new Error(storageFault);
          },
        },
      ],
      close: async () => {
        answeredAtClose = await namesOf(database);
      },
    }),
  );
});
afterAll(() => server?.close());

async function namesOf({ pool }: Database): Promise<string[]> {
  return (await pool.query<{ name: string }>('select name from names')).rows.map(
    ({ name }) => name,
  );
}

test('a domain answers from its database, which is brought up to date first', async () => {
  const key = identityKey(settings.IDENTITY_SECRET);
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-identity': signIdentity(anonymousIdentity('r-1'), key),
    },
    body: JSON.stringify({ query: '{ names }' }),
  });
  expect(await response.json()).toEqual({ data: { names: ['Ann'] } });
});

test('it is ready when its database and what the domain names are there', async () => {
  const readiness = async () => (await fetch(`${server.url}/health/ready`)).json();
  expect(await readiness()).toEqual({ status: 'ok', checks: { database: 'ok', storage: 'ok' } });
  storageFault = 'no such folder';
  expect(await readiness()).toEqual({
    status: 'unavailable',
    checks: { database: 'ok', storage: 'no such folder' },
  });
});

test('its statements are counted under its name', async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/sql_statements_total\{[^}]*database="demo"[^}]*\} [1-9]/);
});

test('closing ends what the domain runs while it still has its database', async () => {
  await server.close();
  expect(answeredAtClose).toEqual(['Ann']);
});

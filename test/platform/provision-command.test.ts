import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startEmbeddedPostgres,
  TEST_SETTINGS,
  type EmbeddedPostgres,
} from '#platform/database/embedded.ts';
import {
  provisionUrls,
  SERVICE_DATABASES,
  urlVariables,
  type ServiceDatabase,
} from '#platform/database/provision.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';

let directory: string;
let server: EmbeddedPostgres;
let urls: Record<ServiceDatabase, string>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'provision-command-'));
  await chmod(directory, 0o755);
  server = await startEmbeddedPostgres({
    directory: join(directory, 'postgres'),
    settings: TEST_SETTINGS,
  });
  urls = Object.fromEntries(
    SERVICE_DATABASES.map((name) => [name, url(`role of ${name}`, 'p@ss/word', `shop_${name}`)]),
  ) as typeof urls;
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

const url = (role: string, password: string, database: string) =>
  Object.assign(new URL(server.adminUrl), {
    username: encodeURIComponent(role),
    password: encodeURIComponent(password),
    pathname: `/${database}`,
  }).href;

function provision(variables: Record<string, string>) {
  return promisify(execFile)(process.execPath, ['platform/database/main.ts', 'provision'], {
    env: { ...basicEnvironment(), ...variables },
  });
}

const variables = () => ({
  DATABASE_URL: server.adminUrl,
  ...urlVariables(urls),
});

describe('node platform/database/main.ts provision', () => {
  test('creates each database with the role, the password and the name of its URL', async () => {
    expect((await provision(variables())).stdout).toContain(
      `${SERVICE_DATABASES.length} databases are there`,
    );
    for (const name of SERVICE_DATABASES) {
      const client = new Client({ connectionString: urls[name] });
      await client.connect();
      const { rows } = await client.query('select current_user, current_database()');
      await client.end();
      expect(rows).toEqual([{ current_user: `role of ${name}`, current_database: `shop_${name}` }]);
    }
  });

  test('may be run again', async () => {
    expect((await provision(variables())).stdout).toContain(
      `${SERVICE_DATABASES.length} databases are there`,
    );
  });

  test('names every variable that is missing', async () => {
    const { ORDERS_DATABASE_URL: _, ...others } = variables() as Record<string, string>;
    await expect(provision(others)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ORDERS_DATABASE_URL is not set'),
    });
  });

  test('names the variable whose host does not answer, without its password', async () => {
    const elsewhere = urls.orders.replace(/@[^/]+\//, '@127.0.0.1:9/');
    const attempt = provisionUrls(server.adminUrl, { ...urls, orders: elsewhere });
    await expect(attempt).rejects.toThrow(/127\.0\.0\.1:9\/shop_orders.*Check ORDERS_DATABASE_URL/);
    await expect(attempt).rejects.not.toThrow(/p@ss/);
  });

  test.each([
    ['no password', () => url('orders', '', 'orders'), /ORDERS_DATABASE_URL names no password/],
    [
      'the role of another',
      () => url('role of auth', 'x', 'orders'),
      /AUTH_DATABASE_URL both name/,
    ],
    ['the database of another', () => url('x', 'x', 'shop_auth'), /the database shop_auth/],
    ['the role that creates', () => url('postgres', 'x', 'orders'), /and DATABASE_URL both name/],
  ])('refuses a URL with %s', async (_, bad, message) => {
    const attempt = provisionUrls(server.adminUrl, { ...urls, orders: bad() });
    await expect(attempt).rejects.toThrow(message);
  });
});

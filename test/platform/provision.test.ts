import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startEmbeddedPostgres,
  TEST_SETTINGS,
  type EmbeddedPostgres,
} from '#platform/database/embedded.ts';
import {
  ProvisionError,
  provisionDatabases,
  SERVICE_DATABASES,
  serviceUrl,
  type ServiceDatabase,
} from '#platform/database/provision.ts';

const passwords = Object.fromEntries(
  SERVICE_DATABASES.map((name) => [name, `p@ss/word '${name}'`]),
) as Record<ServiceDatabase, string>;

let directory: string;
let server: EmbeddedPostgres;
let managedUrl: string;
let urls: Record<ServiceDatabase, string>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'provision-'));
  await chmod(directory, 0o755);
  server = await startEmbeddedPostgres({
    directory: join(directory, 'postgres'),
    settings: TEST_SETTINGS,
  });
  // What a managed server gives: no superuser.
  await query(server.adminUrl, `create role managed login createdb createrole password 'managed'`);
  managedUrl = Object.assign(new URL(server.adminUrl), {
    username: 'managed',
    password: 'managed',
  }).href;
  urls = await provisionDatabases(managedUrl, passwords);
});

afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('on a server that gives no superuser', () => {
  test('every service connects to its own database as a role of its own name that owns it', async () => {
    for (const name of SERVICE_DATABASES) {
      const [row] = await query(
        urls[name],
        `select current_user as role, current_database() as database,
           (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner,
           (select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user) as powerful`,
      );
      expect(row).toEqual({ role: name, database: name, owner: name, powerful: false });
    }
  });

  test('the role of product cannot read auth', async () => {
    await query(urls.auth, 'create table if not exists secret_of_auth (id int)');
    const asProduct = serviceUrl(managedUrl, 'product', passwords.product, 'auth');
    await expect(query(asProduct, 'select * from secret_of_auth')).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('permission denied for database "auth"'),
    });
  });

  test('no role can connect to the database of another', async () => {
    for (const role of SERVICE_DATABASES) {
      for (const database of SERVICE_DATABASES.filter((name) => name !== role)) {
        const url = serviceUrl(managedUrl, role, passwords[role], database);
        await expect(query(url, 'select 1')).rejects.toThrow('permission denied for database');
      }
    }
  });

  test('provisioning again keeps the data and takes new passwords', async () => {
    await query(urls.orders, 'create table kept (id int); insert into kept values (7)');
    const changed = { ...passwords, orders: 'another password' };
    const again = await provisionDatabases(managedUrl, changed);
    expect(await query(again.orders, 'select id from kept')).toEqual([{ id: 7 }]);
    await expect(query(urls.orders, 'select 1')).rejects.toThrow('password authentication failed');
    urls = await provisionDatabases(managedUrl, passwords);
  });

  test('two that provision at the same time do not disturb one another', async () => {
    const both = await Promise.all([
      provisionDatabases(managedUrl, passwords),
      provisionDatabases(managedUrl, passwords),
    ]);
    expect(both[0]).toEqual(both[1]);
  });

  test('where names are searched, it is by trigram', async () => {
    const searched = [
      // #region monolith
      'legacy',
      // #endregion monolith
      'product',
    ] as const;
    for (const name of searched) {
      const rows = await query(
        urls[name],
        `select similarity('teapot', 'tea pot') > 0.3 as similar`,
      );
      expect(rows).toEqual([{ similar: true }]);
    }
  });

  test('text sorts by code point, and letters beyond ASCII are letters', async () => {
    const sorted = await query(
      urls.product,
      `select string_agg(word, ' ' order by word) as words, lower('ÄÖ') as lower, show_trgm('Äb') <> '{}' as letters
       from unnest(array['b', 'Z', 'a', 'é', 'z']) as word`,
    );
    expect(sorted).toEqual([{ words: 'Z a b z é', lower: 'äö', letters: true }]);
  });
});

test('a database of the same name that belongs to somebody else is not touched', async () => {
  await query(server.adminUrl, 'alter database control owner to postgres');
  await expect(provisionDatabases(server.adminUrl, passwords)).rejects.toThrow(
    /already has a database "control", and it belongs to "postgres".*point DATABASE_URL/,
  );
  await query(server.adminUrl, 'alter database control owner to control');
});

test('a role that may not create anything is told what it lacks', async () => {
  await query(server.adminUrl, `create role powerless login password 'powerless'`);
  const url = Object.assign(new URL(server.adminUrl), {
    username: 'powerless',
    password: 'powerless',
  });
  await expect(provisionDatabases(url.href, passwords)).rejects.toThrow(
    /It needs CREATEDB and CREATEROLE/,
  );
});

test('an unreachable server is named, without its password', async () => {
  const attempt = provisionDatabases('postgres://me:hidden@127.0.0.1:9/postgres', passwords);
  await expect(attempt).rejects.toThrow(ProvisionError);
  await expect(attempt).rejects.toThrow(/127\.0\.0\.1:9\/postgres as me/);
  await expect(attempt).rejects.not.toThrow(/hidden/);
});

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

let url: string;
const log = createLog('test', 'silent');
const open = (metrics = createMetrics('test')) =>
  openDatabase({ url, poolSize: 4, applicationName: 'demo', log, metrics });

beforeAll(async () => {
  url = await createEmptyDatabase();
});

test('replicas that migrate at once take turns, and each migration runs once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await mkdir(join(folder, 'meta'));
  const entry = { idx: 0, version: '7', when: 1, tag: '0000_first', breakpoints: true };
  await writeFile(
    join(folder, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries: [entry] }),
  );
  await writeFile(
    join(folder, '0000_first.sql'),
    'create table runs (n int); insert into runs values (1);',
  );
  await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(url, folder)));
  const database = open();
  expect((await database.pool.query('select n from runs')).rows).toEqual([{ n: 1 }]);
  await database.close();
});

test('every statement is counted, those of a transaction too', async () => {
  const metrics = createMetrics('test');
  const database = open(metrics);
  await database.db.execute(sql`select 1`);
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`select 2`);
  });
  const { values } = await metrics.sqlStatements.get();
  expect(values).toEqual([
    expect.objectContaining({ value: 4, labels: expect.objectContaining({ database: 'demo' }) }),
  ]);
  await database.close();
});

test('a connection that the server ends while idle is replaced, and the process lives on', async () => {
  const database = open();
  await database.ping();
  const other = open();
  await other.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'demo' and pid <> pg_backend_pid()",
  );
  await expect
    .poll(() =>
      database.ping().then(
        () => 'ok',
        () => 'away',
      ),
    )
    .toBe('ok');
  await Promise.all([database.close(), other.close()]);
});

test('a transaction whose connection the server ends between two statements fails, and the process lives on', async () => {
  const database = open();
  const other = open();
  const cutOff = database.db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`select pg_backend_pid() as pid`);
    await other.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // Long enough for the end of the connection to arrive while no statement waits for an answer.
    await wait(200);
    await tx.execute(sql`select 1`);
  });
  await expect(cutOff).rejects.toThrow();
  await database.ping();
  await Promise.all([database.close(), other.close()]);
});

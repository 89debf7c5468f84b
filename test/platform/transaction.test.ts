import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database, type Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import { createLog } from '#platform/log.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

let database: Database;
beforeAll(async () => {
  const url = await createEmptyDatabase();
  const log = createLog('test', 'silent');
  database = openDatabase({ url, poolSize: 4, applicationName: 'test', log });
  await database.pool.query('create table levels (id int primary key, pieces int not null)');
  await database.pool.query('insert into levels values (1, 0), (2, 0)');
});
afterAll(() => database?.close());

/** Two who wait for each other: each gives its ticket when it has come so far, once. */
function meeting() {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length >= 2) for (const go of waiting) go();
    });
}

const add = (tx: Db, id: number) =>
  tx.execute(sql`update levels set pieces = pieces + 1 where id = ${id}`);
const pieces = async () =>
  (await database.pool.query<{ pieces: number }>('select pieces from levels order by id')).rows.map(
    (row) => row.pieces,
  );

test('two transactions that stand in each other’s way are both carried out, whole and once', async () => {
  const before = await pieces();
  const meet = meeting();
  let tries = 0;
  const move = (first: number, second: number) =>
    transaction(database.db, async (tx) => {
      tries += 1;
      await add(tx, first);
      await meet();
      await add(tx, second);
    });
  await Promise.all([move(1, 2), move(2, 1)]);
  expect(tries).toBe(3);
  expect(await pieces()).toEqual(before.map((count) => count + 2));
});

test('a transaction that is refused as not serializable is carried out anew', async () => {
  const meet = meeting();
  let tries = 0;
  const counted = (id: number) =>
    transaction(database.db, async (tx) => {
      tries += 1;
      await tx.execute(sql`set transaction isolation level serializable`);
      await tx.execute(sql`select sum(pieces) from levels`);
      await meet();
      await add(tx, id);
      return id;
    });
  expect(await Promise.all([counted(1), counted(2)])).toEqual([1, 2]);
  expect(tries).toBe(3);
});

test('a transaction that is in somebody’s way every time is given up after five tries', async () => {
  let tries = 0;
  const run = transaction(database.db, async (tx) => {
    tries += 1;
    await tx.execute(sql`do $$ begin raise exception using errcode = '40P01'; end $$`);
  });
  await expect(run).rejects.toMatchObject({ cause: { code: '40P01' } });
  expect(tries).toBe(5);
});

test('a transaction that fails for another reason is not tried again', async () => {
  let tries = 0;
  const run = transaction(database.db, async (tx) => {
    tries += 1;
    await tx.execute(sql`insert into levels values (1, 0)`);
  });
  await expect(run).rejects.toMatchObject({ cause: { code: '23505' } });
  expect(tries).toBe(1);
});

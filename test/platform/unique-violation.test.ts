import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { isUniqueViolation, unlessTaken } from '#platform/database/unique-violation.ts';
import { createLog } from '#platform/log.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

let database: Database;
beforeAll(async () => {
  const url = await createEmptyDatabase();
  const log = createLog('test', 'silent');
  database = openDatabase({ url, poolSize: 2, applicationName: 'test', log });
  await database.pool.query(`
    create table things (
      id int constraint things_id_key unique,
      name text constraint things_name_key unique,
      size int constraint things_size check (size > 0)
    );
    insert into things values (1, 'one', 1)`);
});
afterAll(() => database?.close());

const insert = (id: number, name: string, size = 1) =>
  database.db.execute(sql`insert into things values (${id}, ${name}, ${size})`);
const failure = (statement: Promise<unknown>) =>
  statement.then(
    () => null,
    (error: unknown) => error,
  );

test('a value that is taken is told by its constraint, and from every other failure', async () => {
  const taken = await failure(insert(2, 'one'));
  expect(isUniqueViolation(taken, 'things_name_key')).toBe(true);
  expect(isUniqueViolation(taken, 'things_id_key')).toBe(false);
  expect(isUniqueViolation(await failure(insert(2, 'two', 0)), 'things_size')).toBe(false);
  expect(isUniqueViolation(new Error('away'), 'things_name_key')).toBe(false);
  expect(isUniqueViolation(null, 'things_name_key')).toBe(false);
});

test('what is given where a value is taken is given for its constraint only', async () => {
  const put = (id: number, name: string) =>
    unlessTaken(
      'things_name_key',
      () => 'taken',
      async () => {
        await insert(id, name);
        return 'put';
      },
    );
  expect(await put(3, 'three')).toBe('put');
  expect(await put(4, 'three')).toBe('taken');
  await expect(put(3, 'four')).rejects.toMatchObject({ cause: { constraint: 'things_id_key' } });
});

test('a whole transaction is rolled back where a value is taken', async () => {
  const outcome = await unlessTaken(
    'things_name_key',
    () => null,
    () =>
      database.db.transaction(async (tx) => {
        await tx.execute(sql`insert into things values (7, 'seven', 1)`);
        await tx.execute(sql`insert into things values (8, 'one', 1)`);
      }),
  );
  expect(outcome).toBeNull();
  expect((await database.pool.query('select from things where id = 7')).rowCount).toBe(0);
});

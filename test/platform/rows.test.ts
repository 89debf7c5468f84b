import { and, desc, eq, sql } from 'drizzle-orm';
import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#platform/database/columns.ts';
import { olderThan } from '#platform/database/newest-first.ts';
import { countByOwner, ownerRows } from '#platform/database/owners.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { storedText } from '#platform/database/stored-text.ts';
import { createLog } from '#platform/log.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

const note = pgTable('note', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  at: instant('at').notNull(),
});
const idOf = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const [ANN, BOB] = [idOf(8), idOf(9)];
/** Two of each time, so that the id decides between them. */
const NOTES = [1, 2, 3, 4, 5, 6].map((digit) => ({
  id: idOf(digit),
  ownerId: digit === 3 ? BOB : ANN,
  at: new Date(Date.UTC(2026, 0, Math.ceil(digit / 2), 9, 30, 0, 123)),
}));

let database: Database;
beforeAll(async () => {
  const url = await createEmptyDatabase();
  const log = createLog('test', 'silent');
  database = openDatabase({ url, poolSize: 2, applicationName: 'test', log });
  await database.pool.query(
    'create table note (id uuid primary key, owner_id uuid not null, at timestamptz(3) not null)',
  );
  await database.db.insert(note).values(NOTES);
});
afterAll(() => database?.close());

test('a list that is read page by page gives every row once, the newest first', async () => {
  const seen: string[] = [];
  let key: [number, string] | null = null;
  for (;;) {
    const [row]: { id: string; at: Date }[] = await database.db
      .select()
      .from(note)
      .where(key ? olderThan(note.at, note.id, key) : undefined)
      .orderBy(desc(note.at), desc(note.id))
      .limit(1);
    if (!row) break;
    seen.push(row.id);
    key = [row.at.getTime(), row.id];
  }
  expect(seen).toEqual([6, 5, 4, 3, 2, 1].map(idOf));
});

test('a page of each owner comes with one statement, also where an owner is asked for twice', async () => {
  const newest = database.db
    .select()
    .from(note)
    .where(and(eq(note.ownerId, sql`owner.id`), olderThan(note.at, note.id, [Date.now(), BOB])))
    .orderBy(desc(note.at), desc(note.id))
    .limit(2)
    .as('newest');
  const rows = await database.db
    .select({ id: newest.id, owner: sql<string>`owner.id` })
    .from(ownerRows([ANN, BOB, ANN, idOf(7)]))
    .crossJoinLateral(newest);
  expect(rows.filter(({ owner }) => owner === ANN).map(({ id }) => id)).toEqual([idOf(6), idOf(5)]);
  expect(rows.filter(({ owner }) => owner === BOB).map(({ id }) => id)).toEqual([idOf(3)]);
  expect(rows).toHaveLength(3);
});

test('the rows of each owner are counted with one statement, those that meet a condition', async () => {
  const { db } = database;
  const owners = [ANN, BOB, idOf(7)];
  expect(await countByOwner(db, note.ownerId, owners)).toEqual(
    new Map([
      [ANN, 5],
      [BOB, 1],
    ]),
  );
  const newest = eq(note.id, idOf(6));
  expect(await countByOwner(db, note.ownerId, owners, newest)).toEqual(new Map([[ANN, 1]]));
});

test('what is stored of a text is what a text column gives back, and jsonb takes it', async () => {
  const text = storedText(' a\uD800 ');
  const { rows } = await database.pool.query<{ text: string; json: string }>(
    'select $1::text as text, $2::jsonb as json',
    ['a\uD800', JSON.stringify(text)],
  );
  expect(rows).toEqual([{ text, json: text }]);
});

test('an instant is kept to the millisecond', async () => {
  const [row] = await database.db
    .select()
    .from(note)
    .where(eq(note.id, idOf(1)));
  expect(row?.at.toISOString()).toBe('2026-01-01T09:30:00.123Z');
});

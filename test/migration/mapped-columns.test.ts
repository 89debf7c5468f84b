import { sql } from 'drizzle-orm';
import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { DESTINATIONS } from '../../migration/destinations.ts';

const dialect = new PgDialect();

/** The columns of the captured tables that the canonical form of no kind of a move reads, on a side. */
function unread(side: 'legacy' | 'new'): string[] {
  return DESTINATIONS.flatMap(({ mapping: { kinds } }) => {
    const read = kinds.map((kind) => dialect.sqlToQuery(kind.sides[side].canonical(sql`null`)).sql);
    const tables = new Set(kinds.flatMap((kind) => kind.sides[side].captured.map((c) => c.table)));
    return [...tables].map(getTableConfig).flatMap(({ name, columns }) =>
      columns
        .filter((column) => column.generated === undefined)
        .map((column) => column.name)
        .filter((column) => !read.some((text) => text.includes(`"${name}"."${column}"`)))
        .map((column) => `${name}.${column}`),
    );
  });
}

// A column that is in no mapping would be lost on the way, and no verification would tell: neither side has it in the form
// that they are compared by.
test('every column of a captured table is in its mapping', () => {
  expect(unread('legacy')).toEqual([]);
  // A session is what its tokens have in common, and an event is a time in a column of the monolith.
  expect(unread('new').sort()).toEqual([
    'order_event.at',
    'order_event.note',
    'order_event.status',
    'session.account_id',
    'session.id',
  ]);
});

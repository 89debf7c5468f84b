import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/**
 * The condition for the rows that follow a sort key in a list with the newest first and equal ones by id.
 *
 * @param key milliseconds since 1970, then an id
 */
export function olderThan(
  time: PgColumn,
  id: PgColumn,
  [ms, rowId]: readonly (string | number)[],
): SQL {
  return sql`(${time}, ${id}) < (${sql.param(new Date(Number(ms)), time)}, ${rowId}::uuid)`;
}

import { and, count, inArray, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from './pool.ts';

/** Each of many owners once, as rows `owner (id)`: what a page of each of them is joined to, laterally. */
export const ownerRows = (ids: readonly string[]): SQL =>
  sql`(select distinct unnest(${sql.param([...ids])}::uuid[]) as id) as owner`;

/**
 * How many rows each owner has, in one statement; who has none is left out.
 *
 * @param owner the column with the id of the owner
 * @param condition which rows to count; all, where it is absent
 */
export async function countByOwner(
  db: Db,
  owner: PgColumn,
  ids: readonly string[],
  condition?: SQL,
): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: owner, total: count() })
    .from(owner.table)
    .where(and(inArray(owner, [...ids]), condition))
    .groupBy(owner);
  return new Map(rows.map(({ id, total }) => [String(id), total]));
}

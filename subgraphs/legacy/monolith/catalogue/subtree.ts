import { sql, type SQL } from 'drizzle-orm';

/**
 * The ids of a category and of everything below it, as an array.
 * @param root the id of the category, or a column that has it
 */
export function subtreeOf(root: SQL | string): SQL {
  return sql`array(
    with recursive below(id) as (
      select ${root}::uuid
      union
      select child.category_id from categories child join below on child.parent_id = below.id
    )
    select id from below
  )`;
}

import type pg from 'pg';

/**
 * Takes the indexes, keys and foreign keys of tables away until they are loaded: making them of whole tables
 * takes a fraction of the time of keeping them up to date row by row, and checks them just the same.
 * Within the transaction of the load nobody ever sees the tables without them.
 *
 * @returns what makes them again, as they were
 */
export async function setIndexesAside(
  client: pg.Client,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const constraints = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name,
       pg_get_constraintdef(oid) as definition
     from pg_constraint
     where conrelid = any ($1::regclass[]) and contype in ('p', 'u')
       or contype = 'f' and $1::regclass[] && array[conrelid, confrelid]::regclass[]
     -- Foreign keys go first and come back last: they stand on the keys.
     order by contype = 'f' desc, conrelid::regclass::text, conname`,
    [tables],
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index
     where indrelid = any ($1::regclass[])
       and indexrelid not in (select conindid from pg_constraint where contype in ('p', 'u'))
     order by 1`,
    [tables],
  );
  for (const { table, name } of constraints.rows) {
    await client.query(`alter table ${table} drop constraint ${name}`);
  }
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  return async () => {
    await client.query(`set local maintenance_work_mem = '256MB'`);
    for (const { definition } of indexes.rows) await client.query(definition);
    for (const { table, name, definition } of constraints.rows.toReversed()) {
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    }
  };
}

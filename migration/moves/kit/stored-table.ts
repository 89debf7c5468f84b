import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';

/**
 * A table of a side, and the rows that canonical forms say it must hold. SQL here is over `i`, the incoming aggregate,
 * and `v`, one of the rows in it.
 */
export interface StoredTable {
  readonly table: PgTable;
  /** What identifies a row: its primary key. */
  readonly key: readonly PgColumn[];
  /** The id of the aggregate that a row belongs to. */
  readonly aggregate: PgColumn;
  /** The rows of `i.canonical`: a table expression with alias `v`. None where `i.canonical` is null. */
  readonly rows: SQL;
  /** Every column that can be written, with its value. */
  readonly columns: readonly StoredColumn[];
  /** The columns of unique constraints beside the key. */
  readonly unique: readonly PgColumn[];
}

export interface StoredColumn {
  readonly column: PgColumn;
  readonly value: SQL;
}

/**
 * Checks that no column was forgotten, then forgets nothing.
 *
 * @throws TypeError that names the columns whose content would get lost
 */
export function storedTable(stored: StoredTable): StoredTable {
  const known = new Set(stored.columns.map(({ column }) => column.name));
  const columns = Object.values(getTableColumns(stored.table) as Record<string, PgColumn>);
  const missing = columns.filter(
    ({ name, generated }) => generated === undefined && !known.has(name),
  );
  if (missing.length === 0) return stored;
  const names = missing.map(({ name }) => name).join(', ');
  throw new TypeError(`the mapping of ${getTableName(stored.table)} says nothing of: ${names}`);
}

/**
 * Inserts what is missing and updates what differs; gives how many rows that were, as `written`.
 *
 * Not by `on conflict`, for two reasons. It locks also rows that are right. And a row that another aggregate holds here
 * must not change hands behind its back, because nobody has locked that one: it breaks the primary key, and whoever
 * carries aggregates takes the holder along.
 */
export function upsert(incoming: SQL, { table, key, aggregate, rows, columns }: StoredTable): SQL {
  const names = columns.map(({ column }) => bare(column));
  const values = columns.map(({ column, value }) => sql`${value} as ${bare(column)}`);
  const changes = columns
    .filter(({ column }) => column !== aggregate && !key.includes(column))
    .map(({ column }) => sql`${bare(column)} = w.${bare(column)}`);
  const present = columns.map(({ column }) => sql`${column}`);
  // Only compared as the type of the column: a cast cuts what is too long, an assignment refuses it.
  const wanted = columns.map(
    ({ column }) => sql`w.${bare(column)}::${sql.raw(column.getSQLType())}`,
  );
  const isIt = sql.join(
    [...new Set([aggregate, ...key])].map((column) => sql`${column} = w.${bare(column)}`),
    sql` and `,
  );
  // `offset 0` keeps to one look by the index per row: the planner expects a hundred rows of every list, and would
  // rather read the whole table.
  const differing = sql`select found.place from w cross join lateral (select ${table}.ctid as place from ${table}
      where ${isIt} and (${list(present)}) is distinct from (${list(wanted)}) offset 0) found`;
  const update = sql`update ${table} set ${list(changes)} from w
      where ${table}.ctid = any(array(${differing})) and ${isIt} returning true`;
  const insert = sql`insert into ${table} (${list(names)}) select ${list(names)} from w
      where not exists (select from ${table} where ${isIt} offset 0) returning true`;
  return sql`with w as materialized (
      select ${list(values)} from ${incoming} i cross join lateral ${rows} where i.canonical is not null),
    ${changes.length > 0 ? sql`changed as (${update}),` : sql``}
    added as (${insert})
    select ((select count(*) from added)${changes.length > 0 ? sql` + (select count(*) from changed)` : sql``})::integer as written`;
}

/** Inserts the rows of aggregates that are new here, without looking for rows that are there already. */
export function insertNew(incoming: SQL, { table, rows, columns }: StoredTable): SQL {
  const names = columns.map(({ column }) => bare(column));
  const values = columns.map(({ value }) => value);
  return sql`insert into ${table} (${list(names)}) select ${list(values)}
    from ${incoming} i cross join lateral ${rows} where i.canonical is not null`;
}

/**
 * Deletes the rows of incoming aggregates that are in none of the canonical forms, or there with other unique values:
 * those are inserted anew, so that values may change places in any way.
 */
export function deleteMissing(incoming: SQL, stored: StoredTable): SQL {
  const { table, aggregate, rows } = stored;
  const compared = stored.columns.filter(
    ({ column }) => stored.key.includes(column) || stored.unique.includes(column),
  );
  const wanted = compared.map(
    ({ column, value }) => sql`(${value})::${sql.raw(column.getSQLType())} as ${bare(column)}`,
  );
  const same = compared.map(({ column }) => sql`w.${bare(column)} = ${column}`);
  return sql`with w as materialized (
      select i.id as of_aggregate, ${list(wanted)} from ${incoming} i cross join lateral ${rows}
      where i.canonical is not null)
    delete from ${table} using ${incoming} i where ${aggregate} = i.id
      and not exists (select from w where w.of_aggregate = i.id and ${sql.join(same, sql` and `)})`;
}

/** Deletes the rows of aggregates that are gone. */
export function deleteGone(incoming: SQL, { table, aggregate }: StoredTable): SQL {
  return sql`delete from ${table} using ${incoming} i where ${aggregate} = i.id and i.canonical is null`;
}

/**
 * Gives rows whose unique values will change, or that will go, values that no real row has.
 *
 * @param parked those values, by column: SQL over the row
 */
export function park(incoming: SQL, stored: StoredTable, parked: readonly StoredColumn[]): SQL {
  const { table, aggregate, rows } = stored;
  const changes = parked.map(({ column, value }) => sql`${bare(column)} = ${value}`);
  const watched = stored.columns.filter(({ column }) => stored.unique.includes(column));
  const present = watched.map(({ column }) => sql`${column}`);
  const wanted = watched.map(
    ({ column, value }) => sql`(${value})::${sql.raw(column.getSQLType())}`,
  );
  return sql`update ${table} set ${list(changes)} from ${incoming} i cross join lateral ${rows}
    where ${aggregate} = i.id
      and (i.canonical is null or (${list(present)}) is distinct from (${list(wanted)}))`;
}

/** The name of a column, without its table. */
export function bare(column: PgColumn): SQL {
  return sql`${sql.identifier(column.name)}`;
}

function list(pieces: readonly SQL[]): SQL {
  return sql.join([...pieces], sql`, `);
}

import { getTableColumns, getTableName, sql, type SQL, type Subquery } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#platform/database/pool.ts';
import type { Parking } from './moves/move.ts';

/** Rows that are read, mapped and sent at once. */
const BATCH = 1_000;

/** An aggregate seen from one direction of a copy. */
export interface Direction {
  readonly name: string;
  readonly from: PgTable;
  /** What stands in the place of the table that is read. */
  readonly read?: (db: Db) => Subquery;
  readonly fromKey: readonly PgColumn[];
  /** Whether one source row stands for several with the same key. */
  readonly derived: boolean;
  readonly into: PgTable;
  readonly intoKey: readonly PgColumn[];
  readonly parked: Parking;
  /** The identity column of the target. */
  readonly numbered?: PgColumn;
  map(row: Row): Row[];
}

type Row = Record<string, unknown>;

/** The target did not take the rows of an aggregate. Nothing was copied. */
export class CopyRefused extends Error {
  readonly code = 'COPY_REFUSED';

  constructor(aggregate: string, table: string, cause: unknown) {
    const { message, detail } = cause as { message: string; detail?: string };
    const why = detail === undefined ? message : `${message} (${detail})`;
    super(`${aggregate} could not be written to the table "${table}": ${why}`, { cause });
    this.name = 'CopyRefused';
  }
}

/** Maps all rows of the source into a temporary table of the target. @returns how many there are */
export async function stage(reading: Db, writing: Db, one: Direction): Promise<number> {
  const columns = writableColumns(one.into);
  const names = columnNames(columns);
  await run(
    writing,
    one,
    sql`create temporary table ${staged(one)} on commit drop as select ${names} from ${one.into} with no data`,
  );
  const insert = insertOf(one, columns);
  let total = 0;
  for await (const rows of batches(reading, one)) {
    const mapped = rows.flatMap((row) => one.map(row).map((made) => encoded(made, columns)));
    await run(writing, one, insert(JSON.stringify(mapped)));
    total += mapped.length;
  }
  await run(writing, one, sql`analyze ${staged(one)}`);
  return total;
}

/**
 * The statement that inserts a batch, given as one JSON text: a parameter per value would take ten times as
 * long. Every value goes through the input function of its type, so what does not fit is refused.
 */
function insertOf(one: Direction, columns: Record<string, PgColumn>): (json: string) => SQL {
  const isJson = (column: PgColumn) => column.getSQLType().startsWith('json');
  const types = Object.values(columns).map((column) => {
    // JSON inside JSON is quoted, so that a text in it stays a text.
    const type = isJson(column) ? 'text' : column.getSQLType();
    return sql`${sql.identifier(column.name)} ${sql.raw(type)}`;
  });
  const values = Object.values(columns).map((column) => {
    const name = sql.identifier(column.name);
    return isJson(column) ? sql`${name}::${sql.raw(column.getSQLType())}` : sql`${name}`;
  });
  return (json) =>
    sql`insert into ${staged(one)} (${columnNames(columns)}) select ${sql.join(values, sql`, `)}
        from json_to_recordset(${json}) as rows (${sql.join(types, sql`, `)})`;
}

/** A row as its driver would send it, by the names of the columns. */
function encoded(row: Row, columns: Record<string, PgColumn>): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([property, column]) => {
      const value = row[property] ?? null;
      return [column.name, value === null ? null : column.mapToDriverValue(value)];
    }),
  );
}

/** All rows of the source in the order of their key, a batch at a time. */
async function* batches(reading: Db, one: Direction): AsyncGenerator<Row[]> {
  const key = one.fromKey;
  const properties = propertiesOf(one.from, key);
  let last: Row | undefined;
  do {
    const after = last;
    const select = one.derived ? reading.selectDistinctOn([...key]) : reading.select();
    const rows: Row[] = await select
      .from(one.read?.(reading) ?? one.from)
      .where(after && sql`${tuple(key)} > ${values(after, key, properties)}`)
      .orderBy(...key)
      .limit(BATCH);
    if (rows.length > 0) yield rows;
    last = rows.length === BATCH ? rows.at(-1) : undefined;
  } while (last);
}

/** Deletes what the source does not have. @returns how many rows */
export async function removeGone(writing: Db, one: Direction): Promise<number> {
  return run(
    writing,
    one,
    sql`delete from ${one.into} where not exists (select from ${staged(one)} as s where ${sameKey(one)})`,
  );
}

/**
 * Frees the unique values of rows that are about to give them up, or to go: PostgreSQL checks uniqueness row by
 * row, so without this two rows could not change values in one statement, and none could take over the value
 * of a row that is deleted later.
 */
export async function park(writing: Db, one: Direction): Promise<void> {
  const columns = getTableColumns(one.into) as Record<string, PgColumn>;
  const entries = Object.entries(one.parked);
  if (entries.length === 0) return;
  const named = entries.map(([property, value]) => ({ name: nameOf(columns, property), value }));
  const assignments = named.map(({ name, value }) => sql`${name} = ${value}`);
  const keeps = named.map(({ name }) => sql`${one.into}.${name} is not distinct from s.${name}`);
  await run(
    writing,
    one,
    sql`update ${one.into} set ${sql.join(assignments, sql`, `)} where not exists (
          select from ${staged(one)} as s where ${sameKey(one)} and ${sql.join(keeps, sql` and `)})`,
  );
}

/** Inserts and updates what differs. @returns how many rows did */
export async function write(writing: Db, one: Direction): Promise<number> {
  const columns = writableColumns(one.into);
  const names = columnNames(columns);
  const excluded = list(columns, (name) => sql`excluded.${name}`);
  const present = list(columns, (name) => sql`${one.into}.${name}`);
  const assignments = list(columns, (name) => sql`${name} = excluded.${name}`);
  const key = sql.join(
    one.intoKey.map((column) => sql.identifier(column.name)),
    sql`, `,
  );
  return run(
    writing,
    one,
    sql`insert into ${one.into} (${names}) select ${names} from ${staged(one)}
        on conflict (${key}) do update set ${assignments}
        where (${present}) is distinct from (${excluded})`,
  );
}

/** Lets an identity column go on beyond the largest number that is there. It never goes back. */
export async function advanceNumbers(writing: Db, one: Direction): Promise<void> {
  if (!one.numbered) return;
  const name = sql.identifier(one.numbered.name);
  const table = `"${getTableName(one.into)}"`;
  await run(
    writing,
    one,
    sql`select setval(numbers.sequence, numbers.largest) from (
          select max(${name}) as largest, pg_get_serial_sequence(${table}, ${one.numbered.name})::regclass as sequence
          from ${one.into}) as numbers
        where numbers.largest > coalesce(pg_sequence_last_value(numbers.sequence), 0)`,
  );
}

/** @returns how many rows the statement touched @throws CopyRefused; drizzle's own message would repeat every value */
async function run(writing: Db, one: Direction, statement: SQL): Promise<number> {
  try {
    return (await writing.execute(statement)).rowCount ?? 0;
  } catch (error) {
    throw new CopyRefused(one.name, getTableName(one.into), (error as Error).cause ?? error);
  }
}

// ---- pieces of SQL

function staged(one: Direction): SQL {
  return sql`${sql.identifier(`staged_${getTableName(one.into)}`)}`;
}

function sameKey(one: Direction): SQL {
  const equal = one.intoKey.map(
    (column) => sql`${one.into}.${sql.identifier(column.name)} = s.${sql.identifier(column.name)}`,
  );
  return sql.join(equal, sql` and `);
}

/** The columns that may be written: all but generated ones. */
function writableColumns(table: PgTable): Record<string, PgColumn> {
  const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>);
  return Object.fromEntries(columns.filter(([, column]) => column.generated === undefined));
}

function list(columns: Record<string, PgColumn>, each: (name: SQL) => SQL): SQL {
  const pieces = Object.keys(columns).map((property) => each(nameOf(columns, property)));
  return sql.join(pieces, sql`, `);
}

function columnNames(columns: Record<string, PgColumn>): SQL {
  return list(columns, (name) => name);
}

function nameOf(columns: Record<string, PgColumn>, property: string): SQL {
  return sql`${sql.identifier((columns[property] as PgColumn).name)}`;
}

function propertiesOf(table: PgTable, key: readonly PgColumn[]): readonly string[] {
  const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>);
  return key.map(
    (column) => columns.find(([, other]) => other.name === column.name)?.[0] as string,
  );
}

function tuple(key: readonly PgColumn[]): SQL {
  const columns = key.map((column) => sql`${column}`);
  return sql`(${sql.join(columns, sql`, `)})`;
}

function values(row: Row, key: readonly PgColumn[], properties: readonly string[]): SQL {
  const params = properties.map((property, index) => sql.param(row[property], key[index]));
  return sql`(${sql.join(params, sql`, `)})`;
}

import { getTableName, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Side } from '#platform/moves/moves.ts';
import { lateralRow, rowAsJson, type Check } from './canonical.ts';
import type { Field, Fields, FieldOnSide } from './field.ts';
import { storedTable, type StoredColumn, type StoredTable } from './stored-table.ts';

/** A list in the canonical form: the rows of a table, on both sides, that belong to an aggregate. */
export interface ListOfRows {
  /** The member of the canonical form that is the list. */
  readonly member: string;
  readonly fields: Fields;
  /** The names of the fields that identify a row, in its aggregate at least. The list is sorted by them. */
  readonly key: readonly string[];
  /** The names of the fields of unique constraints beside the key. */
  readonly unique?: readonly string[];
  /** The columns that name the aggregate. */
  readonly parent: Readonly<Record<Side, PgColumn>>;
  /** Whether the primary key of the rows begins with that column. */
  readonly keyedByParent?: boolean;
  readonly checks?: Readonly<Partial<Record<Side, readonly Check[]>>>;
}

/** All rows of a list, as one JSON array: an aggregate over `from`, which stands in the same query. */
export function listAsJson(list: ListOfRows, side: Side, place: string): { agg: SQL; from: SQL } {
  const x = sql`x`;
  const order = list.key.map((name) => sql`x.${sql.identifier(name)}`);
  const keys = list.key.map((name) => sql`${fieldOf(list, name)[side].given}`);
  const parts = list.keyedByParent ? [sql`${list.parent[side]}`, ...keys] : keys;
  const key =
    parts.length === 1 ? (parts[0] as SQL) : sql`concat_ws(', ', ${sql.join(parts, sql`, `)})`;
  const rows = { side, fields: list.fields, key, place, checks: list.checks?.[side] ?? [] };
  return {
    agg: sql`jsonb_agg(${rowAsJson(rows, x)} order by ${sql.join(order, sql`, `)})`,
    from: sql`${list.parent[side].table} ${lateralRow(rows, x)}`,
  };
}

/** The table of a list on a side. */
export function listTable(list: ListOfRows, side: Side): StoredTable {
  const parent = list.parent[side];
  const { table } = parent;
  const columns = columnsOf(list.fields, side);
  const key = columnsNamed(list, list.key, side);
  return storedTable({
    table,
    key: list.keyedByParent ? [parent, ...key] : key,
    aggregate: parent,
    rows: sql`jsonb_to_recordset(i.canonical -> ${sql.raw(`'${list.member}'`)}) as v(${recordOf(list.fields)})`,
    columns: [{ column: parent, value: sql`i.id` }, ...columns],
    unique: columnsNamed(list, list.unique ?? [], side),
  });
}

/** What the columns of fields hold, over the record `v`. */
export function columnsOf(fields: Fields, side: Side): StoredColumn[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { column, stored } = field[side];
    return column ? [{ column, value: stored(sql`v.${sql.identifier(name)}`) }] : [];
  });
}

/** The columns of a record of fields, with their types. */
export function recordOf(fields: Fields): SQL {
  const columns = Object.entries(fields).map(
    ([name, { type }]) => sql`${sql.identifier(name)} ${sql.raw(type)}`,
  );
  return sql.join(columns, sql`, `);
}

function columnsNamed(list: ListOfRows, names: readonly string[], side: Side): PgColumn[] {
  return names.map((name) => columnOf(fieldOf(list, name)[side], name));
}

/** @throws TypeError where the field has no column of its own */
export function columnOf({ column, where }: FieldOnSide, name: string): PgColumn {
  if (column) return column;
  throw new TypeError(`${name} is no column of its own (${where}), so it cannot be a key`);
}

function fieldOf({ fields, parent }: ListOfRows, name: string): Field {
  const field = fields[name];
  if (field) return field;
  throw new TypeError(`${getTableName(parent.new.table)} has no field ${name}`);
}

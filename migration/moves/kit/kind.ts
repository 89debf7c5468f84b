import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Side } from '#platform/moves/moves.ts';
import type { CapturedTable, Kind, KindOnSide } from '../mapping.ts';
import { lateralRow, rowAsJson, type Check, type RowsOfSide } from './canonical.ts';
import type { Field, Fields } from './field.ts';
import {
  columnOf,
  columnsOf,
  listAsJson,
  listTable,
  recordOf,
  type ListOfRows,
} from './list-of-rows.ts';
import {
  deleteGone,
  deleteMissing,
  insertNew,
  park,
  storedTable,
  upsert,
  type StoredColumn,
  type StoredTable,
} from './stored-table.ts';

type BothSides<T> = Readonly<Record<Side, T>>;

/** A kind of aggregate that has a row of its own on both sides, with lists of rows that belong to it. */
export interface RootedKind {
  readonly name: string;
  /** Where the domain has it, for people: `in the order database`. */
  readonly place: string;
  /** Its own row. `id` is the key on both sides. */
  readonly fields: Fields & { readonly id: Field };
  readonly lists?: readonly ListOfRows[];
  /**
   * What fields of unique constraints hold for a moment while their values change places between aggregates (two users
   * who swapped e-mails, a slug that passes on from a category that is gone): made of the id, and what no real row has.
   */
  readonly parked?: Readonly<Record<string, (id: SQL) => SQL>>;
  /** Other fields of unique constraints: the rest of a key of several columns. */
  readonly uniqueWith?: readonly string[];
  readonly checks?: Readonly<Partial<Record<Side, readonly Check[]>>>;
  /** What the values of a side need beside its row: lateral joins. */
  readonly joins?: Readonly<Partial<Record<Side, SQL>>>;
  /** Tables that are no list of the canonical form. Those of lists may refer to them. */
  readonly tables?: Readonly<Partial<Record<Side, readonly StoredTable[]>>>;
  readonly captured: BothSides<readonly CapturedTable[]>;
  /** The name of the field that both sides number. */
  readonly numbered?: string;
  readonly beforeWrite?: Kind['beforeWrite'];
  readonly secrets?: Kind['secrets'];
}

/** The statements of a kind of aggregate that has a row of its own. */
export function rootedKind(kind: RootedKind): Kind {
  return {
    name: kind.name,
    sides: { legacy: rootedSide(kind, 'legacy'), new: rootedSide(kind, 'new') },
    ...(kind.beforeWrite && { beforeWrite: kind.beforeWrite }),
    ...(kind.secrets && { secrets: kind.secrets }),
  };
}

function rootedSide(kind: RootedKind, side: Side): KindOnSide {
  const rootId = columnOf(kind.fields.id[side], 'id');
  const root = rootTable(kind, side, rootId);
  const parked = parkedColumns(kind, side, rootId);
  const children = [
    ...(kind.tables?.[side] ?? []),
    ...(kind.lists ?? []).map((list) => listTable(list, side)),
  ];
  const numbered = kind.numbered && kind.fields[kind.numbered]?.[side].column;
  return {
    root: root.table,
    rootId,
    captured: kind.captured[side],
    canonical: (ids) => canonicalOf(kind, side, rootId, ids),
    // What refers to others goes first.
    park: (incoming) => [
      ...children.toReversed().map((table) => deleteMissing(incoming, table)),
      ...(parked.length > 0 ? [park(incoming, root, parked)] : []),
    ],
    write: (incoming) => [root, ...children].map((table) => upsert(incoming, table)),
    create: (incoming) => [root, ...children].map((table) => insertNew(incoming, table)),
    remove: (incoming) => [deleteGone(incoming, root)],
    ...(numbered && { numbered }),
  };
}

function canonicalOf(kind: RootedKind, side: Side, rootId: PgColumn, ids: SQL): SQL {
  const place = placeOf(kind.place, side);
  const members = (kind.lists ?? []).map((list) => {
    const { agg, from } = listAsJson(list, side, place);
    const parent = list.parent[side];
    return [
      list.member,
      sql`coalesce((select ${agg} from ${from} where ${parent} = ${rootId}), '[]')`,
    ] as const;
  });
  const rows: RowsOfSide = {
    side,
    fields: kind.fields,
    members: Object.fromEntries(members),
    checks: kind.checks?.[side] ?? [],
    key: sql`${rootId}`,
    place,
  };
  return sql`select ${rootId} as id, ${rowAsJson(rows, sql`c`)} as canonical
    from ${rootId.table} ${kind.joins?.[side] ?? sql``} ${lateralRow(rows, sql`c`)}
    where ${rootId} = any(${ids})`;
}

function rootTable(kind: RootedKind, side: Side, rootId: PgColumn): StoredTable {
  const unique = [...Object.keys(kind.parked ?? {}), ...(kind.uniqueWith ?? [])];
  return storedTable({
    table: rootId.table,
    key: [rootId],
    aggregate: rootId,
    rows: sql`jsonb_to_record(i.canonical) as v(${recordOf(kind.fields)})`,
    columns: columnsOf(kind.fields, side),
    unique: unique.map((name) => columnNamed(kind, name, side)),
  });
}

function parkedColumns(kind: RootedKind, side: Side, rootId: PgColumn): StoredColumn[] {
  return Object.entries(kind.parked ?? {}).map(([name, value]) => ({
    column: columnNamed(kind, name, side),
    value: value(sql`${rootId}`),
  }));
}

function columnNamed(kind: RootedKind, name: string, side: Side): PgColumn {
  const field = kind.fields[name];
  if (!field) throw new TypeError(`${kind.name} has no field ${name}`);
  return columnOf(field[side], name);
}

/** A kind of aggregate that is nothing but rows that have its id: the levels of a product. */
export interface GroupedKind {
  readonly name: string;
  readonly place: string;
  readonly list: ListOfRows;
  readonly captured: BothSides<readonly CapturedTable[]>;
}

/** The statements of a kind of aggregate that has no row of its own. */
export function groupedKind(kind: GroupedKind): Kind {
  return {
    name: kind.name,
    sides: { legacy: groupedSide(kind, 'legacy'), new: groupedSide(kind, 'new') },
  };
}

function groupedSide({ list, place, captured }: GroupedKind, side: Side): KindOnSide {
  const table = listTable(list, side);
  const id = list.parent[side];
  const { agg, from } = listAsJson(list, side, placeOf(place, side));
  return {
    root: table.table,
    rootId: id,
    captured: captured[side],
    canonical: (ids) => sql`select ${id} as id,
        jsonb_build_object('id', ${id}, ${sql.raw(`'${list.member}'`)}, ${agg}) as canonical
      from ${from} where ${id} = any(${ids}) group by ${id}`,
    park: () => [],
    write: (incoming) => [upsert(incoming, table)],
    create: (incoming) => [insertNew(incoming, table)],
    // Others refer to these rows, and go first.
    remove: (incoming) => [deleteMissing(incoming, table)],
  };
}

function placeOf(place: string, side: Side): string {
  return side === 'legacy' ? 'in the monolith' : place;
}

import type { SQL, Subquery } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/**
 * The rows of a table of the monolith and the rows of a table of a domain that mean the same. `toNew` and
 * `toLegacy` are pure and lose nothing: there and back again is the identity.
 */
export interface Aggregate<
  Legacy extends PgTable = PgTable,
  New extends PgTable = PgTable,
  NewRow = New['$inferSelect'],
> {
  /** What the rows are, in the plural, for people: `accounts`. */
  readonly name: string;
  readonly legacyTable: Legacy;
  readonly newTable: New;
  /** The columns of the primary key on both sides, in one order. */
  readonly key: { readonly legacy: readonly PgColumn[]; readonly new: readonly PgColumn[] };
  /**
   * Gives every column that can be written: defaults do not apply. Several rows, or none, where one row of the
   * monolith says what the domain keeps in rows of their own.
   *
   * @throws UnmappableRow
   */
  toNew(
    row: Legacy['$inferSelect'],
  ): Required<New['$inferInsert']> | readonly Required<New['$inferInsert']>[];
  /**
   * The rows of the new side with what else the way back needs of other tables; absent: just the rows. It must
   * be called as the table is, because it stands in its place.
   */
  readonly readNew?: (db: Db) => Subquery;
  /**
   * Null where the monolith has no row of its own for this one: then `key.legacy` need not be unique, any
   * one row of each key is mapped, and nothing is written on the way back.
   *
   * @throws UnmappableRow
   */
  readonly toLegacy: ((row: NewRow) => Required<Legacy['$inferInsert']>) | null;
  /** Identity columns: after a copy they go on beyond what was copied. */
  readonly numbered?: { readonly legacy: PgColumn; readonly new: PgColumn };
  /**
   * What unique columns beside the key hold for a moment while values change places between rows (two users
   * who swapped e-mails, an e-mail that passes on from an account that is gone): one value per row, made from
   * the row's key, that no real row can hold. For example `` { email: sql`'~' || ${account.id}` } ``.
   */
  readonly parked?: {
    readonly legacy: Parking<keyof Legacy['$inferInsert']>;
    readonly new: Parking<keyof New['$inferInsert']>;
  };
}

/**
 * The data behind a move: what is copied, tables that others refer to first. `moves/auth.ts` exports `authMove`,
 * and so on.
 */
export interface Move {
  readonly name: MoveName;
  readonly aggregates: readonly Aggregate[];
  /**
   * Looks for work that the new side has begun and that only its service can bring to an end, because it is in
   * none of the rows that are copied. Asked before anything is copied, and only when the data leaves the new side;
   * absent: there is never any.
   *
   * @returns what is unfinished and what to do, for a person; null: the data may leave
   */
  readonly unfinished?: (newSide: Db) => Promise<string | null>;
}

/** Checks the types of one aggregate, then forgets them, so that aggregates of all tables fit into one list. */
export function aggregate<
  Legacy extends PgTable,
  New extends PgTable,
  NewRow = New['$inferSelect'],
>(definition: Aggregate<Legacy, New, NewRow>): Aggregate {
  return definition as Aggregate;
}

/** A row holds a value that the other side has no word for. Nothing was copied. */
export class UnmappableRow extends Error {
  readonly code = 'UNMAPPABLE_ROW';

  /**
   * @param where the table, column and key of the value
   * @param problem what is wrong with it, and what to do
   */
  constructor(where: string, problem: string) {
    super(`${where}: ${problem}`);
    this.name = 'UnmappableRow';
  }
}

/** What columns hold while they are parked, by the name of the column in the drizzle table. */
export type Parking<Column extends PropertyKey = string> = {
  readonly [Property in Column]?: SQL;
};

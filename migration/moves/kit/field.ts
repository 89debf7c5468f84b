import { getTableName, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Side } from '#platform/moves/moves.ts';

/** One value of an aggregate or of one of its rows: how it stands in the canonical form, and on both sides. */
export interface Field extends Readonly<Record<Side, FieldOnSide>> {
  /** Its SQL type in the canonical form, as `jsonb_to_record` reads it. */
  readonly type: string;
}

/** Fields by their names in the canonical form. */
export type Fields = Readonly<Record<string, Field>>;

export interface FieldOnSide {
  /** `table.column`, for people. */
  readonly where: string;
  /** What this side has. */
  readonly given: SQL;
  /** The canonical value; null where `given` is null, or cannot be said in the words of the canonical form. */
  readonly value: SQL;
  /** What is wrong with a `given` that has no `value`, and what to do: SQL of a text. Absent: every one has. */
  readonly problem?: SQL;
  /** Absent where the value is not a column of this row. */
  readonly column?: PgColumn;
  /** What the column holds, of the canonical value. */
  readonly stored: (canonical: SQL) => SQL;
}

/** A text as it stands in SQL: no parameter, whose type PostgreSQL would have to guess. */
export function literal(text: string): SQL {
  return sql.raw(`'${text.replaceAll("'", "''")}'`);
}

/** `table.column` of a column, for people. */
export function nameOf(column: PgColumn): string {
  return `${getTableName(column.table)}.${column.name}`;
}

/** A column whose values are said in other words: `said` gives null for those that cannot. */
export function saidAs(
  column: PgColumn,
  said: SQL,
  problem: SQL,
  stored: (canonical: SQL) => SQL,
): FieldOnSide {
  return { where: nameOf(column), given: sql`${column}`, value: said, problem, column, stored };
}

/** A column that holds the canonical value as it is. */
export function asItIs(column: PgColumn): FieldOnSide {
  return {
    where: nameOf(column),
    given: sql`${column}`,
    value: sql`${column}`,
    column,
    stored: (canonical) => canonical,
  };
}

/**
 * The same value on both sides, in columns of the same type.
 *
 * @throws TypeError where the types differ: a value that one side can hold and the other cannot needs a rule
 */
export function same(legacy: PgColumn, fresh: PgColumn): Field {
  const [one, other] = [legacy.getSQLType(), fresh.getSQLType()];
  if (one !== other) {
    throw new TypeError(`${nameOf(legacy)} is ${one}, and ${nameOf(fresh)} is ${other}`);
  }
  const type = /^(varchar|char|text)/.test(one) ? 'text' : one;
  return { type, legacy: asItIs(legacy), new: asItIs(fresh) };
}

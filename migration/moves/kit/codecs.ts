import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { asItIs, literal, saidAs, type Field, type FieldOnSide } from './field.ts';

/**
 * Codes of the monolith, and the words for them. A code without a word is unmappable; so is a word that this table
 * does not have, as after a new one was added to the type of the column.
 *
 * @param words by their codes
 * @param taught the file that knows the words, for the advice
 */
export function words(
  legacy: PgColumn,
  fresh: PgColumn,
  table: Readonly<Record<string, string>>,
  taught: string,
): Field {
  const codes = Object.entries(table);
  const back = codes.map(([code, word]) => [word, code] as const);
  const advice = `mend the row, or teach ${taught} the word`;
  return {
    type: 'text',
    legacy: saidAs(legacy, oneOf(sql`${legacy}`, codes), noneOf(legacy, codes, advice), (word) =>
      oneOf(word, back),
    ),
    new: saidAs(
      fresh,
      oneOf(
        sql`${fresh}::text`,
        back.map(([word]) => [word, word] as const),
      ),
      noneOf(fresh, back, advice),
      (word) => sql`${word}::${sql.raw(fresh.getSQLType())}`,
    ),
  };
}

/** `case … when … then …`: null where none is it. */
export function oneOf(value: SQL, pairs: readonly (readonly [is: string, then: string])[]): SQL {
  const cases = pairs.map(([is, then]) => sql`when ${literal(is)} then ${literal(then)}`);
  return sql`case ${value} ${sql.join(cases, sql` `)} end`;
}

function noneOf(
  column: PgColumn,
  pairs: readonly (readonly [string, string])[],
  advice: string,
): SQL {
  const known = pairs.map(([is]) => is).join(', ');
  return sql`concat('"', ${column}, ${literal(`" is none of ${known}: ${advice}`)})`;
}

/** A flag of the monolith, and the words for true and false. */
export function whether(
  legacy: PgColumn,
  fresh: PgColumn,
  [yes, no]: readonly [yes: string, no: string],
): Field {
  return {
    type: 'text',
    legacy: {
      ...asItIs(legacy),
      value: sql`case when ${legacy} then ${literal(yes)} else ${literal(no)} end`,
      stored: (word) => sql`${word} = ${literal(yes)}`,
    },
    new: words(legacy, fresh, { true: yes, false: no }, 'migration/moves').new,
  };
}

/** The largest `integer` of PostgreSQL, and of GraphQL, in cents. */
const MOST = 2_147_483_647;
const MOST_DOLLARS = '21474836.47';

/** Decimal dollars of the monolith, and minor units. Neither side has a price below zero. */
export function money(legacy: PgColumn, fresh: PgColumn): Field {
  return {
    type: 'integer',
    legacy: saidAs(
      legacy,
      // `NaN`, which a numeric column can hold, is greater than every number.
      sql`case when ${legacy} between 0 and ${sql.raw(MOST_DOLLARS)} then (${legacy} * 100)::integer end`,
      sql`concat(${legacy}, ${literal(` is no price that fits: it must be 0.00 to ${MOST_DOLLARS}, with two decimals`)})`,
      (cents) => sql`${cents}::numeric / 100`,
    ),
    new: saidAs(
      fresh,
      sql`case when ${fresh} >= 0 then ${fresh} end`,
      sql`concat(${fresh}, ${literal(` is no price: it must be 0 to ${MOST}, in cents`)})`,
      (cents) => cents,
    ),
  };
}

/** Wall-clock times of Tokyo in the monolith, and instants: to the millisecond on both sides. */
export function time(legacy: PgColumn, fresh: PgColumn): Field {
  return { type: 'bigint', legacy: tokyoTime(legacy), new: instant(fresh) };
}

/**
 * Years have four digits on both sides, in UTC as in Tokyo: what is outside, as `infinity` is, could not be read by
 * either. Times come from the year 1000 up to the end of 9998.
 */
const noTime = sql`'is no time from the years 1000 to 9998: mend the row'`;

/** A time column of the monolith, in milliseconds since 1970 UTC. */
export function tokyoTime(column: PgColumn): FieldOnSide {
  return saidAs(
    column,
    sql`case when ${column} >= '1000-01-01 09:00' and ${column} < '9999-01-01 09:00'
      then (extract(epoch from ${column}) * 1000)::bigint - 32400000 end`,
    noTime,
    (ms) => sql`timestamp '1970-01-01 09:00' + ${ms} * interval '1 millisecond'`,
  );
}

/** An instant, in milliseconds since 1970 UTC. */
export function instant(column: PgColumn): FieldOnSide {
  return saidAs(column, milliseconds(sql`${column}`), noTime, storedInstant);
}

/** Milliseconds since 1970 UTC of a timestamp with time zone; null for what is outside the years of both sides. */
export function milliseconds(at: SQL): SQL {
  return sql`case when ${at} >= '1000-01-01 00:00+00' and ${at} < '9999-01-01 00:00+00'
    then (extract(epoch from ${at}) * 1000)::bigint end`;
}

/** The timestamp with time zone of milliseconds since 1970 UTC. */
export function storedInstant(ms: SQL): SQL {
  return sql`timestamptz '1970-01-01 00:00+00' + ${ms} * interval '1 millisecond'`;
}

import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { literal, saidAs, type FieldOnSide } from './field.ts';

/**
 * Whether a jsonb value is an array of which no element is wrong.
 *
 * @param wrong JSON paths, in strict mode, of what is wrong in it; see `wrongUnless`
 */
export const isListWithout = (value: PgColumn, wrong: readonly string[]) =>
  isWithout('array', value, wrong);

/** The same for an object. */
export const isObjectWithout = (value: PgColumn, wrong: readonly string[]) =>
  isWithout('object', value, wrong);

function isWithout(type: 'array' | 'object', value: PgColumn, wrong: readonly string[]): SQL {
  // A path that stumbles over what is not there finds it wrong too.
  const clean = wrong.map((path) => sql`not coalesce(${value} @? ${literal(path)}, true)`);
  return sql`case when jsonb_typeof(${value}) = ${literal(type)} then ${sql.join(clean, sql` and `)} else false end`;
}

/**
 * The JSON path of what does not fulfil a condition. Strict mode, because lax mode would unwrap arrays inside arrays;
 * there a member that is not there makes a condition unknown, which counts as not fulfilled.
 *
 * @param path of what the condition is about: `$[*]`
 */
export function wrongUnless(path: string, condition: string): string {
  return `strict ${path} ? (!(${condition}) || (${condition}) is unknown)`;
}

/** The JSON path of members that objects must not have. */
export function wrongMembers(path: string, known: readonly string[]): string {
  const other = known.map((name) => `@.key != "${name}"`).join(' && ');
  return `strict ${path}.keyvalue() ? (${other})`;
}

/** A jsonb column that holds something well-formed, or is unmappable. */
export function shaped(
  column: PgColumn,
  isRight: SQL,
  said: SQL,
  advice: string,
  stored: (canonical: SQL) => SQL = (canonical) => canonical,
): FieldOnSide {
  return saidAs(
    column,
    sql`case when ${isRight} then ${said} end`,
    sql`concat(left(${column}::text, 200), ${literal(`: ${advice}`)})`,
    stored,
  );
}

import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import type { Kind } from '../moves/mapping.ts';

/** Aggregates whose canonical forms are read at once. */
const CHUNK = 2_000;

/** What was compared before a side was opened. */
export interface Comparison {
  readonly compared: number;
  /** Aggregates that the sides do not agree on. */
  readonly differing: readonly { readonly kind: string; readonly id: string }[];
  /** Aggregates that could not be carried over. */
  readonly parked: readonly { readonly kind: string; readonly id: string }[];
}

/**
 * Compares what has been carried over since the last full verification, within some buckets. What was not carried since
 * then is as it was verified.
 *
 * @param from the side whose writes were carried; nothing is written there meanwhile
 */
export async function compareChanged(
  places: MovePlaces,
  from: Side,
  buckets: readonly number[],
): Promise<Comparison> {
  const { name, kinds } = places.mapping;
  const source = places[from];
  const parked = await source.db.execute<{ kind: string; id: string }>(
    sql`select kind, aggregate_id as id from move.parked where move = ${name} and bucket = any(${intArray(buckets)}) limit 100`,
  );
  const differing: { kind: string; id: string }[] = [];
  let compared = 0;
  for (const kind of kinds) {
    const changed = await source.db.execute<{ id: string }>(
      sql`select aggregate_id as id from move.changed
          where move = ${name} and kind = ${kind.name} and bucket = any(${intArray(buckets)})
          order by 1`,
    );
    const ids = changed.rows.map(({ id }) => id);
    for (let start = 0; start < ids.length; start += CHUNK) {
      const chunk = ids.slice(start, start + CHUNK);
      const unequal = await unequalOf(places, kind, chunk);
      differing.push(...unequal.map((id) => ({ kind: kind.name, id })));
    }
    compared += ids.length;
  }
  return { compared, differing, parked: parked.rows };
}

async function unequalOf(
  places: MovePlaces,
  kind: Kind,
  ids: readonly string[],
): Promise<string[]> {
  const [legacy, fresh] = await Promise.all([
    hashes(places.legacy, kind, 'legacy', ids),
    hashes(places.new, kind, 'new', ids),
  ]);
  return ids.filter((id) => legacy.get(id) !== fresh.get(id));
}

async function hashes(
  { db }: Database,
  kind: Kind,
  side: Side,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const canonical = kind.sides[side].canonical(sql`${`{${ids.join(',')}}`}::uuid[]`);
  const { rows } = await db.execute<{ id: string; hash: string }>(
    sql`select id, md5(canonical::text) as hash from (${canonical}) as forms`,
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** An array as one parameter: drizzle would make a list of a JavaScript array. */
export function intArray(values: readonly number[]): SQL {
  return sql`${`{${values.join(',')}}`}::int[]`;
}

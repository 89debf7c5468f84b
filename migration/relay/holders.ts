import { getTableConfig } from 'drizzle-orm/pg-core';
import { escapeIdentifier, type DatabaseError, type PoolClient } from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import type { MoveMapping } from '../moves/mapping.ts';
import type { AggregateKey } from './markers.ts';

/** A column, or an expression, of a unique index, over the columns of its table. */
interface Part {
  readonly expression: string;
  readonly type: string;
}

/**
 * Which aggregates of the move hold the value that a unique violation was about.
 *
 * @param error as the statement that failed has thrown it; its transaction has been rolled back
 */
export async function holdersOfValue(
  target: PoolClient,
  mapping: MoveMapping,
  to: Side,
  error: DatabaseError,
): Promise<AggregateKey[]> {
  const { table = '', schema = 'public', constraint = '' } = error;
  // `Key (customer_id, key)=(…, …) already exists.`, in whatever language the server speaks.
  const values = /\)=\((.*)\)/s.exec(error.detail ?? '')?.[1];
  if (values === undefined) return [];
  const qualified = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  const parts = await partsOf(target, qualified, constraint);
  if (parts.length === 0) return [];
  const holders: AggregateKey[] = [];
  for (const { name, sides } of mapping.kinds) {
    for (const captured of sides[to].captured) {
      const here = getTableConfig(captured.table);
      if (here.name !== table || (here.schema ?? 'public') !== schema) continue;
      const select = `select distinct (${captured.aggregate})::uuid as id from ${qualified} r`;
      const ids = await idsOf(target, select, parts, values);
      holders.push(...ids.map((id) => ({ kind: name, id })));
    }
  }
  return holders;
}

async function partsOf(target: PoolClient, table: string, index: string): Promise<Part[]> {
  const { rows } = await target.query<Part>(
    `select pg_get_indexdef(i.indexrelid, a.attnum, false) as expression,
       format_type(a.atttypid, null) as type
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     join pg_attribute a on a.attrelid = i.indexrelid and a.attnum <= i.indnkeyatts
     where i.indrelid = $1::regclass and c.relname = $2 order by a.attnum`,
    [table, index],
  );
  return rows;
}

async function idsOf(
  target: PoolClient,
  select: string,
  parts: readonly Part[],
  values: string,
): Promise<string[]> {
  const whole = `concat_ws(', ', ${parts.map(({ expression }) => `(${expression})::text`).join()}) = $1`;
  const [lead] = parts;
  const first = parts.length === 1 ? values : values.split(', ', 1)[0];
  // By the index; where the first value has a comma of its own, by looking at every row.
  const quick = await target.query<{ id: string }>(
    `${select} where ${whole} and ${lead?.expression} = $2::${lead?.type}`,
    [values, first],
  );
  if (quick.rows.length > 0 || parts.length === 1) return quick.rows.map(({ id }) => id);
  const { rows } = await target.query<{ id: string }>(`${select} where ${whole}`, [values]);
  return rows.map(({ id }) => id);
}

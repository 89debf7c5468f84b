import { getTableConfig } from 'drizzle-orm/pg-core';
import { escapeIdentifier, type PoolClient } from 'pg';
import type { Database } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { MoveMapping } from '../moves/mapping.ts';

/** An identity column that both sides number. */
interface Numbered {
  readonly table: string;
  readonly column: string;
}

/** A sequence as it stands: the number that it gives next, and how far apart its numbers are. */
interface Standing {
  readonly sequence: string;
  readonly next: number;
  readonly increment: number;
}

/** The remainder by two of the numbers of a side: no number is given twice, whoever owns which bucket. */
const PARITY: Readonly<Record<Side, number>> = { legacy: 1, new: 0 };

/**
 * Lets a side give odd or even numbers only, in the caller's transaction; numbers that are in the table, or were given,
 * are not given again. Where that is so already, nothing is done.
 *
 * @param beyond numbers up to here were given by the other side before it gave only its own
 */
export async function splitNumbers(
  client: PoolClient,
  mapping: MoveMapping,
  side: Side,
  beyond = 0,
): Promise<void> {
  for (const numbered of numberedColumns(mapping, side)) {
    const { sequence, next, increment } = await standing(client, numbered);
    if (increment === 2 && next % 2 === PARITY[side] && next > beyond) continue;
    const least = Math.max(
      next,
      increment === 2 ? 0 : await firstFree(client, numbered),
      beyond + 1,
    );
    const first = least + ((least + PARITY[side]) % 2);
    await client.query(`alter sequence ${sequence} increment by 2 restart with ${first}`);
  }
}

/** Lets a side give all numbers again, from beyond all that are in the table or were given. */
export async function joinNumbers(
  client: PoolClient,
  mapping: MoveMapping,
  side: Side,
): Promise<void> {
  for (const numbered of numberedColumns(mapping, side)) {
    const { sequence, next, increment } = await standing(client, numbered);
    if (increment === 1) continue;
    const first = Math.max(next, await firstFree(client, numbered));
    await client.query(`alter sequence ${sequence} increment by 1 restart with ${first}`);
  }
}

/** The highest number that a side gave or holds, over all its numbered columns; 0 where it has none. */
export async function highestNumber(
  { pool }: Database,
  mapping: MoveMapping,
  side: Side,
): Promise<number> {
  const client = await pool.connect();
  try {
    let highest = 0;
    for (const numbered of numberedColumns(mapping, side)) {
      const { next } = await standing(client, numbered);
      highest = Math.max(highest, next - 1, (await firstFree(client, numbered)) - 1);
    }
    return highest;
  } finally {
    client.release();
  }
}

function numberedColumns(mapping: MoveMapping, side: Side): readonly Numbered[] {
  return mapping.kinds.flatMap(({ sides }) => {
    const column = sides[side].numbered;
    if (!column) return [];
    const { schema = 'public', name } = getTableConfig(column.table);
    return [
      { table: `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`, column: column.name },
    ];
  });
}

async function standing(client: PoolClient, { table, column }: Numbered): Promise<Standing> {
  const found = await client.query<{ sequence: string; increment: string }>(
    `select s.seqrelid::regclass::text as sequence, s.seqincrement as increment
     from pg_sequence s where s.seqrelid = pg_get_serial_sequence($1, $2)::regclass`,
    [table, column],
  );
  const row = found.rows[0];
  if (!row) throw new Error(`${table}.${column} is mapped as numbered, and has no sequence.`);
  const at = await client.query<{ next: string }>(
    `select last_value + case when is_called then ${row.increment} else 0 end as next from ${row.sequence}`,
  );
  return {
    sequence: row.sequence,
    increment: Number(row.increment),
    next: Number(at.rows[0]?.next),
  };
}

async function firstFree(client: PoolClient, { table, column }: Numbered): Promise<number> {
  const { rows } = await client.query<{ highest: string }>(
    `select coalesce(max(${escapeIdentifier(column)}), 0) as highest from ${table}`,
  );
  return Number(rows[0]?.highest) + 1;
}

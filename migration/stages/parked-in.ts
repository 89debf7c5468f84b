import { sql } from 'drizzle-orm';
import type { Database } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/** How many are named. */
const NAMED = 5;

/** Some of what a side could not carry over, in words. */
export async function parkedIn({ db }: Database, move: MoveName): Promise<string[]> {
  const { rows } = await db.execute<{ line: string }>(
    sql`select kind || ' ' || aggregate_id || ': ' || reason as line from move.parked
        where move = ${move} order by parked_at, aggregate_id limit ${NAMED}`,
  );
  return rows.map(({ line }) => line);
}

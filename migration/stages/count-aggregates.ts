import { sql } from 'drizzle-orm';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';

/** How many aggregates a side has, for showing how far long work is. */
export async function countAggregates(places: MovePlaces, side: Side): Promise<number> {
  let total = 0;
  for (const { sides } of places.mapping.kinds) {
    const { root, rootId } = sides[side];
    const { rows } = await places[side].db.execute<{ count: number }>(
      sql`select count(distinct ${rootId})::float8 as count from ${root}`,
    );
    total += rows[0]?.count ?? 0;
  }
  return total;
}

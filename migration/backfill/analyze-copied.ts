import type { Side } from '#platform/moves/moves.ts';
import { capturedSources, lockOrder } from '../capture/captured-tables.ts';
import type { MovePlaces } from '../move-places.ts';

/** Rows of fewer aggregates are few enough for any plan; and PostgreSQL looks at them by itself within a minute. */
const MANY = 50_000;

/**
 * Lets PostgreSQL look at the tables of a side that a backfill has filled: what compares the sides, or flips, right
 * after it would else be planned for tables that are empty. It holds up no writer. Where the role may not, or somebody is
 * in the way, it is left to PostgreSQL.
 */
export async function analyzeCopied(
  { mapping, ...places }: MovePlaces,
  side: Side,
  marked: number,
): Promise<void> {
  if (marked < MANY) return;
  const tables = lockOrder(capturedSources(mapping, side));
  await places[side].pool.query(`analyze ${tables.join()}`).catch(() => undefined);
}

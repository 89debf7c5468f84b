import type { Database } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/** An aggregate that the other side cannot hold as it is. */
export interface ParkedAggregate {
  readonly kind: string;
  readonly id: string;
  readonly reason: string;
  readonly parkedAt: Date;
}

/** What is parked of a move in the database of its source, the latest first. */
export async function readParked(
  { pool }: Database,
  move: MoveName,
  limit = 100,
): Promise<ParkedAggregate[]> {
  const { rows } = await pool.query<ParkedAggregate>(
    `select kind, aggregate_id as id, reason, parked_at as "parkedAt" from move.parked
     where move = $1 order by parked_at desc, kind, aggregate_id limit $2`,
    [move, limit],
  );
  return rows;
}

/** Marks anew what is parked: after the other side, or the mapping, was mended. @returns how many aggregates */
export async function retryParked({ pool }: Database, move: MoveName): Promise<number> {
  const { rowCount } = await pool.query(
    `with parked as (delete from move.parked where move = $1 returning *)
     insert into move.dirty (move, kind, aggregate_id, bucket)
     select move, kind, aggregate_id, bucket from parked`,
    [move],
  );
  return rowCount ?? 0;
}

/** Lets what waits for others be tried at once. */
export async function retryDeferred({ pool }: Database, move: MoveName): Promise<void> {
  await pool.query(
    'update move.deferred set retry_at = clock_timestamp(), tries = 0 where move = $1',
    [move],
  );
}

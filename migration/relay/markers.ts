import { sql } from 'drizzle-orm';
import type { Pool } from 'pg';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/** An aggregate of a move. */
export interface AggregateKey {
  readonly kind: string;
  readonly id: string;
}

/** A note that an aggregate has changed, or shall be compared. It says that, not what. */
export interface Marker extends AggregateKey {
  /** A bigint, as PostgreSQL sends it. */
  readonly marker: string;
  readonly bucket: number;
  /** The bucket of the user whose reads are concerned; null: nobody's. */
  readonly reader: number | null;
  readonly backfill: boolean;
}

/** What text stands for in maps: kinds have no blanks. */
export const keyOf = ({ kind, id }: AggregateKey): string => `${kind} ${id}`;

/** SQL: the markers of the move $1, as their key has them, so that their numbers are found by it. */
export const MARKERS_OF_MOVE = 'move = $1 and backfill = any (array[false, true])';

/** Which markers are looked at. */
export interface MarkerFilter {
  readonly buckets?: readonly number[];
  /** Buckets that are left alone for a moment. */
  readonly resting?: readonly number[];
}

/**
 * The next markers of a move, those of live writes first. There is no cursor: what is done is deleted, so a transaction
 * that took its number early and commits late is not passed over. Aggregates that wait for others are left out until it
 * is their time again.
 */
export async function peekMarkers(
  source: Pool,
  move: MoveName,
  { buckets, resting }: MarkerFilter,
  limit: number,
): Promise<Marker[]> {
  const { rows } = await source.query<Marker>({
    name: 'moves_peek',
    text: `
      select d.id as marker, d.kind, d.aggregate_id as id, d.bucket, d.reader, d.backfill from move.dirty d
      where d.move = $1 and ($2::integer[] is null or d.bucket = any ($2))
        and ($3::integer[] is null or d.bucket <> all ($3))
        and not exists (
          select from move.deferred f
          where f.move = d.move and f.kind = d.kind and f.aggregate_id = d.aggregate_id
            and f.retry_at > clock_timestamp())
      order by d.backfill, d.id limit $4`,
    values: [move, buckets ?? null, resting?.length ? resting : null, limit],
  });
  return rows;
}

/** Markers that nobody has worked off yet. */
export interface PendingMarkers {
  readonly count: number;
  /** Milliseconds since the oldest was noted; 0 where there is none. */
  readonly oldest: number;
  /** The highest number of a marker, as text; null where there is none. */
  readonly last: string | null;
}

/**
 * Counts the markers of a move in the database that they are in.
 *
 * @param options `live`: true for those of writes, false for those of backfills, absent for both; `upTo`: the highest
 *   number that counts
 */
export async function pendingMarkers(
  db: Db,
  move: MoveName,
  options: { live?: boolean; buckets?: readonly number[]; upTo?: string } = {},
): Promise<PendingMarkers> {
  const { live, buckets, upTo } = options;
  const { rows } = await db.execute<{ count: string; oldest: number; last: string | null }>(sql`
    select count(*) as count, max(id)::text as last,
      coalesce(extract(epoch from clock_timestamp() - min(noted_at)) * 1000, 0)::float8 as oldest
    from move.dirty where move = ${move}
    ${live === undefined ? sql`` : sql`and backfill = ${!live}`}
    ${buckets ? sql`and bucket = any (${sql.param(buckets)}::integer[])` : sql``}
    ${upTo === undefined ? sql`` : sql`and id <= ${upTo}::bigint`}`);
  const [row] = rows;
  return { count: Number(row?.count), oldest: row?.oldest ?? 0, last: row?.last ?? null };
}

/** Whose reads are concerned by live markers that are still pending: the buckets of users. */
export async function pendingReaders(db: Db, move: MoveName): Promise<number[]> {
  const { rows } = await db.execute<{ reader: number }>(sql`
    select distinct reader from move.dirty where move = ${move} and not backfill and reader is not null`);
  return rows.map(({ reader }) => reader);
}

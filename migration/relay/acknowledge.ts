import type { PoolClient } from 'pg';
import type { MoveName } from '#platform/moves/moves.ts';
import { MARKERS_OF_MOVE, type AggregateKey, type Marker } from './markers.ts';
import { query } from './sessions.ts';

/** An aggregate with the bucket that it is in. */
export interface InBucket extends AggregateKey {
  readonly bucket: number;
}

/** An aggregate that does not fit, and why. */
export interface Misfit extends InBucket {
  readonly reason: string;
}

/** What a batch has done, once the target has committed it. */
export interface Done {
  /** Exactly these markers end: one that came meanwhile stands for a change that the batch has not seen. */
  readonly markers: readonly Marker[];
  /** Now equal on both sides: they are parked no more, and wait for nothing. */
  readonly equal: readonly AggregateKey[];
  /** What a flip has to compare. */
  readonly changed: readonly InBucket[];
}

const columns = (aggregates: readonly AggregateKey[]) => [
  aggregates.map(({ kind }) => kind),
  aggregates.map(({ id }) => id),
];

/** Takes notice on the source of what the target has committed, in one statement. */
export async function acknowledge(
  source: PoolClient,
  move: MoveName,
  { markers, equal, changed }: Done,
): Promise<void> {
  if (markers.length === 0 && changed.length === 0 && equal.length === 0) return;
  await query(source, {
    name: 'moves_acknowledge',
    text: `
      with seen as (delete from move.dirty where ${MARKERS_OF_MOVE} and id = any ($2::bigint[])),
      noted as (
        insert into move.changed (move, kind, aggregate_id, bucket)
        select $1, * from unnest($3::text[], $4::uuid[], $5::integer[]) on conflict do nothing),
      fitting as (select * from unnest($6::text[], $7::uuid[]) as a (kind, id)),
      waiting as (
        delete from move.deferred d using fitting a
        where d.move = $1 and d.kind = a.kind and d.aggregate_id = a.id)
      delete from move.parked p using fitting a
      where p.move = $1 and p.kind = a.kind and p.aggregate_id = a.id`,
    values: [
      move,
      markers.map(({ marker }) => marker),
      ...columns(changed),
      changed.map(({ bucket }) => bucket),
      ...columns(equal),
    ],
  });
}

/**
 * Puts an aggregate aside that the target cannot hold as it is, with the reason; its markers end. Its next change
 * marks it anew, and so does {@link retryParked}. Where another relay has ended the markers meanwhile, it knows better.
 */
export async function parkAggregate(
  source: PoolClient,
  move: MoveName,
  { kind, id, bucket, reason }: Misfit,
  markers: readonly Marker[],
): Promise<void> {
  await query(source, {
    name: 'moves_park',
    text: `
      with seen as (delete from move.dirty where ${MARKERS_OF_MOVE} and id = any ($5::bigint[]) returning id),
      waiting as (delete from move.deferred where move = $1 and kind = $2 and aggregate_id = $3)
      insert into move.parked (move, kind, aggregate_id, bucket, reason)
      select $1, $2, $3, $4, $6 where exists (select from seen)
      on conflict (move, kind, aggregate_id)
      do update set reason = excluded.reason, bucket = excluded.bucket, parked_at = clock_timestamp()`,
    values: [move, kind, id, bucket, markers.map(({ marker }) => marker), reason],
  });
}

/** Leaves the markers of an aggregate for later: 20 ms, then twice as long each time, up to 5 s. */
export async function deferAggregate(
  source: PoolClient,
  move: MoveName,
  { kind, id, reason }: AggregateKey & { readonly reason: string },
): Promise<void> {
  await query(source, {
    name: 'moves_defer',
    text: `
      insert into move.deferred as d (move, kind, aggregate_id, tries, retry_at, reason)
      values ($1, $2, $3, 1, clock_timestamp() + interval '20 ms', $4)
      on conflict (move, kind, aggregate_id) do update set tries = d.tries + 1, reason = excluded.reason,
        retry_at = clock_timestamp() + least(20 * 2 ^ least(d.tries, 10), 5000) * interval '1 ms'`,
    values: [move, kind, id, reason],
  });
}

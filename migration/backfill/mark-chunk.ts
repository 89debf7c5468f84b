import { sql } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import type { Kind } from '../moves/mapping.ts';
import { otherSide } from '../other-side.ts';
import { bucketOfRoot, named, rootIdOf } from '../relay/kind-statements.ts';
import { recordProgress, type Pass, type PassProgress } from './progress.ts';

/** A key of an aggregate, and the bucket that it is in. */
interface Key {
  readonly id: string;
  readonly bucket: number;
}

/** What a chunk came to. */
export interface MarkedChunk {
  readonly marked: number;
  /** The last key of the chunk; null: there was none left, and the pass is finished. */
  readonly lastId: string | null;
}

/** Marks the next keys of a pass, in one transaction of the source with how far it has come. */
export async function markChunk(
  places: MovePlaces,
  from: Side,
  kind: Kind,
  { pass, lastId }: PassProgress,
  size: number,
): Promise<MarkedChunk> {
  const { mapping, [from]: source } = places;
  const keys = await readKeys(
    places,
    pass === 'source' ? from : otherSide(from),
    kind,
    lastId,
    size,
  );
  const client = await source.pool.connect();
  let isBroken = true;
  try {
    await client.query('begin');
    const marked = await insertMarkers(client, places, from, kind, pass, keys);
    const last = keys.at(-1)?.id ?? null;
    await recordProgress(client, mapping.name, { kind: kind.name, pass }, last, marked);
    await client.query('commit');
    isBroken = false;
    return { marked, lastId: last };
  } finally {
    client.release(isBroken);
  }
}

/** The next keys of a side, in their order. */
async function readKeys(
  { mapping, ...places }: MovePlaces,
  side: Side,
  kind: Kind,
  after: string | null,
  limit: number,
): Promise<Key[]> {
  const here = kind.sides[side];
  const id = rootIdOf(here);
  const { rows } = await places[side].pool.query<Key>(
    named(
      sql`select distinct on (${id}) ${id} as id, ${bucketOfRoot(mapping.name, here)} as bucket
          from ${here.root} r
          ${after === null ? sql`` : sql`where ${id} > ${sql.placeholder('after')}::uuid`}
          order by ${id} limit ${sql.placeholder('limit')}`,
    )({ after, limit }),
  );
  return rows;
}

/** @returns how many: in the pass `gone`, those that the source does not have */
async function insertMarkers(
  client: PoolClient,
  { mapping }: MovePlaces,
  from: Side,
  kind: Kind,
  pass: Pass,
  keys: readonly Key[],
): Promise<number> {
  if (keys.length === 0) return 0;
  const here = kind.sides[from];
  const isHere = sql`exists (select from ${here.root} r where ${rootIdOf(here)} = k.id)`;
  const insert = named(
    sql`insert into move.dirty (move, kind, aggregate_id, bucket, backfill)
        select ${sql.placeholder('move')}, ${sql.placeholder('kind')}, k.id, k.bucket, true
        from unnest(${sql.placeholder('ids')}::uuid[], ${sql.placeholder('buckets')}::integer[]) as k (id, bucket)
        ${pass === 'gone' ? sql`where not ${isHere}` : sql``}`,
  );
  const { rowCount } = await client.query(
    insert({
      move: mapping.name,
      kind: kind.name,
      ids: keys.map(({ id }) => id),
      buckets: keys.map(({ bucket }) => bucket),
    }),
  );
  return rowCount ?? 0;
}

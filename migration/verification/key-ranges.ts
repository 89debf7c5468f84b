import { sql, type SQL } from 'drizzle-orm';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import type { Kind } from '../moves/mapping.ts';
import { bucketOfRoot, named, rootIdOf } from '../relay/kind-statements.ts';

/** Keys beyond one, up to another; null: from the first, to the last. */
export interface KeyRange {
  readonly after: string | null;
  readonly upTo: string | null;
}

/** What a side has in a range: how many aggregates, and a hash of all of them in any order. */
export interface RangeDigest {
  readonly count: number;
  /** 64 bits, as text. */
  readonly hash: string;
}

/** The next range of keys that has at most so many keys on either side. */
export async function nextRange(
  places: MovePlaces,
  kind: Kind,
  after: string | null,
  size: number,
): Promise<KeyRange> {
  const ends = await Promise.all(
    (['legacy', 'new'] as const).map((side) => endOfKeys(places, kind, side, after, size)),
  );
  // As text, ids are in the order in which PostgreSQL has them as values.
  const [upTo = null] = ends.filter((end) => end !== null).sort();
  return { after, upTo };
}

/** The last of so many keys; null where there are fewer. */
async function endOfKeys(
  places: MovePlaces,
  kind: Kind,
  side: Side,
  after: string | null,
  size: number,
): Promise<string | null> {
  const here = kind.sides[side];
  const id = rootIdOf(here);
  const statement = named(
    sql`select distinct ${id} as id from ${here.root} r where ${within(id, { after, upTo: null })}
        order by 1 offset ${sql.placeholder('before')} limit 1`,
  );
  const { rows } = await places[side].pool.query<{ id: string }>(
    statement({ after, before: size - 1 }),
  );
  return rows[0]?.id ?? null;
}

/** The digest of what a side has in a range. @param buckets only what is in these */
export async function digestOf(
  places: MovePlaces,
  kind: Kind,
  side: Side,
  range: KeyRange,
  buckets?: readonly number[],
): Promise<RangeDigest> {
  const statement = named(
    sql`select count(*)::integer as count, coalesce(bit_xor(${hashOfForm}), 0)::text as hash
        from (${formsOf(places, kind, side, range, buckets)}) as c`,
  );
  const { rows } = await places[side].pool.query<RangeDigest>(statement({ ...range, buckets }));
  return rows[0] ?? { count: 0, hash: '0' };
}

/** The hash of each aggregate that a side has in a range, by id. */
export async function hashesOf(
  places: MovePlaces,
  kind: Kind,
  side: Side,
  range: KeyRange,
  buckets?: readonly number[],
): Promise<Map<string, string>> {
  const statement = named(
    sql`select c.id, (${hashOfForm})::text as hash from (${formsOf(places, kind, side, range, buckets)}) as c`,
  );
  const { rows } = await places[side].pool.query<{ id: string; hash: string }>(
    statement({ ...range, buckets }),
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** MD5 is the same in every version of PostgreSQL, and nobody here makes collisions on purpose. */
const hashOfForm = sql`('x' || left(md5(c.id::text || c.canonical::text), 16))::bit(64)::bigint`;

function formsOf(
  { mapping }: MovePlaces,
  kind: Kind,
  side: Side,
  range: KeyRange,
  buckets?: readonly number[],
): SQL {
  const here = kind.sides[side];
  const id = rootIdOf(here);
  const inBuckets = buckets
    ? sql`and ${bucketOfRoot(mapping.name, here)} = any (${sql.placeholder('buckets')}::integer[])`
    : sql``;
  return here.canonical(
    sql`array(select distinct ${id} from ${here.root} r where ${within(id, range)} ${inBuckets})`,
  );
}

/** Each form has a text of its own, so that its plan can use the index. */
function within(id: SQL, { after, upTo }: KeyRange): SQL {
  const bounds = [
    ...(after === null ? [] : [sql`${id} > ${sql.placeholder('after')}::uuid`]),
    ...(upTo === null ? [] : [sql`${id} <= ${sql.placeholder('upTo')}::uuid`]),
  ];
  return bounds.length === 0 ? sql`true` : sql.join(bounds, sql` and `);
}

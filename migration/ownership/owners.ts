import { sql } from 'drizzle-orm';
import type { Database, Db } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { OwnershipBusy, OwnershipElsewhere } from './errors.ts';
import { transactionWithPatience } from './lock-patience.ts';

/** Who accepts writes for a bucket, as one database has it recorded. */
export interface BucketOwner {
  readonly bucket: number;
  /** `moving`: nobody, for the moment of a flip. */
  readonly owner: Side | 'moving';
  /** Rises with every change of sides. */
  readonly epoch: number;
}

/** As PostgreSQL sends it: a bigint is text. */
interface OwnerRow {
  readonly bucket: number;
  readonly owner: BucketOwner['owner'];
  readonly epoch: string;
}

/** Reads the owners of some buckets, all where none are named, in the order of their numbers. */
export async function readOwners(
  db: Db,
  move: MoveName,
  buckets?: readonly number[],
): Promise<BucketOwner[]> {
  const some = buckets ? sql`and bucket = any (${`{${buckets.join()}}`}::integer[])` : sql``;
  const { rows } = await db.execute<OwnerRow & Record<string, unknown>>(
    sql`select bucket, owner, epoch from move.ownership where move = ${move} ${some} order by bucket`,
  );
  return rows.map(toOwner);
}

/**
 * Records who owns buckets from now on. An epoch is never lowered, and at the same epoch nothing changes: a step of a
 * flip that comes late, after others have finished the flip, does nothing. Repeating is harmless.
 *
 * @returns what is recorded now
 * @throws OwnershipElsewhere where this database's own side still accepts writes and would lose the bucket unasked:
 *   `beginMoving` comes first. Then nothing has changed
 * @throws OwnershipBusy after ten seconds
 */
export async function setOwner(
  database: Database,
  move: MoveName,
  buckets: readonly number[],
  owner: Side,
  epoch: number,
): Promise<BucketOwner[]> {
  return change(database, move, async (query) => {
    await query(
      `update move.ownership o set owner = $3, epoch = $4 from move.mode m
       where m.move = o.move and o.move = $1 and o.bucket = any ($2) and o.epoch < $4
         and (o.owner <> m.side or $3 = m.side)`,
      [move, buckets, owner, epoch],
    );
    const now = await ownersOf(query, move, buckets);
    const held = now.find((bucket) => bucket.epoch < epoch);
    if (held) throw new OwnershipElsewhere(move, held, 'moving');
    return now;
  });
}

/**
 * Gives buckets that are `moving` back to the side that they were leaving, at the epoch that they had. Buckets that
 * have left, or came back already, stay as they are.
 *
 * @param from the side of this database
 * @returns what is recorded now
 * @throws OwnershipBusy after ten seconds
 */
export async function reopenBuckets(
  database: Database,
  move: MoveName,
  buckets: readonly number[],
  from: Side,
): Promise<BucketOwner[]> {
  return change(database, move, async (query) => {
    await query(
      `update move.ownership set owner = $3 where move = $1 and bucket = any ($2) and owner = 'moving'`,
      [move, buckets, from],
    );
    return ownersOf(query, move, buckets);
  });
}

type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** The relay holds these rows locked for the moment of a batch. */
const PATIENCE = { lockTimeout: 1_000, deadline: 10_000 };

function change(
  database: Database,
  move: MoveName,
  run: (query: Query) => Promise<BucketOwner[]>,
): Promise<BucketOwner[]> {
  return transactionWithPatience(
    database,
    PATIENCE,
    (client) => run((text, values) => client.query(text, values)),
    (cause) => new OwnershipBusy(move, PATIENCE.deadline, cause),
  );
}

/** @throws where a bucket is not recorded */
export async function ownersOf(
  query: Query,
  move: MoveName,
  buckets: readonly number[],
): Promise<BucketOwner[]> {
  const { rows } = await query(
    'select bucket, owner, epoch from move.ownership where move = $1 and bucket = any ($2) order by bucket',
    [move, buckets],
  );
  if (rows.length < new Set(buckets).size) {
    throw new Error(`Not all of the buckets ${buckets.join()} of ${move} are recorded here.`);
  }
  return (rows as OwnerRow[]).map(toOwner);
}

const toOwner = ({ bucket, owner, epoch }: OwnerRow): BucketOwner => ({
  bucket,
  owner,
  epoch: Number(epoch),
});

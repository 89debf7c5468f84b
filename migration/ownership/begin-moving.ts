import type { Database } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { OwnershipBusy, OwnershipElsewhere } from './errors.ts';
import { lockClass, stripeOf } from '#platform/moves/ownership-lock.ts';
import { transactionWithPatience } from './lock-patience.ts';
import { ownersOf, type BucketOwner } from './owners.ts';

/** The longest that writers wait behind one try. Milliseconds. */
const LOCK_TIMEOUT = 100;

/**
 * Closes buckets for writers: waits until all transactions that wrote in them have ended, then records them as
 * `moving`, at the epoch that they have. All of them or none. Buckets that are `moving` already stay so, so that a flip
 * can be taken up again.
 *
 * It waits at most 100 ms at a time, because new writers queue behind it, and backs off where a transaction takes
 * longer: a long one delays the flip, not other writers.
 *
 * @param from the side of this database, which owns the buckets
 * @param deadline milliseconds until it gives up
 * @throws OwnershipElsewhere where another side owns one of them
 * @throws OwnershipBusy after the deadline
 */
export async function beginMoving(
  database: Database,
  move: MoveName,
  buckets: readonly number[],
  from: Side,
  deadline = 10_000,
): Promise<BucketOwner[]> {
  const wanted = [...new Set(buckets)].sort((a, b) => a - b);
  return transactionWithPatience(
    database,
    { lockTimeout: LOCK_TIMEOUT, deadline },
    async (client) => {
      // Of all locks together, too: those that it has already keep writers waiting.
      await client.query(`set local statement_timeout = ${LOCK_TIMEOUT}`);
      await client.query(
        `select pg_advisory_xact_lock($1, stripe)
         from (select distinct ${stripeOf('bucket')} as stripe from unnest($2::integer[]) bucket order by 1) s`,
        [lockClass(move), wanted],
      );
      const query = client.query.bind(client) as Parameters<typeof ownersOf>[0];
      const owners = await ownersOf(query, move, wanted);
      const other = owners.find(({ owner }) => owner !== from && owner !== 'moving');
      if (other) throw new OwnershipElsewhere(move, other, from);
      await client.query(
        `update move.ownership set owner = 'moving' where move = $1 and bucket = any ($2) and owner = $3`,
        [move, wanted, from],
      );
      return owners.map((bucket) => ({ ...bucket, owner: 'moving' as const }));
    },
    (cause) => new OwnershipBusy(move, deadline, cause),
  );
}

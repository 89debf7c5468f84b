import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { bucketOf } from './bucket.ts';
import { moveNamed, type MoveName, type Side } from './moves.ts';
import { lockClass, stripeOf } from './ownership-lock.ts';
import { ownershipRefusal, requireOwner } from './ownership.ts';

/**
 * What the side of a service may write now. Where no data move is installed in its database, everything.
 * The key is a user id in lower case; where the writes of a move are owned together, any text.
 */
export interface OwnershipHere {
  /** To be asked before anything that could not be undone, and before an answer that only an owner knows. @throws OwnershipRefused */
  require(move: MoveName, key?: string): Promise<void>;
  /** The same inside a transaction: until it ends, the key stays here. @throws OwnershipRefused */
  hold(tx: Db, move: MoveName, key: string): Promise<void>;
  /** Does what nobody asked for, such as a sweep, where it is owned here, and leaves it to the owner elsewhere. */
  whereOwned(move: MoveName, job: () => Promise<unknown>): Promise<void>;
  /** A condition for rows whose keys are owned here; undefined: all are. @param key the column with the user id */
  ownedRows(move: MoveName, key: SQLWrapper): Promise<SQL | undefined>;
  /** Those of some moves of which the other side owns anything. */
  elsewhere(moves: readonly MoveName[]): Promise<readonly MoveName[]>;
  /** Whether the other side may have what is unknown here: as long as a data move is installed. */
  mayBeElsewhere(move: MoveName): Promise<boolean>;
}

/** @param here the side that the database belongs to */
export function ownershipHere(db: Db, here: Side): OwnershipHere {
  return {
    require: (move, key = '') => requireOwner(db, move, key, here),
    hold: async (tx, move, key) => {
      if (!(await isInstalled(tx))) return;
      const isTogether = moveNamed(move)?.writes === 'together';
      const bucket = isTogether ? 0 : bucketOf(move, key);
      // As the guard does: who comes after a flip has asked queues behind it, so that all those who hold the one bucket, one over
      // the other, do not starve it. A user's own bucket is held by one request at a time, but perhaps for long, as while
      // money moves: other buckets of its stripe must not be held with it.
      if (isTogether) {
        await tx.execute(
          sql`select pg_advisory_xact_lock_shared(${lockClass(move)}, ${sql.raw(stripeOf(String(bucket)))})`,
        );
      }
      // A flip changes this row first, and so waits; what it changed before is seen below.
      await tx.execute(
        sql`select from move.ownership where move = ${move} and bucket = ${bucket} for share`,
      );
      await requireOwner(tx, move, key, here);
    },
    whereOwned: async (move, job) => {
      try {
        if (moveNamed(move)?.writes === 'together') await requireOwner(db, move, '', here);
        await job();
      } catch (error) {
        if (!ownershipRefusal(error)) throw error;
      }
    },
    ownedRows: async (move, key) =>
      (await isInstalled(db))
        ? sql`not exists (select from move.ownership owned join move.mode using (move)
            where move = ${move} and guard <> 'off' and owner <> ${here}
              and bucket = move.bucket_of(${move}, ${key}::text))`
        : undefined,
    elsewhere: async (moves) => {
      if (!(await isInstalled(db))) return [];
      const { rows } = await db.execute<{ move: MoveName }>(
        sql`select move from move.mode where guard <> 'off' and move in ${moves}
          and exists (select from move.ownership owned where owned.move = mode.move and owner <> ${here})`,
      );
      return rows.map(({ move }) => move);
    },
    mayBeElsewhere: async (move) => {
      if (!(await isInstalled(db))) return false;
      const { rows } = await db.execute(sql`select from move.mode where move = ${move}`);
      return rows.length > 0;
    },
  };
}

/** First: a statement that names a table which is not there would end its transaction. */
async function isInstalled(db: Db): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select to_regclass('move.ownership') is not null as "isThere"`,
  );
  return rows[0]?.['isThere'] === true;
}

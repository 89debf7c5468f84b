import { setTimeout as wait } from 'node:timers/promises';
import { lt, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { moveLease } from './tables.ts';

/** Milliseconds that a lease runs, by the clock of the database, from when it is written there. */
export const LEASE = 1_000;
/**
 * Milliseconds that its replica counts on it, by its own clock, from before it sent it: less, because clocks do not run
 * equally fast.
 */
export const COUNTED_LEASE = 750;
/** Milliseconds within which every replica has confirmed a version, or has no lease any more. */
export const LONGEST_CONFIRMATION = LEASE + 250;

/** Milliseconds between two looks at what is confirmed; doubled each time, up to the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [2, 25];

/**
 * Writes that a replica routes by a version, and will until the lease ends. It may count on that only where it has read
 * the version again afterwards, and found the same: whoever changed it before this was written has not waited for it.
 */
export async function writeLease(control: Db, replica: string, version: number): Promise<void> {
  const lease = {
    confirmedVersion: version,
    expiresAt: sql`clock_timestamp() + ${LEASE} * interval '1 millisecond'`,
  };
  await control
    .insert(moveLease)
    .values({ replica, ...lease })
    .onConflictDoUpdate({ target: moveLease.replica, set: lease });
}

/**
 * Waits until no replica of the gateway routes by an older version than this one, which has been committed. A replica that
 * gives no sign of life is waited for as long as its lease runs; when it is back it waits for a new one before it
 * routes by what may have changed.
 *
 * @param deadline milliseconds since 1970; within LONGEST_CONFIRMATION everybody has confirmed or lost the lease
 * @returns false where it was too short
 */
export async function awaitConfirmed(
  control: Db,
  version: number,
  deadline: number,
): Promise<boolean> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const { rows } = await control.execute(
      sql`select from move_lease where confirmed_version < ${version} and expires_at > clock_timestamp() limit 1`,
    );
    if (rows.length === 0) return true;
    const left = deadline - Date.now();
    if (left <= 0) return false;
    await wait(Math.min(pause, left));
  }
}

/** Deletes what replicas have left behind that ended long ago. */
export async function removeOldLeases(control: Db): Promise<void> {
  await control
    .delete(moveLease)
    .where(lt(moveLease.expiresAt, sql`clock_timestamp() - interval '10 minutes'`));
}

import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Database } from '#platform/database/pool.ts';

/** How long to try, and how long each time. Milliseconds. */
export interface Patience {
  /** The longest that one statement waits for locks: as long as others may have to wait behind it. */
  readonly lockTimeout: number;
  /** When to give up. */
  readonly deadline: number;
}

/**
 * What PostgreSQL says when somebody was in the way: `lock_not_available`, `query_canceled` (here by our own time-out),
 * `deadlock_detected`, `serialization_failure` (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['55P03', '57014', '40P01', '40001']);
/** Milliseconds: pauses double from the first to the last, each times a random factor from 0.5 to 1.5. */
const FIRST_PAUSE = 10;
const LAST_PAUSE = 500;

/**
 * Runs a transaction whose locks stand in the way of writers. It never waits long for one, because everybody else
 * queues behind who waits; it gives way, and comes back after a pause.
 *
 * @param busy makes the error of the deadline, from the last refusal of PostgreSQL
 * @throws what `busy` makes, and whatever `run` throws
 */
export async function transactionWithPatience<Result>(
  database: Database,
  { lockTimeout, deadline }: Patience,
  run: (client: PoolClient) => Promise<Result>,
  busy: (cause: unknown) => Error,
): Promise<Result> {
  const end = performance.now() + deadline;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LAST_PAUSE)) {
    try {
      return await tryOnce(database, lockTimeout, run);
    } catch (error) {
      if (!IN_THE_WAY.has((error as { code?: unknown }).code)) throw error;
      const moment = pause * (0.5 + Math.random());
      if (performance.now() + moment > end) throw busy(error);
      await wait(moment);
    }
  }
}

async function tryOnce<Result>(
  { pool }: Database,
  lockTimeout: number,
  run: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let lost: Error | undefined;
  // Without a listener, a connection that ends between two statements would end the process; the next one fails anyway.
  const noteLoss = (error: Error) => (lost = error);
  client.on('error', noteLoss);
  try {
    await client.query(`begin; set local lock_timeout = ${lockTimeout}`);
    const result = await run(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollback: Error) => (lost = rollback));
    throw error;
  } finally {
    client.off('error', noteLoss);
    client.release(lost);
  }
}

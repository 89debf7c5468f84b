import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Database } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/** Any fixed number: the first half of the keys by which people and processes take turns with a move. */
const LOCK_CLASS = 7_243_011;
/** Milliseconds between two signs of life. */
const BEAT_EVERY = 1_000;
/** Milliseconds in which `control` says whether the lock is held still: a network that is cut says nothing. */
const ANSWERS_WITHIN = 2_000;
/** Milliseconds between two tries to have the lock. */
const TRY_EVERY = 50;

/** Somebody else works on the move. */
export class MoveBusy extends Error {
  readonly code = 'MOVE_BUSY';

  constructor(move: MoveName, runner: string) {
    super(
      `${move} is being worked on by ${runner}. Wait until that is done (npm run move -- watch ${move}), then try again`,
    );
    this.name = 'MoveBusy';
  }
}

/** Somebody else has taken over, because this process gave no sign of life. What it had begun is finished by them. */
export class LockLost extends Error {
  readonly code = 'LOCK_LOST';

  constructor(move: MoveName, cause?: unknown) {
    super(
      `the work on ${move} was taken over by another process, because this one gave no sign of life. Look with npm run move -- history ${move}`,
      { cause },
    );
    this.name = 'LockLost';
  }
}

/** The right to change a move, for one process at a time. */
export interface MoveLock {
  /** @throws LockLost when somebody else has it by now */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** The databases of a move, as far as locks go. */
export interface LockPlaces {
  readonly legacy: Database;
  readonly new: Database;
  readonly control: Database;
}

export interface LockOptions {
  /** Milliseconds to wait for somebody else. */
  readonly patience: number;
  /** Milliseconds without a sign of life after which a lock is taken from its holder. */
  readonly lease: number;
}

/**
 * Takes the lock of a move: an advisory lock of a session of `control`, with a sign of life beside it. A holder that is
 * stopped (SIGSTOP, a machine that sleeps) keeps its session, so it is ended when its signs of life stay away, and its
 * sessions in the databases of the move with it: they may hold locks that writers wait for. Whatever it still does when
 * it wakes up is refused by the epochs of the buckets.
 *
 * @throws MoveBusy when somebody else has it for too long
 */
export async function lockMove(
  places: LockPlaces,
  move: MoveName,
  { patience, lease }: LockOptions,
): Promise<MoveLock> {
  const client = await places.control.pool.connect();
  let lost: unknown;
  client.on('error', (error) => (lost = error));
  try {
    const runner = await nameOf(client);
    for (const deadline = Date.now() + patience; !(await tryLock(client, move, runner));) {
      const holder = await holderOf(client, move);
      if (holder && holder.silentFor > lease) await takeFrom(places, client, move, holder.runner);
      else if (Date.now() > deadline) throw new MoveBusy(move, holder?.runner ?? 'somebody');
      await sleep(TRY_EVERY);
    }
    const ask = inTurn(client);
    const beat = setInterval(() => {
      ask('update move_lock set beat_at = clock_timestamp() where move = $1', [move]).catch(
        (error: unknown) => (lost = error),
      );
    }, BEAT_EVERY);
    return {
      async check() {
        if (lost !== undefined) throw new LockLost(move, lost);
        await answered(ask('select')).catch((error: unknown) => {
          throw new LockLost(move, error);
        });
      },
      async release() {
        clearInterval(beat);
        // The lock ends with its connection, but the server may take a moment to see that it is closed.
        await answered(
          ask('select pg_advisory_unlock($1, hashtext($2))', [LOCK_CLASS, move]),
        ).catch(() => {});
        client.release(true);
      },
    };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Asks one question after the other: a sign of life may be due while a check is under way. */
function inTurn(client: PoolClient) {
  let last: Promise<unknown> = Promise.resolve();
  return (text: string, values: unknown[] = []): Promise<unknown> => {
    last = last.catch(() => {}).then(() => client.query(text, values));
    return last;
  };
}

async function answered(answer: Promise<unknown>): Promise<void> {
  const late = Symbol('late');
  if ((await Promise.race([answer, sleep(ANSWERS_WITHIN, late, { ref: false })])) === late)
    throw new Error(`control has not answered within ${ANSWERS_WITHIN} ms`);
}

async function nameOf(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select current_setting('application_name') as name`,
  );
  return rows[0]?.name ?? '';
}

async function tryLock(client: PoolClient, move: MoveName, runner: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as locked',
    [LOCK_CLASS, move],
  );
  if (!rows[0]?.locked) return false;
  await client.query(
    `insert into move_lock values ($1, $2, clock_timestamp())
     on conflict (move) do update set runner = excluded.runner, beat_at = excluded.beat_at`,
    [move, runner],
  );
  return true;
}

async function holderOf(client: PoolClient, move: MoveName) {
  const { rows } = await client.query<{ runner: string; silentFor: number }>(
    `select runner, (extract(epoch from clock_timestamp() - beat_at) * 1000)::float8 as "silentFor"
     from move_lock where move = $1`,
    [move],
  );
  return rows[0];
}

/** Ends the sessions of a holder that gives no sign of life. */
async function takeFrom(
  { legacy, new: fresh }: LockPlaces,
  client: PoolClient,
  move: MoveName,
  runner: string,
): Promise<void> {
  // A key of two numbers is shown as unsigned ones, with objsubid 2:
  // https://www.postgresql.org/docs/18/view-pg-locks.html
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and granted and pid <> pg_backend_pid() and objsubid = 2
       and database = (select oid from pg_database where datname = current_database())
       and classid = $1 and objid = (hashtext($2)::bigint & 4294967295)::oid`,
    [LOCK_CLASS, move],
  );
  if (runner === (await nameOf(client))) return;
  for (const { pool } of [legacy, fresh]) {
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = $1 and datname = current_database() and usename = current_user`,
      [runner],
    );
  }
}

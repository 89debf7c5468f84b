import { and, eq, lte, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from '#platform/database/pool.ts';
import { ApiError } from '../errors.ts';
import { loginFailures } from '../tables.ts';
import { turns } from './turns.ts';

const WINDOW_MS = 15 * 60_000;
const FAILURES_PER_ACCOUNT = 5;
const FAILURES_PER_ADDRESS = 20;

/** What tries are counted by. */
interface Subject {
  readonly name: string;
  readonly limit: number;
}

/** Limits failed logins per account and per address. */
export interface LoginLimits {
  /**
   * Runs one try.
   *
   * @param email null when no account can have it: then the try is counted by its address alone
   * @param attempt gives null when the try failed
   * @throws 429 TOO_MANY_TRIES instead of trying
   */
  run<Result>(
    email: string | null,
    address: string,
    attempt: () => Promise<Result | null>,
  ): Promise<Result | null>;
}

/**
 * Limits that all replicas share, by counting in the database. A try counts as failed from its beginning
 * until it has succeeded, so that tries that are made at once cannot get past a limit together. Those of one
 * process take turns, so that none is refused because of others that are about to succeed.
 */
export function loginLimits(db: NodePgDatabase, clock: () => Date): LoginLimits {
  const inTurn = turns();
  return {
    run: (email, address, attempt) => {
      const origin = { name: `addr:${address}`, limit: FAILURES_PER_ADDRESS };
      const account =
        email === null ? undefined : { name: `acct:${email}`, limit: FAILURES_PER_ACCOUNT };
      const subjects = account ? [account, origin] : [origin];
      const inTurnAtOrigin = () =>
        inTurn(origin.name, async () => {
          await db.transaction((tx) => countTry(tx, subjects, clock()));
          const result = await attempt();
          if (result !== null) await db.transaction((tx) => forgive(tx, account, origin));
          return result;
        });
      return account ? inTurn(account.name, inTurnAtOrigin) : inTurnAtOrigin();
    },
  };
}

/** Counts a try by all its subjects or by none. @throws 429 where a limit is reached */
async function countTry(tx: Db, subjects: readonly Subject[], now: Date): Promise<void> {
  const waits: number[] = [];
  for (const subject of subjects) {
    if (!(await counted(tx, subject, now))) waits.push(await waitOf(tx, subject, now));
  }
  if (waits.length > 0) throw tooManyTries(Math.max(1, Math.ceil(Math.max(...waits) / 1_000)));
}

/** The milliseconds until the window of a subject is over. */
async function waitOf(tx: Db, { name }: Subject, now: Date): Promise<number> {
  const [row] = await tx.select().from(loginFailures).where(eq(loginFailures.subject, name));
  return (row?.windowStart ?? now).getTime() + WINDOW_MS - now.getTime();
}

async function counted(tx: Db, { name, limit }: Subject, now: Date): Promise<boolean> {
  const { failures, windowStart } = loginFailures;
  const cutoff = sql.param(new Date(now.getTime() - WINDOW_MS), windowStart);
  const isOver = sql`${windowStart} <= ${cutoff}`;
  const rows = await tx
    .insert(loginFailures)
    .values({ subject: name, failures: 1, windowStart: now })
    .onConflictDoUpdate({
      target: loginFailures.subject,
      set: {
        failures: sql`case when ${isOver} then 1 else ${failures} + 1 end`,
        windowStart: sql`case when ${isOver} then ${sql.param(now, windowStart)} else ${windowStart} end`,
      },
      setWhere: sql`${isOver} or ${failures} < ${limit}`,
    })
    .returning();
  return rows.length > 0;
}

/** Clears the account, and takes this try back from the address. */
async function forgive(tx: Db, account: Subject | undefined, origin: Subject): Promise<void> {
  if (account) await tx.delete(loginFailures).where(eq(loginFailures.subject, account.name));
  await tx
    .update(loginFailures)
    .set({ failures: sql`${loginFailures.failures} - 1` })
    .where(eq(loginFailures.subject, origin.name));
  await tx
    .delete(loginFailures)
    .where(and(eq(loginFailures.subject, origin.name), lte(loginFailures.failures, 0)));
}

/** Forgets the tries that no longer count. */
export async function purgeTries(db: Db, now: Date): Promise<void> {
  const cutoff = new Date(now.getTime() - WINDOW_MS);
  await db.delete(loginFailures).where(lte(loginFailures.windowStart, cutoff));
}

/** 429. @param seconds to wait before the next try */
export function tooManyTries(seconds: number): ApiError {
  return new ApiError(
    429,
    'TOO_MANY_TRIES',
    `Too many failed tries: wait ${seconds} seconds, then try again.`,
    { retry_after: seconds },
  );
}

import type { Db } from '#platform/database/pool.ts';
import {
  addLoginFailure,
  clearLoginFailures,
  findLoginAttempts,
  forgetLoginAttempts,
  lockLoginAttempts,
  type AttemptSubject,
  type LoginAttempt,
} from './repository/login-attempts.ts';

/** Failed logins within a window, after which no further try is looked at. */
const LIMITS = { account: 5, address: 20 } as const;
/** Milliseconds of a window, from its first failure. */
const WINDOW = 15 * 60_000;

/** What a login is counted by. */
export function attemptSubjects(email: string | null, address: string | null): AttemptSubject[] {
  const subjects: AttemptSubject[] = [];
  if (email !== null) subjects.push({ kind: 'account', subject: email });
  if (address !== null) subjects.push({ kind: 'address', subject: address });
  return subjects;
}

/** The seconds to wait before a try is looked at; 0 when it may be. */
export async function secondsToWait(
  db: Db,
  subjects: readonly AttemptSubject[],
  now: Date,
): Promise<number> {
  const attempts = await findLoginAttempts(db, subjects, windowStart(now));
  return longestWait(attempts.filter(isUsedUp), now);
}

/**
 * Counts a failed try. Of tries that run at the same time, those that are counted after the limit are told
 * to wait instead of being told that they failed: so however many run at once, no more than the limit learn
 * anything.
 *
 * @returns the seconds to wait when the limit had been reached before; else 0
 */
export async function countFailure(
  tx: Db,
  subjects: readonly AttemptSubject[],
  now: Date,
): Promise<number> {
  const attempts: LoginAttempt[] = [];
  for (const subject of subjects) {
    attempts.push(await addLoginFailure(tx, subject, now, windowStart(now)));
  }
  await forgetLoginAttempts(tx, windowStart(now));
  return longestWait(
    attempts.filter(({ kind, failures }) => failures > LIMITS[kind]),
    now,
  );
}

/**
 * Takes note of a right password: the account's failures are forgotten, unless the limit was reached while
 * the password was being checked.
 *
 * @returns the seconds to wait in that case; else 0
 */
export async function countSuccess(
  tx: Db,
  subjects: readonly AttemptSubject[],
  now: Date,
): Promise<number> {
  const attempts = await lockLoginAttempts(tx, subjects, windowStart(now));
  const wait = longestWait(attempts.filter(isUsedUp), now);
  if (wait > 0) return wait;
  const accounts = attempts.filter(({ kind }) => kind === 'account');
  if (accounts.length > 0) await clearLoginFailures(tx, accounts);
  return 0;
}

function windowStart(now: Date): Date {
  return new Date(now.getTime() - WINDOW);
}

function isUsedUp({ kind, failures }: LoginAttempt): boolean {
  return failures >= LIMITS[kind];
}

function longestWait(attempts: readonly LoginAttempt[], now: Date): number {
  const ends = attempts.map(({ firstFailedAt }) => firstFailedAt.getTime() + WINDOW);
  if (ends.length === 0) return 0;
  return Math.max(1, Math.ceil((Math.max(...ends) - now.getTime()) / 1_000));
}

import { and, eq, gt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { loginAttempt } from '../tables.ts';

export type LoginAttempt = typeof loginAttempt.$inferSelect;
export type AttemptSubject = Pick<LoginAttempt, 'kind' | 'subject'>;

/** What has been counted for subjects in windows that began after `since`. */
export async function findLoginAttempts(
  db: Db,
  subjects: readonly AttemptSubject[],
  since: Date,
): Promise<LoginAttempt[]> {
  return db
    .select()
    .from(loginAttempt)
    .where(and(isOneOf(subjects), gt(loginAttempt.firstFailedAt, since)));
}

/** The same, locked, accounts before addresses: in the order in which failures are counted. */
export async function lockLoginAttempts(
  tx: Db,
  subjects: readonly AttemptSubject[],
  since: Date,
): Promise<LoginAttempt[]> {
  return tx
    .select()
    .from(loginAttempt)
    .where(and(isOneOf(subjects), gt(loginAttempt.firstFailedAt, since)))
    .orderBy(loginAttempt.kind, loginAttempt.subject)
    .for('update');
}

/** Counts a failure; a window that began at `expired` or before gives way to a new one. */
export async function addLoginFailure(
  db: Db,
  { kind, subject }: AttemptSubject,
  now: Date,
  expired: Date,
): Promise<LoginAttempt> {
  const isOver = lte(loginAttempt.firstFailedAt, expired);
  const rows = await db
    .insert(loginAttempt)
    .values({ kind, subject, failures: 1, firstFailedAt: now })
    .onConflictDoUpdate({
      target: [loginAttempt.kind, loginAttempt.subject],
      set: {
        failures: sql`case when ${isOver} then 1 else ${loginAttempt.failures} + 1 end`,
        firstFailedAt: sql`case when ${isOver} then excluded.first_failed_at else ${loginAttempt.firstFailedAt} end`,
      },
    })
    .returning();
  return rows[0] as LoginAttempt;
}

export async function clearLoginFailures(
  db: Db,
  subjects: readonly AttemptSubject[],
): Promise<void> {
  await db.delete(loginAttempt).where(isOneOf(subjects));
}

/** Forgets a few windows that are over, so that the table does not grow with every address that ever failed. */
export async function forgetLoginAttempts(db: Db, expired: Date): Promise<void> {
  const some = db
    .select({ kind: loginAttempt.kind, subject: loginAttempt.subject })
    .from(loginAttempt)
    .where(lte(loginAttempt.firstFailedAt, expired))
    .limit(10)
    .for('update', { skipLocked: true });
  await db
    .delete(loginAttempt)
    .where(sql`(${loginAttempt.kind}, ${loginAttempt.subject}) in ${some}`);
}

function isOneOf(subjects: readonly AttemptSubject[]): SQL {
  const each = subjects.map(({ kind, subject }) =>
    and(eq(loginAttempt.kind, kind), eq(loginAttempt.subject, subject)),
  );
  return or(...each) ?? sql`false`;
}

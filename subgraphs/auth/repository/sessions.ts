import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { refreshToken, session } from '../tables.ts';

export type RefreshToken = typeof refreshToken.$inferSelect;

export async function insertSession(db: Db, id: string, accountId: string): Promise<void> {
  await db.insert(session).values({ id, accountId });
}

export async function insertRefreshToken(db: Db, row: RefreshToken): Promise<void> {
  await db.insert(refreshToken).values(row);
}

export async function findRefreshToken(db: Db, hash: string): Promise<RefreshToken | undefined> {
  return (await db.select().from(refreshToken).where(eq(refreshToken.hash, hash)))[0];
}

/** Locks a session: its tokens stay as they are until the transaction ends. */
export async function lockSession(tx: Db, id: string): Promise<void> {
  await tx.select({ id: session.id }).from(session).where(eq(session.id, id)).for('update');
}

/** Locks the sessions of an account that have not been ended. @returns their ids */
export async function lockSessionsOf(
  tx: Db,
  accountId: string,
  except: string | null,
): Promise<string[]> {
  const open = tx
    .select({ id: refreshToken.sessionId })
    .from(refreshToken)
    .where(and(eq(refreshToken.accountId, accountId), isNull(refreshToken.revokedAt)));
  const rows = await tx
    .select({ id: session.id })
    .from(session)
    .where(and(inArray(session.id, open), except === null ? undefined : ne(session.id, except)))
    // One order for all, so that two who lock the same sessions wait for one another.
    .orderBy(session.id)
    .for('update');
  return rows.map(({ id }) => id);
}

export async function markRefreshTokenUsed(db: Db, id: string, now: Date): Promise<void> {
  await db.update(refreshToken).set({ usedAt: now }).where(eq(refreshToken.id, id));
}

/** Revokes the tokens of sessions. @returns those that had not been revoked before, as they are now */
export async function revokeRefreshTokens(
  db: Db,
  sessionIds: readonly string[],
  now: Date,
): Promise<Pick<RefreshToken, 'sessionId' | 'usedAt' | 'expiresAt'>[]> {
  return db
    .update(refreshToken)
    .set({ revokedAt: now })
    .where(and(inArray(refreshToken.sessionId, [...sessionIds]), isNull(refreshToken.revokedAt)))
    .returning({
      sessionId: refreshToken.sessionId,
      usedAt: refreshToken.usedAt,
      expiresAt: refreshToken.expiresAt,
    });
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, eq, isNull, ne, type InferSelectModel } from 'drizzle-orm';
import { SignJWT } from 'jose';
import type { Db } from '#platform/database/pool.ts';
import { refreshTokens } from '../tables.ts';
import { jstText } from '../times.ts';
import type { AccountRow } from './accounts.ts';
import type { SessionAnswer } from './schemas.ts';

// A session is a family: all refresh tokens descended from one login, of which only the latest is unused.
// Whoever changes families of an account holds the lock of the account (`lockAccount`), so that a token that is
// issued while its family is revoked cannot be missed.

export const ACCESS_TOKEN_SECONDS = 15 * 60;
export const REFRESH_TOKEN_DAYS = 30;

/** A refresh token as it is stored. */
export type TokenRow = InferSelectModel<typeof refreshTokens>;

/** Tokens as a client is given them. */
export type IssuedTokens = Omit<SessionAnswer, 'user'>;

/** Issues the first or the next tokens of a session. @param familyId the session; a new one where absent */
export async function issueTokens(
  db: Db,
  secretKey: string,
  account: AccountRow,
  now: Date,
  familyId: string = randomUUID(),
): Promise<IssuedTokens> {
  const refreshToken = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + REFRESH_TOKEN_DAYS * 86_400_000);
  await db.insert(refreshTokens).values({
    tokenId: randomUUID(),
    userId: account.userId,
    familyId,
    tokenHash: tokenHash(refreshToken),
    issuedAt: now,
    expiresAt,
  });
  const issuedAt = Math.floor(now.getTime() / 1000);
  const accessToken = await new SignJWT({
    user_id: account.userId,
    role: account.roleCd,
    session: familyId,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(new TextEncoder().encode(secretKey));
  return {
    access_token: accessToken,
    access_expires_at: jstText(new Date((issuedAt + ACCESS_TOKEN_SECONDS) * 1000)),
    refresh_token: refreshToken,
    refresh_expires_at: jstText(expiresAt),
  };
}

/** Looks a refresh token up. */
export async function findToken(db: Db, refreshToken: string): Promise<TokenRow | undefined> {
  const hash = tokenHash(refreshToken);
  const [row] = await db.select().from(refreshTokens).where(eq(refreshTokens.tokenHash, hash));
  return row;
}

/** Notes that a refresh token has been used. */
export async function useToken(db: Db, tokenId: string, now: Date): Promise<void> {
  await db.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.tokenId, tokenId));
}

/** Ends one session. @returns whether it was live */
export async function revokeFamily(db: Db, familyId: string, now: Date): Promise<boolean> {
  const revoked = await db
    .update(refreshTokens)
    .set({ revokedAt: now })
    .where(and(eq(refreshTokens.familyId, familyId), isNull(refreshTokens.revokedAt)))
    .returning();
  return liveFamilies(revoked, now) > 0;
}

/** Ends the sessions of an account. @param keep a session that goes on @returns how many were live */
export async function revokeAccount(
  db: Db,
  userId: string,
  now: Date,
  keep?: string,
): Promise<number> {
  const revoked = await db
    .update(refreshTokens)
    .set({ revokedAt: now })
    .where(
      and(
        eq(refreshTokens.userId, userId),
        isNull(refreshTokens.revokedAt),
        keep === undefined ? undefined : ne(refreshTokens.familyId, keep),
      ),
    )
    .returning();
  return liveFamilies(revoked, now);
}

/** How many families the tokens kept alive until now: those with an unused one in its time. */
function liveFamilies(tokens: readonly TokenRow[], now: Date): number {
  const live = tokens.filter(({ usedAt, expiresAt }) => usedAt === null && expiresAt > now);
  return new Set(live.map(({ familyId }) => familyId)).size;
}

const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex');

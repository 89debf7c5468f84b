import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '#platform/database/pool.ts';
import type { AccessTokens } from './access-tokens.ts';
import { refreshRefused, type RefreshRefusal } from './problems.ts';
import { findAccounts, type Account } from './repository/accounts.ts';
import {
  findRefreshToken,
  insertRefreshToken,
  insertSession,
  lockSession,
  lockSessionsOf,
  markRefreshTokenUsed,
  revokeRefreshTokens,
  type RefreshToken,
} from './repository/sessions.ts';

const REFRESH_TOKEN_BYTES = 32;
const DAY = 86_400_000;

/** What sessions are made with. */
export interface SessionTools {
  readonly accessTokens: AccessTokens;
  readonly refreshTokenDays: number;
}

/** An account as it is shown with a session or a change of its own: to itself. */
export type OwnAccount = Account & { readonly isCaller: true };

/** Begins a session. @returns what its owner is given */
export async function beginSession(tx: Db, tools: SessionTools, account: Account, now: Date) {
  const sessionId = randomUUID();
  await insertSession(tx, sessionId, account.id);
  return issueTokens(tx, tools, account, sessionId, now);
}

/** Gives the next tokens of a session in exchange for its latest refresh token, once. */
export async function renewSession(tx: Db, tools: SessionTools, token: string, now: Date) {
  const sent = await findRefreshToken(tx, hashOf(token));
  if (!sent) return refreshRefused('UNKNOWN');
  // From here on this session is ours; what another request did to it while we waited is seen below.
  await lockSession(tx, sent.sessionId);
  const latest = await findRefreshToken(tx, sent.hash);
  const [account] = await findAccounts(tx, [sent.accountId]);
  if (!latest || !account) return refreshRefused('UNKNOWN');
  const refusal = refusalOf(latest, now);
  if (refusal === 'REUSED') await revokeRefreshTokens(tx, [latest.sessionId], now);
  if (refusal) return refreshRefused(refusal);
  await markRefreshTokenUsed(tx, latest.id, now);
  return issueTokens(tx, tools, account, latest.sessionId, now);
}

function refusalOf(token: RefreshToken, now: Date): RefreshRefusal | null {
  if (token.usedAt) return 'REUSED';
  if (token.revokedAt) return 'REVOKED';
  return token.expiresAt <= now ? 'EXPIRED' : null;
}

/** Ends the session of a refresh token, be it the latest or not. @returns whether it was live; null: no such token is known */
export async function endSession(tx: Db, token: string, now: Date): Promise<boolean | null> {
  const sent = await findRefreshToken(tx, hashOf(token));
  if (!sent) return null;
  await lockSession(tx, sent.sessionId);
  return (await revokeAll(tx, [sent.sessionId], now)) === 1;
}

/** Ends the sessions of an account. @returns how many of them were live */
export async function endSessionsOf(
  tx: Db,
  accountId: string,
  now: Date,
  keepToken: string | null = null,
): Promise<number> {
  const kept = keepToken === null ? undefined : await findRefreshToken(tx, hashOf(keepToken));
  const sessionIds = await lockSessionsOf(tx, accountId, kept?.sessionId ?? null);
  return revokeAll(tx, sessionIds, now);
}

/** @returns how many of the sessions could still have been renewed */
async function revokeAll(tx: Db, sessionIds: readonly string[], now: Date): Promise<number> {
  if (sessionIds.length === 0) return 0;
  const revoked = await revokeRefreshTokens(tx, sessionIds, now);
  const live = revoked.filter(({ usedAt, expiresAt }) => usedAt === null && expiresAt > now);
  return new Set(live.map(({ sessionId }) => sessionId)).size;
}

async function issueTokens(
  tx: Db,
  { accessTokens, refreshTokenDays }: SessionTools,
  account: Account,
  sessionId: string,
  now: Date,
) {
  const token = randomBytes(REFRESH_TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(now.getTime() + refreshTokenDays * DAY);
  await insertRefreshToken(tx, {
    id: randomUUID(),
    sessionId,
    accountId: account.id,
    hash: hashOf(token),
    issuedAt: now,
    expiresAt,
    usedAt: null,
    revokedAt: null,
  });
  const access = await accessTokens.issue(account, sessionId, now);
  const user: OwnAccount = { ...account, isCaller: true };
  return {
    __typename: 'AuthSession' as const,
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken: token,
    refreshTokenExpiresAt: expiresAt,
    user,
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

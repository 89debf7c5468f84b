import { sql } from 'drizzle-orm';
import { account, refreshToken, session } from '../../subgraphs/auth/tables.ts';
import { appUsers, refreshTokens } from '../../subgraphs/legacy/monolith/tables.ts';
import { instant } from './instant.ts';
import { aggregate, UnmappableRow, type Move } from './move.ts';

type AppUser = typeof appUsers.$inferSelect;
type LegacyToken = typeof refreshTokens.$inferSelect;
type Account = typeof account.$inferSelect;
type Session = typeof session.$inferSelect;
type RefreshToken = typeof refreshToken.$inferSelect;
type Role = Account['role'];

const ROLES = { CUST: 'customer', STAFF: 'staff', ADM: 'admin' } as const satisfies Record<
  string,
  Role
>;
const ROLE_CODES = { customer: 'CUST', staff: 'STAFF', admin: 'ADM' } as const satisfies Record<
  Role,
  keyof typeof ROLES
>;

/** An account in the words of the auth service. @throws UnmappableRow for a role that it has no word for */
export function accountFromLegacy(row: AppUser): Account {
  const where = (column: string) => `app_users.${column} of user_id ${row.userId}`;
  if (!Object.hasOwn(ROLES, row.roleCd)) {
    throw new UnmappableRow(
      where('role_cd'),
      `"${row.roleCd}" is none of ${Object.keys(ROLES).join(', ')}: mend the row, or teach migration/moves/auth.ts the word`,
    );
  }
  return {
    id: row.userId,
    email: row.email,
    passwordHash: row.pwdHash,
    displayName: row.fullName,
    role: ROLES[row.roleCd as keyof typeof ROLES],
    phone: row.tel,
    locale: row.lang,
    createdAt: instant(row.createdAt, where('created_at')),
    updatedAt: instant(row.updatedAt, where('updated_at')),
  };
}

/** An account in the words of the monolith. */
export function accountToLegacy(row: Account): AppUser {
  const where = (column: string) => `account.${column} of id ${row.id}`;
  return {
    userId: row.id,
    email: row.email,
    pwdHash: row.passwordHash,
    fullName: row.displayName,
    roleCd: ROLE_CODES[row.role],
    tel: row.phone,
    lang: row.locale,
    createdAt: instant(row.createdAt, where('created_at')),
    updatedAt: instant(row.updatedAt, where('updated_at')),
  };
}

/** The session that a refresh token of the monolith belongs to: its family. */
export function sessionFromLegacy(row: LegacyToken): Session {
  return { id: row.familyId, accountId: row.userId };
}

/** A refresh token in the words of the auth service. */
export function refreshTokenFromLegacy(row: LegacyToken): RefreshToken {
  const where = (column: string) => `refresh_tokens.${column} of token_id ${row.tokenId}`;
  return {
    id: row.tokenId,
    sessionId: row.familyId,
    accountId: row.userId,
    hash: row.tokenHash,
    issuedAt: instant(row.issuedAt, where('issued_at')),
    expiresAt: instant(row.expiresAt, where('expires_at')),
    usedAt: row.usedAt && instant(row.usedAt, where('used_at')),
    revokedAt: row.revokedAt && instant(row.revokedAt, where('revoked_at')),
  };
}

/** A refresh token in the words of the monolith. */
export function refreshTokenToLegacy(row: RefreshToken): LegacyToken {
  const where = (column: string) => `refresh_token.${column} of id ${row.id}`;
  return {
    tokenId: row.id,
    userId: row.accountId,
    familyId: row.sessionId,
    tokenHash: row.hash,
    issuedAt: instant(row.issuedAt, where('issued_at')),
    expiresAt: instant(row.expiresAt, where('expires_at')),
    usedAt: row.usedAt && instant(row.usedAt, where('used_at')),
    revokedAt: row.revokedAt && instant(row.revokedAt, where('revoked_at')),
  };
}

/** Accounts and sessions. Failed logins are counted anew on the other side: they matter for minutes. */
export const authMove: Move = {
  name: 'auth',
  aggregates: [
    aggregate({
      name: 'accounts',
      legacyTable: appUsers,
      newTable: account,
      key: { legacy: [appUsers.userId], new: [account.id] },
      toNew: accountFromLegacy,
      toLegacy: accountToLegacy,
      // No e-mail address and no hash begins with a tilde and goes on with the id of its row.
      parked: {
        legacy: { email: sql`'~' || ${appUsers.userId}` },
        new: { email: sql`'~' || ${account.id}` },
      },
    }),
    aggregate({
      name: 'sessions',
      // The monolith knows a session only as what its tokens have in common.
      legacyTable: refreshTokens,
      newTable: session,
      key: { legacy: [refreshTokens.familyId], new: [session.id] },
      toNew: sessionFromLegacy,
      toLegacy: null,
    }),
    aggregate({
      name: 'refresh tokens',
      legacyTable: refreshTokens,
      newTable: refreshToken,
      key: { legacy: [refreshTokens.tokenId], new: [refreshToken.id] },
      toNew: refreshTokenFromLegacy,
      toLegacy: refreshTokenToLegacy,
      parked: {
        legacy: { tokenHash: sql`'~' || ${refreshTokens.tokenId}` },
        new: { hash: sql`'~' || ${refreshToken.id}` },
      },
    }),
  ],
};

import { sql } from 'drizzle-orm';
import { account, refreshToken, session } from '../../subgraphs/auth/tables.ts';
import { appUsers, refreshTokens } from '../../subgraphs/legacy/monolith/tables.ts';
import type { Check } from './kit/canonical.ts';
import { time, words } from './kit/codecs.ts';
import { same } from './kit/field.ts';
import { rootedKind } from './kit/kind.ts';
import type { ListOfRows } from './kit/list-of-rows.ts';
import { storedTable } from './kit/stored-table.ts';
import type { MoveMapping } from './mapping.ts';

const ROLES = { CUST: 'customer', STAFF: 'staff', ADM: 'admin' };

/** The monolith's tables let a family have tokens of two users: nobody can say whose session that is. */
const sharedFamily: Check = {
  member: 'sessionId',
  where: 'refresh_tokens.family_id',
  isWrong: sql`exists (select from refresh_tokens other
    where other.family_id = ${refreshTokens.familyId} and other.user_id <> ${refreshTokens.userId})`,
  problem: sql`concat('the family ', ${refreshTokens.familyId},
    ' has tokens of several users, and a session is of one: revoke it, and delete its tokens')`,
};

const tokens: ListOfRows = {
  member: 'refreshTokens',
  parent: { legacy: refreshTokens.userId, new: refreshToken.accountId },
  key: ['id'],
  unique: ['hash'],
  fields: {
    id: same(refreshTokens.tokenId, refreshToken.id),
    sessionId: same(refreshTokens.familyId, refreshToken.sessionId),
    hash: same(refreshTokens.tokenHash, refreshToken.hash),
    issuedAt: time(refreshTokens.issuedAt, refreshToken.issuedAt),
    expiresAt: time(refreshTokens.expiresAt, refreshToken.expiresAt),
    usedAt: time(refreshTokens.usedAt, refreshToken.usedAt),
    revokedAt: time(refreshTokens.revokedAt, refreshToken.revokedAt),
  },
  checks: { legacy: [sharedFamily] },
};

/**
 * The monolith knows a session only as what its tokens have in common. One without tokens lets nobody do anything and
 * is never made but with its first token: it is in no canonical form, and goes when its account is written.
 */
const sessions = storedTable({
  table: session,
  key: [session.id],
  aggregate: session.accountId,
  rows: sql`(select distinct (token ->> 'sessionId')::uuid as id
    from jsonb_array_elements(i.canonical -> 'refreshTokens') token) v`,
  columns: [
    { column: session.id, value: sql`v.id` },
    { column: session.accountId, value: sql`i.id` },
  ],
  unique: [],
});

/** Accounts and sessions. Failed logins are counted anew on the other side: they matter for minutes. */
export const authMove: MoveMapping = {
  name: 'auth',
  kinds: [
    rootedKind({
      name: 'account',
      place: 'in the auth database',
      fields: {
        id: same(appUsers.userId, account.id),
        email: same(appUsers.email, account.email),
        passwordHash: same(appUsers.pwdHash, account.passwordHash),
        displayName: same(appUsers.fullName, account.displayName),
        role: words(appUsers.roleCd, account.role, ROLES, 'migration/moves/auth.ts'),
        phone: same(appUsers.tel, account.phone),
        locale: same(appUsers.lang, account.locale),
        createdAt: time(appUsers.createdAt, account.createdAt),
        updatedAt: time(appUsers.updatedAt, account.updatedAt),
        deletedAt: time(appUsers.deletedAt, account.deletedAt),
      },
      lists: [tokens],
      secrets: ['passwordHash', 'hash'],
      tables: { new: [sessions] },
      // No e-mail address begins with a tilde and goes on with the id of its row, nor does what stands for that of a deleted account.
      parked: { email: (id) => sql`'~' || ${id}` },
      captured: {
        legacy: [
          { table: appUsers, aggregate: 'r.user_id', key: null, reader: 'r.user_id::text' },
          { table: refreshTokens, aggregate: 'r.user_id', key: null, reader: 'r.user_id::text' },
        ],
        new: [
          { table: account, aggregate: 'r.id', key: null, reader: 'r.id::text' },
          { table: session, aggregate: 'r.account_id', key: null, reader: 'r.account_id::text' },
          {
            table: refreshToken,
            aggregate: 'r.account_id',
            key: null,
            reader: 'r.account_id::text',
          },
        ],
      },
    }),
  ],
};

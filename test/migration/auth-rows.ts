import fc from 'fast-check';
import type { appUsers, refreshTokens } from '../../subgraphs/legacy/monolith/tables.ts';
import { anyHash, anyText, anyTime, dealt, ids } from './any-rows.ts';

// Rows of the monolith, everything that its tables allow, and the auth service has words for.

export type AppUser = typeof appUsers.$inferSelect;
export type LegacyToken = typeof refreshTokens.$inferSelect;

/** The content of the tables. */
export interface AuthState {
  readonly users: readonly AppUser[];
  readonly tokens: readonly LegacyToken[];
}

const user: fc.Arbitrary<Omit<AppUser, 'userId' | 'email'>> = fc.record({
  pwdHash: anyText(60),
  fullName: anyText(100),
  roleCd: fc.constantFrom('CUST', 'STAFF', 'ADM'),
  tel: fc.option(anyText(20)),
  lang: anyText(35),
  createdAt: anyTime,
  updatedAt: anyTime,
  deletedAt: fc.option(anyTime),
});

const token: fc.Arbitrary<Omit<LegacyToken, 'tokenId' | 'userId' | 'familyId' | 'tokenHash'>> =
  fc.record({
    issuedAt: anyTime,
    expiresAt: anyTime,
    usedAt: fc.option(anyTime),
    revokedAt: fc.option(anyTime),
  });

const many = <T>(one: fc.Arbitrary<T>, count: number) =>
  fc.array(one, { minLength: count, maxLength: count });

/**
 * States of the same few rows: e-mails and hashes change places between them, tokens come, go and change families, and
 * families change users.
 */
export function anyAuthStates(): fc.Arbitrary<readonly [older: AuthState, present: AuthState]> {
  return fc
    .tuple(
      fc.uniqueArray(anyText(254), { minLength: 6, maxLength: 6 }),
      fc.uniqueArray(anyHash, { minLength: 12, maxLength: 12 }),
    )
    .chain(([emails, hashes]) => {
      const pools = { users: ids(6), tokens: ids(12), families: ids(5) };
      const state = fc
        .tuple(
          dealt(pools.users, emails),
          dealt(pools.tokens, hashes),
          many(user, 6),
          many(fc.tuple(token, fc.nat(4)), 12),
          many(fc.nat(), 5),
        )
        .map(([someUsers, someTokens, facts, details, owners]): AuthState => {
          const users = someUsers.map(([userId, email], n) => ({
            ...(facts[n] as AppUser),
            userId,
            email,
          }));
          const tokens = someTokens.flatMap(([tokenId, tokenHash], n) => {
            const [detail, family] = details[n] as [LegacyToken, number];
            const owner = users[(owners[family] as number) % (users.length || 1)];
            const familyId = pools.families[family] as string;
            return owner ? [{ ...detail, tokenId, tokenHash, familyId, userId: owner.userId }] : [];
          });
          return { users, tokens };
        });
      return fc.tuple(state, state);
    });
}

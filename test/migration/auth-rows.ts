import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { appUsers, refreshTokens } from '../../subgraphs/legacy/monolith/tables.ts';

// Rows of the monolith, everything that its tables allow.

export type AppUser = typeof appUsers.$inferSelect;
export type LegacyToken = typeof refreshTokens.$inferSelect;

/** Any text that PostgreSQL can keep, up to a number of characters; often as long as it may be. */
const text = (maxLength: number) => {
  const characters = fc.string({ unit: 'binary', maxLength, size: 'max' });
  return characters.map((value) => value.replaceAll('\0', '␀'));
};

/** To the millisecond, also around midnight in Tokyo and around the turn of a year there. */
const instant = fc.oneof(
  fc.date({
    min: new Date('1000-01-02T00:00:00Z'),
    max: new Date('9998-12-30T00:00:00Z'),
    noInvalidDate: true,
  }),
  fc.integer({ min: -5, max: 5 }).map((ms) => new Date(Date.UTC(2025, 11, 31, 15) + ms)),
  fc.integer({ min: -5, max: 5 }).map((ms) => new Date(Date.UTC(1888, 0, 1) + ms)),
);

const hex = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

export const legacyUser: fc.Arbitrary<AppUser> = fc.record({
  userId: fc.uuid(),
  email: text(254),
  pwdHash: text(60),
  fullName: text(100),
  roleCd: fc.constantFrom('CUST', 'STAFF', 'ADM'),
  tel: fc.option(text(20)),
  lang: text(35),
  createdAt: instant,
  updatedAt: instant,
});

export const legacyToken: fc.Arbitrary<LegacyToken> = fc.record({
  tokenId: fc.uuid(),
  userId: fc.uuid(),
  familyId: fc.uuid(),
  tokenHash: hex,
  issuedAt: instant,
  expiresAt: instant,
  usedAt: fc.option(instant),
  revokedAt: fc.option(instant),
});

/** The rows of whole tables: ids and unique texts differ, tokens belong to users, families to one user. */
export const legacyTables = fc
  .tuple(
    fc.uniqueArray(legacyUser, { maxLength: 12, selector: ({ email }) => email }),
    fc.array(fc.tuple(legacyToken, fc.nat(), fc.nat(2)), { maxLength: 25 }),
  )
  .map(([drawn, tokens]) => {
    const users = drawn.map((user) => ({ ...user, userId: randomUUID() }));
    const families = users.map(() => [randomUUID(), randomUUID(), randomUUID()]);
    return {
      users,
      tokens: tokens.flatMap(([token, user, family], index) => {
        const owner = users[user % users.length];
        if (!owner) return [];
        const tokenHash = index.toString(16).padStart(64, token.tokenHash);
        const familyId = families[user % users.length]?.[family] as string;
        return [{ ...token, tokenId: randomUUID(), userId: owner.userId, familyId, tokenHash }];
      }),
    };
  });

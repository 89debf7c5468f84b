import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authMove } from '../../migration/moves/auth.ts';
import { account, refreshToken, session } from '../../subgraphs/auth/tables.ts';
import { appUsers, refreshTokens, resumes } from '../../subgraphs/legacy/monolith/tables.ts';
import { anyAuthStates, type AppUser, type AuthState, type LegacyToken } from './auth-rows.ts';
import {
  carry,
  content,
  empty,
  expectEqualSides,
  expectNothingLostOfAny,
  expectUntouched,
  openSides,
  type Sides,
} from './mapped-rows.ts';

let sides: Sides;
beforeAll(async () => {
  sides = await openSides('auth');
});
afterAll(async () => {
  await sides?.legacy.close();
  await sides?.new.close();
});
beforeEach(async () => {
  await sides.legacy.db.delete(resumes);
  await empty(authMove, 'legacy', sides.legacy);
  await empty(authMove, 'new', sides.new);
});

const toNew = () => carry(authMove, sides, 'new');
const toLegacy = () => carry(authMove, sides, 'legacy');
const reasons = async () => (await toNew()).flatMap(({ unmappable }) => unmappable);

async function fill({ users, tokens }: AuthState): Promise<void> {
  await empty(authMove, 'legacy', sides.legacy);
  if (users.length > 0) await sides.legacy.db.insert(appUsers).values([...users]);
  if (tokens.length > 0) await sides.legacy.db.insert(refreshTokens).values([...tokens]);
}

describe('the mapping of auth', () => {
  test('loses nothing of whatever the tables can hold, over whatever was there before', async () => {
    await expect(
      expectNothingLostOfAny(authMove, sides, anyAuthStates(), { fill, numRuns: 20 }),
    ).resolves.toBeUndefined();
  }, 120_000);

  test('refuses a role that it has no word for, and says where it stands', async () => {
    const row = user('a');
    await sides.legacy.pool.query('alter table app_users drop constraint app_users_role');
    for (const roleCd of ['ROOT', 'cust', '', 'null']) {
      await fill({ users: [{ ...row, roleCd }], tokens: [token(row)] });
      expect(await reasons()).toEqual([
        `app_users.role_cd of ${row.userId} in the monolith: "${roleCd}" is none of CUST, STAFF, ADM: mend the row, or teach migration/moves/auth.ts the word`,
      ]);
    }
    await empty(authMove, 'legacy', sides.legacy);
    await sides.legacy.pool.query(
      `alter table app_users add constraint app_users_role check (role_cd in ('CUST','STAFF','ADM'))`,
    );
  });

  test('refuses a word that was added to the type of the column, on the way back', async () => {
    await sides.new.pool.query(`alter type role add value if not exists 'auditor'`);
    await fill({ users: [user('a')], tokens: [] });
    await toNew();
    await sides.new.pool.query(`update account set role = 'auditor'`);
    const [carried] = await toLegacy();
    expect(carried?.unmappable).toEqual([
      expect.stringMatching(
        /^account\.role of .* in the auth database: "auditor" is none of customer, staff, admin: mend the row, or teach/,
      ),
    ]);
  });

  test.each([
    ['infinity', 'app_users', 'updated_at'],
    ['infinity', 'app_users', 'deleted_at'],
    ['-infinity', 'refresh_tokens', 'used_at'],
    ['0999-12-31 23:59:59', 'refresh_tokens', 'expires_at'],
    ['9999-01-01 09:00:00', 'app_users', 'created_at'],
    ['4713-01-01 00:00:00 BC', 'refresh_tokens', 'issued_at'],
  ])('refuses a time that the other side could not read: %s', async (time, table, column) => {
    const owner = user('a');
    await fill({ users: [owner], tokens: [token(owner)] });
    await sides.legacy.pool.query(`update ${table} set ${column} = '${time}'`);
    expect(await reasons()).toEqual([
      expect.stringMatching(
        `^${table}.${column} of [-0-9a-f]{36} in the monolith: is no time from the years 1000 to 9998`,
      ),
    ]);
  });

  test('a family with tokens of two users is nobody’s session: both accounts stay, and say why', async () => {
    const [first, second] = [user('a'), user('b')];
    const one = token(first);
    await fill({
      users: [first, second],
      tokens: [one, { ...token(second), familyId: one.familyId }],
    });
    expect(await reasons()).toEqual(
      [expect.anything(), expect.anything()].map(
        () =>
          expect.stringContaining(
            `in the monolith: the family ${one.familyId} has tokens of several users`,
          ) as string,
      ),
    );
    expect(await sides.new.db.$count(account)).toBe(0);
  });

  test('a session is what tokens have in common; it goes with the last of them', async () => {
    const owner = user('a');
    const [one, other] = [token(owner), token(owner)];
    await fill({
      users: [owner],
      tokens: [one, { ...token(owner), familyId: one.familyId }, other],
    });
    await toNew();
    expect(await sides.new.db.$count(session)).toBe(2);
    expect(await sides.new.db.$count(refreshToken)).toBe(3);
    await sides.legacy.db.delete(refreshTokens).where(eq(refreshTokens.tokenId, other.tokenId));
    await toNew();
    expect((await sides.new.db.select().from(session)).map(({ id }) => id)).toEqual([one.familyId]);
  });

  test('rows that are right already are not written', async () => {
    const [first, second, third] = [user('a'), user('b'), user('c')];
    await fill({ users: [first, second, third], tokens: [token(first), token(second)] });
    expect(await toNew()).toEqual([{ kind: 'account', written: 7, removed: 0, unmappable: [] }]);
    const before = await content(sides.new, ['account']);
    const versions = async () =>
      (await sides.new.pool.query('select xmin::text, id from account order by id')).rows;
    const written = await versions();
    expectUntouched(await toNew());
    expect(await versions()).toEqual(written);
    await sides.new.db.delete(account).where(eq(account.id, first.userId));
    await sides.new.db
      .update(account)
      .set({ displayName: '!' })
      .where(eq(account.id, second.userId));
    expect(await toLegacy()).toEqual([{ kind: 'account', written: 1, removed: 1, unmappable: [] }]);
    expect(before['account']).toHaveLength(3);
    await expectEqualSides(authMove, sides);
  });

  test('lets e-mail addresses change places, pass to new accounts and come from removed ones', async () => {
    const [a, b, c] = [user('a'), user('b'), user('c')];
    const [d, e, f] = [user('d'), user('e'), user('f')];
    await fill({ users: [a, b, c, d, e], tokens: [] });
    await toNew();
    // a and b swap, c takes that of the removed d, a newcomer takes the one that c had, e stays.
    const now = [
      { ...a, email: b.email },
      { ...b, email: a.email },
      { ...c, email: d.email },
      { ...f, email: c.email },
      e,
    ];
    await fill({ users: now, tokens: [] });
    expect(await toNew()).toEqual([{ kind: 'account', written: 4, removed: 1, unmappable: [] }]);
    const mails = await sides.new.db.select({ id: account.id, email: account.email }).from(account);
    expect(new Map(mails.map(({ id, email }) => [id, email]))).toEqual(
      new Map(now.map(({ userId, email }) => [userId, email])),
    );
  });

  test('keeps rows of other domains that refer to an account', async () => {
    const owner = user('owner');
    await fill({ users: [owner], tokens: [] });
    await sides.legacy.pool.query(
      `insert into resumes values (gen_random_uuid(), $1, 'a.txt', 'text/plain', 1, repeat('0', 64), now())`,
      [owner.userId],
    );
    await toNew();
    await sides.new.db.update(account).set({ email: 'new@example.com' });
    await toLegacy();
    expect(await sides.legacy.db.$count(resumes)).toBe(1);
    expect((await sides.legacy.db.select().from(appUsers))[0]?.email).toBe('new@example.com');
  });
});

function user(name: string): AppUser {
  return {
    userId: randomUUID(),
    email: `${name}@example.com`,
    pwdHash: '',
    fullName: name,
    roleCd: 'CUST',
    tel: null,
    lang: 'en',
    createdAt: new Date('2026-01-01T00:00:00.001Z'),
    updatedAt: new Date('2026-01-02T00:00:00.002Z'),
    deletedAt: null,
  };
}

function token(owner: AppUser): LegacyToken {
  return {
    tokenId: randomUUID(),
    userId: owner.userId,
    familyId: randomUUID(),
    tokenHash: `${randomUUID()}${randomUUID()}`.replaceAll('-', ''),
    issuedAt: new Date('2026-01-01T00:00:00.001Z'),
    expiresAt: new Date('2026-02-01T00:00:00.001Z'),
    usedAt: null,
    revokedAt: null,
  };
}

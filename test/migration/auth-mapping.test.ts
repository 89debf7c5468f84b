import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { createLog } from '#platform/log.ts';
import { copyMove } from '../../migration/copy-move.ts';
import {
  accountFromLegacy,
  accountToLegacy,
  authMove,
  refreshTokenFromLegacy,
  refreshTokenToLegacy,
  sessionFromLegacy,
} from '../../migration/moves/auth.ts';
import { account, refreshToken, session } from '../../subgraphs/auth/tables.ts';
import { appUsers, refreshTokens } from '../../subgraphs/legacy/monolith/tables.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import {
  legacyTables,
  legacyToken,
  legacyUser,
  type AppUser,
  type LegacyToken,
} from './auth-rows.ts';

describe('the mapping of auth', () => {
  test('brings every account there and back as it was', () => {
    fc.assert(
      fc.property(legacyUser, (row) => {
        expect(accountToLegacy(accountFromLegacy(row))).toEqual(row);
      }),
      { numRuns: 500 },
    );
  });

  test('brings every refresh token there and back as it was, with its session', () => {
    fc.assert(
      fc.property(legacyToken, (row) => {
        const token = refreshTokenFromLegacy(row);
        expect(refreshTokenToLegacy(token)).toEqual(row);
        expect(sessionFromLegacy(row)).toEqual({ id: token.sessionId, accountId: token.accountId });
      }),
      { numRuns: 500 },
    );
  });

  test('refuses a role that it has no word for, and says where it stands', () => {
    const row = fc.sample(legacyUser, 1)[0] as AppUser;
    for (const roleCd of ['ROOT', 'cust', '', 'toString']) {
      expect(() => accountFromLegacy({ ...row, roleCd })).toThrow(
        `app_users.role_cd of user_id ${row.userId}: "${roleCd}" is none of CUST, STAFF, ADM`,
      );
    }
  });

  test('refuses a time that the other side could not read', () => {
    const row = fc.sample(legacyToken, 1)[0] as LegacyToken;
    const times = [new Date(NaN), new Date('0050-01-01T00:00:00Z')];
    for (const usedAt of times) {
      expect(() => refreshTokenFromLegacy({ ...row, usedAt })).toThrow(
        `refresh_tokens.used_at of token_id ${row.tokenId}: is no time`,
      );
    }
  });
});

describe('copying auth between real databases', () => {
  let legacy: Database;
  let fresh: Database;

  beforeAll(async () => {
    [legacy, fresh] = [
      await database('../../subgraphs/legacy/monolith/migrations'),
      await database('../../subgraphs/auth/migrations'),
    ];
  });
  afterAll(async () => {
    await legacy.close();
    await fresh.close();
  });
  beforeEach(async () => {
    await legacy.db.delete(appUsers);
    await fresh.db.delete(account);
  });

  const toNew = () => copyMove(authMove, legacy, fresh, 'new');
  const toLegacy = () => copyMove(authMove, fresh, legacy, 'legacy');
  const users = () => legacy.db.select().from(appUsers).orderBy(asc(appUsers.userId));
  const tokens = () => legacy.db.select().from(refreshTokens).orderBy(asc(refreshTokens.tokenId));
  const accounts = () => fresh.db.select().from(account).orderBy(asc(account.id));
  const fill = async (rows: { users: AppUser[]; tokens: LegacyToken[] }) => {
    if (rows.users.length > 0) await legacy.db.insert(appUsers).values(rows.users);
    if (rows.tokens.length > 0) await legacy.db.insert(refreshTokens).values(rows.tokens);
  };

  test('there and back loses nothing of whatever the tables can hold', async () => {
    await fc.assert(
      fc.asyncProperty(legacyTables, async (rows) => {
        // What earlier runs left on both sides must make no difference.
        await legacy.db.delete(appUsers);
        await fill(rows);
        const before = [await users(), await tokens()];
        await toNew();
        await legacy.db.delete(appUsers);
        await toLegacy();
        expect([await users(), await tokens()]).toEqual(before);
        expect(before[0]).toHaveLength(rows.users.length);
        expect(before[1]).toHaveLength(rows.tokens.length);
      }),
      { numRuns: 25 },
    );
  });

  test('counts what it read, wrote and removed, and writes nothing twice', async () => {
    const [first, second, third] = [user('a'), user('b'), user('c')];
    const [one, two, three] = [token(first), token(first), token(second)];
    await fill({
      users: [first, second, third],
      tokens: [one, { ...two, familyId: one.familyId }, three],
    });
    expect(await toNew()).toEqual([
      { aggregate: 'accounts', rows: 3, written: 3, removed: 0 },
      { aggregate: 'sessions', rows: 2, written: 2, removed: 0 },
      { aggregate: 'refresh tokens', rows: 3, written: 3, removed: 0 },
    ]);
    expect((await toNew()).map(({ written, removed }) => [written, removed])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    await fresh.db.delete(account).where(sameId(first.userId));
    await fresh.db.update(account).set({ displayName: 'Changed' }).where(sameId(second.userId));
    expect(await toLegacy()).toEqual([
      { aggregate: 'accounts', rows: 2, written: 1, removed: 1 },
      { aggregate: 'refresh tokens', rows: 1, written: 0, removed: 2 },
    ]);
    expect((await users()).map(({ fullName }) => fullName).sort()).toEqual(['Changed', 'c']);
  });

  test('lets e-mail addresses change places, pass to new accounts and come from removed ones', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map(user) as [
      AppUser,
      AppUser,
      AppUser,
      AppUser,
      AppUser,
    ];
    const [a, b, c, d, e] = rows;
    await fill({ users: [...rows], tokens: [] });
    await toNew();
    await legacy.db.delete(appUsers);
    // a and b swap, c takes that of the removed d, a newcomer takes the one that c had, e stays.
    const now = [
      { ...a, email: b.email },
      { ...b, email: a.email },
      { ...c, email: d.email },
      { ...user('f'), email: c.email },
      e,
    ];
    await fill({ users: now, tokens: [] });
    expect((await toNew())[0]).toEqual({ aggregate: 'accounts', rows: 5, written: 4, removed: 1 });
    expect(byId(await accounts())).toEqual(byId(now.map(accountFromLegacy)));
    // And the other way round, from the state before.
    await legacy.db.delete(appUsers);
    await fill({ users: rows, tokens: [] });
    await toLegacy();
    expect(await users()).toEqual(now.sort((x, y) => (x.userId < y.userId ? -1 : 1)));
  });

  test('keeps rows of other domains that refer to an account', async () => {
    const owner = user('owner');
    await fill({ users: [owner], tokens: [] });
    await legacy.pool.query(
      `insert into resumes values (gen_random_uuid(), $1, 'a.txt', 'text/plain', 1, repeat('0', 64), now())`,
      [owner.userId],
    );
    await toNew();
    await fresh.db.update(account).set({ email: 'new@example.com' });
    await toLegacy();
    expect((await legacy.pool.query('select count(*)::int as n from resumes')).rows).toEqual([
      { n: 1 },
    ]);
    expect((await users())[0]?.email).toBe('new@example.com');
  });

  test('changes nothing when a row cannot be copied, and says which', async () => {
    const [first, second] = [user('a'), user('b')];
    await fill({ users: [first, second], tokens: [token(first)] });
    await toNew();
    const before = await accounts();
    await legacy.db.update(appUsers).set({ fullName: 'Changed' });
    // The monolith's tables let a family have tokens of two users; nobody can say whose session that is.
    const [token1] = await tokens();
    await legacy.db
      .insert(refreshTokens)
      .values({ ...token(second), familyId: token1?.familyId as string });
    await expect(toNew()).rejects.toThrow(
      /^refresh tokens could not be written to the table "refresh_token": .*refresh_token_session_fk/,
    );
    expect(await accounts()).toEqual(before);
  });

  test('streams more rows than a batch holds', async () => {
    await legacy.pool.query(
      `insert into app_users select gen_random_uuid(), n || '@example.com', '', 'N', 'CUST', null, 'en', now(), now()
       from generate_series(1, 2500) n`,
    );
    await legacy.pool.query(
      `insert into refresh_tokens select gen_random_uuid(), user_id, family, gen_random_uuid()::text, now(), now()
       from app_users, lateral (select gen_random_uuid() as family where user_id is not null) f, generate_series(1, 2)`,
    );
    const counts = await toNew();
    expect(counts.map(({ rows }) => rows)).toEqual([2_500, 2_500, 5_000]);
    expect(await fresh.db.$count(session)).toBe(2_500);
    expect(await fresh.db.$count(refreshToken)).toBe(5_000);
    expect((await toLegacy()).map(({ written }) => written)).toEqual([0, 0]);
  });
});

async function database(migrations: string): Promise<Database> {
  const url = await createEmptyDatabase();
  const extension = openDatabase({
    url,
    poolSize: 2,
    applicationName: 'test',
    log: createLog('test', 'silent'),
  });
  await extension.pool.query('create extension if not exists pg_trgm');
  await migrateDatabase(url, new URL(migrations, import.meta.url).pathname);
  return extension;
}

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

const sameId = (id: string) => eq(account.id, id);
const byId = <Row extends { id: string }>(rows: readonly Row[]) =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

import {
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  sql,
  type InferSelectModel,
  type SQL,
} from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import { notFound } from '../errors.ts';
import { checkRules, textRule } from '../rules.ts';
import { idsOf, listAnswer, listPage } from '../lists.ts';
import { appUsers } from '../tables.ts';
import { instantOf } from '../instant.ts';
import { jstText, jstTextOrNull } from '../times.ts';
import type { UserAnswer, UsersQuery } from './schemas.ts';

/** An account as it is stored. */
export type AccountRow = InferSelectModel<typeof appUsers>;

/** An account as a caller may see it: contact data is for the account itself and for staff. */
export function userAnswer(row: AccountRow, reader: Identity): UserAnswer {
  const open = maySeeUser(reader, row.userId);
  const isLeft = row.deletedAt === null;
  return {
    user_id: row.userId,
    email: open && isLeft ? row.email : null,
    full_name: row.fullName,
    role: row.roleCd as UserAnswer['role'],
    tel: open ? row.tel : null,
    lang: row.lang,
    created_at: jstText(row.createdAt),
    updated_at: jstText(row.updatedAt),
    deleted_at: open ? jstTextOrNull(row.deletedAt) : null,
  };
}

/** Accounts by id, those that exist. */
export function accountsById(db: Db, ids: readonly string[]): Promise<AccountRow[]> {
  return ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(appUsers)
        .where(inArray(appUsers.userId, [...ids]));
}

/** The account of an e-mail address in its normal form. */
export async function accountByEmail(db: Db, email: string): Promise<AccountRow | undefined> {
  const [row] = await db.select().from(appUsers).where(eq(appUsers.email, email));
  return row;
}

/** An account by its id. @throws 404 */
export async function accountById(db: Db, id: string): Promise<AccountRow> {
  const [row] = await accountsById(db, [id]);
  if (!row) throw notFound('account');
  return row;
}

/** An account that was not deleted. @throws 404 */
export async function livingAccount(db: Db, id: string): Promise<AccountRow> {
  const row = await accountById(db, id);
  if (row.deletedAt !== null) throw notFound('account');
  return row;
}

/**
 * Takes an account for this transaction, so that its sessions change one request at a time. Rows that refer
 * to the account, such as orders, can still be written.
 */
export async function lockAccount(db: Db, userId: string): Promise<AccountRow | undefined> {
  const [row] = await db
    .select()
    .from(appUsers)
    .where(eq(appUsers.userId, userId))
    .for('no key update');
  return row;
}

/** A list of accounts, newest first: of those that were not deleted, or of those that were, since a time. */
export async function listAccounts(db: Db, query: UsersQuery, reader: Identity) {
  const ids = query.ids === undefined ? undefined : idsOf(query.ids);
  const page = listPage({ limit: ids?.length, ...query }, ['time', 'uuid']);
  const text = (query.q ?? '').trim();
  checkRules([textRule('q', text, 0, 200, 'must be at most 200 characters long')]);
  const matching = and(
    ids && inArray(appUsers.userId, ids),
    query.deleted_since === undefined
      ? isNull(appUsers.deletedAt)
      : gte(appUsers.deletedAt, instantOf('deleted_since', query.deleted_since)),
    query.role === undefined ? undefined : eq(appUsers.roleCd, query.role),
    text === '' ? undefined : contactHolds(text),
  );
  const rows = await db
    .select()
    .from(appUsers)
    .where(and(matching, page.after ? olderThan(page.after as [number, string]) : undefined))
    .orderBy(desc(appUsers.createdAt), desc(appUsers.userId))
    .limit(page.limit + 1)
    .offset(page.offset);
  const [totals] = await db.select({ total: count() }).from(appUsers).where(matching);
  const keyed = rows.map((row) => ({
    item: userAnswer(row, reader),
    key: [row.createdAt.getTime(), row.userId],
  }));
  return listAnswer(page, keyed, totals?.total ?? 0);
}

const contactHolds = (text: string): SQL =>
  sql`(strpos(${appUsers.email}, lower(${text})) > 0 or strpos(lower(${appUsers.fullName}), lower(${text})) > 0)`;

const olderThan = ([ms, id]: [number, string]): SQL =>
  sql`(${appUsers.createdAt}, ${appUsers.userId}) < (${sql.param(new Date(ms), appUsers.createdAt)}, ${id})`;

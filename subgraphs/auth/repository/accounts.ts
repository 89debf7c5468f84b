import { and, desc, eq, gte, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import { olderThan } from '#platform/database/newest-first.ts';
import type { Db } from '#platform/database/pool.ts';
import { pageResult, type Page, type PageResult } from '#platform/graph/connection.ts';
import { account } from '../tables.ts';

type Row = typeof account.$inferSelect;

/** An account as everybody but a login sees it. */
export type Account = Omit<Row, 'passwordHash'>;
export type NewAccount = typeof account.$inferInsert;
export type AccountChange = Partial<
  Pick<Row, 'email' | 'displayName' | 'phone' | 'locale' | 'passwordHash' | 'deletedAt'>
>;

/** Which accounts to list. */
export interface AccountFilter {
  readonly role?: Account['role'];
  /** A part of the e-mail address or the display name, in whatever case. */
  readonly search?: string;
  /** Those that were deleted, then or later, instead of those that were not. */
  readonly deletedSince?: Date;
}

const visible = {
  id: account.id,
  email: account.email,
  displayName: account.displayName,
  role: account.role,
  phone: account.phone,
  locale: account.locale,
  createdAt: account.createdAt,
  updatedAt: account.updatedAt,
  deletedAt: account.deletedAt,
};

/** @returns undefined when the e-mail address is taken */
export async function insertAccount(db: Db, row: NewAccount): Promise<Account | undefined> {
  const rows = await db
    .insert(account)
    .values(row)
    .onConflictDoNothing({ target: account.email })
    .returning(visible);
  return rows[0];
}

export async function findAccounts(db: Db, ids: readonly string[]): Promise<Account[]> {
  return db
    .select(visible)
    .from(account)
    .where(inArray(account.id, [...ids]));
}

/** The account with an e-mail address, with its password hash. */
export async function findAccountByEmail(db: Db, email: string): Promise<Row | undefined> {
  return (await db.select().from(account).where(eq(account.email, email)))[0];
}

/** An account with its password hash. */
export async function findAccountWithPassword(db: Db, id: string): Promise<Row | undefined> {
  return (await db.select().from(account).where(eq(account.id, id)))[0];
}

/**
 * Locks an account as long as its password is still the given one.
 *
 * @param strength `share` to rely on the password, `no key update` to change it: one waits for the other
 */
export async function lockAccount(
  tx: Db,
  { id, passwordHash }: Pick<Row, 'id' | 'passwordHash'>,
  strength: 'share' | 'no key update',
): Promise<boolean> {
  const rows = await tx
    .select({ passwordHash: account.passwordHash })
    .from(account)
    .where(eq(account.id, id))
    .for(strength);
  return rows[0]?.passwordHash === passwordHash;
}

/** Changes an account that was not deleted. @returns undefined when there is none */
export async function updateAccount(
  db: Db,
  id: string,
  change: AccountChange,
  now: Date,
): Promise<Account | undefined> {
  const rows = await db
    .update(account)
    .set({ ...change, updatedAt: now })
    .where(and(eq(account.id, id), isNull(account.deletedAt)))
    .returning(visible);
  return rows[0];
}

/** A page of accounts, newest first. The sort key is the time of registration in milliseconds, then the id. */
export async function listAccounts(
  db: Db,
  page: Page,
  filter: AccountFilter,
): Promise<PageResult<Account>> {
  const { deletedSince } = filter;
  const matching = and(
    deletedSince ? gte(account.deletedAt, deletedSince) : isNull(account.deletedAt),
    filter.role && eq(account.role, filter.role),
    filter.search === undefined ? undefined : contains(filter.search),
  );
  const rows = await db
    .select(visible)
    .from(account)
    .where(
      and(matching, page.after ? olderThan(account.createdAt, account.id, page.after) : undefined),
    )
    .orderBy(desc(account.createdAt), desc(account.id))
    .limit(page.limit + 1);
  const totalCount = await db.$count(account, matching);
  return pageResult(rows, page, totalCount);
}

function contains(search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return or(
    sql`lower(${account.email}) like lower(${pattern})`,
    sql`lower(${account.displayName}) like lower(${pattern})`,
  );
}

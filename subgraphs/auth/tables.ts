import { sql } from 'drizzle-orm';
import {
  char,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';

/** What an account may do, in words that grow: each may do what the one before may. */
export const role = pgEnum('role', ['customer', 'staff', 'admin']);

export const account = pgTable(
  'account',
  {
    id: uuid('id').primaryKey(),
    /** Always lower case. */
    email: varchar('email', { length: 254 }).notNull(),
    /** bcrypt. */
    passwordHash: varchar('password_hash', { length: 60 }).notNull(),
    displayName: varchar('display_name', { length: 100 }).notNull(),
    role: role('role').notNull().default('customer'),
    /** E.164. */
    phone: varchar('phone', { length: 20 }),
    /** BCP 47. */
    locale: varchar('locale', { length: 35 }).notNull().default('en'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When it was deleted: what is left of it is an id for those who refer to it. @see tombstone */
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    unique('account_email_key').on(t.email),
    index('account_newest').on(t.createdAt, t.id),
    index('account_newest_by_role').on(t.role, t.createdAt, t.id),
    index('account_deleted')
      .on(t.deletedAt)
      .where(sql`${t.deletedAt} is not null`),
  ],
);

/** A login, and all refresh tokens descended from it. Whoever changes its tokens locks its row first. */
export const session = pgTable(
  'session',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
  },
  (t) => [
    // What the foreign key of `refresh_token` refers to: all tokens of a session are of one account.
    unique('session_id_account_id_key').on(t.id, t.accountId),
    index('session_account').on(t.accountId),
  ],
);

export const refreshToken = pgTable(
  'refresh_token',
  {
    id: uuid('id').primaryKey(),
    sessionId: uuid('session_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** SHA-256 in hexadecimal; the token itself is not kept. */
    hash: char('hash', { length: 64 }).notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** When it was given in exchange for the next token of its session. */
    usedAt: instant('used_at'),
    /** When its session was ended. */
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    unique('refresh_token_hash_key').on(t.hash),
    foreignKey({
      name: 'refresh_token_session_fk',
      columns: [t.sessionId, t.accountId],
      foreignColumns: [session.id, session.accountId],
    }).onDelete('cascade'),
    index('refresh_token_session').on(t.sessionId),
    index('refresh_token_account').on(t.accountId),
  ],
);

/** What failed logins are counted by: the account that was tried, the address that they came from. */
export const attemptKind = pgEnum('login_attempt_kind', ['account', 'address']);

/** Failed logins since the first one of a window. */
export const loginAttempt = pgTable(
  'login_attempt',
  {
    kind: attemptKind('kind').notNull(),
    /** The e-mail address, whether there is such an account or not; the client's address. */
    subject: text('subject').notNull(),
    failures: integer('failures').notNull(),
    firstFailedAt: instant('first_failed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.subject] }),
    index('login_attempt_oldest').on(t.firstFailedAt),
    check('login_attempt_failures', sql`${t.failures} > 0`),
  ],
);

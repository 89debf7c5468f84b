import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/database/pool.ts';
import { unlessTaken } from '#platform/database/unique-violation.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { invalidInput, notFound } from '#platform/graph/problems.ts';
import type { Identity } from '#platform/identity/identity.ts';
import { attemptSubjects, countFailure, countSuccess, secondsToWait } from './login-limit.ts';
import type { Passwords } from './passwords.ts';
import { emailTaken, tooManyAttempts, wrongLogin, wrongPassword } from './problems.ts';
import {
  findAccountByEmail,
  findAccountWithPassword,
  findAccounts,
  insertAccount,
  listAccounts,
  lockAccount,
  updateAccount,
  type Account,
  type AccountChange,
  type AccountFilter,
} from './repository/accounts.ts';
import { brokenAccountRules, isEmail, normalEmail } from './rules.ts';
import {
  beginSession,
  endSession,
  endSessionsOf,
  renewSession,
  type OwnAccount,
  type SessionTools,
} from './sessions.ts';
import { tombstone } from './tombstone.ts';

export type { Account } from './repository/accounts.ts';

/** What the use cases of this service stand on. */
export interface Auth extends SessionTools {
  readonly db: Database['db'];
  readonly passwords: Passwords;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly locale: string | null;
}

/** What is absent stays as it is. */
export interface ProfileChange {
  readonly email?: string | null;
  readonly displayName?: string | null;
  readonly phone?: string | null;
  readonly locale?: string | null;
}

/** Whose account is to be deleted, and what shows that it may be. */
export interface AccountDeletion {
  readonly id: string;
  readonly currentPassword: string | null;
}

/** Creates an account for a customer and logs it in. */
export async function register(auth: Auth, input: Registration) {
  const broken = brokenAccountRules({ ...input, email: normalEmail(input.email) });
  if (broken.length > 0) return invalidInput(broken);
  const passwordHash = await auth.passwords.hash(input.password);
  const now = new Date();
  return auth.db.transaction(async (tx) => {
    const account = await insertAccount(tx, {
      id: randomUUID(),
      email: normalEmail(input.email),
      passwordHash,
      displayName: input.displayName.trim(),
      locale: input.locale as string,
      createdAt: now,
      updatedAt: now,
    });
    return account ? beginSession(tx, auth, account, now) : emailTaken();
  });
}

/**
 * Begins a session. Failed tries are limited per account and address.
 *
 * @param address where the try comes from; null when that is not known
 */
export async function login(
  auth: Auth,
  input: { readonly email: string; readonly password: string },
  address: string | null,
) {
  const email = normalEmail(input.email);
  // What cannot be an address of an account fails like an unknown one, but is not worth a counter.
  const subjects = attemptSubjects(isEmail(email) ? email : null, address);
  const wait = await secondsToWait(auth.db, subjects, new Date());
  if (wait > 0) return tooManyAttempts(wait);
  const found = isEmail(email) ? await findAccountByEmail(auth.db, email) : undefined;
  const matches = await auth.passwords.matches(input.password, found?.passwordHash);
  const now = new Date();
  return auth.db.transaction(async (tx) => {
    // A password that was changed while it was being checked is no longer right.
    if (!found || !matches || !(await lockAccount(tx, found, 'share'))) {
      const wait = await countFailure(tx, subjects, now);
      return wait > 0 ? tooManyAttempts(wait) : wrongLogin();
    }
    const wait = await countSuccess(tx, subjects, now);
    if (wait > 0) return tooManyAttempts(wait);
    return beginSession(tx, auth, withoutPassword(found), now);
  });
}

/** Renews a session by its latest refresh token. */
export async function refresh(auth: Auth, refreshToken: string) {
  return auth.db.transaction((tx) => renewSession(tx, auth, refreshToken, new Date()));
}

/** Ends the session of a refresh token. @returns whether it was live; null: no such token is known */
export async function logout(auth: Auth, refreshToken: string): Promise<boolean | null> {
  return auth.db.transaction((tx) => endSession(tx, refreshToken, new Date()));
}

/** Ends all sessions of an account but that of one refresh token. @returns how many were live */
export async function logoutEverywhere(
  auth: Auth,
  accountId: string,
  keepRefreshToken: string | null,
): Promise<number> {
  return auth.db.transaction((tx) => endSessionsOf(tx, accountId, new Date(), keepRefreshToken));
}

/** Changes a password, ends all sessions of the account and begins a fresh one. */
export async function changePassword(
  auth: Auth,
  accountId: string,
  input: { readonly currentPassword: string; readonly newPassword: string },
) {
  const broken = brokenAccountRules({ newPassword: input.newPassword });
  if (broken.length > 0) return invalidInput(broken);
  const found = await findAccountWithPassword(auth.db, accountId);
  if (!(await auth.passwords.matches(input.currentPassword, found?.passwordHash)) || !found) {
    return wrongPassword();
  }
  const passwordHash = await auth.passwords.hash(input.newPassword);
  const now = new Date();
  return auth.db.transaction(async (tx) => {
    if (!(await lockAccount(tx, found, 'no key update'))) return wrongPassword();
    const changed = await updateAccount(tx, accountId, { passwordHash }, now);
    await endSessionsOf(tx, accountId, now);
    return beginSession(tx, auth, changed as Account, now);
  });
}

/**
 * Deletes an account and ends its sessions: one's own by its password, or any for admins. What is left of it is its
 * tombstone. Doing it again changes nothing.
 */
export async function deleteAccount(
  auth: Auth,
  caller: Identity,
  { id, currentPassword }: AccountDeletion,
) {
  const isOwn = id === caller.userId;
  if (!isOwn && caller.role !== 'admin') return notFound('account', id);
  if (isOwn && currentPassword === null) return invalidInput([PASSWORD_NEEDED]);
  const found = await findAccountWithPassword(auth.db, id);
  if (!found) return notFound('account', id);
  const deleted = { __typename: 'DeleteAccountPayload' as const, deletedId: id };
  if (found.deletedAt !== null) return deleted;
  if (isOwn && !(await auth.passwords.matches(currentPassword ?? '', found.passwordHash))) {
    return wrongPassword();
  }
  const now = new Date();
  return auth.db.transaction(async (tx) => {
    const isSame = await lockAccount(tx, found, 'no key update');
    const [account] = await findAccounts(tx, [id]);
    // A password that was changed while it was being checked is no longer right.
    if (isOwn && !isSame && account?.deletedAt === null) return wrongPassword();
    await updateAccount(tx, id, tombstone(id, now), now);
    await endSessionsOf(tx, id, now);
    return deleted;
  });
}

const PASSWORD_NEEDED = {
  path: 'currentPassword',
  message: 'is needed to delete your own account',
};

/** Changes the profile of an account. @returns null when there is no such account */
export async function updateProfile(auth: Auth, accountId: string, input: ProfileChange) {
  const email = input.email == null ? input.email : normalEmail(input.email);
  const { phone, ...others } = { ...input, email };
  // Null removes a phone number; everything else cannot be removed.
  const broken = brokenAccountRules(phone === null ? others : { ...others, phone });
  if (broken.length > 0) return invalidInput(broken);
  const change = { ...others, phone, displayName: input.displayName?.trim() } as AccountChange;
  const isChange = Object.values(change).some((value) => value !== undefined);
  return unlessTaken('account_email_key', emailTaken, async () => {
    const changed = isChange
      ? await updateAccount(auth.db, accountId, change, new Date())
      : (await findAccounts(auth.db, [accountId])).find(({ deletedAt }) => deletedAt === null);
    if (!changed) return null;
    const user: OwnAccount = { ...changed, isCaller: true };
    return { __typename: 'UpdateProfileSuccess' as const, user };
  });
}

/** The accounts among `ids` that exist, in any order. */
export async function accountsByIds(auth: Auth, ids: readonly string[]): Promise<Account[]> {
  return findAccounts(auth.db, ids);
}

/** A page of accounts, newest first. */
export async function accountPage(
  auth: Auth,
  page: Page,
  filter: AccountFilter,
): Promise<PageResult<Account>> {
  return listAccounts(auth.db, page, filter);
}

function withoutPassword({
  passwordHash: _passwordHash,
  ...account
}: Account & { passwordHash: string }): Account {
  return account;
}

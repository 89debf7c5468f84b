import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import type { KnownIdentity } from '../caller.ts';
import { brokenConstraint } from '../constraints.ts';
import { ApiError, notFound } from '../errors.ts';
import { checkRules } from '../rules.ts';
import { appUsers } from '../tables.ts';
import {
  accountByEmail,
  accountById,
  accountsById,
  livingAccount,
  lockAccount,
  userAnswer,
  type AccountRow,
} from './accounts.ts';
import { loginLimits } from './login-limits.ts';
import { bcryptPasswords } from './passwords.ts';
import {
  emailRule,
  fullNameRule,
  isEmail,
  langRule,
  normalEmail,
  passwordRule,
  telRule,
} from './rules.ts';
import type {
  ChangePasswordBody,
  LoginBody,
  ProfileBody,
  RegisterBody,
  SessionAnswer,
  UserAnswer,
} from './schemas.ts';
import { findToken, issueTokens, revokeAccount, revokeFamily, useToken } from './sessions.ts';
import { tombstone } from './tombstone.ts';

/** Why a refresh token is refused, and what to say. */
const REFUSALS = {
  UNKNOWN: 'This refresh token is not known: log in again.',
  EXPIRED: 'This session has expired: log in again.',
  REVOKED: 'This session has ended: log in again.',
  REUSED: 'This refresh token had been used before, so its session was ended: log in again.',
} as const;
export type Refusal = keyof typeof REFUSALS;

/** The use cases of accounts and sessions. */
export type AuthService = ReturnType<typeof authService>;

export function authService({ db, config, clock }: MonolithDeps) {
  const passwords = bcryptPasswords(config.BCRYPT_COST);
  const limits = loginLimits(db, clock);

  async function openSession(tx: Db, account: AccountRow, family?: string): Promise<SessionAnswer> {
    const tokens = await issueTokens(tx, config.SECRET_KEY, account, clock(), family);
    return { ...tokens, user: userAnswer(account, asSelf(account)) };
  }

  /** @param isRight whether it may be deleted as it is now @returns false where it may not */
  async function bury(userId: string, isRight: (account: AccountRow) => boolean): Promise<boolean> {
    return db.transaction(async (tx) => {
      const account = await lockAccount(tx, userId);
      if (!account || account.deletedAt !== null) return true;
      if (!isRight(account)) return false;
      const now = clock();
      await tx.update(appUsers).set(tombstone(userId, now)).where(eq(appUsers.userId, userId));
      await revokeAccount(tx, userId, now);
      return true;
    });
  }

  return {
    /** Creates a customer's account and logs it in. @throws 409 EMAIL_TAKEN, 422 */
    async register(body: RegisterBody): Promise<SessionAnswer> {
      checkRegistration(body);
      const email = normalEmail(body.email);
      const { lang = 'en', full_name: name } = body;
      const pwdHash = await passwords.hash(body.password);
      const now = clock();
      return db.transaction(async (tx) => {
        const [account] = await tx
          .insert(appUsers)
          .values({
            userId: randomUUID(),
            email,
            pwdHash,
            fullName: name.trim(),
            lang,
            createdAt: now,
            updatedAt: now,
          })
          .onConflictDoNothing({ target: appUsers.email })
          .returning();
        if (!account) throw emailTaken();
        return openSession(tx, account);
      });
    },

    /** Begins a session. @throws 401 BAD_LOGIN, 429 TOO_MANY_TRIES */
    async login(body: LoginBody, address: string): Promise<SessionAnswer> {
      const given = normalEmail(body.email);
      // What cannot be an address of an account fails like an unknown one, but is not worth a counter.
      const email = isEmail(given) ? given : null;
      const session = await limits.run(email, address, async () => {
        const found = email === null ? undefined : await accountByEmail(db, email);
        if (!(await passwords.match(body.password, found?.pwdHash)) || !found) return null;
        return db.transaction(async (tx) => {
          const account = await lockAccount(tx, found.userId);
          // The password may have been changed since it was compared.
          return account?.pwdHash === found.pwdHash ? openSession(tx, account) : null;
        });
      });
      if (!session) throw badLogin('The e-mail address and the password do not match.');
      return session;
    },

    /** Renews a session. A token that was used before ends it. @throws 401 BAD_REFRESH_TOKEN */
    async refresh(refreshToken: string): Promise<SessionAnswer> {
      // A refusal is no exception inside the transaction: what it revokes must be kept.
      const outcome = await db.transaction(async (tx): Promise<SessionAnswer | Refusal> => {
        const owner = (await findToken(tx, refreshToken))?.userId;
        const account = owner === undefined ? undefined : await lockAccount(tx, owner);
        const token = await findToken(tx, refreshToken);
        if (!account || !token) return 'UNKNOWN';
        const now = clock();
        if (token.usedAt !== null) {
          await revokeFamily(tx, token.familyId, now);
          return 'REUSED';
        }
        if (token.revokedAt !== null) return 'REVOKED';
        if (token.expiresAt <= now) return 'EXPIRED';
        await useToken(tx, token.tokenId, now);
        return openSession(tx, account, token.familyId);
      });
      if (typeof outcome !== 'string') return outcome;
      throw badRefreshToken(outcome);
    },

    /** Ends the session of a refresh token. @returns whether it was live; null: no such token is known */
    async logout(refreshToken: string): Promise<boolean | null> {
      return db.transaction(async (tx) => {
        const token = await findToken(tx, refreshToken);
        if (!token) return null;
        await lockAccount(tx, token.userId);
        return revokeFamily(tx, token.familyId, clock());
      });
    },

    /** Ends the sessions of the caller, but for that of the token to keep. @returns how many were live */
    async logoutAll({ userId }: KnownIdentity, keepToken?: string): Promise<number> {
      return db.transaction(async (tx) => {
        await lockAccount(tx, userId);
        const kept = keepToken === undefined ? undefined : await findToken(tx, keepToken);
        return revokeAccount(tx, userId, clock(), kept?.familyId);
      });
    },

    /** Changes the password of the caller and ends all other sessions. @throws 401 BAD_LOGIN, 422 */
    async changePassword({ userId }: KnownIdentity, body: ChangePasswordBody) {
      checkRules([passwordRule('new_password', body.new_password)]);
      const [known] = await accountsById(db, [userId]);
      const wrong = badLogin('The current password is not right.');
      if (!(await passwords.match(body.current_password, known?.pwdHash))) throw wrong;
      const pwdHash = await passwords.hash(body.new_password);
      return db.transaction(async (tx) => {
        const account = await lockAccount(tx, userId);
        if (!account || account.pwdHash !== known?.pwdHash) throw wrong;
        const now = clock();
        const change = { pwdHash, updatedAt: now };
        await tx.update(appUsers).set(change).where(eq(appUsers.userId, userId));
        await revokeAccount(tx, userId, now);
        return openSession(tx, { ...account, ...change });
      });
    },

    /** Changes the profile of the caller. @throws 409 EMAIL_TAKEN, 422, 404 where the account is gone */
    async updateProfile(caller: KnownIdentity, body: ProfileBody): Promise<UserAnswer> {
      const change = profileChange(body);
      if (Object.keys(change).length === 0) {
        return userAnswer(await livingAccount(db, caller.userId), caller);
      }
      try {
        const [account] = await db
          .update(appUsers)
          .set({ ...change, updatedAt: clock() })
          .where(and(eq(appUsers.userId, caller.userId), isNull(appUsers.deletedAt)))
          .returning();
        if (!account) throw notFound('account');
        return userAnswer(account, caller);
      } catch (error) {
        throw brokenConstraint(error) === 'app_users_email_key' ? emailTaken() : error;
      }
    },

    /** Deletes the account of the caller; doing it again changes nothing. @throws 401 BAD_LOGIN, 404 */
    async deleteOwn({ userId }: KnownIdentity, password: string): Promise<void> {
      const known = await accountById(db, userId);
      const isRight = known.deletedAt !== null || (await passwords.match(password, known.pwdHash));
      // The password may have been changed since it was compared.
      if (isRight && (await bury(userId, ({ pwdHash }) => pwdHash === known.pwdHash))) return;
      throw badLogin('The current password is not right.');
    },

    /** Deletes any account; doing it again changes nothing. @throws 404 */
    async deleteAny(userId: string): Promise<void> {
      await accountById(db, userId);
      await bury(userId, () => true);
    },
  };
}

/** @throws 422 for a new account that breaks a rule */
export function checkRegistration({ email, password, full_name: name, lang = 'en' }: RegisterBody) {
  checkRules([
    emailRule(normalEmail(email)),
    passwordRule('password', password),
    fullNameRule(name),
    langRule(lang),
  ]);
}

/** What is there of a profile, by columns. @throws 422 */
export function profileChange({ email, full_name: name, tel, lang }: ProfileBody) {
  const normal = email === undefined ? undefined : normalEmail(email);
  checkRules([
    ...(normal === undefined ? [] : [emailRule(normal)]),
    ...(name === undefined ? [] : [fullNameRule(name)]),
    ...(typeof tel === 'string' ? [telRule(tel)] : []),
    ...(lang === undefined ? [] : [langRule(lang)]),
  ]);
  return {
    ...(normal !== undefined && { email: normal }),
    ...(name !== undefined && { fullName: name.trim() }),
    ...(tel !== undefined && { tel }),
    ...(lang !== undefined && { lang }),
  };
}

/** The identity that a fresh session speaks for: it may see its own contact data. */
export const asSelf = ({ userId }: AccountRow) => ({ ...anonymousIdentity(''), userId });

/** 401: a wrong password. */
export const badLogin = (message: string) => new ApiError(401, 'BAD_LOGIN', message);

/** 401: a refresh token that renews nothing. */
export const badRefreshToken = (reason: Refusal) =>
  new ApiError(401, 'BAD_REFRESH_TOKEN', REFUSALS[reason], { reason });

/** 409: an e-mail address belongs to one account. */
export const emailTaken = () =>
  new ApiError(
    409,
    'EMAIL_TAKEN',
    'This e-mail address belongs to another account: log in, or use another address.',
  );

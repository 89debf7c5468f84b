import { graphError, requireUser } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { invalidInput, notFound } from '#platform/graph/problems.ts';
import { userSource } from '../mapping/entities.ts';
import { refusedInput, problem } from '../mapping/problems.ts';
import type { SessionRow } from '../mapping/rows.ts';
import { instant } from '../mapping/time.ts';
import { REFRESH_REFUSALS, fromMonolith } from '../mapping/words.ts';
import { answer, outcome, unexpected } from '../monolith-client/answer.ts';
import type { Resolvers, UpdateProfileInput } from '../schema.generated.ts';

/** A session; whoever is given it is the account that it belongs to, and may see itself. */
function authSession(session: SessionRow) {
  return {
    __typename: 'AuthSession' as const,
    accessToken: session.access_token,
    accessTokenExpiresAt: instant(session.access_expires_at),
    refreshToken: session.refresh_token,
    refreshTokenExpiresAt: instant(session.refresh_expires_at),
    user: { ...userSource(session.user), own: true as const },
  };
}

export const authMutations: Resolvers['Mutation'] = {
  register: async (_root, { input }, { monolith }) => {
    const { email, password, displayName } = input;
    const body = { email, password, full_name: displayName, lang: input.locale ?? '' };
    const result = await outcome(monolith.writes.POST('/api/auth/register', { body }));
    if (!result.refused) return authSession(result.data);
    if (result.refused.code === 'EMAIL_TAKEN') return problem('EmailTaken', result.refused);
    if (result.refused.code === 'VALIDATION') return refusedInput(result.refused);
    throw unexpected(result);
  },
  login: async (_root, { input }, { monolith }) => {
    const body = { email: input.email, password: input.password };
    const result = await outcome(monolith.writes.POST('/api/auth/login', { body }));
    if (!result.refused) return authSession(result.data);
    const { refused } = result;
    if (refused.code === 'BAD_LOGIN') return problem('InvalidCredentials', refused);
    if (refused.code !== 'TOO_MANY_TRIES') throw unexpected(result);
    return {
      ...problem('TooManyAttempts', refused),
      retryAfterSeconds: Number(refused['retry_after']),
    };
  },
  refresh: async (_root, { input }, { monolith }) => {
    const body = { refresh_token: input.refreshToken };
    const result = await outcome(monolith.writes.POST('/api/auth/refresh', { body }));
    if (!result.refused) return authSession(result.data);
    const { refused } = result;
    if (refused.code !== 'BAD_REFRESH_TOKEN') throw unexpected(result);
    return {
      ...problem('InvalidRefreshToken', refused),
      reason: fromMonolith(REFRESH_REFUSALS, String(refused['reason'])),
    };
  },
  logout: async (_root, { input }, { monolith }) => {
    const body = { refresh_token: input.refreshToken };
    const { logged_out } = await answer(monolith.writes.POST('/api/auth/logout', { body }));
    return { loggedOut: logged_out };
  },
  logoutEverywhere: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const { keepRefreshToken } = input;
    const body = keepRefreshToken == null ? {} : { keep_refresh_token: keepRefreshToken };
    const { revoked } = await answer(monolith.writes.POST('/api/auth/logout-all', { body }));
    return { revokedSessions: revoked };
  },
  changePassword: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const body = { current_password: input.currentPassword, new_password: input.newPassword };
    const result = await outcome(monolith.writes.POST('/api/auth/change-password', { body }));
    if (!result.refused) return authSession(result.data);
    if (result.refused.code === 'BAD_LOGIN') return problem('InvalidCredentials', result.refused);
    if (result.refused.code === 'VALIDATION') return refusedInput(result.refused);
    throw unexpected(result);
  },
  updateProfile: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const result = await outcome(
      monolith.writes.PATCH('/api/auth/me', { body: profileBody(input) }),
    );
    if (!result.refused) {
      const user = { ...userSource(result.data), own: true as const };
      return { __typename: 'UpdateProfileSuccess' as const, user };
    }
    if (result.refused.code === 'EMAIL_TAKEN') return problem('EmailTaken', result.refused);
    if (result.refused.code === 'VALIDATION') return refusedInput(result.refused);
    if (result.status !== 404) throw unexpected(result);
    throw graphError('UNAUTHENTICATED', 'This account does not exist: log in again.');
  },
  deleteAccount: async (_root, { input }, { identity, monolith }) => {
    const callerId = requireUser(identity);
    const id = input.id == null ? callerId : uuidArgument('input.id', input.id);
    const isOwn = id === callerId;
    const password = input.currentPassword ?? null;
    if (!isOwn && identity.role !== 'admin') return notFound('account', id);
    if (isOwn && password === null) return invalidInput([PASSWORD_NEEDED]);
    const result = await outcome(
      isOwn
        ? monolith.writes.POST('/api/auth/delete-account', {
            body: { current_password: password ?? '' },
          })
        : monolith.writes.DELETE('/api/users/{id}', { params: { path: { id } } }),
    );
    if (!result.refused) return { __typename: 'DeleteAccountPayload' as const, deletedId: id };
    if (result.status === 404) return notFound('account', id);
    if (result.refused.code === 'BAD_LOGIN') return problem('InvalidCredentials', result.refused);
    throw unexpected(result);
  },
};

const PASSWORD_NEEDED = {
  path: 'currentPassword',
  message: 'is needed to delete your own account',
};

/** What is absent stays as it is. Null is no value of any field but the phone: sent as an empty text it is refused. */
function profileBody({ email, displayName, phone, locale }: UpdateProfileInput) {
  return {
    ...(email !== undefined && { email: email ?? '' }),
    ...(displayName !== undefined && { full_name: displayName ?? '' }),
    ...(phone !== undefined && { tel: phone }),
    ...(locale !== undefined && { lang: locale ?? '' }),
  };
}

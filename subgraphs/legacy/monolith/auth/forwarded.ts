import { anonymousIdentity, type Identity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { requireAdmin, requireLogin } from '../caller.ts';
import { ApiError, notFound } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  PROBLEM,
  type InvalidInput,
  type Problem,
} from '../forwarding.ts';
import type { Forward } from '../owner.ts';
import { checkRules } from '../rules.ts';
import { jstText } from '../times.ts';
import { accountsById, userAnswer } from './accounts.ts';
import { tooManyTries } from './login-limits.ts';
import { passwordRule } from './rules.ts';
import type {
  ChangePasswordBody,
  DeleteAccountBody,
  LoginBody,
  ProfileBody,
  RegisterBody,
  SessionAnswer,
  UserAnswer,
} from './schemas.ts';
import {
  asSelf,
  badLogin,
  badRefreshToken,
  checkRegistration,
  emailTaken,
  profileChange,
  type Refusal,
} from './service.ts';

// Accounts and sessions while the auth service owns them. Its access tokens are signed by itself; the monolith knows its key.

interface GraphUser {
  readonly id: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly role: 'CUSTOMER' | 'STAFF' | 'ADMIN';
  readonly phone: string | null;
  readonly locale: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface GraphSession {
  readonly __typename: 'AuthSession';
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
  readonly user: GraphUser;
}

const ROLES = { CUSTOMER: 'CUST', STAFF: 'STAFF', ADMIN: 'ADM' } as const;
const NAMES = {
  displayName: 'full_name',
  locale: 'lang',
  phone: 'tel',
  newPassword: 'new_password',
};

const USER = 'user { id email displayName role phone locale createdAt updatedAt }';
const SESSION = `... on AuthSession {
  accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt ${USER} }`;
const document = (field: string, input: string, members: string) =>
  `mutation ($input: ${input}!) { result: ${field}(input: $input) { __typename ${members} } }`;

const ownerOf = ({ domains }: MonolithDeps) => ({ name: 'auth', client: domains.auth });

/** Who logs in is nobody yet: only the address counts. */
function nobody(request: Parameters<Forward>[1]): Identity {
  const { requestId, clientAddress } = callerOf(request);
  return anonymousIdentity(requestId, clientAddress);
}

const REGISTER = document('register', 'RegisterInput', `${SESSION} ${PROBLEM} ${INVALID_INPUT}`);

/** `POST /api/auth/register` */
export const registerThere: Forward = async (deps, request, reply) => {
  const body = request.body as RegisterBody;
  const { email, password, full_name: displayName, lang: locale = 'en' } = body;
  checkRegistration(body);
  const input = { email, password, displayName, locale };
  type Result = GraphSession | Problem<'EmailTaken'> | InvalidInput;
  const result = await mutate<Result>(ownerOf(deps), REGISTER, input, nobody(request));
  if (result.__typename === 'EmailTaken') throw emailTaken();
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  reply.status(201);
  return sessionOf(deps, result);
};

const LOGIN = document(
  'login',
  'LoginInput',
  `${SESSION} ${PROBLEM} ... on TooManyAttempts { retryAfterSeconds }`,
);

/** `POST /api/auth/login` */
export const loginThere: Forward = async (deps, request) => {
  const { email, password } = request.body as LoginBody;
  type Result =
    | GraphSession
    | Problem<'InvalidCredentials'>
    | { readonly __typename: 'TooManyAttempts'; readonly retryAfterSeconds: number };
  const input = { email, password };
  const result = await mutate<Result>(ownerOf(deps), LOGIN, input, nobody(request));
  if (result.__typename === 'InvalidCredentials') throw badLogin(result.message);
  if (result.__typename === 'TooManyAttempts') throw tooManyTries(result.retryAfterSeconds);
  return sessionOf(deps, result);
};

const REFRESH = document(
  'refresh',
  'RefreshInput',
  `${SESSION} ... on InvalidRefreshToken { reason }`,
);

/** `POST /api/auth/refresh` */
export const refreshThere: Forward = async (deps, request) => {
  const { refresh_token: refreshToken } = request.body as { refresh_token: string };
  type Result =
    | GraphSession
    | { readonly __typename: 'InvalidRefreshToken'; readonly reason: Refusal };
  const result = await mutate<Result>(ownerOf(deps), REFRESH, { refreshToken }, nobody(request));
  if (result.__typename === 'InvalidRefreshToken') throw badRefreshToken(result.reason);
  return sessionOf(deps, result);
};

const LOGOUT = document('logout', 'LogoutInput', 'loggedOut');

/** `POST /api/auth/logout` */
export const logoutThere: Forward = async (deps, request) => {
  const { refresh_token: refreshToken } = request.body as { refresh_token: string };
  type Result = { readonly loggedOut: boolean };
  const result = await mutate<Result>(ownerOf(deps), LOGOUT, { refreshToken }, nobody(request));
  return { logged_out: result.loggedOut };
};

const LOGOUT_ALL = document('logoutEverywhere', 'LogoutEverywhereInput', 'revokedSessions');

/** `POST /api/auth/logout-all` */
export const logoutAllThere: Forward = async (deps, request) => {
  requireLogin(request);
  const { keep_refresh_token: keepRefreshToken } = request.body as { keep_refresh_token?: string };
  type Result = { readonly revokedSessions: number };
  const input = { keepRefreshToken };
  const result = await mutate<Result>(ownerOf(deps), LOGOUT_ALL, input, callerOf(request));
  return { revoked: result.revokedSessions };
};

const CHANGE_PASSWORD = document(
  'changePassword',
  'ChangePasswordInput',
  `${SESSION} ${PROBLEM} ${INVALID_INPUT}`,
);

/** `POST /api/auth/change-password` */
export const changePasswordThere: Forward = async (deps, request) => {
  requireLogin(request);
  const { current_password: currentPassword, new_password: newPassword } =
    request.body as ChangePasswordBody;
  checkRules([passwordRule('new_password', newPassword)]);
  const input = { currentPassword, newPassword };
  type Result = GraphSession | Problem<'InvalidCredentials'> | InvalidInput;
  const result = await mutate<Result>(ownerOf(deps), CHANGE_PASSWORD, input, callerOf(request));
  if (result.__typename === 'InvalidCredentials') throw badLogin(result.message);
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  return sessionOf(deps, result);
};

const UPDATE_PROFILE = document(
  'updateProfile',
  'UpdateProfileInput',
  `... on UpdateProfileSuccess { ${USER} } ${PROBLEM} ${INVALID_INPUT}`,
);

/** `PATCH /api/auth/me` */
export const updateProfileThere: Forward = async (deps, request) => {
  requireLogin(request);
  const body = request.body as ProfileBody;
  profileChange(body);
  const input = {
    email: body.email,
    displayName: body.full_name,
    phone: body.tel,
    locale: body.lang,
  };
  type Result =
    | { readonly __typename: 'UpdateProfileSuccess'; readonly user: GraphUser }
    | Problem<'EmailTaken'>
    | InvalidInput;
  const result = await mutate<Result>(
    ownerOf(deps),
    UPDATE_PROFILE,
    input,
    callerOf(request),
  ).catch((error: unknown) => {
    // Who has logged in is not known there only where the account is gone.
    throw error instanceof ApiError && error.status === 401 ? notFound('account') : error;
  });
  if (result.__typename === 'EmailTaken') throw emailTaken();
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  return userOf(deps, result.user);
};

const DELETE = document('deleteAccount', 'DeleteAccountInput', PROBLEM);

/** `POST /api/auth/delete-account` */
export const deleteOwnThere: Forward = async (deps, request) => {
  const { userId } = requireLogin(request);
  const { current_password: currentPassword } = request.body as DeleteAccountBody;
  return deleteThere(deps, request, userId, { currentPassword });
};

/** `DELETE /api/users/{id}` */
export const deleteAnyThere: Forward = async (deps, request) => {
  requireAdmin(request);
  const id = (request.params as { id: string }).id.toLowerCase();
  return deleteThere(deps, request, id, { id });
};

async function deleteThere(
  deps: MonolithDeps,
  request: Parameters<Forward>[1],
  userId: string,
  input: object,
) {
  type Result =
    | { readonly __typename: 'DeleteAccountPayload' }
    | Problem<'InvalidCredentials'>
    | Problem<'NotFound'>;
  const result = await mutate<Result>(ownerOf(deps), DELETE, input, callerOf(request));
  if (result.__typename === 'InvalidCredentials') throw badLogin(result.message);
  if (result.__typename === 'NotFound') throw notFound('account');
  await mirrored(async () => {
    const [row] = await accountsById(deps.db, [userId]);
    return row?.deletedAt;
  });
  return { deleted_id: userId };
}

async function sessionOf(deps: MonolithDeps, session: GraphSession): Promise<SessionAnswer> {
  return {
    access_token: session.accessToken,
    access_expires_at: jstText(new Date(session.accessTokenExpiresAt)),
    refresh_token: session.refreshToken,
    refresh_expires_at: jstText(new Date(session.refreshTokenExpiresAt)),
    user: await userOf(deps, session.user),
  };
}

/** The account as the monolith has it once that has been carried over; until then as the auth service gave it. */
async function userOf({ db }: MonolithDeps, user: GraphUser): Promise<UserAnswer> {
  const writtenAt = new Date(user.updatedAt);
  const row = await mirrored(async () => {
    const [found] = await accountsById(db, [user.id]);
    return found && found.updatedAt >= writtenAt ? found : null;
  });
  if (row) return userAnswer(row, asSelf(row));
  return {
    user_id: user.id,
    email: user.email,
    full_name: user.displayName,
    role: ROLES[user.role],
    tel: user.phone,
    lang: user.locale,
    created_at: jstText(new Date(user.createdAt)),
    updated_at: jstText(writtenAt),
    deleted_at: null,
  };
}

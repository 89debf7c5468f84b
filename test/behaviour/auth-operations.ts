import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { BehaviourStack, GraphqlReply } from './behaviour-stack.ts';

export const PASSWORD = 'right-password';
export const INVALID_INPUT = 'The input is not valid: see `fields`.';
export const EMAIL_TAKEN = {
  __typename: 'EmailTaken',
  message: 'This e-mail address belongs to another account: log in, or use another address.',
};
export const WRONG_LOGIN = {
  __typename: 'InvalidCredentials',
  message: 'The e-mail address and the password do not match.',
};
export const ENDED = {
  __typename: 'InvalidRefreshToken',
  reason: 'REVOKED',
  message: 'This session has ended: log in again.',
};

const USER =
  'fragment UserParts on User { id email displayName role phone locale createdAt updatedAt }';
const SESSION = `fragment Session on AuthSession {
  accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt user { ...UserParts }
} ${USER}`;
const PROBLEM = '... on Problem { message }';
const INVALID = '... on InvalidInput { fields { path message } }';

export const REGISTER = `mutation($input: RegisterInput!) {
  register(input: $input) { __typename ...Session ${PROBLEM} ${INVALID} } } ${SESSION}`;
export const LOGIN = `mutation($input: LoginInput!) {
  login(input: $input) { __typename ...Session ${PROBLEM} ... on TooManyAttempts { retryAfterSeconds } } } ${SESSION}`;
export const REFRESH = `mutation($input: RefreshInput!) {
  refresh(input: $input) { __typename ...Session ${PROBLEM} ... on InvalidRefreshToken { reason } } } ${SESSION}`;
export const LOGOUT = 'mutation($input: LogoutInput!) { logout(input: $input) { loggedOut } }';
export const LOGOUT_EVERYWHERE =
  'mutation($input: LogoutEverywhereInput!) { logoutEverywhere(input: $input) { revokedSessions } }';
export const CHANGE_PASSWORD = `mutation($input: ChangePasswordInput!) {
  changePassword(input: $input) { __typename ...Session ${PROBLEM} ${INVALID} } } ${SESSION}`;
export const UPDATE_PROFILE = `mutation($input: UpdateProfileInput!) {
  updateProfile(input: $input) { __typename ... on UpdateProfileSuccess { user { ...UserParts } } ${PROBLEM} ${INVALID} }
} ${USER}`;
export const DELETE_ACCOUNT = `mutation($input: DeleteAccountInput!) {
  deleteAccount(input: $input) { __typename ... on DeleteAccountPayload { deletedId } ${PROBLEM} ... on NotFound { id } ${INVALID} } }`;
export const ME = `{ me { ...UserParts } } ${USER}`;
export const BY_ID = `query($id: ID!) { user(id: $id) { ...UserParts } } ${USER}`;
export const USERS = `query($first: Int, $after: String, $filter: UserFilter) {
  users(first: $first, after: $after, filter: $filter) {
    nodes { ...UserParts } edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
} ${USER}`;

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshTokenExpiresAt: string;
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly displayName: string;
    readonly createdAt: string;
    readonly updatedAt: string;
  };
}

/** An address that no other run of any suite uses. */
export const newEmail = () => `${randomUUID()}@behaviour.example`;

/** One operation of the suite, as somebody. @returns the root field that it asks for */
export function operations(stack: () => BehaviourStack) {
  const send = async (query: string, variables: Record<string, unknown>, token?: string) => {
    const { body } = await stack().graphql(query, variables, token === undefined ? {} : { token });
    if (!body.data) throw new Error(JSON.stringify(body));
    return Object.values(body.data)[0] as ReturnType<typeof JSON.parse>;
  };
  return {
    send,
    login: (email: string, password = PASSWORD) => send(LOGIN, { input: { email, password } }),
    refresh: (refreshToken: string) => send(REFRESH, { input: { refreshToken } }),
    logout: async (refreshToken: string) =>
      (await send(LOGOUT, { input: { refreshToken } })).loggedOut,
    register: async (displayName = 'Somebody'): Promise<Session> => {
      const input = { email: newEmail(), password: PASSWORD, displayName };
      const session = await send(REGISTER, { input });
      expect(session.__typename).toBe('AuthSession');
      return session;
    },
  };
}

export const faultOf = ({ body }: GraphqlReply) => [
  body.errors?.[0]?.extensions.code,
  body.errors?.[0]?.message,
];
export const NOT_LOGGED_IN = [
  'UNAUTHENTICATED',
  'Log in first: send `Authorization: Bearer <access token>`.',
];

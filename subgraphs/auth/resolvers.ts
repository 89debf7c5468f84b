import {
  connectionOf,
  nearestTime,
  pageFrom,
  type CursorValue,
} from '#platform/graph/connection.ts';
import { DateTime } from '#platform/graph/date-time.ts';
import {
  graphError,
  requireAdmin,
  requireSelfOrStaff,
  requireUser,
} from '#platform/graph/errors.ts';
import { isUuid, uuidArgument } from '#platform/graph/ids.ts';
import { searchText } from '#platform/graph/search-text.ts';
import { noteNotFoundHere, notingNotFound } from '#platform/subgraph-server/not-found-here.ts';
import type { Context } from './context.ts';
import type {
  ChangePasswordInput,
  DeleteAccountInput,
  LoginInput,
  LogoutEverywhereInput,
  LogoutInput,
  RefreshInput,
  RegisterInput,
  Resolvers,
  Role,
  UpdateProfileInput,
  UserFilter,
} from './schema.generated.ts';
import {
  accountPage,
  changePassword,
  deleteAccount,
  login,
  logout,
  logoutEverywhere,
  refresh,
  register,
  updateProfile,
  type Account,
} from './service.ts';
import type { OwnAccount } from './sessions.ts';

/** The parent of the fields of `User`. */
export type UserParent = Account | OwnAccount;

const ROLES = { customer: 'CUSTOMER', staff: 'STAFF', admin: 'ADMIN' } as const;
const ROLES_BY_NAME: Record<Role, Account['role']> = {
  CUSTOMER: 'customer',
  STAFF: 'staff',
  ADMIN: 'admin',
};

/** The auth domain of the graph. */
export const resolvers: Resolvers = {
  DateTime,
  User: {
    __resolveReference: ({ id }, { accounts }) =>
      isUuid(id) ? accounts.load(id.toLowerCase()) : null,
    email: (user, _arguments, context) => {
      requireSelf(user, context, 'the e-mail address');
      return user.deletedAt === null ? user.email : null;
    },
    phone: (user, _arguments, context) => {
      requireSelf(user, context, 'the phone number');
      return user.phone;
    },
    role: ({ role }) => ROLES[role],
    deletedAt: (user, _arguments, context) => {
      requireSelf(user, context, 'when it was deleted');
      return user.deletedAt;
    },
  },
  Query: {
    me: async (_parent, _arguments, { identity, accounts }) => {
      const account = identity.userId === null ? null : await accounts.load(identity.userId);
      // An access token outlives its account by minutes.
      return account?.deletedAt === null ? account : null;
    },
    user: async (_parent, arguments_, { identity, accounts }) => {
      const id = uuidArgument('id', arguments_.id);
      requireUser(identity);
      const account = await accounts.load(id);
      if (account) requireSelfOrStaff(identity, id, 'this account');
      return account;
    },
    users: async (_parent, { filter, ...arguments_ }, { identity, auth }) => {
      if (identity.role !== 'service') requireAdmin(identity);
      const page = pageFrom(arguments_, 'users', ['time', 'uuid']);
      const result = await accountPage(auth, page, filterFrom(filter));
      return connectionOf(page, result, 'users', sortKey);
    },
  },
  Mutation: {
    register: owned((input: RegisterInput, { auth }) =>
      register(auth, { ...input, locale: input.locale ?? null }),
    ),
    login: owned((input: LoginInput, { auth, identity }) =>
      login(auth, input, identity.clientAddress),
    ),
    refresh: owned(async (input: RefreshInput, context) => {
      const result = await refresh(context.auth, input.refreshToken);
      if ('reason' in result && result.reason === 'UNKNOWN') noteNotFoundHere(context, 'auth');
      return result;
    }),
    logout: owned(async (input: LogoutInput, context) => {
      const ended = await logout(context.auth, input.refreshToken);
      if (ended === null) noteNotFoundHere(context, 'auth');
      return { loggedOut: ended ?? false };
    }),
    logoutEverywhere: owned(async (input: LogoutEverywhereInput, { auth, identity }) => ({
      revokedSessions: await logoutEverywhere(
        auth,
        requireUser(identity),
        input.keepRefreshToken ?? null,
      ),
    })),
    changePassword: owned((input: ChangePasswordInput, { auth, identity }) =>
      changePassword(auth, requireUser(identity), input),
    ),
    updateProfile: owned(async (input: UpdateProfileInput, { auth, identity }) => {
      const result = await updateProfile(auth, requireUser(identity), input);
      if (result) return result;
      throw graphError('UNAUTHENTICATED', 'This account does not exist: log in again.');
    }),
    deleteAccount: owned(async (input: DeleteAccountInput, context) => {
      const callerId = requireUser(context.identity);
      const id = input.id == null ? callerId : uuidArgument('input.id', input.id);
      const currentPassword = input.currentPassword ?? null;
      const result = await deleteAccount(context.auth, context.identity, { id, currentPassword });
      return notingNotFound(context, 'auth', result);
    }),
  },
};

/** A mutation of accounts and sessions: for whoever owns them. Elsewhere no try is counted, and no token judged. */
function owned<Input, Result>(
  mutate: (input: Input, context: Context) => Promise<Result>,
): (root: unknown, given: { input: Input }, context: Context) => Promise<Result> {
  return async (_root, { input }, context) => {
    await context.ownership.require('auth');
    return mutate(input, context);
  };
}

function requireSelf(user: UserParent, { identity }: Context, what: string): void {
  // Who has just logged in was anonymous when the request came.
  if (!('isCaller' in user)) requireSelfOrStaff(identity, user.id, what);
}

function sortKey({ createdAt, id }: Account): CursorValue[] {
  return [createdAt.getTime(), id];
}

function filterFrom(filter: UserFilter | null | undefined) {
  return {
    role: filter?.role ? ROLES_BY_NAME[filter.role] : undefined,
    search: searchText('filter.search', filter?.search) ?? undefined,
    deletedSince: filter?.deletedSince ? nearestTime(filter.deletedSince) : undefined,
  };
}

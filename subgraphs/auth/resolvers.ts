import { connectionOf, pageFrom, type CursorValue } from '#platform/graph/connection.ts';
import { DateTime } from '#platform/graph/date-time.ts';
import {
  graphError,
  requireAdmin,
  requireSelfOrStaff,
  requireUser,
} from '#platform/graph/errors.ts';
import { isUuid, uuidArgument } from '#platform/graph/ids.ts';
import { searchText } from '#platform/graph/search-text.ts';
import type { Context } from './context.ts';
import type { Resolvers, Role, UserFilter } from './schema.generated.ts';
import {
  accountPage,
  changePassword,
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
      return user.email;
    },
    phone: (user, _arguments, context) => {
      requireSelf(user, context, 'the phone number');
      return user.phone;
    },
    role: ({ role }) => ROLES[role],
  },
  Query: {
    me: (_parent, _arguments, { identity, accounts }) =>
      identity.userId === null ? null : accounts.load(identity.userId),
    user: async (_parent, arguments_, { identity, accounts }) => {
      const id = uuidArgument('id', arguments_.id);
      requireUser(identity);
      const account = await accounts.load(id);
      if (account) requireSelfOrStaff(identity, id, 'this account');
      return account;
    },
    users: async (_parent, { filter, ...arguments_ }, { identity, auth }) => {
      requireAdmin(identity);
      const page = pageFrom(arguments_, 'users', ['time', 'uuid']);
      const result = await accountPage(auth, page, filterFrom(filter));
      return connectionOf(page, result, 'users', sortKey);
    },
  },
  Mutation: {
    register: (_parent, { input }, { auth }) =>
      register(auth, { ...input, locale: input.locale ?? null }),
    login: (_parent, { input }, { auth, identity }) => login(auth, input, identity.clientAddress),
    refresh: (_parent, { input }, { auth }) => refresh(auth, input.refreshToken),
    logout: async (_parent, { input }, { auth }) => ({
      loggedOut: await logout(auth, input.refreshToken),
    }),
    logoutEverywhere: async (_parent, { input }, { auth, identity }) => ({
      revokedSessions: await logoutEverywhere(
        auth,
        requireUser(identity),
        input.keepRefreshToken ?? null,
      ),
    }),
    changePassword: (_parent, { input }, { auth, identity }) =>
      changePassword(auth, requireUser(identity), input),
    updateProfile: async (_parent, { input }, { auth, identity }) => {
      const result = await updateProfile(auth, requireUser(identity), input);
      if (result) return result;
      throw graphError('UNAUTHENTICATED', 'This account does not exist: log in again.');
    },
  },
};

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
  };
}

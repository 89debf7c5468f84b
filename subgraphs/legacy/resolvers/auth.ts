import { nearestTime, pageFrom } from '#platform/graph/connection.ts';
import { requireAdmin, requireSelfOrStaff, requireUser } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { searchText } from '#platform/graph/search-text.ts';
import type { Context } from '../context.ts';
import { connection } from '../mapping/connection.ts';
import { userSource, type UserSource } from '../mapping/entities.ts';
import { pageQuery } from '../mapping/page.ts';
import { instant, instantOrNull } from '../mapping/time.ts';
import { ROLES, fromMonolith, toMonolith } from '../mapping/words.ts';
import { answer } from '../monolith-client/answer.ts';
import type { Resolvers, UserFilter } from '../schema.generated.ts';
import { referenceResolver } from './reference.ts';
import { rowOf } from './row.ts';

const row = (user: UserSource, { loaders }: Context) => rowOf(user, loaders.users, 'account');

export const authQueries: Resolvers['Query'] = {
  me: async (_root, _args, { identity, loaders }) => {
    const found = identity.userId === null ? null : await loaders.users.load(identity.userId);
    // An access token outlives its account by minutes.
    return found?.deleted_at === null ? userSource(found) : null;
  },
  user: async (_root, args, { identity, loaders }) => {
    const id = uuidArgument('id', args.id);
    requireUser(identity);
    const found = await loaders.users.load(id);
    if (found) requireSelfOrStaff(identity, id, 'this account');
    return found && userSource(found);
  },
  users: async (_root, args, { identity, monolith }) => {
    if (identity.role !== 'service') requireAdmin(identity);
    const page = pageFrom(args, 'users', ['time', 'uuid']);
    const query = { ...filterQuery(args.filter ?? {}), ...pageQuery(page) };
    const list = await answer(monolith.reads.GET('/api/users', { params: { query } }));
    return connection(page, list, 'users', userSource);
  },
};

function filterQuery({ role, search, deletedSince }: UserFilter) {
  const q = searchText('filter.search', search);
  return {
    ...(role && { role: toMonolith(ROLES, role) }),
    ...(q !== null && { q }),
    ...(deletedSince && { deleted_since: nearestTime(deletedSince).toISOString() }),
  };
}

export const authTypes = {
  User: {
    __resolveReference: referenceResolver('User', ({ users }) => users, userSource, [
      'orders',
      'resumes',
    ]),
    email: async (user, _args, context) => {
      requireSelf(user, context, 'the e-mail address');
      return (await row(user, context)).email;
    },
    phone: async (user, _args, context) => {
      requireSelf(user, context, 'the phone number');
      return (await row(user, context)).tel;
    },
    displayName: async (user, _args, context) => (await row(user, context)).full_name,
    role: async (user, _args, context) => fromMonolith(ROLES, (await row(user, context)).role),
    locale: async (user, _args, context) => (await row(user, context)).lang,
    createdAt: async (user, _args, context) => instant((await row(user, context)).created_at),
    updatedAt: async (user, _args, context) => instant((await row(user, context)).updated_at),
    deletedAt: async (user, _args, context) => {
      requireSelf(user, context, 'when it was deleted');
      return instantOrNull((await row(user, context)).deleted_at);
    },
  },
} satisfies Resolvers;

function requireSelf(user: UserSource, { identity }: Context, what: string): void {
  // Who has just logged in was anonymous when the request came.
  if (!user.own) requireSelfOrStaff(identity, user.id, what);
}

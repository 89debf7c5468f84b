import type DataLoader from 'dataloader';
import { loaderByKey } from '#platform/graph/loader.ts';
import type { Identity } from '#platform/identity/identity.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import { accountsByIds, type Account, type Auth } from './service.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly identity: Identity;
  readonly auth: Auth;
  readonly ownership: OwnershipHere;
  /** Accounts by id, all of a level of the query at once. */
  readonly accounts: DataLoader<string, Account | null>;
}

/** The context of one request. */
export function createContext(identity: Identity, auth: Auth, ownership: OwnershipHere): Context {
  return {
    identity,
    auth,
    ownership,
    accounts: loaderByKey(
      (ids) => accountsByIds(auth, ids),
      (account) => account.id,
    ),
  };
}

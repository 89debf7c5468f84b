import type { Database } from '#platform/database/pool.ts';
import type { Identity } from '#platform/identity/identity.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly identity: Identity;
  readonly database: Database;
  readonly ownership: OwnershipHere;
  /** A mutation begins with new ones, so that its answer shows what it has changed. */
  loaders: Loaders;
}

/** The context of one request. */
export function createContext(
  identity: Identity,
  database: Database,
  ownership: OwnershipHere,
): Context {
  return { identity, database, ownership, loaders: createLoaders(database.db) };
}

import type { Identity } from '#platform/identity/identity.ts';
import type { Desk } from './desk.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly identity: Identity;
  readonly desk: Desk;
  /** A mutation begins with new ones, so that its answer shows what it has changed. */
  loaders: Loaders;
}

/** The context of one request. */
export function createContext(identity: Identity, desk: Desk): Context {
  return { identity, desk, loaders: createLoaders(desk.db) };
}

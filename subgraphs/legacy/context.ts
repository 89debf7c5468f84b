import type { Identity } from '#platform/identity/identity.ts';
import { createLoaders, type Loaders } from './loaders/loaders.ts';
import type { Monolith } from './monolith-client/client.ts';

/** What the resolvers of one request work with. */
export interface Context {
  readonly identity: Identity;
  /** The monolith, asked in the name of the caller. */
  readonly monolith: Monolith;
  /** Lookups that are joined into few requests and remembered until `forget`. */
  readonly loaders: Loaders;
  /** Drops what has been loaded: after a mutation it may no longer be true. */
  forget(): void;
}

/** The context of one request. */
export function createContext(identity: Identity, monolith: Monolith): Context {
  let loaders = createLoaders(monolith.reads);
  return {
    identity,
    monolith,
    get loaders() {
      return loaders;
    },
    forget: () => {
      loaders = createLoaders(monolith.reads);
    },
  };
}

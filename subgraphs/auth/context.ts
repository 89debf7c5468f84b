import type { Identity } from '#platform/identity/identity.ts';

export interface Context {
  readonly identity: Identity;
}

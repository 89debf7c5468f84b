import type { Role } from '#platform/identity/identity.ts';

/** What is known of a caller where fields and types are protected. */
export interface Claims {
  readonly isAuthenticated: boolean;
  /** Null for nobody, and for a service. */
  readonly userId: string | null;
  readonly role: Role | null;
  readonly scopes: ReadonlySet<string>;
}

/** The scopes that a role has, whatever a token says. */
const ROLE_SCOPES: Readonly<Record<Role, readonly string[]>> = {
  customer: ['customer'],
  staff: ['staff'],
  admin: ['staff', 'admin'],
  service: ['service'],
};

/** The claims of a caller whom the gateway does not know. */
export const NO_CLAIMS: Claims = Object.freeze({
  isAuthenticated: false,
  userId: null,
  role: null,
  scopes: new Set<string>(),
});

/** The claims of a known caller. @param scopes those of the access token, beside those of the role */
export function claimsOf(
  role: Role,
  userId: string | null,
  scopes: readonly string[] = [],
): Claims {
  return {
    isAuthenticated: true,
    userId,
    role,
    scopes: new Set([...ROLE_SCOPES[role], ...scopes]),
  };
}

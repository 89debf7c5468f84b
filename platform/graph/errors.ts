import { GraphQLError } from 'graphql';
import { isStaff, maySeeUser, type Identity } from '#platform/identity/identity.ts';

/**
 * The codes in `extensions.code` of a GraphQL error. Expected outcomes of a domain are no errors: they are
 * members of result unions.
 */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  /** The other side owns what was to be written, or nobody does for a moment: the gateway sends it again. */
  | 'NOT_OWNER'
  | 'MOVING'
  /** The account was made on the new side, and the side that has to answer does not have it yet. */
  | 'ACCOUNT_NOT_MIRRORED'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_HTTP_ERROR'
  | 'SUBGRAPH_INVALID_RESPONSE'
  | 'UNKNOWN_OVERRIDE_LABEL'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'INTERNAL_SERVER_ERROR';

/** A fault that a client may read. Anything else is masked. */
export function graphError(
  code: ErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/** An argument is well-formed GraphQL but not acceptable. `argument` is its path. */
export function badUserInput(argument: string, message: string): GraphQLError {
  return graphError('BAD_USER_INPUT', `${argument}: ${message}`, { argument });
}

/** @returns the id of the caller @throws UNAUTHENTICATED for anonymous callers */
export function requireUser(identity: Identity): string {
  if (identity.userId === null) {
    throw graphError(
      'UNAUTHENTICATED',
      'Log in first: send `Authorization: Bearer <access token>`.',
    );
  }
  return identity.userId;
}

/** @throws UNAUTHENTICATED unless the caller has an account or is a service */
export function requireCaller(identity: Identity): void {
  if (identity.role !== 'service') requireUser(identity);
}

/** @throws UNAUTHENTICATED or FORBIDDEN unless the caller is staff, an admin or a service */
export function requireStaff(identity: Identity): void {
  if (isStaff(identity)) return;
  requireUser(identity);
  throw graphError('FORBIDDEN', 'Only staff may do this.');
}

/** @throws UNAUTHENTICATED or FORBIDDEN unless the caller is an admin */
export function requireAdmin(identity: Identity): void {
  if (identity.role === 'admin') return;
  requireUser(identity);
  throw graphError('FORBIDDEN', 'Only admins may do this.');
}

/** @throws FORBIDDEN unless the caller is a service or an admin */
export function requireService(identity: Identity): void {
  if (identity.role === 'service' || identity.role === 'admin') return;
  throw graphError('FORBIDDEN', 'Only services may do this.');
}

/** @throws UNAUTHENTICATED or FORBIDDEN unless the caller is the account itself or staff */
export function requireSelfOrStaff(identity: Identity, userId: string, what: string): void {
  if (maySeeUser(identity, userId)) return;
  requireUser(identity);
  throw graphError('FORBIDDEN', `Only the account itself and staff may see ${what}.`);
}

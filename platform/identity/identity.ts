/** What a caller may do. `service` is another process of ours. */
export type Role = 'customer' | 'staff' | 'admin' | 'service';

/** Who calls, as the gateway has established it. Anonymous callers have no user and no role. */
export interface Identity {
  readonly userId: string | null;
  readonly role: Role | null;
  /** The login session that the access token belongs to. */
  readonly sessionId: string | null;
  /** The address that the request came from, for limits on login tries. */
  readonly clientAddress: string | null;
  /** Ties the log lines of one request together, over all processes. */
  readonly requestId: string;
}

/** A caller who has not logged in. */
export function anonymousIdentity(
  requestId: string,
  clientAddress: string | null = null,
): Identity {
  return { userId: null, role: null, sessionId: null, clientAddress, requestId };
}

/** Whether the caller runs the store: staff, admins and services. */
export function isStaff(identity: Identity): boolean {
  return identity.role === 'staff' || identity.role === 'admin' || identity.role === 'service';
}

/** Whether the caller may see what belongs to an account: the account itself and staff. */
export function maySeeUser(identity: Identity, userId: string): boolean {
  return identity.userId === userId || isStaff(identity);
}

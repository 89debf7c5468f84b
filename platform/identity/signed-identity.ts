import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Identity } from './identity.ts';

/** The header in which the gateway tells a subgraph who calls. */
export const IDENTITY_HEADER = 'x-identity';

/**
 * The header by which the legacy subgraph marks its calls to the monolith. They are parts of the graph, not
 * requests of REST clients: API_MODE closes no route to them. It counts only beside a valid
 * {@link IDENTITY_HEADER}, and the gateway takes it out of what REST clients send.
 */
export const GRAPH_CALL_HEADER = 'x-graph-call';

/** Seconds that a signed identity is accepted: longer than any request may take, too short to be worth stealing. */
const LIFETIME_SECONDS = 60;
/** Seconds by which clocks of two machines may differ. */
const CLOCK_TOLERANCE_SECONDS = 5;
const ISSUER = 'gateway';

const claims = z.object({
  sub: z.string().optional(),
  role: z.enum(['customer', 'staff', 'admin', 'service']).nullable(),
  sid: z.string().nullable(),
  addr: z.string().nullable(),
  rid: z.string(),
});

/** The secret as bytes, made once per process. */
export function identityKey(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

/** Signs an identity (JWS with HS256, RFC 7515) for {@link IDENTITY_HEADER}. */
export function signIdentity(identity: Identity, key: Uint8Array): Promise<string> {
  const token = new SignJWT({
    role: identity.role,
    sid: identity.sessionId,
    addr: identity.clientAddress,
    rid: identity.requestId,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`);
  if (identity.userId !== null) token.setSubject(identity.userId);
  return token.sign(key);
}

/** @returns the identity, or null where the header is missing, forged or too old */
export async function verifyIdentity(
  header: string | undefined,
  key: Uint8Array,
): Promise<Identity | null> {
  if (!header) return null;
  try {
    const { payload } = await jwtVerify(header, key, {
      issuer: ISSUER,
      algorithms: ['HS256'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    const { sub, role, sid, addr, rid } = claims.parse(payload);
    return { userId: sub ?? null, role, sessionId: sid, clientAddress: addr, requestId: rid };
  } catch {
    return null;
  }
}

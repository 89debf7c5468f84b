import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JSONWebKeySet,
} from 'jose';
import { z } from 'zod';
import { json, optional, secret } from '#platform/config.ts';
import type { Role } from './identity.ts';

/** Who an access token speaks for. */
export interface AccessTokenSubject {
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string | null;
  /** What the token's `scope` claim lists (RFC 8693, section 4.2), beside what the role may do. */
  readonly scopes: readonly string[];
}

/** An access token was refused. `reason` tells a client whether renewing the session will help. */
export class AccessTokenError extends Error {
  readonly code = 'UNAUTHENTICATED';
  readonly reason: 'TOKEN_EXPIRED' | 'TOKEN_INVALID';

  constructor(reason: AccessTokenError['reason']) {
    super(
      reason === 'TOKEN_EXPIRED'
        ? 'The access token has expired: renew it with `refresh`, sent without an Authorization header.'
        : 'The access token is not valid: log in again.',
    );
    this.name = 'AccessTokenError';
    this.reason = reason;
  }
}

/** Verifies the access tokens of both sides. */
export type AccessTokenVerifier = (token: string) => Promise<AccessTokenSubject>;

/** What a process that verifies access tokens is told. */
export const accessTokenSettings = () => ({
  /** Without it the monolith's tokens are refused. */
  SECRET_KEY: optional(secret()),
  AUTH_PUBLIC_JWKS: json(
    z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }),
    'the public keys of the auth service as a JSON Web Key Set',
  ),
});

/** The issuer that the auth service names in its tokens; the monolith names none. */
export const AUTH_ISSUER = 'auth';

/** The role words of the monolith's tokens and tables. */
const LEGACY_ROLES: Record<string, Role> = { CUST: 'customer', STAFF: 'staff', ADM: 'admin' };

/** Names with spaces between them. */
const scope = z
  .string()
  .default('')
  .transform((text) => text.split(' ').filter((name) => name !== ''));

const legacyClaims = z.object({
  user_id: z.string(),
  role: z.string(),
  session: z.string().optional(),
  scope,
});
const authClaims = z.object({
  sub: z.string(),
  role: z.enum(['customer', 'staff', 'admin', 'service']),
  sid: z.string(),
  scope,
});

/**
 * Verifies what the monolith signs (HS256 with SECRET_KEY) and what the auth service signs (EdDSA, by the
 * keys of its key set). Which one a token claims to be is read from its `alg` header; each algorithm is only
 * ever checked with its own key, so that a public key cannot be passed off as an HMAC secret (RFC 8725, 3.1).
 *
 * @param secretKey undefined: there is no monolith, and what claims to be signed by it is refused
 * @throws AccessTokenError from the verifier when a token is expired, forged or malformed
 */
export function accessTokenVerifier(
  secretKey: string | undefined,
  authKeys: JSONWebKeySet,
): AccessTokenVerifier {
  const legacyKey = secretKey === undefined ? null : new TextEncoder().encode(secretKey);
  const authKeySet = createLocalJWKSet(authKeys);
  return async (token) => {
    try {
      if (decodeProtectedHeader(token).alg === 'EdDSA') {
        const { payload } = await jwtVerify(token, authKeySet, {
          issuer: AUTH_ISSUER,
          algorithms: ['EdDSA'],
        });
        const { sub, role, sid, scope: scopes } = authClaims.parse(payload);
        return { userId: sub, role, sessionId: sid, scopes };
      }
      if (legacyKey === null) throw new AccessTokenError('TOKEN_INVALID');
      const { payload } = await jwtVerify(token, legacyKey, { algorithms: ['HS256'] });
      return legacySubject(legacyClaims.parse(payload));
    } catch (error) {
      throw new AccessTokenError(
        error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID',
      );
    }
  };
}

function legacySubject(claims: z.infer<typeof legacyClaims>): AccessTokenSubject {
  const role = LEGACY_ROLES[claims.role];
  if (!role) throw new AccessTokenError('TOKEN_INVALID');
  const { user_id: userId, session, scope: scopes } = claims;
  return { userId, role, sessionId: session ?? null, scopes };
}

/** The token of an `Authorization: Bearer …` header; null where there is none. @throws AccessTokenError for another scheme */
export function bearerToken(header: string | undefined): string | null {
  if (!header) return null;
  const match = /^Bearer\s+(\S+)$/i.exec(header);
  if (!match) throw new AccessTokenError('TOKEN_INVALID');
  return match[1] as string;
}

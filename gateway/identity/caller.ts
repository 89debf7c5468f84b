import type { FastifyRequest } from 'fastify';
import { accessTokenVerifier, bearerToken } from '#platform/identity/access-token.ts';
import { anonymousIdentity, type Identity, type Role } from '#platform/identity/identity.ts';
import { SERVICE_HEADER, verifyServiceToken } from '#platform/identity/service-token.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import type { CallerSettings } from '../config.ts';
import { claimsOf, NO_CLAIMS, type Claims } from './claims.ts';
import { clientAddress } from './client-address.ts';
import { rememberedTokens } from './remembered-tokens.ts';

/** Who sent a request. */
export interface Caller {
  /** Whom sticky decisions stick to; null for somebody who cannot be told from others. */
  readonly subject: string | null;
  readonly role: Role | null;
  /** What protected fields and types are decided by. */
  readonly claims: Claims;
  /** Equal for callers to whom every subgraph answers the same. */
  readonly sharingKey: string;
  /** The headers that tell a subgraph who calls. Made on first use, then kept. */
  readonly subgraphHeaders: () => Readonly<Record<string, string>>;
}

/** Finds out who sent a request. @throws AccessTokenError where its token is not good */
export type CallerReader = (request: FastifyRequest) => Promise<Caller>;

/**
 * Callers by their access tokens, and services of ours by their service tokens. The gateway verifies both;
 * subgraphs are told in a signed header.
 */
export function verifiedCallers(settings: CallerSettings, trustProxy: boolean): CallerReader {
  const verify = rememberedTokens(accessTokenVerifier(settings.secretKey, settings.authPublicJwks));
  const key = identityKey(settings.identitySecret);
  return async (request) => {
    const anonymous = anonymousIdentity(request.id, clientAddress(request, trustProxy));
    const serviceToken = request.headers[SERVICE_HEADER];
    if (serviceToken !== undefined) {
      const service = await verifyServiceToken(String(serviceToken), key);
      return signedCaller(`service ${service}`, { ...anonymous, role: 'service' }, key);
    }
    const token = bearerToken(request.headers.authorization);
    if (token === null) return signedCaller(null, anonymous, key);
    const { scopes, ...subject } = await verify(token);
    return signedCaller(subject.userId, { ...anonymous, ...subject }, key, scopes);
  };
}

function signedCaller(
  subject: string | null,
  identity: Identity,
  key: Uint8Array,
  scopes: readonly string[] = [],
): Caller {
  const { role, userId } = identity;
  let headers: Record<string, string> | undefined;
  return {
    subject,
    role,
    claims: role === null ? NO_CLAIMS : claimsOf(role, userId, scopes),
    sharingKey: `${role ?? ''} ${userId ?? ''} ${identity.sessionId ?? ''}`,
    subgraphHeaders: () =>
      (headers ??= {
        [IDENTITY_HEADER]: signIdentity(identity, key),
        [REQUEST_ID_HEADER]: identity.requestId,
      }),
  };
}

/** Callers whom the gateway does not know: the subgraphs read the Authorization header themselves. */
export function forwardedCallers(): CallerReader {
  return async (request) => {
    const { authorization } = request.headers;
    const headers = {
      [REQUEST_ID_HEADER]: request.id,
      ...(authorization === undefined ? {} : { authorization }),
    };
    return {
      subject: authorization ?? null,
      role: null,
      claims: NO_CLAIMS,
      sharingKey: authorization ?? '',
      subgraphHeaders: () => headers,
    };
  };
}

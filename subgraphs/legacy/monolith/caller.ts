import type { FastifyRequest } from 'fastify';
import {
  AccessTokenError,
  accessTokenVerifier,
  bearerToken,
  type AccessTokenVerifier,
} from '#platform/identity/access-token.ts';
import { anonymousIdentity, isStaff, type Identity } from '#platform/identity/identity.ts';
import {
  GRAPH_CALL_HEADER,
  IDENTITY_HEADER,
  identityKey,
  verifyIdentity,
} from '#platform/identity/signed-identity.ts';
import type { MonolithApp } from './app.ts';
import type { MonolithConfig } from './config.ts';
import { ApiError, forbidden } from './errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null only before that has been found out. */
    identity: Identity | null;
    /** Whether the request is part of a GraphQL operation; REST clients cannot make it look like one. */
    isGraphCall: boolean;
  }
}

/** An identity of somebody who has logged in, and so has an account. */
export type KnownIdentity = Identity & { readonly userId: string };

/** Finds out who calls, by the gateway's signed header or a bearer token, before any route runs. */
export function identifyCallers(app: MonolithApp, config: MonolithConfig): void {
  const key = identityKey(config.IDENTITY_SECRET);
  const verify = accessTokenVerifier(config.SECRET_KEY, config.AUTH_PUBLIC_JWKS);
  app.decorateRequest('identity', null);
  app.decorateRequest('isGraphCall', false);
  app.addHook('onRequest', async (request) => {
    request.identity = await identify(request, key, verify);
    // Where there is a signature, it has been verified by now.
    request.isGraphCall =
      IDENTITY_HEADER in request.headers && GRAPH_CALL_HEADER in request.headers;
  });
}

async function identify(
  request: FastifyRequest,
  key: Uint8Array,
  verify: AccessTokenVerifier,
): Promise<Identity> {
  const base = await baseIdentity(request, key);
  // The gateway has read the token already when it names a user.
  if (base.userId !== null) return base;
  const token = bearerToken(request.headers.authorization);
  return token === null ? base : { ...base, ...(await verify(token)) };
}

/** What is known without a bearer token: the gateway's word, or nothing but the address. */
async function baseIdentity(request: FastifyRequest, key: Uint8Array): Promise<Identity> {
  const header = request.headers[IDENTITY_HEADER];
  if (header === undefined) return anonymousIdentity(request.id, request.ip);
  const identity = await verifyIdentity(String(header), key);
  if (!identity) throw new AccessTokenError('TOKEN_INVALID');
  // Only the gateway's X-Forwarded-For counts: everybody else could write whatever they like into it.
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',', 1)[0]
    ?.trim();
  return { ...identity, clientAddress: identity.clientAddress ?? (forwarded || request.ip) };
}

/** Who calls; anonymous callers have no user and no role. */
export function caller(request: FastifyRequest): Identity {
  return request.identity ?? anonymousIdentity(request.id, request.ip);
}

/** Somebody with an account or a service, which has none. @throws 401 NOT_LOGGED_IN for anonymous callers */
export function requireCaller(request: FastifyRequest): Identity {
  const identity = caller(request);
  if (identity.userId !== null || identity.role === 'service') return identity;
  throw new ApiError(
    401,
    'NOT_LOGGED_IN',
    'Log in first: send `Authorization: Bearer <access token>`.',
  );
}

/** @throws 401 NOT_LOGGED_IN for anonymous callers, 403 for services: what follows is about the caller's account */
export function requireLogin(request: FastifyRequest): KnownIdentity {
  const identity = requireCaller(request);
  if (identity.userId !== null) return identity as KnownIdentity;
  throw forbidden('Only accounts may do this: a service has none.');
}

/** @throws 401 or 403 unless the caller is staff, an admin or a service */
export function requireStaff(request: FastifyRequest): Identity {
  const identity = caller(request);
  if (isStaff(identity)) return identity;
  requireCaller(request);
  throw forbidden('Only staff may do this.');
}

/** @throws 401 or 403 unless the caller is an admin */
export function requireAdmin(request: FastifyRequest): Identity {
  const identity = caller(request);
  if (identity.role === 'admin') return identity;
  requireCaller(request);
  throw forbidden('Only admins may do this.');
}

/** The same, or a service: the refusal is that of who is neither. */
export function requireAdminOrService(request: FastifyRequest): Identity {
  const identity = caller(request);
  return identity.role === 'service' ? identity : requireAdmin(request);
}

/** @throws 401 or 403 unless the caller is a service or an admin */
export function requireService(request: FastifyRequest): Identity {
  const identity = caller(request);
  if (identity.role === 'service' || identity.role === 'admin') return identity;
  requireCaller(request);
  throw forbidden('Only services may do this.');
}

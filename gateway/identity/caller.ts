import type { FastifyRequest } from 'fastify';
import { accessTokenVerifier, bearerToken } from '#platform/identity/access-token.ts';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import type { CallerSettings } from '../config.ts';
import { clientAddress } from './client-address.ts';

/** Who sent a request. */
export interface Caller {
  /** Whom sticky decisions stick to; null for somebody who cannot be told from others. */
  readonly subject: string | null;
  /** The headers that tell a subgraph who calls. Made on first use, then kept. */
  readonly subgraphHeaders: () => Promise<Readonly<Record<string, string>>>;
}

/** Finds out who sent a request. @throws AccessTokenError where its token is not good */
export type CallerReader = (request: FastifyRequest) => Promise<Caller>;

/** Callers by their access tokens, which the gateway verifies; subgraphs are told in a signed header. */
export function verifiedCallers(settings: CallerSettings, trustProxy: boolean): CallerReader {
  const verify = accessTokenVerifier(settings.secretKey, settings.authPublicJwks);
  const key = identityKey(settings.identitySecret);
  return async (request) => {
    const token = bearerToken(request.headers.authorization);
    const anonymous = anonymousIdentity(request.id, clientAddress(request, trustProxy));
    const identity = token === null ? anonymous : { ...anonymous, ...(await verify(token)) };
    let headers: Promise<Record<string, string>> | undefined;
    return {
      subject: identity.userId,
      subgraphHeaders: () =>
        (headers ??= signIdentity(identity, key).then((signed) => ({
          [IDENTITY_HEADER]: signed,
          [REQUEST_ID_HEADER]: request.id,
        }))),
    };
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
    return { subject: authorization ?? null, subgraphHeaders: async () => headers };
  };
}

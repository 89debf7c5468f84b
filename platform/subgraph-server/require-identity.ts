import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, verifyIdentity } from '#platform/identity/signed-identity.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set by the gateway's signature. */
    identity: Identity | null;
  }
}

/** Answers 401 to every request without the gateway's signature. */
export function requireIdentity(key: Uint8Array) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const header = request.headers[IDENTITY_HEADER];
    request.identity = await verifyIdentity(typeof header === 'string' ? header : undefined, key);
    if (request.identity) return;
    const message = `This subgraph answers the gateway only: the ${IDENTITY_HEADER} header is missing, expired or not signed by it.`;
    await reply
      .status(401)
      .send({ errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] });
  };
}

import { fastifyCors } from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';

/** Apollo Studio's explorer, which runs in the developer's own browser. */
const STUDIO = 'https://studio.apollographql.com';

/** Lets pages of some origins read answers. Callers are known by tokens, never by cookies, so none are allowed. */
export async function addCors(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  const allowed = [STUDIO, ...origins];
  allowPrivateNetwork(server, allowed);
  await server.register(fastifyCors, {
    origin: allowed,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    // Those of tus are for pages that send files: docs/uploads.md.
    exposedHeaders: [
      REQUEST_ID_HEADER,
      'retry-after',
      'upload-offset',
      'upload-length',
      'tus-resumable',
    ],
    maxAge: 600,
    // OPTIONS of any kind is answered alike: the other answer is text that no client of GraphQL reads.
    strictPreflight: false,
  });
}

/**
 * Browsers ask beforehand whether a page of the internet may reach a machine of the private network, as Studio does with
 * a gateway that a developer has started (https://wicg.github.io/private-network-access/).
 */
function allowPrivateNetwork(server: FastifyInstance, allowed: readonly string[]): void {
  server.addHook('onRequest', async ({ method, headers }, reply) => {
    if (method !== 'OPTIONS' || headers['access-control-request-private-network'] !== 'true')
      return;
    if (headers.origin === undefined || !allowed.includes(headers.origin)) return;
    reply.header('access-control-allow-private-network', 'true');
  });
}

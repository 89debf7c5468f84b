import { fastifyCors } from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';

/** Apollo Studio's explorer, which runs in the developer's own browser. */
const STUDIO = 'https://studio.apollographql.com';

/** Lets pages of some origins read answers. Callers are known by tokens, never by cookies, so none are allowed. */
export async function addCors(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  await server.register(fastifyCors, {
    origin: [STUDIO, ...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [REQUEST_ID_HEADER, 'retry-after'],
    maxAge: 600,
    // OPTIONS of any kind is answered alike: the other answer is text that no client of GraphQL reads.
    strictPreflight: false,
  });
}

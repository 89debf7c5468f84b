import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';

/** Keeps the browser from fetching anything from anywhere else; scripts and styles stand in the page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self' data: blob:",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline' data:",
].join('; ');

/** Serves an explorer at `/explorer` that works without internet: one page with everything in it. */
export function addExplorer(server: FastifyInstance): void {
  const page = renderGraphiQL({ title: 'Explorer', endpoint: '/graphql' });
  server.get('/explorer', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .send(page),
  );
}

import type { FastifyRequest } from 'fastify';

/**
 * The address that a request came from. Behind a trusted proxy it is the last entry of X-Forwarded-For, which
 * that proxy wrote; those before it are whatever the client sent.
 */
export function clientAddress(request: FastifyRequest, trustProxy: boolean): string {
  const header = request.headers['x-forwarded-for'];
  const last = trustProxy
    ? String(header ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : '';
  return last || request.ip;
}

import type { FastifyReply } from 'fastify';

/** In the form of REST errors: who sends bytes, or reads them, speaks no GraphQL. */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
): FastifyReply {
  return reply.status(status).send({ error: { code, message } });
}

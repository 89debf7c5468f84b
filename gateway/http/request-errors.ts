import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenError } from '#platform/identity/access-token.ts';

/** An error before GraphQL, in the form that GraphQL clients read. */
interface RequestError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly reason?: string;
}

/** Answers a request that never became an operation: a bad token, a body that is too large or no JSON. */
export function answerRequestError(
  error: FastifyError | AccessTokenError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, message, ...extensions } = requestError(error, request);
  if (status >= 500) request.log.error({ err: error }, 'a request failed');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.status(status).send({ errors: [{ message, extensions }] });
}

function requestError(
  error: FastifyError | AccessTokenError,
  request: FastifyRequest,
): RequestError {
  if (error instanceof AccessTokenError) {
    const { code, reason, message } = error;
    return { status: 401, code, reason, message };
  }
  switch (error.statusCode) {
    case 413:
      return {
        status: 413,
        code: 'PAYLOAD_TOO_LARGE',
        message: `The body of a request may have ${request.routeOptions.bodyLimit} bytes at most.`,
      };
    case 415:
      return {
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
        message: 'Send the operation as JSON: `content-type: application/json`.',
      };
    case 400:
      return {
        status: 400,
        code: 'BAD_REQUEST',
        message: `The body is not valid: ${error.message}`,
      };
    default:
      return {
        status: 500,
        code: 'INTERNAL_SERVER_ERROR',
        message: 'Internal error: the log of the gateway has the details.',
      };
  }
}

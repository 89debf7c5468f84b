import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenError } from '#platform/identity/access-token.ts';
import { bodyTooLarge, RequestRefusal } from '../limits/refusals.ts';

/** An error before GraphQL, in the form that GraphQL clients read. */
interface RequestError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly reason?: string;
  readonly limit?: number;
  readonly actual?: number;
}

/** Answers a request that never became an operation: a bad token, too many of them, a body that is too large or no JSON. */
export function answerRequestError(
  error: FastifyError | AccessTokenError | RequestRefusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, message, ...extensions } = requestError(error, request);
  if (status >= 500) request.log.error({ err: error }, 'a request failed');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (error instanceof RequestRefusal && error.retryAfter !== null) {
    reply.header('retry-after', error.retryAfter);
  }
  return reply.status(status).send({ errors: [{ message, extensions }] });
}

/** Answers a method that nobody serves, or a path below that of GraphQL. */
export function answerNoRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = `${request.method} is not served here: send operations to /graphql by POST or GET.`;
  const extensions = { code: 'BAD_REQUEST' };
  return reply
    .status(405)
    .header('allow', 'GET, POST')
    .send({ errors: [{ message, extensions }] });
}

function requestError(
  error: FastifyError | AccessTokenError | RequestRefusal,
  request: FastifyRequest,
): RequestError {
  if (error instanceof AccessTokenError) {
    const { code, reason, message } = error;
    return { status: 401, code, reason, message };
  }
  if (error instanceof RequestRefusal) return ofRefusal(error);
  switch (error.statusCode) {
    case 413:
      return ofRefusal(bodyTooLarge(request.routeOptions.bodyLimit ?? 0, givenLength(request)));
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

function ofRefusal({ status, code, message, limit, actual }: RequestRefusal): RequestError {
  return { status, code, message, limit, actual };
}

/** The length of a body that its sender said; null where it comes in chunks. */
function givenLength(request: FastifyRequest): number | null {
  const given = request.headers['content-length'];
  return given === undefined ? null : Number(given);
}

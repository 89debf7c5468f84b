import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenError } from '#platform/identity/access-token.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import type { MonolithApp } from './app.ts';

/** One field of a request that broke a rule. `field` is its path in REST names, such as `items.0.qty`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** The one error of the monolith: a status, a code and what a client may read. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** More members of the answer's `error` object, such as `fields` or `retry_after`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 404. @param what the noun of what was looked for, e.g. `product` */
export const notFound = (what: string) =>
  new ApiError(404, 'NOT_FOUND', `There is no ${what} with this id.`);

/** 422: the request broke rules of the domain. */
export const validation = (fields: readonly FieldProblem[]) =>
  new ApiError(422, 'VALIDATION', 'The input is not valid: see `fields`.', { fields });

/** 403. @param message says who may do it */
export const forbidden = (message: string) => new ApiError(403, 'FORBIDDEN', message);

/** 409: the row of the account, which others would refer to, has not been handed over yet. */
export const accountUnknownHere = () =>
  new ApiError(
    409,
    'ACCOUNT_UNKNOWN_HERE',
    'This account is not known to the monolith yet: it was made on the new side. Try again after the next handover.',
  );

/** Answers every error of every route in one form, without stack traces. */
export function answerErrors(app: MonolithApp): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0];
    await send(
      reply,
      new ApiError(404, 'NOT_FOUND', `There is no ${request.method} ${path} here.`),
    );
  });
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    await send(reply, publicError(error, request));
  });
}

async function send(reply: FastifyReply, error: ApiError): Promise<void> {
  const { retry_after: retryAfter } = error.details;
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  const { code, message, details } = error;
  await reply.status(error.status).send({ error: { code, message, ...details } });
}

/** What a client may know of an error. */
function publicError(error: FastifyError, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof AccessTokenError) {
    return new ApiError(401, 'BAD_TOKEN', error.message, { reason: error.reason });
  }
  const refusal = ownershipRefusal(error);
  if (refusal) {
    const { code, message, move, owner } = refusal;
    return new ApiError(409, code, message, { move, owner });
  }
  if (error.validation) return validation(fieldsOf(error));
  if (error.statusCode === 413) {
    return new ApiError(413, 'TOO_LARGE', 'The body of the request is too large.');
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new ApiError(error.statusCode, 'BAD_REQUEST', error.message);
  }
  if (holdsNulCharacter(error)) {
    return new ApiError(422, 'VALIDATION', 'Text must not hold the character U+0000.', {
      fields: [],
    });
  }
  request.log.error({ err: error }, 'a request failed');
  return new ApiError(500, 'INTERNAL', 'Internal error: the log of the server has the details.');
}

/** PostgreSQL cannot store U+0000 in a text (code 22021); drizzle keeps its error as the cause. */
function holdsNulCharacter({ cause }: Error): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === '22021';
}

/** The fields of a schema error, each once, with paths in dots. */
function fieldsOf(error: FastifyError): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const { instancePath, message, keyword, params } of error.validation ?? []) {
    const path = instancePath.split('/').slice(1);
    const missing = keyword === 'required' ? (params.requiredProperties as string[]) : undefined;
    const surplus =
      keyword === 'additionalProperties' ? (params.additionalProperties as string[]) : undefined;
    for (const name of missing ?? surplus ?? [undefined]) {
      const field = (name === undefined ? path : [...path, name]).join('.');
      const text = missing ? 'is required' : surplus ? 'is not known' : (message ?? 'is not valid');
      if (surplus || !problems.has(field)) problems.set(field, { field, message: text });
    }
  }
  return [...problems.values()];
}

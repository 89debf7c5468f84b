import { GraphQLError } from 'graphql';

/** Why an operation is refused. */
export type OperationRefusalCode =
  | 'TOO_MANY_TOKENS'
  | 'TOO_DEEP'
  | 'TOO_MANY_FIELDS'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'TOO_COSTLY';

/**
 * An operation exceeds a limit.
 *
 * @param actual what was found; an operation that grows beyond all numbers has the largest one
 */
export function operationRefusal(
  code: OperationRefusalCode,
  message: string,
  limit: number,
  actual: number,
): GraphQLError {
  const found = Math.min(actual, Number.MAX_SAFE_INTEGER);
  return new GraphQLError(message, {
    extensions: { code, limit, actual: found, http: { status: 400 } },
  });
}

/** A request is refused before it becomes an operation. */
export class RequestRefusal extends Error {
  readonly code: 'BODY_TOO_LARGE' | 'TOO_MANY_REQUESTS' | 'OVERLOADED';
  readonly status: 413 | 429 | 503;
  readonly limit: number;
  readonly actual: number;
  /** Seconds after which it is worth trying again; null where the same request never passes. */
  readonly retryAfter: number | null;

  constructor(
    message: string,
    refused: Pick<RequestRefusal, 'code' | 'status' | 'limit' | 'actual' | 'retryAfter'>,
  ) {
    super(message);
    this.name = 'RequestRefusal';
    this.code = refused.code;
    this.status = refused.status;
    this.limit = refused.limit;
    this.actual = refused.actual;
    this.retryAfter = refused.retryAfter;
  }
}

/** A body is larger than may be. @param given its bytes; null where the client did not say beforehand */
export function bodyTooLarge(limit: number, given: number | null): RequestRefusal {
  const has = given === null ? `more than ${limit}` : String(given);
  return new RequestRefusal(`The body has ${has} bytes, and may have ${limit} at most.`, {
    code: 'BODY_TOO_LARGE',
    status: 413,
    limit,
    actual: given ?? limit + 1,
    retryAfter: null,
  });
}

/** Somebody sent too many requests within a minute. */
export function tooManyRequests(
  whose: 'caller' | 'address',
  limit: number,
  actual: number,
  retryAfter: number,
): RequestRefusal {
  const from = whose === 'caller' ? 'you' : 'your address';
  return new RequestRefusal(
    `${actual} requests came from ${from} within a minute, and ${limit} may: try again in ${retryAfter} s.`,
    { code: 'TOO_MANY_REQUESTS', status: 429, limit, actual, retryAfter },
  );
}

/** The gateway answers as many operations as it can. */
export function overloaded(limit: number, actual: number): RequestRefusal {
  return new RequestRefusal(
    `${actual} operations are being answered, and ${limit} may be at a time: try again in a second.`,
    { code: 'OVERLOADED', status: 503, limit, actual, retryAfter: 1 },
  );
}

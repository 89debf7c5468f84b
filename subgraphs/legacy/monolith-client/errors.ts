import { errors } from 'undici';
import type { GraphQLError } from 'graphql';
import { graphError } from '#platform/graph/errors.ts';

/** What the monolith says when it refuses a request: its `error` object. */
export interface RestError {
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
  readonly [detail: string]: unknown;
}

/** Codes of the 401 answers that mean "who are you?", as against a wrong password or refresh token. */
const NOT_IDENTIFIED = new Set(['NOT_LOGGED_IN', 'BAD_TOKEN']);

/** The fault behind a refusal that says that the caller may not ask, or not yet; undefined for all other refusals. */
export function callerFault(
  status: number,
  { code, message, ...details }: RestError,
): GraphQLError | undefined {
  if (status === 401 && NOT_IDENTIFIED.has(code)) return graphError('UNAUTHENTICATED', message);
  if (code === 'NOT_OWNER' || code === 'MOVING') {
    return graphError(code, message, { move: details['move'], owner: details['owner'] });
  }
  if (status === 403) return graphError('FORBIDDEN', message);
  if (code === 'ACCOUNT_UNKNOWN_HERE') return graphError('ACCOUNT_NOT_MIRRORED', message);
  return undefined;
}

/** The fault behind a request that got no answer. */
export function transportFault(error: unknown, timeoutMs: number, requestId: string): GraphQLError {
  if (isTimeout(error)) {
    return graphError(
      'UPSTREAM_TIMEOUT',
      `The monolith does not answer: no answer within ${timeoutMs} ms. Try again later.`,
      { requestId },
    );
  }
  return unavailable('It cannot be reached.', requestId);
}

/** Whether a request failed because the connection did: nothing was answered. */
export function isConnectionFailure(error: unknown): boolean {
  if (error instanceof errors.SocketError || error instanceof errors.ConnectTimeoutError)
    return true;
  // A host with several addresses fails with an AggregateError that carries the code of the first.
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && CONNECTION_CODES.has(code);
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

function isTimeout(error: unknown): boolean {
  return (
    (error instanceof DOMException && error.name === 'TimeoutError') ||
    error instanceof errors.ConnectTimeoutError
  );
}

/** The monolith is not there, or something else answers in its place. @param detail a sentence */
export const unavailable = (detail: string, requestId: string): GraphQLError =>
  graphError(
    'UPSTREAM_UNAVAILABLE',
    `The monolith does not answer as it should. ${detail} Try again later.`,
    { requestId },
  );

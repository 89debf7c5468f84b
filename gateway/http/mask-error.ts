import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '#platform/log.ts';

/**
 * The one place where errors are masked: what was made as a GraphQLError is for the client to read, all else
 * is logged whole and shown as an internal error without detail.
 */
export function maskError(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = error instanceof GraphQLError ? error.originalError : error;
    if (!cause || cause instanceof GraphQLError) return withoutStack(withCode(formatted, error));
    log.error({ err: cause, path: formatted.path }, 'an operation failed');
    return {
      message: 'Internal error: the log of the gateway has the details.',
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}

/** Some refusals of Apollo Server have a status and no code, and would pass for faults of ours. */
function withCode(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return formatted;
  const { status } = (error.extensions['http'] ?? {}) as { status?: number };
  if (status !== 400) return formatted;
  return { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_REQUEST' } };
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '#platform/log.ts';

/**
 * The one place where errors are masked: what was thrown as a GraphQLError is for the client to read, all
 * else is logged whole and shown as an internal error without detail.
 */
export function maskError(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    if (original instanceof GraphQLError) return withoutStack(formatted);
    log.error({ err: original, path: formatted.path }, 'a resolver failed');
    return {
      ...formatted,
      message: 'Internal error: the log of the server has the details.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

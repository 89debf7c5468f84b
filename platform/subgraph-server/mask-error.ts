import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { graphError } from '#platform/graph/errors.ts';
import type { Logger } from '#platform/log.ts';
import { ownershipRefusal, type OwnershipRefused } from '#platform/moves/ownership.ts';

/**
 * The one place where errors are masked: what was thrown as a GraphQLError is for the client to read, and a refusal
 * because of who owns the data for the gateway; all else is logged whole and shown as an internal error without detail.
 */
export function maskError(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    if (original instanceof GraphQLError) return withoutStack(formatted);
    const refusal = ownershipRefusal(original);
    if (refusal) return { ...formatted, ...ownershipError(refusal) };
    log.error({ err: original, path: formatted.path }, 'a resolver failed');
    return {
      ...formatted,
      message: 'Internal error: the log of the server has the details.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}

/** What the gateway reads: docs/design.md, "Ownership errors". */
function ownershipError({ code, message, move, owner }: OwnershipRefused) {
  return graphError(code, message, { move, owner }).toJSON();
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

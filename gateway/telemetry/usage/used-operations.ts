import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../../execute-operation.ts';
import type { UsedDocument } from './operation-use.ts';

/** What usage reports need to know of a request. */
export interface RecordedUse {
  /** null where there was none: its text could not be read, is not valid, or has no such operation. */
  readonly document: UsedDocument | null;
  /** Whether it was executed, or could have been. */
  readonly hasRun: boolean;
  readonly errors: readonly Pick<GraphQLFormattedError, 'path' | 'extensions'>[];
  readonly persistedQuery: 'hit' | 'miss' | null;
}

const NO_ERRORS: RecordedUse['errors'] = [];

/** Writes into the record of a request what usage reports need. */
export function usedOperations(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    async willSendResponse(context) {
      const { contextValue, document, operation, operationName, schema, metrics, response } =
        context;
      if (response.body.kind !== 'single') return;
      const { errors = NO_ERRORS, data } = response.body.singleResult;
      contextValue.record.used = {
        document:
          document && operation ? { document, operationName: operationName ?? null, schema } : null,
        hasRun: data !== undefined,
        errors,
        persistedQuery: persistedQuery(metrics),
      };
    },
  };
  return { requestDidStart: async () => listener };
}

function persistedQuery(metrics: {
  readonly persistedQueryHit?: boolean;
  readonly persistedQueryRegister?: boolean;
}): RecordedUse['persistedQuery'] {
  if (metrics.persistedQueryHit) return 'hit';
  return metrics.persistedQueryRegister ? 'miss' : null;
}

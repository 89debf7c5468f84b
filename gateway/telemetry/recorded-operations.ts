import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { GatewayContext } from '../execute-operation.ts';
import type { Outcome } from './request-record.ts';

/** Characters of an operation's name that are written: a name may be as long as a document. */
const LONGEST_NAME = 128;

/** Writes into the record of a request which operation it was, and how that ended. */
export function recordedOperations(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    async willSendResponse({ operation, source, contextValue: { record }, response: { body } }) {
      record.outcome = outcomeOf(body);
      if (source !== undefined) record.trace?.document(source);
      if (!operation) return;
      record.type = operation.operation;
      record.operationName = operation.name?.value.slice(0, LONGEST_NAME) ?? null;
    },
  };
  return { requestDidStart: async () => listener };
}

/** Traces how long validation takes. Documents that Apollo Server knows are not validated again. */
export function tracedValidation(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    async validationDidStart({ contextValue: { record } }) {
      const ended = record.trace?.validating();
      return async (errors) => ended?.(errors);
    },
  };
  return { requestDidStart: async () => listener };
}

interface Body {
  readonly kind: string;
  readonly singleResult?: { readonly data?: unknown; readonly errors?: readonly unknown[] };
}

function outcomeOf({ singleResult }: Body): Outcome {
  if (!singleResult?.errors?.length) return 'ok';
  if (singleResult.data === undefined) return 'refused';
  return singleResult.data === null ? 'failed' : 'partial';
}

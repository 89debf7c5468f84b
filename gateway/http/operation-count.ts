import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayMetrics } from '../metrics.ts';
import type { GatewayContext } from '../supergraph-gateway.ts';

/** Counts operations by how they ended. */
export function operationCount(metrics: GatewayMetrics): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ operation, response: { body } }) => {
        const type = operation?.operation ?? 'unknown';
        metrics.operations.inc({ type, outcome: outcomeOf(body) });
      },
    }),
  };
}

interface Body {
  readonly kind: string;
  readonly singleResult?: { readonly data?: unknown; readonly errors?: readonly unknown[] };
}

function outcomeOf({ singleResult }: Body): 'ok' | 'partial' | 'failed' | 'refused' {
  if (!singleResult?.errors?.length) return 'ok';
  if (singleResult.data === undefined) return 'refused';
  return singleResult.data === null ? 'failed' : 'partial';
}

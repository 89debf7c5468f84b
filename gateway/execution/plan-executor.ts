import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
} from '@apollo/server-gateway-interface';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import { settleErrors } from './settled-errors.ts';

/** The subgraphs of a supergraph, by name. */
export type SubgraphSources = Readonly<Record<string, GraphQLDataSource>>;

/**
 * Runs a plan: fetches, merges, and shapes the answer to what the client asked for. The work is done by
 * `@apollo/gateway`; what is ours is the errors.
 */
export async function executePlan(
  plan: QueryPlan,
  supergraph: LoadedSupergraph,
  sources: SubgraphSources,
  request: GatewayGraphQLRequestContext,
): Promise<GatewayExecutionResult> {
  const operation = buildOperationContext({
    schema: supergraph.clientSchema,
    operationDocument: request.document,
    operationName: request.operationName ?? undefined,
  });
  const result = await executeQueryPlan(
    plan,
    sources,
    request,
    operation,
    supergraph.schema,
    supergraph.apiSchema,
  );
  return settleErrors(result);
}

import type { Schema } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
} from '@apollo/server-gateway-interface';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type {
  SendFetch,
  SubgraphResponse,
  SubgraphResponseError,
} from '../../../gateway/transport/subgraph-fetch.ts';
import { SubgraphFault } from '../../../gateway/transport/subgraph-fault.ts';
import { concernedPaths, type FailedRequest, type MayBe } from './concerned-paths.ts';
import { settleErrors } from './settled-errors.ts';

/** What is needed of a supergraph. */
export interface ReferenceSchemas {
  /** All types of all subgraphs. */
  readonly schema: GraphQLSchema;
  /** What clients see, twice. */
  readonly apiSchema: Schema;
  readonly clientSchema: GraphQLSchema;
  readonly subgraphs: readonly { readonly name: string }[];
}

/** Errors of one failed request beyond these are only counted. */
const MAX_ERRORS = 100;

/**
 * Executes a plan with `@apollo/gateway`, one request for each fetch and all its representations, and settles
 * the errors: what our own executor is compared with.
 *
 * @param variables as the client sent them
 * @param execute another build of the same function, where what is known to be wrong with it is mended
 */
export async function executeReference(
  plan: PlanNode | undefined,
  document: DocumentNode,
  operationName: string | null,
  supergraph: ReferenceSchemas,
  variables: Readonly<Record<string, unknown>>,
  send: SendFetch,
  execute = executeQueryPlan,
): Promise<Pick<GatewayExecutionResult, 'data' | 'errors'>> {
  const operation = buildOperationContext({
    schema: supergraph.clientSchema,
    operationDocument: document,
    operationName: operationName ?? undefined,
  });
  // What the executor reads of a request, and no more.
  const request = {
    schema: supergraph.clientSchema,
    document,
    operationName,
    request: { variables },
    context: {},
    metrics: {},
    logger: console,
  } as unknown as GatewayGraphQLRequestContext;
  const queryPlan: QueryPlan = { kind: 'QueryPlan', ...(plan ? { node: plan } : {}) };
  const sources = Object.fromEntries(
    supergraph.subgraphs.map(({ name }) => [name, source(name, send)]),
  );
  const result = await execute(
    queryPlan,
    sources,
    request,
    operation,
    supergraph.schema,
    supergraph.apiSchema,
  );
  return settleErrors(result);
}

function source(subgraph: string, send: SendFetch): GraphQLDataSource {
  return {
    async process({ request: { query = '', operationName, variables } }) {
      const body = { query, operationName, variables };
      const kind = query.startsWith('mutation') ? 'mutation' : 'query';
      const text = JSON.stringify(body);
      const fetch = { subgraph, body: text, kind, isPublic: false, representations: 0 } as const;
      return ask(fetch, body, send);
    },
  };
}

async function ask(
  fetch: Parameters<SendFetch>[0],
  body: FailedRequest,
  send: SendFetch,
): Promise<SubgraphResponse> {
  try {
    return await send(fetch);
  } catch (error) {
    if (!(error instanceof SubgraphFault)) throw error;
    return { errors: errorsOf(error, body) };
  }
}

/** The errors that stand for a request that failed: one for each field that it asked for. */
export function errorsOf(
  fault: SubgraphFault,
  body: FailedRequest,
  mayBe?: MayBe,
): SubgraphResponseError[] {
  const paths = concernedPaths(body, mayBe);
  const omitted = paths.length - MAX_ERRORS;
  return paths.slice(0, MAX_ERRORS).map((path, index) => ({
    message: fault.message,
    path,
    extensions:
      omitted > 0 && index === MAX_ERRORS - 1
        ? { ...fault.extensions, omittedErrors: omitted }
        : { ...fault.extensions },
  }));
}

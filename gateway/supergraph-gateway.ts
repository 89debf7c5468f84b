import type { SupergraphManager } from '@apollo/gateway';
import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
  GatewayInterface,
  GatewayLoadResult,
  GatewaySchemaLoadOrUpdateCallback,
  GatewayUnsubscriber,
} from '@apollo/server-gateway-interface';
import { getVariableValues, GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { LabelStates } from './labels/label-decision.ts';
import { executePlan, type SubgraphSources } from './execution/plan-executor.ts';
import type { SubgraphCallContext } from './execution/subgraph-source.ts';
import type { Planner } from './planning/planner.ts';
import { loadSupergraph, SupergraphError, type LoadedSupergraph } from './supergraph/supergraph.ts';

/** What a request brings along. */
export interface GatewayContext extends SubgraphCallContext {
  /** Decides the labels for this request. @throws GraphQLError */
  readonly decideLabels: (labels: ReadonlySet<string>) => LabelStates;
}

/** Everything that depends on the supergraph. It is made whole, and exchanged whole. */
export interface GatewayState {
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner;
  readonly sources: SubgraphSources;
}

export interface SupergraphGatewayOptions {
  readonly manager: SupergraphManager;
  /** Where the supergraph comes from, for messages. */
  readonly origin: string;
  readonly createPlanner: (supergraph: LoadedSupergraph) => Planner;
  /** @throws SupergraphError where a subgraph has no address */
  readonly createSources: (supergraph: LoadedSupergraph) => SubgraphSources;
  readonly createSource: (name: string, url: string | undefined) => SubgraphSources[string];
  /** Told of each supergraph that is taken up. */
  readonly loaded: (supergraph: LoadedSupergraph) => void;
}

/** Answers the operations of Apollo Server from the subgraphs of a supergraph, with labels decided per request. */
export class SupergraphGateway implements GatewayInterface {
  readonly #options: SupergraphGatewayOptions;
  readonly #listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  /** States by the schema that clients see: a request ends on the state that it was validated against. */
  readonly #states = new WeakMap<GraphQLSchema, GatewayState>();
  #cleanup: (() => Promise<void>) | undefined;

  constructor(options: SupergraphGatewayOptions) {
    this.#options = options;
  }

  onSchemaLoadOrUpdate(callback: GatewaySchemaLoadOrUpdateCallback): GatewayUnsubscriber {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  /** @throws SupergraphError where there is no supergraph, or no valid one */
  async load(): Promise<GatewayLoadResult> {
    try {
      const { supergraphSdl, cleanup } = await this.#options.manager.initialize({
        update: (sdl) => this.#take(sdl),
        healthCheck: async () => {},
        getDataSource: ({ name, url }) => this.#options.createSource(name, url),
      });
      this.#cleanup = cleanup;
      this.#take(supergraphSdl);
    } catch (error) {
      await this.stop();
      if (!(error instanceof SupergraphError)) throw error;
      throw new SupergraphError(
        `the supergraph ${this.#options.origin} cannot be used: ${error.message}`,
        error,
      );
    }
    return { executor: (request) => this.#execute(request) };
  }

  async stop(): Promise<void> {
    await this.#cleanup?.();
    this.#cleanup = undefined;
  }

  /** Takes up a supergraph, all at once, or not at all. @throws SupergraphError */
  #take(sdl: string): void {
    const supergraph = loadSupergraph(sdl);
    const state: GatewayState = Object.freeze({
      supergraph,
      planner: this.#options.createPlanner(supergraph),
      sources: this.#options.createSources(supergraph),
    });
    this.#states.set(supergraph.clientSchema, state);
    for (const listener of this.#listeners) {
      listener({ apiSchema: supergraph.clientSchema, coreSupergraphSdl: sdl });
    }
    this.#options.loaded(supergraph);
  }

  async #execute(request: GatewayGraphQLRequestContext): Promise<GatewayExecutionResult> {
    const state = this.#states.get(request.schema);
    if (!state) throw new Error('The operation was validated against a schema of somebody else.');
    const faults = faultsOf(request);
    if (faults.length > 0) return { errors: faults };
    const { decideLabels } = request.context as unknown as GatewayContext;
    const labels = decideLabels(state.supergraph.labels);
    const plan = state.planner.plan(request.document, request.operationName, labels);
    return executePlan(plan, state.supergraph, state.sources, request);
  }
}

/** What is wrong with a request though its document is valid. */
function faultsOf({
  // Absent where the name fits none of the document's operations, whatever the interface says.
  operation,
  schema,
  request,
}: Partial<GatewayGraphQLRequestContext> &
  Pick<GatewayGraphQLRequestContext, 'schema' | 'request'>): readonly GraphQLError[] {
  if (!operation) return [unknownOperation(request.operationName)];
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const message = 'Subscriptions are not served: ask again with a query.';
    return [new GraphQLError(message, { extensions: { code: 'OPERATION_NOT_SUPPORTED' } })];
  }
  const { errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    request.variables ?? {},
    { maxErrors: 50 },
  );
  return errors ?? [];
}

function unknownOperation(name: string | undefined): GraphQLError {
  return new GraphQLError(
    name
      ? `The document has no operation named "${name}".`
      : 'The document has several operations: say which one in `operationName`.',
  );
}

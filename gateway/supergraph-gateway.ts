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
import { createAuthorizer } from './authorization/authorize-operation.ts';
import type { DecidePolicies } from './authorization/policies.ts';
import type { Logger } from '#platform/log.ts';
import {
  executeOperation,
  type Executing,
  type GatewayContext,
  type GatewayState,
  type Operation,
} from './execute-operation.ts';
import type { CompiledOperation } from './execution/compile-operation.ts';
import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import { likelyStates } from './routing/likely-states.ts';
import { mutationLabels } from './mutations/root-labels.ts';
import type { Planning } from './planning/planning.ts';
import { SupergraphError, type LoadedSupergraph } from './supergraph/supergraph.ts';
import {
  supergraphUpdates,
  type SupergraphStatus,
  type SupergraphUpdates,
} from './supergraph/supergraph-updates.ts';

export interface SupergraphGatewayOptions {
  /** @param failed is told when a changed supergraph cannot be had */
  readonly createManager: (failed: (error: Error) => void) => SupergraphManager;
  /** Where the supergraph comes from, for messages. */
  readonly origin: string;
  readonly planning: Planning<CompiledOperation>;
  /** Where each subgraph answers. @throws SupergraphError where one has no address */
  readonly urlsOf: (supergraph: LoadedSupergraph) => ReadonlyMap<string, URL>;
  readonly policies: DecidePolicies;
  readonly sender: Executing['sender'];
  readonly replanned: Executing['replanned'];
  /** Told of each supergraph that is taken up. */
  readonly loaded: (supergraph: LoadedSupergraph) => void;
  readonly log: Logger;
}

/** Answers the operations of Apollo Server from the subgraphs of a supergraph, with labels decided per request. */
export class SupergraphGateway implements GatewayInterface {
  readonly #options: SupergraphGatewayOptions;
  readonly #listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  /** States by the schema that clients see: a request ends on the state that it was validated against. */
  readonly #states = new WeakMap<GraphQLSchema, GatewayState>();
  readonly #updates: SupergraphUpdates;
  #current: GatewayState | null = null;
  #cleanup: (() => Promise<void>) | undefined;

  constructor(options: SupergraphGatewayOptions) {
    this.#options = options;
    this.#updates = supergraphUpdates<GatewayState>({
      build: (sdl, current) => this.#build(sdl, current),
      swap: (next, previous) => this.#swap(next, previous),
      origin: options.origin,
      log: options.log,
    });
  }

  onSchemaLoadOrUpdate(callback: GatewaySchemaLoadOrUpdateCallback): GatewayUnsubscriber {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  /** Which supergraph is in use, and why the latest is not. */
  status(): SupergraphStatus {
    return this.#updates.status();
  }

  /** The labels of the supergraph in use; null before the first. */
  labels(): ReadonlySet<string> | null {
    return this.#current?.supergraph.labels ?? null;
  }

  /**
   * Makes the plans that will be asked for when the moves have changed to these states.
   *
   * @param within milliseconds after which it resolves in any case
   */
  async warm(moves: MoveSnapshot, within: number): Promise<void> {
    const state = this.#current;
    if (state) await state.planner.warm(likelyStates(state.supergraph.labels, moves), within);
  }

  /** @throws SupergraphError where there is no supergraph, or no valid one */
  async load(): Promise<GatewayLoadResult> {
    try {
      await this.#updates.begin(() => this.#initialize());
    } catch (error) {
      await this.stop();
      throw error;
    }
    return { executor: (request) => this.#execute(request) };
  }

  async stop(): Promise<void> {
    this.#updates.stop();
    await this.#cleanup?.();
    this.#cleanup = undefined;
    this.#options.planning.close();
  }

  /** @returns the first supergraph; others are offered as they come */
  async #initialize(): Promise<string> {
    const manager = this.#options.createManager((error) => this.#updates.failed(error));
    const { supergraphSdl, cleanup } = await manager.initialize({
      update: (sdl) => this.#updates.offer(sdl),
      healthCheck: async () => {},
      getDataSource: ({ name }) => {
        throw new SupergraphError(`the subgraph "${name}" cannot be asked for its schema here`);
      },
    });
    this.#cleanup = cleanup;
    return supergraphSdl;
  }

  async #build(sdl: string, current: GatewayState | null): Promise<GatewayState> {
    const { planning } = this.#options;
    const { supergraph, planner } = await planning.open(sdl, current?.planner ?? null);
    try {
      return Object.freeze({
        supergraph,
        planner,
        authorizer: createAuthorizer(supergraph, this.#options.policies),
        urls: this.#options.urlsOf(supergraph),
        mutationLabels: mutationLabels(supergraph.schema),
      });
    } catch (error) {
      planner.retire();
      throw error;
    }
  }

  #swap(next: GatewayState, previous: GatewayState | null): void {
    const { supergraph } = next;
    this.#states.set(supergraph.clientSchema, next);
    this.#current = next;
    for (const listener of this.#listeners) {
      listener({ apiSchema: supergraph.clientSchema, coreSupergraphSdl: supergraph.sdl });
    }
    previous?.planner.retire();
    this.#options.loaded(supergraph);
  }

  async #execute(request: GatewayGraphQLRequestContext): Promise<GatewayExecutionResult> {
    const state = this.#states.get(request.schema);
    if (!state) throw new Error('The operation was validated against a schema of somebody else.');
    const operation = operationOf(request);
    if ('errors' in operation) return operation;
    const { sender, replanned } = this.#options;
    const context = request.context as unknown as GatewayContext;
    return executeOperation(operation, { state, context, sender, replanned });
  }
}

/** The operation of a request, or what is wrong with it though its document is valid. */
function operationOf({
  // Absent where the name fits none of the document's operations, whatever the interface says.
  operation,
  document,
  operationName,
  schema,
  request,
}: Partial<GatewayGraphQLRequestContext> &
  Pick<GatewayGraphQLRequestContext, 'document' | 'operationName' | 'schema' | 'request'>):
  | Operation
  | { errors: readonly GraphQLError[] } {
  if (!operation) return { errors: [unknownOperation(request.operationName)] };
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const message = 'Subscriptions are not served: ask again with a query.';
    const extensions = { code: 'OPERATION_NOT_SUPPORTED' };
    return { errors: [new GraphQLError(message, { extensions })] };
  }
  const rawVariables = request.variables ?? {};
  const definitions = operation.variableDefinitions ?? [];
  const { errors, coerced } = getVariableValues(schema, definitions, rawVariables, {
    maxErrors: 50,
  });
  if (errors) return { errors };
  const { operation: type } = operation;
  return { document, operationName, type, variables: coerced, rawVariables };
}

function unknownOperation(name: string | undefined): GraphQLError {
  return new GraphQLError(
    name
      ? `The document has no operation named "${name}".`
      : 'The document has several operations: say which one in `operationName`.',
  );
}

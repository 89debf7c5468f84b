import { composeServices } from '@apollo/composition';
import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner, type PlanNode } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
  type GraphQLSchema,
} from 'graphql';
import {
  compileOperation,
  type CompiledOperation,
} from '../../../gateway/execution/compile-operation.ts';
import { runOperation, type Answer } from '../../../gateway/execution/run-operation.ts';
import type {
  SendFetch,
  SubgraphFetch,
  SubgraphResponse,
} from '../../../gateway/transport/subgraph-fetch.ts';
import { executeReference } from '../reference/execute-reference.ts';
import type { SubgraphSource } from '../test-subgraph.ts';

/** What was sent to a subgraph. */
export interface Sent extends SubgraphFetch {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An answer, and what it took. */
export interface Ran extends Answer {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  readonly data: any;
  readonly sent: readonly Sent[];
}

/** Changes what a subgraph answers, or throws a fault. Gives undefined where it stays as it is. */
export type Interference = (
  sent: Sent,
  answer: () => Promise<SubgraphResponse>,
) => Promise<SubgraphResponse> | undefined;

export interface RunOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly labels?: readonly string[];
  readonly operationName?: string;
  readonly interfere?: Interference;
  readonly signal?: AbortSignal;
}

/** Subgraphs in this process with a supergraph over them. */
export interface PlannedGraph {
  readonly supergraph: GraphQLSchema;
  readonly client: GraphQLSchema;
  plan(query: string, options?: Pick<RunOptions, 'labels' | 'operationName'>): PlanNode | undefined;
  compile(query: string, options?: Pick<RunOptions, 'labels' | 'operationName'>): CompiledOperation;
  /** Plans and runs an operation with our executor. */
  run(query: string, options?: RunOptions): Promise<Ran>;
  /** The same with the executor of `@apollo/gateway`. */
  reference(query: string, options?: RunOptions): ReturnType<typeof executeReference>;
}

/** Composes subgraphs. Their resolvers run in this process, behind the same JSON as over HTTP. */
export function plannedGraph(sources: readonly SubgraphSource[]): PlannedGraph {
  const documents = sources.map(({ name, typeDefs }) => ({ name, typeDefs: parse(typeDefs) }));
  const { errors, supergraphSdl } = composeServices(
    documents.map((each) => ({ ...each, url: `http://${each.name}` })),
    { runSatisfiability: false },
  );
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], String(errors));
  const supergraph = Supergraph.build(supergraphSdl);
  const apiSchema = supergraph.apiSchema();
  const schemas = {
    supergraph: supergraph.schema.toGraphQLJSSchema(),
    client: apiSchema.toGraphQLJSSchema(),
  };
  const planner = new QueryPlanner(supergraph);
  const subgraphs = new Map(
    sources.map(({ name, typeDefs, resolvers }) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]),
    ]),
  );

  const plan: PlannedGraph['plan'] = (query, { labels = [], operationName } = {}) => {
    const invalid = validate(schemas.client, parse(query));
    if (invalid[0]) throw invalid[0];
    const operation = operationFromDocument(apiSchema, parse(query), { operationName });
    const overrideConditions = new Map(labels.map((label) => [label, true]));
    const { node } = planner.buildQueryPlan(operation, { overrideConditions });
    // As if it had come from another thread.
    return node && JSON.parse(JSON.stringify(node));
  };
  const compile: PlannedGraph['compile'] = (query, options = {}) =>
    compileOperation(plan(query, options), parse(query), options.operationName ?? null, schemas);

  return {
    ...schemas,
    plan,
    compile,
    async run(query, options = {}) {
      const { variables = {}, operationName, signal = new AbortController().signal } = options;
      const sent: Sent[] = [];
      const definitions = getOperationAST(parse(query), operationName)?.variableDefinitions ?? [];
      const values = getVariableValues(schemas.client, definitions, variables);
      if (!values.coerced) throw new AggregateError(values.errors);
      const answer = await runOperation(compile(query, options), {
        variables: values.coerced,
        rawVariables: variables,
        send: sender(subgraphs, sent, options.interfere),
        signal,
      });
      return { ...answer, data: answer.json === null ? null : JSON.parse(answer.json), sent };
    },
    reference: (query, options = {}) =>
      executeReference(
        plan(query, options),
        parse(query),
        options.operationName ?? null,
        {
          schema: schemas.supergraph,
          apiSchema,
          clientSchema: schemas.client,
          subgraphs: sources,
        },
        options.variables ?? {},
        sender(subgraphs, [], options.interfere),
      ),
  };
}

function sender(
  subgraphs: ReadonlyMap<string, GraphQLSchema>,
  log: Sent[],
  interfere: Interference | undefined,
): SendFetch {
  return async (fetch) => {
    const { query, operationName, variables } = JSON.parse(fetch.body);
    const sent: Sent = { ...fetch, query, variables };
    log.push(sent);
    const schema = subgraphs.get(fetch.subgraph);
    if (!schema) throw new Error(`There is no subgraph "${fetch.subgraph}".`);
    const answer = async (): Promise<SubgraphResponse> => {
      const document = parse(query);
      const invalid = validate(schema, document);
      const result =
        invalid.length > 0
          ? { errors: invalid }
          : await execute({ schema, document, operationName, variableValues: variables });
      return JSON.parse(JSON.stringify(result));
    };
    return (await interfere?.(sent, answer)) ?? answer();
  };
}

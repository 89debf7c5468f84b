import type { executeQueryPlan } from '@apollo/gateway';
import type { PlanNode } from '@apollo/query-planner';
import {
  getVariableValues,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { compileOperation } from '../../../gateway/execution/compile-operation.ts';
import { runOperation } from '../../../gateway/execution/run-operation.ts';
import type { SendFetch, SubgraphFetch } from '../../../gateway/transport/subgraph-fetch.ts';
import { executeReference } from '../reference/execute-reference.ts';
import { orderedDelivery, type ArrivalOrder } from './delivery.ts';
import type { DifferentialCase } from './differential-case.ts';
import { mendedAnswer } from './exceptions.ts';
import type { Graph } from './graph-pool.ts';
import type { Outcome } from './outcome.ts';
import type { SubgraphRequest } from './subgraph-answers.ts';
import { createWorld } from './world.ts';

/** What came of a run, and what was sent for it. */
export interface Run {
  readonly outcome: Outcome;
  readonly sent: readonly SubgraphFetch[];
  /** Those of them that were answered without data. */
  readonly refused: readonly SubgraphFetch[];
}

/** A build of the reference. */
export interface Reference {
  readonly execute: typeof executeQueryPlan;
  readonly isMended: boolean;
}

/** Runs a case with `@apollo/gateway`. */
export async function runReference(
  graph: Graph,
  given: DifferentialCase,
  plan: PlanNode | undefined,
  order: ArrivalOrder,
  reference: Reference,
): Promise<Run> {
  const { text, variables } = given.operation;
  const { ask, sent, refused } = sender(graph, given);
  const send = orderedDelivery(async (fetch) => {
    const answer = ask(fetch);
    return reference.isMended ? mendedAnswer(graph.schema, fetch, answer) : answer;
  }, order);
  try {
    const run = executeReference(
      plan,
      parse(text),
      null,
      graph,
      variables,
      send,
      reference.execute,
    );
    const { data, errors = [] } = await run;
    const json = data === undefined || data === null ? null : JSON.stringify(data);
    return { outcome: { data: json, errors: errors.map(asSent) }, sent, refused };
  } catch (error) {
    // What it throws, the server in front of it makes an error without a path.
    return { outcome: { data: null, errors: [asSent(error as GraphQLError)] }, sent, refused };
  }
}

/** Runs a case with the gateway's executor. */
export async function runOurs(
  graph: Graph,
  given: DifferentialCase,
  plan: PlanNode | undefined,
  order: ArrivalOrder,
): Promise<Run> {
  const { text, variables } = given.operation;
  const { ask, sent, refused } = sender(graph, given);
  const document = parse(text);
  const compiled = compileOperation(plan, document, null, {
    supergraph: graph.schema,
    client: graph.clientSchema,
  });
  const answer = await runOperation(compiled, {
    variables: coercedVariables(graph, document, variables),
    rawVariables: variables,
    send: orderedDelivery(ask, order),
    signal: new AbortController().signal,
  });
  const data = answer.json === null ? null : JSON.stringify(JSON.parse(answer.json));
  return { outcome: { data, errors: answer.errors }, sent, refused };
}

export function coercedVariables(
  graph: Graph,
  document: DocumentNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const operation = document.definitions.find(
    (part): part is OperationDefinitionNode => part.kind === Kind.OPERATION_DEFINITION,
  );
  const { coerced: values, errors } = getVariableValues(
    graph.clientSchema,
    operation?.variableDefinitions ?? [],
    given,
  );
  if (!values) throw new Error(`The variables are wrong: ${errors?.map(String).join('; ')}`);
  return values;
}

/** An error as it stands in an answer. */
function asSent({ message, path, extensions }: GraphQLError): Outcome['errors'][number] {
  return { message, ...(path ? { path } : {}), extensions: extensions ?? {} };
}

/** A way to the subgraphs of a graph that remembers what it has sent. */
function sender(
  graph: Graph,
  given: DifferentialCase,
): Omit<Run, 'outcome'> & { readonly ask: SendFetch } {
  const world = createWorld(graph.model, graph.possible, given.world);
  const sent: SubgraphFetch[] = [];
  const refused: SubgraphFetch[] = [];
  const ask: SendFetch = async (fetch) => {
    sent.push(fetch);
    const subgraph = graph.answering.get(fetch.subgraph);
    if (!subgraph) throw new Error(`There is no subgraph "${fetch.subgraph}".`);
    const request = JSON.parse(fetch.body) as SubgraphRequest;
    const response = await subgraph.answer(request, world, given.faults);
    if (!response.data) refused.push(fetch);
    return response;
  };
  return { ask, sent, refused };
}

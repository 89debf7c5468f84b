import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { GraphQLError, OperationTypeNode, type DocumentNode } from 'graphql';
import { runRemaining, type Authorizer } from './authorization/authorize-operation.ts';
import type { Claims } from './identity/claims.ts';
import type { CompiledOperation } from './execution/compile-operation.ts';
import type { VariableValues } from './execution/conditions.ts';
import { runOperation, type Answer } from './execution/run-operation.ts';
import { WrittenData } from './http/written-data.ts';
import { rootFields } from './mutations/root-fields.ts';
import { runMutation, type MutationInputs } from './mutations/run-mutation.ts';
import type { Settle } from './mutations/settlement.ts';
import type { DecideLabel, Planner } from './planning/planner.ts';
import type { OperationKind } from './routing/label-states.ts';
import type { RequestLabels } from './routing/label-decision.ts';
import type { LoadedSupergraph } from './supergraph/supergraph.ts';
import { recordedPlan } from './telemetry/recorded-plan.ts';
import type { RequestRecord } from './telemetry/request-record.ts';
import type { FetchCall, SendFetch } from './transport/subgraph-fetch.ts';

/** Everything that depends on the supergraph. It is made whole, and exchanged whole. */
export interface GatewayState {
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner<CompiledOperation>;
  readonly authorizer: Authorizer;
  /** Where each subgraph answers. */
  readonly urls: ReadonlyMap<string, URL>;
  /** The labels of each root field of mutations. */
  readonly mutationLabels: ReadonlyMap<string, readonly string[]>;
}

/** What a request brings along. */
export interface GatewayContext {
  /** Begins to decide labels: for a query, or for one root field of a mutation. @throws GraphQLError */
  readonly labels: (all: ReadonlySet<string>, kind: OperationKind) => RequestLabels;
  /** Waits until the gateway is certain of what labels are decided by, as long as that is worth while. */
  readonly certainty: () => Promise<void>;
  /** Waits until the caller's later queries see what a mutation has written. */
  readonly settle: Settle;
  /** What the caller may see. */
  readonly claims: Claims;
  /** Who calls, as subgraphs are told. */
  readonly call: () => FetchCall;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Called when the answer is known, before its first byte is sent. */
  readonly answered: () => void;
  /** Where what becomes known of the request is written. */
  readonly record: RequestRecord;
}

/** An operation that is valid, with its variables. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly type: OperationTypeNode;
  /** As graphql's getVariableValues gives them. */
  readonly variables: VariableValues;
  /** As the client sent them. */
  readonly rawVariables: VariableValues;
}

export interface Executing {
  readonly state: GatewayState;
  readonly context: GatewayContext;
  /** Sends the fetches of a call to subgraphs. */
  readonly sender: (urls: GatewayState['urls'], call: FetchCall) => SendFetch;
  /** Told of each root field of a mutation that had to be planned again, or waited. */
  readonly replanned: MutationInputs['replanned'];
}

/**
 * Plans and runs an operation. Each label is decided once: per request for a query, per root field for a mutation.
 */
export async function executeOperation(
  operation: Operation,
  executing: Executing,
): Promise<GatewayExecutionResult> {
  const { context, state, sender } = executing;
  try {
    const send = sender(state.urls, context.call());
    const answer =
      operation.type === OperationTypeNode.MUTATION
        ? await mutate(operation, executing, send)
        : await answerQuery(operation, executing, send);
    context.answered();
    return resultOf(answer);
  } catch (error) {
    if (context.signal.aborted) return { errors: [clientGone()] };
    throw error;
  }
}

/** Runs a query by labels that are certain, or where that cannot be had, by what was known last. */
async function answerQuery(
  operation: Operation,
  executing: Executing,
  send: SendFetch,
): Promise<Answer> {
  const decided = await decisions('query', executing);
  const { isDoubtful } = decided;
  if (isDoubtful === null) return run(operation, executing, send, decideBy(decided));
  // Which labels matter is known when it has been planned; nothing has been sent by then.
  const sendWhenCertain: SendFetch = async (fetch) => {
    if (isDoubtful()) throw new Doubt();
    return send(fetch);
  };
  try {
    return await run(operation, executing, sendWhenCertain, decideBy(decided));
  } catch (error) {
    if (!(error instanceof Doubt)) throw error;
  }
  await executing.context.certainty();
  return run(operation, executing, send, decideBy(await decisions('query', executing)));
}

/** A query is about to be sent where it should perhaps not be sent. */
class Doubt extends Error {}

async function decisions(
  kind: OperationKind,
  { context, state }: Executing,
): Promise<RequestLabels> {
  const { labels } = state.supergraph;
  const decided = context.labels(labels, kind);
  const asking = decided.ask(labels);
  if (asking) await asking;
  return decided;
}

function decideBy(decided: RequestLabels): DecideLabel {
  return (label) => decided.isOn(label);
}

async function mutate(
  operation: Operation,
  executing: Executing,
  send: SendFetch,
): Promise<Answer> {
  const { context, state, replanned } = executing;
  return runMutation({
    fields: rootFields(operation.document, operation.operationName),
    decisions: () => decisions('mutation', executing),
    labelsOf: (name) => state.mutationLabels.get(name) ?? [],
    run: ({ document }, decide, sendField) =>
      run({ ...operation, document }, executing, sendField, decide),
    send,
    signal: context.signal,
    replanned,
    settle: context.settle,
  });
}

async function run(
  { document, operationName, variables, rawVariables }: Operation,
  { state, context }: Executing,
  send: SendFetch,
  decide: DecideLabel,
): Promise<Answer> {
  const inputs = { variables, rawVariables, send, signal: context.signal };
  const authorized = state.authorizer.authorize(document, operationName, context.claims);
  const remaining = authorized instanceof Promise ? await authorized : authorized;
  if (remaining) {
    const denied = remaining.errors(variables);
    context.record.denials += denied.length;
    const plan = async (left: DocumentNode) =>
      (await recordedPlan(state.planner, left, operationName, decide, context.record)).plan;
    return runRemaining(remaining, denied, plan, inputs);
  }
  const planned = recordedPlan(state.planner, document, operationName, decide, context.record);
  const { compiled } = planned instanceof Promise ? await planned : planned;
  return runOperation(compiled, inputs);
}

/** `data` is text already: see WrittenData. */
function resultOf({ json, errors }: Answer): GatewayExecutionResult {
  const data = json === null ? null : (new WrittenData(json) as unknown as Record<string, unknown>);
  if (errors.length === 0) return { data };
  return {
    data,
    errors: errors.map(
      ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
    ),
  };
}

/** Nobody reads it. */
function clientGone(): GraphQLError {
  return new GraphQLError('The client went away before its answer was ready.', {
    extensions: { code: 'CLIENT_GONE' },
  });
}

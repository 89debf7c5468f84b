import { invalidResponse, SubgraphFault } from '../transport/subgraph-fault.ts';
import type { SendFetch, SubgraphResponse } from '../transport/subgraph-fetch.ts';
import { settleErrors, type AnswerError } from './answer-errors.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { hold, type VariableValues } from './conditions.ts';
import { faultErrors, reportedErrors } from './fetch-errors.ts';
import type { FetchStep } from './fetch-step.ts';
import {
  mergeData,
  mergeEntities,
  prepareSelection,
  type PreparedSelection,
} from './fetched-selection.ts';
import { writeRequest, type WrittenRequest } from './write-request.ts';

/** What one request brings to an operation. */
export interface OperationInputs {
  /** The variables as graphql's getVariableValues gives them: conditions are decided by them. */
  readonly variables: VariableValues;
  /** The variables as the client sent them: subgraphs get these. */
  readonly rawVariables: VariableValues;
  readonly send: SendFetch;
  /** Once it is aborted, nothing more is fetched. */
  readonly signal: AbortSignal;
}

/** The answer to an operation. */
export interface Answer {
  /** The JSON text of `data`; null where the data is null because a null has come up to the root. */
  readonly json: string | null;
  readonly errors: readonly AnswerError[];
}

/** An operation that is under way. */
interface Run extends OperationInputs {
  readonly compiled: CompiledOperation;
  /** The response tree: what all fetches brought, in the client's names. */
  readonly root: Record<string, unknown>;
  /** For each step how many others it waits for. */
  readonly waiting: number[];
  readonly errors: AnswerError[];
}

/**
 * Runs an operation: sends its fetches, each as soon as those before it have ended, merges what they bring, and
 * writes the answer. Whatever fails in a subgraph becomes errors of the answer.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function runOperation(
  compiled: CompiledOperation,
  inputs: OperationInputs,
): Promise<Answer> {
  const run: Run = {
    ...inputs,
    compiled,
    root: {},
    waiting: compiled.steps.map(({ dependencies }) => dependencies),
    errors: [],
  };
  await runSteps(run, compiled.first);
  const { json, incomplete } = compiled.write(run.root, inputs.variables, inputs.rawVariables);
  const errors =
    run.errors.length + incomplete.length > 0 ? settleErrors(run.errors, incomplete, json) : [];
  return { json, errors };
}

/** Runs steps and all that wait for none but them. */
async function runSteps(run: Run, indices: readonly number[]): Promise<void> {
  const [only] = indices;
  if (indices.length > 1) await Promise.all(indices.map((index) => runStep(run, index)));
  else if (only !== undefined) await runStep(run, only);
}

async function runStep(run: Run, index: number): Promise<void> {
  run.signal.throwIfAborted();
  const step = run.compiled.steps[index] as FetchStep;
  const request = hold(step.conditions, run.variables)
    ? writeRequest(step, prepareStep(run, step), run.rawVariables)
    : null;
  if (request) await exchange(run, step, request);
  const ready = step.dependents.filter((dependent) => {
    const waiting = (run.waiting[dependent] ?? 0) - 1;
    run.waiting[dependent] = waiting;
    return waiting === 0;
  });
  await runSteps(run, ready);
}

function prepareStep(run: Run, { selections }: FetchStep): (PreparedSelection | null)[] {
  return selections.map((selection) => prepareSelection(selection, run.root));
}

/** Sends a request and takes up its answer. */
async function exchange(run: Run, step: FetchStep, request: WrittenRequest): Promise<void> {
  const { subgraph, kind, isPublic } = step;
  const { body, representations } = request;
  let response: SubgraphResponse;
  try {
    response = await run.send({ subgraph, body, kind, isPublic, representations });
  } catch (error) {
    if (!(error instanceof SubgraphFault)) throw error;
    for (const { prepared } of request.selections) addFault(run, error, prepared);
    return;
  }
  const { data } = response;
  if (!data && request.selections.length > 1) {
    await separate(run, step, request, response);
    return;
  }
  addReported(run, step, request.selections, response.errors);
  if (!data) return;
  for (const { alias, prepared } of request.selections) {
    if (alias === null) mergeData(run.compiled.supergraph, prepared, data);
    else if (!mergeEntities(run.compiled.supergraph, prepared, data[alias])) {
      addFault(run, invalidResponse(subgraph), prepared);
    }
  }
}

/**
 * One of several joined selections has failed, and so brought down all: those that no error names are sent again,
 * each on its own, as if they had never been joined.
 */
async function separate(
  run: Run,
  step: FetchStep,
  { selections }: WrittenRequest,
  { errors = [] }: SubgraphResponse,
): Promise<void> {
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  const aliases = new Set(
    selections.map(({ alias }) => alias as string | number | undefined | null),
  );
  const own = errors.filter(({ path }) => aliases.has(path?.[0]));
  addReported(run, step, selections, own);
  run.signal.throwIfAborted();
  const others = selections.filter(({ alias }) => alias === null || !failed.has(alias));
  await Promise.all(
    others.map(async ({ prepared }) => {
      const alone = step.selections.map((each) => (each === prepared.selection ? prepared : null));
      const again = writeRequest(step, alone, run.rawVariables);
      if (again) await exchange(run, step, again);
    }),
  );
}

function addReported(
  run: Run,
  { subgraph }: FetchStep,
  selections: WrittenRequest['selections'],
  errors: SubgraphResponse['errors'] = [],
): void {
  const [first] = selections;
  for (const error of errors) {
    const sent =
      selections.length === 1 ? first : selections.find(({ alias }) => alias === error.path?.[0]);
    run.errors.push(...reportedErrors(error, subgraph, sent?.prepared ?? null, run.root));
  }
}

function addFault(run: Run, fault: SubgraphFault, prepared: PreparedSelection): void {
  const { supergraph } = run.compiled;
  run.errors.push(...faultErrors(supergraph, fault, prepared, run.root, run.variables));
}

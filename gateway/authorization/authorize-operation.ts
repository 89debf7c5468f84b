import type { PlanNode } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { AnswerError } from '../execution/answer-errors.ts';
import { compileOperation, type CompiledOperation } from '../execution/compile-operation.ts';
import { hold, type VariableValues } from '../execution/conditions.ts';
import { runOperation, type Answer, type OperationInputs } from '../execution/run-operation.ts';
import type { Claims } from '../identity/claims.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import { filterOperation, type Denial } from './filter-operation.ts';
import type { DecidePolicies } from './policies.ts';
import { protectedOperation, type ProtectedOperation } from './protected-operation.ts';
import { isMet } from './requirement.ts';
import { readRequirements } from './requirements.ts';

/** Says what callers may not see, for the operations of one supergraph. */
export interface Authorizer {
  /**
   * @param document valid; the same object for the same text, as Apollo Server keeps them
   * @returns what is left for this caller; null where nothing is denied. A promise only where policies are asked
   */
  authorize(
    document: DocumentNode,
    operationName: string | null,
    caller: Claims,
  ): RemainingOperation | null | Promise<RemainingOperation | null>;
}

/** An operation of which a part is denied. The same object for all callers who are denied the same. */
export interface RemainingOperation {
  /** What is planned instead; null where nothing is left. */
  readonly document: DocumentNode | null;
  /** Compiles a plan of `document`, with the fields of the whole operation in the answer. Kept with the plan. */
  compile(plan: PlanNode | undefined): CompiledOperation;
  /** One error for each part that is denied and that these variables select. */
  errors(variables: VariableValues): AnswerError[];
}

/** An operation as callers are told it. Its variants are kept by the requirements that are not met. */
interface KnownOperation extends ProtectedOperation {
  readonly policies: readonly string[];
  readonly variants: Map<string, RemainingOperation>;
}

/** n requirements have 2ⁿ variants: beyond these, variants are made anew. */
const MAX_VARIANTS = 64;

const NO_POLICIES: ReadonlySet<string> = new Set();

/**
 * Makes the authorizer of a supergraph.
 *
 * @throws Error where the supergraph's directives are not as federation defines them
 */
export function createAuthorizer(
  supergraph: Pick<LoadedSupergraph, 'schema' | 'clientSchema'>,
  decidePolicies: DecidePolicies,
): Authorizer {
  const requirements = readRequirements(supergraph.schema);
  if (requirements.isEmpty) return { authorize: () => null };
  const documents = new WeakMap<DocumentNode, Map<string | null, KnownOperation | null>>();

  const known = (document: DocumentNode, name: string | null): KnownOperation | null => {
    let operations = documents.get(document);
    if (!operations) documents.set(document, (operations = new Map()));
    let operation = operations.get(name);
    if (operation === undefined) {
      operation = knownOperation(protectedOperation(requirements, document, name));
      operations.set(name, operation);
    }
    return operation;
  };
  const remaining = (
    operation: KnownOperation,
    document: DocumentNode,
    operationName: string | null,
    isUnmet: readonly boolean[],
  ): RemainingOperation | null => {
    if (!isUnmet.includes(true)) return null;
    const key = isUnmet.map((unmet) => (unmet ? '1' : '0')).join('');
    const before = operation.variants.get(key);
    if (before) return before;
    const made = remainingOperation(operation, isUnmet, { supergraph, document, operationName });
    if (operation.variants.size >= MAX_VARIANTS) operation.variants.clear();
    operation.variants.set(key, made);
    return made;
  };
  return {
    authorize(document, operationName, caller) {
      const operation = known(document, operationName);
      if (operation === null) return null;
      const decide = (policies: ReadonlySet<string>): RemainingOperation | null => {
        const isUnmet = operation.requirements.map((each) => !isMet(each, caller, policies));
        return remaining(operation, document, operationName, isUnmet);
      };
      return operation.policies.length === 0
        ? decide(NO_POLICIES)
        : decidePolicies(operation.policies, caller).then(decide);
    },
  };
}

function knownOperation(operation: ProtectedOperation | null): KnownOperation | null {
  if (operation === null) return null;
  const policies = operation.requirements
    .filter(({ kind }) => kind === 'policies')
    .flatMap(({ anyOf }) => anyOf.flat());
  return { ...operation, policies: [...new Set(policies)], variants: new Map() };
}

interface WholeOperation {
  readonly supergraph: Pick<LoadedSupergraph, 'schema' | 'clientSchema'>;
  readonly document: DocumentNode;
  readonly operationName: string | null;
}

function remainingOperation(
  operation: ProtectedOperation,
  isUnmet: readonly boolean[],
  { supergraph, document, operationName }: WholeOperation,
): RemainingOperation {
  const filtered = filterOperation(operation, (index) => isUnmet[index] === true);
  const schemas = { supergraph: supergraph.schema, client: supergraph.clientSchema };
  const compiled = new WeakMap<PlanNode, CompiledOperation>();
  // The whole operation gives the answer its fields: two operations of which the same is left have two answers.
  const compile = (plan: PlanNode | undefined): CompiledOperation =>
    compileOperation(plan, document, operationName, schemas, filtered.denied);
  let fetchesNothing: CompiledOperation | undefined;
  return {
    document: filtered.document,
    compile(plan) {
      if (plan === undefined) return (fetchesNothing ??= compile(plan));
      const before = compiled.get(plan);
      if (before) return before;
      const made = compile(plan);
      compiled.set(plan, made);
      return made;
    },
    errors: (variables) =>
      filtered.denials
        .filter(({ conditions }) => hold(conditions, variables))
        .map(({ path }) => unauthorized(path)),
  };
}

function unauthorized(path: Denial['path']): AnswerError {
  return {
    message: 'Unauthorized field or type',
    path,
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
  };
}

/**
 * Runs what is left of an operation. Nothing is planned or fetched where nothing is left.
 *
 * @param denied what `remaining.errors` says for these variables
 * @param plan gives the plan of a document
 * @throws what `plan` and runOperation throw
 */
export async function runRemaining(
  remaining: RemainingOperation,
  denied: readonly AnswerError[],
  plan: (document: DocumentNode) => Promise<PlanNode | undefined>,
  inputs: OperationInputs,
): Promise<Answer> {
  const planned = remaining.document === null ? undefined : await plan(remaining.document);
  const answer = await runOperation(remaining.compile(planned), inputs);
  return { ...answer, errors: [...denied, ...answer.errors] };
}

import type { PlanNode } from '@apollo/query-planner';
import { getOperationAST, type DocumentNode, type FieldNode, type GraphQLSchema } from 'graphql';
import { compileAnswer, type AnswerWriter } from './compile-answer.ts';
import { compileSteps, type FetchStep } from './fetch-step.ts';

/** The schemas that an operation was planned with. */
export interface ExecutionSchemas {
  /** All types of all subgraphs. */
  readonly supergraph: GraphQLSchema;
  /** What clients see. */
  readonly client: GraphQLSchema;
}

/** An operation with its plan, made ready to be run any number of times. */
export interface CompiledOperation {
  readonly supergraph: GraphQLSchema;
  readonly steps: readonly FetchStep[];
  /** The steps that wait for no other, by their index. */
  readonly first: readonly number[];
  readonly write: AnswerWriter;
}

const NOTHING: ReadonlySet<FieldNode> = new Set();

/**
 * Compiles an operation and its plan. The result is kept with the plan: it depends on no request.
 *
 * @param plan undefined where nothing is to be fetched, as for introspection
 * @param document validated against the client's schema
 * @param denied fields of the document that are null without an error: the plan does not fetch them
 * @throws Error where the document has no such operation, or the plan has nodes that are for a router only
 */
export function compileOperation(
  plan: PlanNode | undefined,
  document: DocumentNode,
  operationName: string | null,
  schemas: ExecutionSchemas,
  denied: ReadonlySet<FieldNode> = NOTHING,
): CompiledOperation {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error(`The document has no operation "${operationName ?? ''}".`);
  const steps = compileSteps(schemas.supergraph, plan, operation.variableDefinitions ?? []);
  return {
    supergraph: schemas.supergraph,
    steps,
    first: steps.flatMap(({ dependencies }, index) => (dependencies === 0 ? [index] : [])),
    write: compileAnswer(schemas.client, document, operation, denied),
  };
}

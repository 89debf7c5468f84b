import type { PlanNode } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

/**
 * Says whether a label is on. Within a request it has one answer per label, however often it is asked. It is
 * asked for no label that cannot matter to the operation. What it throws ends the planning of this request.
 */
export type DecideLabel = (label: string) => boolean;

/** Labels with their states. A label that is missing is off. */
export type LabelStates = ReadonlyMap<string, boolean>;

/** A plan with what was made from it. */
export interface PlannedOperation<T> {
  /** undefined where nothing is fetched: the operation asks for `__typename` or the schema only. */
  readonly plan: PlanNode | undefined;
  /** What `compile` made of the plan: once, however many states of labels and requests share it. */
  readonly compiled: T;
}

/** An operation with states of labels that it was planned in. */
export interface RecentOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly states: readonly LabelStates[];
}

/** What a warm-up did before its time was over. Plans that are `left` are still made, after it. */
export interface WarmUp {
  readonly made: number;
  readonly left: number;
}

/** Plans the operations of one supergraph, each once per state of the labels that matter to it. */
export interface Planner<T> {
  /**
   * The plan of an operation that is valid: at once where it is kept, else a promise.
   *
   * @param operationName needed where the document has several operations
   * @throws PlanningError, also as a rejection; and what `decide` throws
   */
  plan(
    document: DocumentNode,
    operationName: string | null,
    decide: DecideLabel,
  ): PlannedOperation<T> | Promise<PlannedOperation<T>>;
  /**
   * Makes the plans that known and recent operations would need in these states of all labels: call it before
   * labels change. Never throws.
   *
   * @param within milliseconds after which it resolves in any case
   */
  warm(states: readonly LabelStates[], within: number): Promise<WarmUp>;
  /** The operations asked for lately, the latest first. */
  recent(): readonly RecentOperation[];
  /** Gives the planning worker back as soon as nothing waits. Plans can still be had, but slowly. */
  retire(): void;
}

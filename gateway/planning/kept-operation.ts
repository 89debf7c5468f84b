import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { print, type DocumentNode } from 'graphql';
import type { PlanText } from './messages.ts';
import { leafAt, withLeaf, type PlanTree } from './plan-tree.ts';
import type { DecideLabel, LabelStates, PlannedOperation } from './planner.ts';
import { PlanningError } from './planning-errors.ts';

/** An operation with its plans, as it stands in the cache. */
export interface KeptOperation<T> {
  readonly key: string;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** The plan, or why there is none, as far as it is known for these states. */
  find(decide: DecideLabel): PlannedOperation<T> | PlanningError | undefined;
  readonly text: () => string;
  /** Keeps a plan for all states that agree with the labels that were read for it. */
  add(read: LabelStates, plan: PlanText): PlannedOperation<T>;
  /** Keeps why there is no plan, for a while. */
  refuse(read: LabelStates, error: PlanningError): void;
  readonly tree: PlanTree<Finding<T>> | null;
  /** The number of different plans. */
  readonly plans: number;
  /** Roughly, in characters of JSON. */
  readonly size: number;
  /** How often a plan was found here, counted up to the first. */
  isUsed: boolean;
}

type Finding<T> = PlannedOperation<T> | Refusal;

/** Why there is no plan, until when (in milliseconds of `performance.now()`) it is not tried again. */
class Refusal {
  readonly error: PlanningError;
  readonly until: number;

  constructor(error: PlanningError, until: number) {
    this.error = error;
    this.until = until;
  }
}

/** How long an operation that could not be planned is not tried again, in milliseconds. */
const REFUSAL_TIME = 60_000;

/** What an operation takes besides its plans: roughly the document, in characters. */
const OWN_SIZE = 4_000;

/** @param compile is called once for each different plan */
export function keptOperation<T>(
  key: string,
  document: DocumentNode,
  operationName: string | null,
  compile: (plan: PlanNode | undefined) => T,
): KeptOperation<T> {
  const byDigest = new Map<string, PlannedOperation<T>>();
  let tree: PlanTree<Finding<T>> | null = null;
  let size = OWN_SIZE;
  const planned = ({ json, digest }: PlanText): PlannedOperation<T> => {
    const known = byDigest.get(digest);
    if (known) return known;
    const plan = (JSON.parse(json) as QueryPlan).node as PlanNode | undefined;
    const made = Object.freeze({ plan, compiled: compile(plan) });
    byDigest.set(digest, made);
    size += json.length;
    return made;
  };
  return {
    key,
    document,
    operationName,
    isUsed: false,
    get tree() {
      return tree;
    },
    get plans() {
      return byDigest.size;
    },
    get size() {
      return size;
    },
    find(decide) {
      const finding = leafAt(tree, decide);
      if (!(finding instanceof Refusal)) return finding;
      // A new error for each request: what reports errors may write on them.
      const { code, message } = finding.error;
      return finding.until > performance.now() ? new PlanningError(code, message) : undefined;
    },
    text: () => print(document),
    add(read, plan) {
      const made = planned(plan);
      tree = withLeaf<Finding<T>>(tree, read, made, true);
      return made;
    },
    refuse(read, error) {
      const refusal = new Refusal(error, performance.now() + REFUSAL_TIME);
      tree = withLeaf<Finding<T>>(tree, read, refusal, false);
    },
  };
}

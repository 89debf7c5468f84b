import type { Operation, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';

/** Plans operations of a supergraph by the labels of its `@override`, as the gateway does. */
export interface LabelPlanner {
  /**
   * @param isOn is asked once for each label that the plan depends on, when the planner comes to it. It may throw: that ends
   *   the planning
   * @throws what the planner throws
   */
  plan(operation: Operation, isOn: (label: string) => boolean): QueryPlan;
}

/**
 * The most alternatives that are weighed for one operation. Beyond it the planner takes the best of fewer:
 * still a right plan. Its own default of 10,000 can take seconds.
 */
const MAX_EVALUATED_PLANS = 1_000;

/** Makes a planner of a supergraph. What it plans by is read when it comes to it, and asked once. */
export function labelPlanner(supergraph: Supergraph): LabelPlanner {
  const planner = new QueryPlanner(supergraph, {
    debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS },
  });
  let states = new Map<string, boolean>();
  let decide: (label: string) => boolean = () => false;
  decideWhenRead(planner, (label) => {
    const known = states.get(label);
    if (known !== undefined) return known;
    const isOn = decide(label);
    states.set(label, isOn);
    return isOn;
  });
  return {
    plan(operation, isOn) {
      states = new Map();
      decide = isOn;
      return planner.buildQueryPlan(operation, { overrideConditions: READ_CONDITIONS });
    },
  };
}

/** What this file needs to know of the graph that a planner walks over. */
interface LabelledGraph {
  allEdges(): Iterable<{ overrideCondition?: { label: string; condition: boolean } }>;
}

const TAKEN = 'taken';
const LEFT = 'left';

/** The conditions of every planning of a planner whose labels are decided as they are read. */
const READ_CONDITIONS = new Map([
  [TAKEN, true],
  [LEFT, false],
]);

/**
 * Lets a planner ask for the state of a label when it comes to an edge that depends on it, and not before.
 * By itself it takes all states in advance, and copies them, so that nobody learns which of them it looked at.
 *
 * An edge of its graph holds `{label, condition}`, and may be taken where the state of `label` is `condition`. From
 * here on `label` is `taken` or `left`, by the answer for the real label at that moment, and `condition` is true.
 * The estimate of the planner's work (`nonLocalSelectionsMetadata`) holds the same objects.
 */
function decideWhenRead(planner: QueryPlanner, isOn: (label: string) => boolean): void {
  const graph = planner['federatedQueryGraph'] as LabelledGraph;
  const done = new Set<object>();
  for (const { overrideCondition } of graph.allEdges()) {
    if (!overrideCondition || done.has(overrideCondition)) continue;
    done.add(overrideCondition);
    const { label, condition } = overrideCondition;
    Object.defineProperty(overrideCondition, 'label', {
      get: () => (isOn(label) === condition ? TAKEN : LEFT),
    });
    overrideCondition.condition = true;
  }
}

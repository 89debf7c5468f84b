import type { QueryPlanner } from '@apollo/query-planner';

/** What this file needs to know of the graph that a planner walks over. */
interface LabelledGraph {
  allEdges(): Iterable<{ overrideCondition?: { label: string; condition: boolean } }>;
}

const TAKEN = 'taken';
const LEFT = 'left';

/** The conditions to give to every planning of a planner whose labels are decided as they are read. */
export const READ_CONDITIONS: ReadonlyMap<string, boolean> = new Map([
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
 *
 * @param isOn may throw: that ends the planning
 */
export function decideWhenRead(planner: QueryPlanner, isOn: (label: string) => boolean): void {
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

import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { Condition } from './conditions.ts';

/** A fetch of a plan, taken out of the plan's tree. */
export interface PlannedFetch {
  readonly node: FetchNode;
  /** Where in the answer its result belongs: response names, and `@` for the items of a list. */
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  /** The fetches, by their index, that must have ended before. */
  readonly after: readonly number[];
  /** One more than the highest level of the fetches before it; 0 where there are none. */
  readonly level: number;
}

/** Where in the tree of a plan we are. */
interface Place {
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  readonly after: readonly number[];
}

/** The fetches of a plan as a flat list, each with those that it waits for. These come before it in the list. */
export function planFetches(plan: PlanNode | undefined): PlannedFetch[] {
  const fetches: PlannedFetch[] = [];
  if (plan) addFetches(plan, { path: [], conditions: [], after: [] }, fetches);
  return fetches;
}

/** Adds the fetches of a node. Gives those after which whatever follows the node may begin. */
function addFetches(node: PlanNode, place: Place, fetches: PlannedFetch[]): readonly number[] {
  switch (node.kind) {
    case 'Fetch':
      return [addFetch(node, place, fetches)];
    case 'Flatten':
      return addFetches(
        node.node,
        { ...place, path: [...place.path, ...node.path.map(pathElement)] },
        fetches,
      );
    case 'Sequence':
      return node.nodes.reduce(
        (after, child) => addFetches(child, { ...place, after }, fetches),
        place.after,
      );
    case 'Parallel':
      return together(node.nodes, place, fetches);
    case 'Condition': {
      const { condition: variable, ifClause, elseClause } = node;
      const branch = (clause: PlanNode | undefined, value: boolean): readonly number[] =>
        clause
          ? addFetches(
              clause,
              { ...place, conditions: [...place.conditions, { variable, value }] },
              fetches,
            )
          : place.after;
      return union([branch(ifClause, true), branch(elseClause, false)], place.after);
    }
    default:
      throw new Error('A plan with @defer cannot be executed: plan without incremental delivery.');
  }
}

function addFetch(node: FetchNode, place: Place, fetches: PlannedFetch[]): number {
  if (node.contextRewrites?.length) {
    throw new Error('A plan with arguments of @fromContext cannot be executed.');
  }
  const level = Math.max(-1, ...place.after.map((index) => fetches[index]?.level ?? 0)) + 1;
  return fetches.push({ node, ...place, level }) - 1;
}

function together(
  nodes: readonly PlanNode[],
  place: Place,
  fetches: PlannedFetch[],
): readonly number[] {
  return union(
    nodes.map((child) => addFetches(child, place, fetches)),
    place.after,
  );
}

/** What must have ended for all branches to have ended: those before count only where no branch fetches. */
function union(
  branches: readonly (readonly number[])[],
  before: readonly number[],
): readonly number[] {
  const ended = new Set(branches.filter((branch) => branch !== before).flat());
  return ended.size > 0 ? [...ended] : before;
}

/** @throws Error where the planner was told to make paths for certain types only, which execution does not read */
function pathElement(element: string | number): string {
  if (typeof element === 'number' || element.includes('|')) {
    throw new Error(`A plan has the path element "${element}", which cannot be executed.`);
  }
  return element;
}

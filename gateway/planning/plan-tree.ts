import type { LabelStates } from './planner.ts';

/**
 * The plans of one operation by the states of the labels that the planner read, in the order in which it read
 * them. What it reads next can only depend on the answers before: so its readings form a tree, and a leaf is
 * valid for every state of all labels that agrees with the forks above it.
 */
export type PlanTree<Leaf> = Fork<Leaf> | Tip<Leaf>;

/** A label that was read. null: nobody has come here. */
export interface Fork<Leaf> {
  readonly label: string;
  readonly off: PlanTree<Leaf> | null;
  readonly on: PlanTree<Leaf> | null;
}

export interface Tip<Leaf> {
  readonly label: null;
  readonly leaf: Leaf;
  /** Whether it is there to stay. Other leaves stand until they are replaced. */
  readonly isFinal: boolean;
}

/** A tree of more labels is left as it is: it has too many leaves to be ever complete. */
export const MOST_REDUCED_LABELS = 6;

/** The leaf for a state of the labels. Asks for the labels on the way only. */
export function leafAt<Leaf>(
  tree: PlanTree<Leaf> | null,
  isOn: (label: string) => boolean,
): Leaf | undefined {
  let node = tree;
  while (node !== null && node.label !== null) node = isOn(node.label) ? node.on : node.off;
  return node?.leaf;
}

/**
 * The tree with one more leaf.
 *
 * @param read the labels that were read for it, in that order
 * @param isFinal whether the leaf stays: equal ones (===) are then found equal
 */
export function withLeaf<Leaf>(
  tree: PlanTree<Leaf> | null,
  read: LabelStates,
  leaf: Leaf,
  isFinal: boolean,
): PlanTree<Leaf> {
  const tip: Tip<Leaf> = { label: null, leaf, isFinal };
  // A planner that read other labels than before, given equal answers, would void all that is known.
  return grown(tree, new Map(read), tip) ?? branch(read, tip);
}

/** @returns null where the readings do not fit */
function grown<Leaf>(
  node: PlanTree<Leaf> | null,
  rest: Map<string, boolean>,
  tip: Tip<Leaf>,
): PlanTree<Leaf> | null {
  if (node === null) return branch(rest, tip);
  if (node.label === null) {
    if (node.isFinal && node.leaf === tip.leaf) return node;
    return node.isFinal && rest.size > 0 ? null : branch(rest, tip);
  }
  const isOn = rest.get(node.label);
  if (isOn === undefined) return null;
  rest.delete(node.label);
  const below = grown(isOn ? node.on : node.off, rest, tip);
  if (below === null) return null;
  return reduced(isOn ? { ...node, on: below } : { ...node, off: below });
}

function branch<Leaf>(read: LabelStates, tip: Tip<Leaf>): PlanTree<Leaf> {
  let node: PlanTree<Leaf> = tip;
  for (const [label, isOn] of [...read].reverse()) {
    node = { label, off: isOn ? null : node, on: isOn ? node : null };
  }
  return node;
}

/**
 * A fork whose leaves are all known, without the labels that do not change the leaf: the planner reads some
 * only because it looks at an edge that it then never takes. The result is a reduced ordered decision diagram
 * (Bryant 1986), so a label stands in it only where the leaf depends on it.
 */
function reduced<Leaf>(fork: Fork<Leaf>): PlanTree<Leaf> {
  if (!isComplete(fork)) return fork;
  const order = [...new Set(labelsIn(fork))];
  return order.length > MOST_REDUCED_LABELS ? fork : ordered(fork, order);
}

function isComplete<Leaf>(node: PlanTree<Leaf> | null): boolean {
  if (node === null) return false;
  return node.label === null ? node.isFinal : isComplete(node.off) && isComplete(node.on);
}

/** From the top to the bottom, so that what was read first is asked first. */
function labelsIn<Leaf>(node: PlanTree<Leaf> | null): string[] {
  if (node === null || node.label === null) return [];
  return [node.label, ...labelsIn(node.off), ...labelsIn(node.on)];
}

function ordered<Leaf>(node: PlanTree<Leaf>, [label, ...rest]: readonly string[]): PlanTree<Leaf> {
  if (label === undefined || node.label === null) return node;
  const off = ordered(at(node, label, false), rest);
  const on = ordered(at(node, label, true), rest);
  return isSame(off, on) ? off : { label, off, on };
}

/** A complete tree for one state of a label. */
function at<Leaf>(node: PlanTree<Leaf>, label: string, isOn: boolean): PlanTree<Leaf> {
  if (node.label === null) return node;
  if (node.label === label) {
    return at((isOn ? node.on : node.off) as PlanTree<Leaf>, label, isOn);
  }
  return {
    label: node.label,
    off: at(node.off as PlanTree<Leaf>, label, isOn),
    on: at(node.on as PlanTree<Leaf>, label, isOn),
  };
}

function isSame<Leaf>(a: PlanTree<Leaf> | null, b: PlanTree<Leaf> | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (a.label === null) return b.label === null && a.leaf === b.leaf;
  return b.label === a.label && isSame(a.off, b.off) && isSame(a.on, b.on);
}

/** The states that lead to a leaf that stays. */
export function knownStates<Leaf>(tree: PlanTree<Leaf> | null): LabelStates[] {
  return pathsOf(tree, (node) => node !== null && node.label === null && node.isFinal);
}

/** The states where nobody has come yet, at most one for each. */
export function unknownStates<Leaf>(tree: PlanTree<Leaf> | null): LabelStates[] {
  return pathsOf(tree, (node) => node === null);
}

function pathsOf<Leaf>(
  node: PlanTree<Leaf> | null,
  isWanted: (end: Tip<Leaf> | null) => boolean,
  above: readonly (readonly [string, boolean])[] = [],
): LabelStates[] {
  if (node === null || node.label === null) return isWanted(node) ? [new Map(above)] : [];
  return [
    ...pathsOf(node.off, isWanted, [...above, [node.label, false]]),
    ...pathsOf(node.on, isWanted, [...above, [node.label, true]]),
  ];
}

import type { MoveSnapshot } from '#platform/moves/move-state.ts';

/** The most states that are made ready for a change: each may mean a plan for each operation. */
const MAX_STATES = 32;

/**
 * The states of labels in which requests will be answered under a snapshot of the moves: where a percentage divides
 * the subjects, both halves of them.
 *
 * @param labels all labels of the supergraph
 */
export function likelyStates(
  labels: ReadonlySet<string>,
  snapshot: MoveSnapshot,
): ReadonlyMap<string, boolean>[] {
  const shares = (kind: 'readPercent' | 'writePercent') =>
    [...labels].map((label) => [label, snapshot.moves.get(label)?.[kind] ?? 0] as const);
  return [...combinations(shares('readPercent')), ...combinations(shares('writePercent'))];
}

function combinations(
  shares: readonly (readonly [label: string, percent: number])[],
): ReadonlyMap<string, boolean>[] {
  return shares.reduce<ReadonlyMap<string, boolean>[]>(
    (states, [label, percent]) => {
      const isDivided = percent > 0 && percent < 100 && states.length * 2 <= MAX_STATES / 2;
      const values = isDivided ? [true, false] : [percent > 0];
      return values.flatMap((isOn) => states.map((state) => new Map([...state, [label, isOn]])));
    },
    [new Map()],
  );
}

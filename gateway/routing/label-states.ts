import { pinnedSide, type RoutingSnapshot } from '#platform/moves/pins.ts';
import { isShared, readsNew, writesNew, type MoveState } from '#platform/moves/move-state.ts';
import { percentageOf, positionOf } from './percentage.ts';

/** Queries go by what is read where, mutations by who owns what is written. */
export type OperationKind = 'query' | 'mutation';

/**
 * What the states of the moves say of a label, and for queries the pins, which go before shares. `percent(x)` is on for x percent of subjects, the same ones for all
 * such labels. A label of which nothing is known is off.
 *
 * @param key whom the decision sticks to; asked for only where the decision depends on it
 */
export function labelIsOn(
  label: string,
  kind: OperationKind,
  snapshot: RoutingSnapshot,
  key: () => string,
): boolean {
  const state = snapshot.moves.get(label);
  if (state && kind === 'mutation') return writesNew(state, key);
  if (state) {
    const pinned = pinOf(state, snapshot, key);
    return pinned === null ? readsNew(state, key) : pinned === 'new';
  }
  const percentage = percentageOf(label);
  if (percentage === null || percentage <= 0) return false;
  return percentage >= 100 || positionOf(key()) < percentage;
}

/** The side that queries of a subject are pinned to; null: none. Where one side answers everybody, pins say nothing. */
export function pinOf(
  state: MoveState,
  snapshot: RoutingSnapshot,
  key: () => string,
): 'legacy' | 'new' | null {
  return snapshot.pins.size > 0 && isShared(state) ? pinnedSide(snapshot, state, key) : null;
}

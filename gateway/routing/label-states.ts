import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import { readsNew, writesNew } from '#platform/moves/move-state.ts';
import { percentageOf, positionOf } from './percentage.ts';

/** Queries go by what is read where, mutations by who owns what is written. */
export type OperationKind = 'query' | 'mutation';

/**
 * What the states of the moves say of a label. `percent(x)` is on for x percent of subjects, the same ones for all
 * such labels. A label of which nothing is known is off.
 *
 * @param key whom the decision sticks to; asked for only where the decision depends on it
 */
export function labelIsOn(
  label: string,
  kind: OperationKind,
  snapshot: MoveSnapshot,
  key: () => string,
): boolean {
  const state = snapshot.moves.get(label);
  if (state) return kind === 'query' ? readsNew(state, key) : writesNew(state, key);
  const percentage = percentageOf(label);
  if (percentage === null || percentage <= 0) return false;
  return percentage >= 100 || positionOf(key()) < percentage;
}

// #region monolith
import { MOVES } from '#platform/moves/moves.ts';
// #endregion monolith

/** The labels of our supergraph: one of each move. */
export const LABELS: string[] = [];
// #region monolith
LABELS.push(...MOVES.map(({ name }) => name));
// #endregion monolith

/** Every state of the labels: the list of those that are on. */
export const LABEL_STATES: readonly (readonly string[])[] = LABELS.reduce<string[][]>(
  (states, label) => [...states, ...states.map((state) => [...state, label])],
  [[]],
);

/** A state in words, for the name of a test. */
export const nameOf = (state: readonly string[]) =>
  state.length === 0 ? 'all on legacy' : `${state.join(' and ')} on new`;

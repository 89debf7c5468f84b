import { flag } from '#platform/config.ts';
import { MOVES, type MoveName, type Side } from './moves.ts';

type FlagName = (typeof MOVES)[number]['flag'];

/** The variables `USE_NEW_AUTH` … `USE_NEW_AI` of the owner's report, each false by default. */
export const moveSettings = () =>
  Object.fromEntries(MOVES.map((move) => [move.flag, flag(false)])) as Record<
    FlagName,
    ReturnType<typeof flag>
  >;

/** The side that each move is asked to answer from. */
export function targetsFrom(settings: Record<FlagName, boolean>): Record<MoveName, Side> {
  return Object.fromEntries(
    MOVES.map((move) => [move.name, settings[move.flag] ? 'new' : 'legacy']),
  ) as Record<MoveName, Side>;
}

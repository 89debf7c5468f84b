import { z } from 'zod';
import { flag, type Environment } from '#platform/config.ts';
import { MOVES, type MoveName, type Side } from './moves.ts';

type FlagName = (typeof MOVES)[number]['flag'];

/** The variables `USE_NEW_AUTH` … `USE_NEW_AI` of the owner's report, each false by default. */
export const moveSettings = () =>
  Object.fromEntries(MOVES.map((move) => [move.flag, flag(false)])) as Record<
    FlagName,
    ReturnType<typeof flag>
  >;

/**
 * Variables that look like those of moves and are none: `USE_NEW_PRODUCTS=true` would move nothing, and nobody would
 * notice. Spread it into the shape of a process, beside {@link moveSettings}: it refuses them, and says what is meant.
 */
export function unknownMoveSettings(environment: Environment): Record<string, z.ZodUndefined> {
  const flags: readonly string[] = MOVES.map((move) => move.flag);
  const unknown = Object.keys(environment)
    .filter((name) => /^use_new_/i.test(name))
    .filter((name) => !flags.includes(name.replace(/_FILE$/, '')));
  return Object.fromEntries(unknown.map((name) => [name, refused(meantBy(name, flags))]));
}

function refused(meant: readonly string[]): z.ZodUndefined {
  return z.undefined({ error: 'no move has this name' }).describe(meant.join(', '));
}

/** The flag that begins like a name; all of them where none does. */
function meantBy(name: string, flags: readonly string[]): readonly string[] {
  const common = flags.map((flagName) => {
    let length = 0;
    while (flagName[length] !== undefined && flagName[length] === name.toUpperCase()[length])
      length += 1;
    return length;
  });
  const longest = Math.max(...common);
  return longest > 'USE_NEW_'.length
    ? flags.filter((_, index) => common[index] === longest)
    : flags;
}

/** The side that each move is asked to answer from. */
export function targetsFrom(settings: Record<FlagName, boolean>): Record<MoveName, Side> {
  return Object.fromEntries(
    MOVES.map((move) => [move.name, settings[move.flag] ? 'new' : 'legacy']),
  ) as Record<MoveName, Side>;
}

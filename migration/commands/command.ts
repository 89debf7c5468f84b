import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Environment } from '#platform/config.ts';
import { MOVES, moveNamed, type Move } from '#platform/moves/moves.ts';
import type { Signature } from '../journal/journal.ts';
import type { Progress } from '../stages/move-work.ts';

/** A command of `npm run move --`. */
export interface Command {
  readonly name: string;
  /** What stands after the name, such as `<move> [--percent p]`. */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What else there is to know, in paragraphs of at most 100 columns. */
  readonly details: string;
  readonly options: ParseArgsOptionsConfig;
  /** Whether a move must be named; else it is about all of them where none is. */
  readonly takesMove: 'always' | 'if named';
  run(call: Call): Promise<void>;
}

/** One call of a command. */
export interface Call {
  /** Undefined where none is named, of a command that is about all then. */
  readonly move: Move;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly signature: Signature;
  /** Names the databases; undefined: the environment of this process. */
  readonly environment: Environment | undefined;
  /** Prints what was done. */
  readonly say: (text: string) => void;
  readonly progress: Progress;
  /** Aborts when somebody wants the command to end. */
  readonly stop: AbortSignal;
}

/** Options of commands that change something. */
export const SIGNED = {
  by: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

/** How SIGNED is explained. */
export const SIGNED_HELP = `  --by <name>      who does it, for the history; by default your user name
  --reason <text>  why, for the history
  --dry-run        says what would be done, and does nothing`;

/** A command is called in a way that it does not know. */
export class UsageError extends Error {
  readonly code = 'USAGE';
  readonly exitCode = 2;
}

/** What was asked for was looked at, and is not so: what was said tells why. */
export class NotSo extends Error {
  readonly code = 'NOT_SO';
}

/** The move and the options of a call. @throws UsageError */
export function parseCall(
  { takesMove, options }: Command,
  words: readonly string[],
): { move: Move | undefined; values: Call['values'] } {
  const { values, positionals } = parsed(words, {
    ...options,
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  const [moveName, extra] = positionals;
  if (values.help) return { move: undefined, values };
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many`);
  const isAboutAll = moveName === undefined && takesMove === 'if named';
  return { move: isAboutAll ? undefined : moveOf(moveName), values };
}

function parsed(words: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options,
    });
    return { values: values as Call['values'], positionals };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function moveOf(name: string | undefined): Move {
  const move = name === undefined ? undefined : moveNamed(name);
  if (move) return move;
  const names = MOVES.map((known) => known.name).join(', ');
  throw new UsageError(
    name === undefined
      ? `name a move: ${names}`
      : `there is no move "${name}": the moves are ${names}`,
  );
}

/** A percentage from 0 to 100, fractions allowed; undefined where none is given. @throws UsageError */
export function percentOf(option: string, text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent =
    typeof text === 'string' && /^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (percent >= 0 && percent <= 100) return percent;
  throw new UsageError(
    `${option} is "${text}": a number from 0 to 100 is expected, such as 10 or 0.5`,
  );
}

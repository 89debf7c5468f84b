import { userInfo } from 'node:os';
import type { Environment } from '#platform/config.ts';
import { advanceCommand } from './advance.ts';
import { backfillCommand } from './backfill.ts';
import { NotSo, parseCall, UsageError, type Call, type Command } from './command.ts';
import { commandHelp, commandsHelp } from './help.ts';
import { historyCommand } from './history.ts';
import { progressBar, type Screen } from './progress-bar.ts';
import { removeMonolithCommand } from './remove-monolith.ts';
import { rollbackCommand } from './rollback.ts';
import { sealCommand } from './seal.ts';
import { setCommand } from './set.ts';
import { statusCommand } from './status.ts';
import { verifyCommand } from './verify.ts';
import { watchCommand } from './watch.ts';

/** In the order in which a move needs them. */
export const COMMANDS: readonly Command[] = [
  statusCommand,
  advanceCommand,
  backfillCommand,
  verifyCommand,
  watchCommand,
  setCommand,
  rollbackCommand,
  sealCommand,
  historyCommand,
  removeMonolithCommand,
];

/** Where a command prints, and what ends it. */
export interface Terminal {
  /** Progress is drawn here, where somebody looks. */
  readonly screen?: Screen;
  readonly stop?: AbortSignal;
}

/**
 * Runs `move status`, `move advance …` and so on.
 *
 * @param words those after `move`
 * @param say is told what was done
 * @param environment names the databases; that of this process where none is given
 * @throws UsageError where it is called in another way; whatever the command throws: its message says what to do
 */
export async function runMoveCommand(
  words: readonly string[],
  say: (text: string) => void,
  environment?: Environment,
  { screen = { write: () => {} }, stop = new AbortController().signal }: Terminal = {},
): Promise<void> {
  const [name = '', ...rest] = words;
  if (['--help', '-h', 'help'].includes(name)) return say(commandsHelp(COMMANDS));
  const command = COMMANDS.find((known) => known.name === name);
  if (!command) {
    const problem = name === '' ? 'name a command' : `there is no "move ${name}"`;
    throw new UsageError(`${problem}\n\n${commandsHelp(COMMANDS)}`);
  }
  const { move, values } = parseOrExplain(command, rest);
  if (values.help) return say(commandHelp(command));
  const bar = progressBar(screen);
  const call = {
    move: move as Call['move'],
    values,
    signature: { by: textOf(values.by) ?? userName(), reason: textOf(values.reason) ?? null },
    environment,
    progress: bar.progress,
    stop,
    say: (text: string) => {
      bar.clear();
      say(text);
    },
  };
  try {
    await command.run(call);
  } catch (error) {
    if (error instanceof UsageError) throw explained(command, error);
    if (values.json) sayRefusal(say, error);
    throw error;
  } finally {
    bar.clear();
  }
}

/** A program that reads what is printed is told why nothing was done, with the figures; a verification has said its own. */
function sayRefusal(say: (text: string) => void, error: unknown): void {
  if (!(error instanceof Error) || !('code' in error) || error instanceof NotSo) return;
  const { code, message } = error;
  const gates = 'gates' in error ? { gates: error.gates } : {};
  say(JSON.stringify({ done: false, code, message, ...gates }, null, 2));
}

function parseOrExplain(command: Command, words: readonly string[]) {
  try {
    return parseCall(command, words);
  } catch (error) {
    throw error instanceof UsageError ? explained(command, error) : error;
  }
}

function explained(command: Command, { message }: UsageError): UsageError {
  return new UsageError(
    `${message}. Usage:\n\n  move ${command.name} ${command.usage}\n\nmove ${command.name} --help says more`,
  );
}

const textOf = (value: string | boolean | undefined) =>
  typeof value === 'string' ? value : undefined;

/** Whoever is logged in to the system. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may have no name.
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

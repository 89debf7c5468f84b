import { ConfigError } from '#platform/config.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { migrationConfig } from './config.ts';
import { runMoveCommand } from './commands/run.ts';
import { handover } from './handover.ts';

const HELP = `node migration/main.ts <command>

  handover      Brings the databases up to date, then each move to the side that its flag asks for, where that has
                changed since it was followed last. Run it while nothing is being served. Refuses to take orders back
                to the monolith while some are unfinished, before anything is changed.
  move <…>      What "npm run move -- <…>" does while everything runs: move --help says more.

The process that carries changes over while everything runs is node migration/serve.ts.

The handover reads the URLs of the databases: LEGACY_DATABASE_URL, AUTH_DATABASE_URL, PRODUCT_DATABASE_URL,
INVENTORY_DATABASE_URL, ORDERS_DATABASE_URL, RESUME_REVIEW_DATABASE_URL and CONTROL_DATABASE_URL;
the folders of uploaded files: LEGACY_UPLOAD_DIRECTORY and RESUME_REVIEW_UPLOAD_DIRECTORY;
and the flags, true for the new side: ${MOVES.map(({ flag }) => flag).join(', ')}.`;

/** What a person asked for is refused, and the message is the whole answer: nothing has failed. */
const ANSWERS = new Set(['USAGE', 'STAGE_REFUSED', 'FLIP_REFUSED', 'MOVE_BUSY', 'NOT_SO']);

const say = (line: string) => console.log(line);

/** What a command does with the words after it; undefined where it takes no such words. */
const COMMANDS: Record<string, (words: string[]) => (() => Promise<void>) | undefined> = {
  handover: ({ length }) => (length === 0 ? () => handover(migrationConfig(), say) : undefined),
  move: (words) => () => runMove(words),
};

async function runMove(words: string[]): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort(new Error(`ended by ${signal}`)));
  }
  await runMoveCommand(words, say, undefined, { screen: process.stderr, stop: stopping.signal });
}

const [name = '', ...words] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.(words) : undefined;
if (command) {
  try {
    await command();
  } catch (error) {
    console.error(isAnswer(error) ? error.message : `${name} failed: ${reason(error)}`);
    process.exitCode = exitCodeOf(error);
  }
} else {
  console.error(HELP);
  process.exitCode = 2;
}

function isAnswer(error: unknown): error is Error {
  if (error instanceof ConfigError) return true;
  return error instanceof Error && 'code' in error && ANSWERS.has(String(error.code));
}

/** What is expected to go wrong carries a code and says what to do; only the rest needs its stack. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? error.message : (error.stack ?? error.message);
}

/** 1: refused or failed; 2: called in a way that it does not know. */
function exitCodeOf(error: unknown): number {
  return error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1;
}

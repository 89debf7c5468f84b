import { ConfigError } from '#platform/config.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { migrationConfig } from './config.ts';
import { handover } from './handover.ts';
import { MOVE_HELP, runMoveCommand } from './move-command.ts';

const HELP = `node migration/main.ts <command>

  handover   Brings the databases up to date, then copies the data of each move to the side that its flag
             asks for. Run it while nothing is being served. Refuses to take orders back to the monolith
             while some are unfinished, before anything is copied.

  ${MOVE_HELP}

The handover reads the URLs of the databases: LEGACY_DATABASE_URL, AUTH_DATABASE_URL, PRODUCT_DATABASE_URL,
INVENTORY_DATABASE_URL, ORDERS_DATABASE_URL, RESUME_REVIEW_DATABASE_URL and CONTROL_DATABASE_URL;
the folders of uploaded files: LEGACY_UPLOAD_DIRECTORY and RESUME_REVIEW_UPLOAD_DIRECTORY;
and the flags, true for the new side: ${MOVES.map(({ flag }) => flag).join(', ')}.`;

const say = (line: string) => console.log(line);

/** What a command does with the words after it; undefined where it takes no such words. */
const COMMANDS: Record<string, (words: string[]) => (() => Promise<void>) | undefined> = {
  handover: ({ length }) => (length === 0 ? () => handover(migrationConfig(), say) : undefined),
  move: (words) => (words.length > 0 ? () => runMoveCommand(words, say) : undefined),
};

const [name = '', ...words] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.(words) : undefined;
if (command) {
  try {
    await command();
  } catch (error) {
    console.error(
      error instanceof ConfigError ? error.message : `${name} failed: ${reason(error)}`,
    );
    process.exitCode = 1;
  }
} else {
  console.error(HELP);
  process.exitCode = 2;
}

/** What is expected to go wrong carries a code and says what to do; only the rest needs its stack. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? error.message : (error.stack ?? error.message);
}

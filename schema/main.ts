import * as compose from './commands/compose.ts';
import * as manifest from './commands/manifest.ts';
import * as operations from './commands/operations.ts';

/** One file per command. */
const COMMANDS = { compose, operations, manifest } as const;

function help(): string {
  const lines = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `Usage: npm run schema -- <command>\n\n${lines.join('\n')}`;
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  if (!(name in COMMANDS)) {
    console.error(`Unknown command "${name}".\n\n${help()}`);
    return 2;
  }
  return COMMANDS[name as keyof typeof COMMANDS].run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Faults of files and options are the user's to mend: no stack trace. The rest is ours.
  const expected = error instanceof Error && 'code' in error;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}

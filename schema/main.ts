/** One file per command; it is read only when it is called. */
interface Command {
  readonly usage: string;
  readonly summary: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  compose: () => import('./commands/compose.ts'),
  check: () => import('./commands/check.ts'),
  moves: () => import('./commands/moves.ts'),
  operations: () => import('./commands/operations.ts'),
  manifest: () => import('./commands/manifest.ts'),
  diff: () => import('./commands/diff.ts'),
  usage: () => import('./commands/usage.ts'),
  registry: () => import('./commands/registry.ts'),
  explain: () => import('./commands/explain.ts'),
};

const EXIT_CODES =
  'Exit codes: 0 all is well, 1 the schema does not pass, 2 it could not be looked at.';

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((read) => read()));
  const lines = commands.map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `Usage: npm run schema -- <command>\n\n${lines.join('\n')}\n\n${EXIT_CODES}`;
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(await help());
    return name === undefined ? 2 : 0;
  }
  const read = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!read) {
    console.error(`Unknown command "${name}".\n\n${await help()}`);
    return 2;
  }
  const command = await read();
  if (rest.includes('--help')) {
    console.log(`npm run schema -- ${command.usage}\n\n${command.summary}\n\n${EXIT_CODES}`);
    return 0;
  }
  return command.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Faults of files and options are the user's to mend: no stack trace. The rest is ours.
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const isSyntax = error instanceof Error && error.name === 'GraphQLError';
  console.error(
    code === null && !isSyntax ? error : String(isSyntax ? error : (error as Error).message),
  );
  process.exitCode = code === 'COMPOSITION' ? 1 : 2;
}

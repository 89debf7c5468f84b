import type { Command } from './command.ts';

/** What `move --help` says. */
export function commandsHelp(commands: readonly Command[]): string {
  const lines = commands.map(
    ({ name, usage, summary }) => `  ${`${name} ${usage}`.trimEnd()}\n      ${summary}`,
  );
  return `npm run move -- <command>

Moves data and traffic of a domain from the monolith to its subgraph, and back, while everything runs.

${lines.join('\n')}

  --json on any command prints for programs; move <command> --help says more about one.

A move goes: legacy -> sync -> shadow -> canary -> cutover -> soak -> sealed. "advance" takes it one stage on and
checks what must hold before; "rollback" takes it back from any stage but sealed, and loses nothing.

Exit codes: 0 done, 1 refused or failed (the message says why), 2 called in a way that it does not know.

The databases are those of an npm start on this machine, else those that LEGACY_DATABASE_URL, AUTH_DATABASE_URL …
CONTROL_DATABASE_URL name. With CONTROL_DATABASE_URL alone, status and history work, and set but for the first share.`;
}

/** What `move <command> --help` says. */
export function commandHelp({ name, usage, summary, details }: Command): string {
  return `npm run move -- ${name} ${usage}`.trimEnd() + `\n\n${summary}\n\n${details.trim()}`;
}

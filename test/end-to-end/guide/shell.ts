import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { basicEnvironment } from '../../setup/basic-environment.ts';

/** A shell that somebody types into: what one command sets, the next ones have. */
export interface Shell {
  /** Runs a command. @returns what it prints, on both channels, and how it ends */
  run(command: string): Promise<{ output: string; code: number }>;
  close(): Promise<void>;
}

/** @param variables the environment, beside PATH and HOME */
export function openShell(cwd: string, variables: Readonly<Record<string, string>>): Shell {
  const child = spawn('sh', [], { cwd, env: { ...basicEnvironment(), ...variables } });
  const ended = once(child, 'close');
  let printed = '';
  let onPrinted = () => {};
  for (const channel of [child.stdout, child.stderr]) {
    channel.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      onPrinted();
    });
  }
  return {
    run: (command) =>
      new Promise((resolve, reject) => {
        const end = `end-${randomUUID()}`;
        printed = '';
        onPrinted = () => {
          const found = new RegExp(`${end} (\\d+)\n`).exec(printed);
          if (found) resolve({ output: printed.slice(0, found.index), code: Number(found[1]) });
        };
        void ended.then(() => reject(new Error(`the shell ended: ${printed}`)));
        // Both channels go the same way, so that the last line is the last; nothing is read from ours.
        child.stdin.write(`{ ${command}\n} </dev/null 2>&1\necho "${end} $?"\n`);
      }),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

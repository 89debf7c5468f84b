import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { inheritedEnvironment } from './config.ts';
import type { Task } from './processes.ts';

const PRELOADED = ['end-with-parent.ts', 'quick-imports.js'].flatMap((file) => [
  '--import',
  new URL(file, import.meta.url).href,
]);

/** Beside the packages: what one process has compiled, the others and the next start need not. */
const COMPILE_CACHE = 'node_modules/.cache/compile';

/** Starts a program of the repository as a process of its own. */
export function launch(root: string, program: Task): ChildProcess {
  const entry = join(root, program.entry);
  return spawn(process.execPath, [...PRELOADED, entry, ...(program.words ?? [])], {
    cwd: root,
    env: {
      NODE_COMPILE_CACHE: join(root, COMPILE_CACHE),
      ...inheritedEnvironment(),
      ...program.env,
    },
    // The channel tells the process when we are gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own group: a Ctrl-C in the terminal reaches only us, and we end the processes in order.
    detached: true,
  });
}

/** How a process ended, in words. */
export function ending(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

/** Sends a signal to a process, if it still lives. */
export function signalProcess(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

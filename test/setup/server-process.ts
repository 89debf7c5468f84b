import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { basicEnvironment } from './basic-environment.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A server of ours as a process of its own, on a port that the system gave it. */
export interface ServerProcess {
  readonly url: string;
  /** The lines that it has printed. */
  readonly lines: readonly string[];
  /** Ends it. @returns its exit code; null where the signal ended it */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/**
 * Starts a server, and waits until it says where it listens.
 *
 * @param words the file to run, from the root of the repository, and what it is given
 * @throws Error with what it printed, where it ends before
 */
export async function startServerProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...basicEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const lines: string[] = [];
  const listening = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const [, url] = /^[\w-]+ listens on (\S+)$/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([listening, ended.then(() => null)]);
  if (url === null) throw new Error(`${words.join(' ')} has ended:\n${lines.join('\n')}`);
  return {
    url,
    lines,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

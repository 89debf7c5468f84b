import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVERS } from '#platform/start/processes.ts';
import { drawPort } from './ports.ts';
import { basicEnvironment } from './basic-environment.ts';

const PORTS = [...SERVERS.map(({ portVariable }) => portVariable), 'POSTGRES_PORT'];

/** One run of `npm start`. */
export interface Run {
  readonly child: ChildProcess;
  /** All it has printed. */
  output(): string;
  /** Waits until it has printed a text, for a minute at most. @throws when it ends or that passes before */
  prints(text: string, patience?: number): Promise<void>;
  /** Waits for its end. @returns its exit code */
  ended(): Promise<number | null>;
}

/** A free port for every process of `npm start`, by variable. */
export async function drawPorts(): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(PORTS.map(async (name) => [name, String(await drawPort())] as const)),
  );
}

/** Runs a command as `npm start` would run it, in a folder, with nothing of this process's environment. */
export function startRun(
  root: string,
  variables: Record<string, string>,
  [program, ...words]: readonly [string, ...string[]],
): Run {
  const env = { ...basicEnvironment(), ...variables };
  const child = spawn(program, words, { cwd: root, env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = once(child, 'close') as Promise<[number | null]>;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => output,
    async prints(text, patience = 60_000) {
      const deadline = Date.now() + patience;
      while (!output.includes(text)) {
        if (hasEnded() || Date.now() > deadline) {
          throw new Error(`npm start did not print "${text}":\n${output}`);
        }
        await sleep(20);
      }
    },
    ended: async () => (await end)[0],
  };
}

/** A run that was killed leaves its database: the next run would end it, and there is none. */
export async function endPostgres(dataDirectory: string): Promise<void> {
  const file = join(dataDirectory, 'postgres', 'data', 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (pid > 0) process.kill(pid, 'SIGQUIT');
}

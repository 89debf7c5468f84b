import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { basicEnvironment } from '../../setup/basic-environment.ts';

/** A program of ours that listens on a port of 127.0.0.1. */
export interface ListeningProcess {
  readonly name: string;
  readonly url: string;
  /** The lines that it has printed. */
  readonly lines: string[];
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Starts it again, on the same port. */
  restart(): Promise<void>;
  /** Lets it finish what it does. @returns its exit code */
  stop(): Promise<number | null>;
}

export interface ProcessOptions {
  readonly name: string;
  /** The file to run, from the root of the repository. */
  readonly entry: string;
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly port: number;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Milliseconds in which a process has to listen. */
const START_LIMIT = 60_000;

/** Starts a program, and waits until it says that it listens. */
export async function startProcess(options: ProcessOptions): Promise<ListeningProcess> {
  const lines: string[] = [];
  let child = await start(options, lines);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  };
  return {
    name: options.name,
    url: `http://127.0.0.1:${options.port}`,
    lines,
    kill: async () => void (await end('SIGKILL')),
    restart: async () => {
      child = await start(options, lines);
    },
    stop: () => end('SIGTERM'),
  };
}

async function start(options: ProcessOptions, lines: string[]): Promise<ChildProcess> {
  const file = fileURLToPath(new URL(`../../../${options.entry}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...(options.words ?? [])], {
    // Its input ends with this process.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...basicEnvironment(), ...options.environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const listening = Promise.withResolvers<void>();
  let rest = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      if (parts.some((line) => line.includes(`${options.name} listens on`))) listening.resolve();
    });
  }
  const failed = (): void =>
    listening.reject(new Error(`${options.name} did not start:\n${lines.join('\n')}\n${rest}`));
  child.once('exit', failed);
  const timer = setTimeout(failed, START_LIMIT);
  await listening.promise.finally(() => clearTimeout(timer));
  child.off('exit', failed);
  return child;
}

/** The lines that a process has logged as errors, or at another level of pino and above. */
export function loggedErrors({ lines }: Pick<ListeningProcess, 'lines'>, level = 50): string[] {
  return lines.filter((line) => {
    const logged = line.startsWith('{') ? (JSON.parse(line) as { level: number }).level : 0;
    return logged >= level;
  });
}

import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { WorkerReply, WorkerRequest } from './messages.ts';

/** The way to a planning worker. */
export interface WorkerChannel {
  send(request: WorkerRequest): void;
  /** Whether the process shall go on for the sake of the worker. */
  hold(isHeld: boolean): void;
  /** Ends the worker, whatever it does. */
  kill(): void;
}

export interface WorkerListener {
  replied(reply: WorkerReply): void;
  /** @param isMemory whether it needed more memory than it may have */
  ended(isMemory: boolean, reason: string): void;
}

const ENTRY = fileURLToPath(new URL('./worker-entry.ts', import.meta.url));

/** How much of what a worker says last is kept. */
const LAST_WORDS = 4_000;

/**
 * Starts a worker as a process of its own, not as a thread: where a thread exceeds its `resourceLimits` in one
 * large step, Node ends all of the process, and a single operation could end the gateway.
 *
 * @param memory megabytes of its heap
 */
export function openWorker(memory: number, listener: WorkerListener): WorkerChannel {
  // It works on texts that clients wrote, so it is told nothing of our environment.
  const child = spawn(process.execPath, ['--expose-gc', `--max-old-space-size=${memory}`, ENTRY], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: {},
  });
  const channel = child.stdio[3] as Socket;
  const errors = child.stderr as Socket;
  let lastWords = '';
  errors.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  readLines(channel, (line) => listener.replied(JSON.parse(line) as WorkerReply));
  // What goes wrong on the way is known from the end of the process.
  channel.on('error', () => null);
  child.once('error', (error) => listener.ended(false, error.message));
  child.once('close', (code, signal) => {
    const isMemory = lastWords.includes('heap out of memory');
    listener.ended(isMemory, `with ${signal ?? `code ${code}`}`);
  });
  const hold = (isHeld: boolean): void => {
    for (const part of [child, channel, errors] as Pick<ChildProcess, 'ref' | 'unref'>[]) {
      if (isHeld) part.ref();
      else part.unref();
    }
  };
  hold(false);
  return {
    send: (request) => channel.write(`${JSON.stringify(request)}\n`),
    hold,
    kill: () => child.kill('SIGKILL'),
  };
}

function readLines(channel: Socket, read: (line: string) => void): void {
  let parts: string[] = [];
  channel.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...rest] = text.split('\n');
    parts.push(first);
    for (const part of rest) {
      read(parts.join(''));
      parts = [part];
    }
  });
}

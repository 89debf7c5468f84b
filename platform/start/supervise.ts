import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ending, launch, signalProcess } from './launch.ts';
import type { Output } from './output.ts';
import type { Server } from './processes.ts';

/** Milliseconds that a server may take until it is ready for the first time. */
const READY_LIMIT = 60_000;
/** How often a server may end before it was ever ready: more tries would end the same way. */
const FAILED_STARTS = 3;
/** Milliseconds before a server that ended is started again; doubled each time, up to the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [500, 10_000];
/** Milliseconds after which a server counts as well again, and its next pause is short. */
const STEADY = 30_000;
/** Milliseconds that a server may take to drain. A little more than it gives itself. */
const DRAIN_LIMIT = 12_000;

/** A server that is kept running. */
export interface Supervised {
  readonly name: string;
  /** Resolves when it is ready for the first time. @throws StartError when it never will be */
  readonly ready: Promise<void>;
  /** Ends it gracefully, by force when it takes too long. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** A server cannot be started. The message says which, and why. */
export class StartError extends Error {
  readonly code = 'START_FAILED';
}

/** Starts a server, says aloud when it ends, and starts it again, each time after a longer pause. */
export function supervise(
  root: string,
  server: Server,
  output: Output,
  say: (line: string) => void,
): Supervised {
  const first = Promise.withResolvers<void>();
  // Whoever waits for it hears of a failure; when nobody does any more, it is no fault of the process.
  first.promise.catch(() => {});
  const stopping = new AbortController();
  const begun = Date.now();
  let child: ChildProcess | undefined;
  let wasReady = false;
  let failures = 0;

  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      const started = Date.now();
      child = launch(root, server);
      output.follow(child);
      const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
      void announceReady(child);
      const [code, signal] = await ended;
      if (stopping.signal.aborted) return;
      failures = Date.now() - started > STEADY ? 1 : failures + 1;
      const what = `${server.name} ${ending(code, signal)}`;
      const why = `Its last lines:\n${indent(output.lastLines())}`;
      if (!wasReady && failures >= FAILED_STARTS) {
        return first.reject(new StartError(`${what}, ${failures} times. ${why}`));
      }
      const pause = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);
      say(`${what}. It is started again in ${pause / 1000} s. ${why}`);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  async function announceReady(run: ChildProcess): Promise<void> {
    let reason = 'no answer';
    while (run.exitCode === null && run.signalCode === null && !stopping.signal.aborted) {
      reason = await unreadiness(server.url);
      if (reason === '') {
        if (wasReady) say(`${server.name} is back`);
        wasReady = true;
        return first.resolve();
      }
      if (!wasReady && Date.now() - begun > READY_LIMIT) {
        return first.reject(
          new StartError(
            `${server.name} was not ready within ${READY_LIMIT / 1000} s: ${server.url}/health/ready says ${reason}. ` +
              `Its last lines:\n${indent(output.lastLines())}`,
          ),
        );
      }
      await sleep(100);
    }
  }

  const running = keepRunning();
  return {
    name: server.name,
    ready: first.promise,
    async stop() {
      stopping.abort();
      if (child) signalProcess(child, 'SIGTERM');
      const force = setTimeout(() => child && signalProcess(child, 'SIGKILL'), DRAIN_LIMIT);
      await running;
      clearTimeout(force);
    },
    kill() {
      stopping.abort();
      if (child) signalProcess(child, 'SIGKILL');
    },
  };
}

/** Why a server is not ready; empty when it is. */
async function unreadiness(url: string): Promise<string> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    const body = await answer.text();
    return answer.ok ? '' : `${answer.status} ${body.slice(0, 300)}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}

const indent = (text: string) => text.replaceAll(/^/gm, '    ');

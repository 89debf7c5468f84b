import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseVariables, type Clusters } from './clusters.ts';
import { processEnvironment } from './config.ts';
import { startCutProxy, type CutProxy } from './cut-proxy.ts';
import type { Telling } from './effects.ts';

/** A place for a process of the engine: where it was killed, the next one starts. */
export interface Slot {
  readonly name: string;
  readonly network: Readonly<Record<'legacy' | 'new', CutProxy>>;
  /** Whether its process has begun its work; until then there is nothing to disturb. */
  isReady(): boolean;
  kill(): Promise<void>;
  /** Stops it for a time, as SIGSTOP does. */
  pause(milliseconds: number): Promise<void>;
  /** Lets it go on, where it has stopped itself. */
  wake(): void;
}

/** What has been done to processes. */
export interface SlotCounts {
  kills: number;
  stops: number;
}

/** A slot, for those who run it. */
interface EndlessSlot extends Slot {
  send(word: 'rest' | 'write'): void;
  close(): Promise<void>;
}

interface SlotOptions {
  readonly name: string;
  readonly root: string;
  readonly file: string;
  readonly clusters: Clusters;
  readonly counts: SlotCounts;
  readonly variables: () => Record<string, string>;
  readonly mayRun: () => boolean;
  readonly take: (telling: Telling) => void;
}

/** Runs a process, and the next one whenever it has ended, until it is closed. */
export async function startSlot(options: SlotOptions): Promise<EndlessSlot> {
  const { name, root, file, clusters, counts, variables, mayRun, take } = options;
  const network = {
    legacy: await startCutProxy(clusters.port('legacy')),
    new: await startCutProxy(clusters.port('new')),
  };
  const ports = { legacy: network.legacy.port, new: network.new.port };
  let present: ChildProcess | null = null;
  let isReady = false;
  const closing = new AbortController();
  const loop = (async () => {
    while (!closing.signal.aborted) {
      if (!mayRun()) {
        await sleep(20);
        continue;
      }
      const child = run(
        root,
        file,
        { ...databaseVariables(clusters, ports), ...variables() },
        take,
      );
      present = child;
      child.once('message', () => (isReady = true));
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      present = null;
      isReady = false;
      if (signal === 'SIGKILL') counts.kills += 1;
      else if (!closing.signal.aborted && code !== 0)
        take({ tell: 'fault', fault: `the ${name} ended with ${code}` });
    }
  })();
  const end = async () => {
    const child = present;
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    name,
    network,
    isReady: () => isReady,
    kill: end,
    send: (word) => void (present?.connected && present.send(word)),
    wake: () => void present?.kill('SIGCONT'),
    async pause(milliseconds) {
      const child = present;
      if (!child) return;
      child.kill('SIGSTOP');
      counts.stops += 1;
      await sleep(milliseconds);
      child.kill('SIGCONT');
    },
    async close() {
      closing.abort();
      await end();
      await loop;
      await Promise.all([network.legacy.close(), network.new.close()]);
    },
  };
}

/** Starts a process of the torture. @param file in its folder */
export function run(
  root: string,
  file: string,
  variables: Record<string, string>,
  take: (telling: Telling) => void,
): ChildProcess {
  const child = spawn(process.execPath, [join(root, 'test/migration/torture', file)], {
    cwd: root,
    env: processEnvironment({ LOG_LEVEL: 'silent', ...variables }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (tellings: Telling[]) => tellings.forEach(take));
  child.on('error', () => undefined);
  return child;
}

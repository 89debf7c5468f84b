import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { drawPort } from '../../setup/ports.ts';
import { basicEnvironment } from '../../setup/basic-environment.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Milliseconds that a process may take to start, on a machine that does other things as well. */
const STARTING = 90_000;

/** A process that can be stopped, continued and killed. */
export interface TestProcess {
  readonly url: string;
  signal(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

/** A replica of the gateway, as a process of its own. */
export interface Replica extends TestProcess {
  /** Sends an operation for somebody. */
  ask(who: string, query: string, variables: Record<string, unknown>): Promise<Reply>;
  ready(): Promise<Record<string, { lease?: string; version?: number; pins?: number }>>;
  metric(name: string): Promise<number>;
}

export interface Reply {
  readonly data?: { thing?: Thing; setAmount?: Thing };
  readonly errors?: readonly { message: string }[];
}

export interface Thing {
  readonly amount: number;
  readonly side: string;
}

export async function startReplica(
  supergraph: string,
  environment: Readonly<Record<string, string>>,
): Promise<Replica> {
  const port = await drawPort();
  const words = ['gateway/main.ts', '--supergraph', supergraph, '--port', String(port)];
  const child = start(words, { LOG_LEVEL: 'fatal', ...environment });
  const url = `http://127.0.0.1:${port}`;
  const ready = async () => (await (await fetch(`${url}/health/ready`)).json()) as never;
  const running = processOf(child, url);
  await begun(running, ready);
  return {
    ...running,
    ready,
    async ask(who, query, variables) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: who },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Reply;
    },
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(name));
      return Number(line?.split(' ').at(-1) ?? 0);
    },
  };
}

/** The mover, listening on a port. */
export async function startMover(port: number, urls: readonly string[]): Promise<TestProcess> {
  const file = 'test/gateway/reads-after-writes/mover-process.ts';
  const child = start([file, String(port), ...urls], {});
  const url = `http://127.0.0.1:${port}`;
  const running = processOf(child, url);
  await begun(running, () => fetch(url));
  return running;
}

/** Waits until a process answers; one that does not is ended. */
async function begun(running: TestProcess, ask: () => Promise<unknown>): Promise<void> {
  try {
    await until(async () => void (await ask()), STARTING);
  } catch (error) {
    await running.end();
    throw error;
  }
}

function start(words: readonly string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...basicEnvironment(), ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function processOf(child: ChildProcess, url: string): TestProcess {
  const exited = once(child, 'exit');
  return {
    url,
    signal: (signal) => void child.kill(signal),
    async end() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Tries until it does not throw. */
export async function until(holds: () => Promise<void>, within = 30_000): Promise<void> {
  for (const deadline = Date.now() + within; ;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

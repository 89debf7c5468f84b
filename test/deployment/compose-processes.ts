import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComposeService } from './compose-file.ts';
import { ROOT } from './image.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';

/** A container of the file as a process of this machine. */
export interface ContainerProcess {
  readonly child: ChildProcess;
  output(): string;
  /** @returns its exit code */
  ended(): Promise<number | null>;
}

/** Starts a command of the file, with its environment and nothing of ours but what finds programs. */
export function startCommand(
  [program = '', ...words]: readonly string[],
  environment: Record<string, string>,
): ContainerProcess {
  const env = { ...basicEnvironment(), ...environment };
  const child = spawn(program === 'node' ? process.execPath : program, words, { cwd: ROOT, env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = once(child, 'close') as Promise<[number | null]>;
  return { child, output: () => output, ended: async () => (await end)[0] };
}

/** Asks as Docker asks, until the health check of the file succeeds. @throws when it does not in time */
export async function becomesHealthy(
  name: string,
  service: ComposeService,
  server: ContainerProcess,
  environment: Record<string, string>,
): Promise<void> {
  const [how, ...command] = service.healthcheck?.test ?? [];
  if (how !== 'CMD') throw new Error(`${name} has no health check that can be run`);
  const deadline = Date.now() + 60_000;
  while ((await startCommand(command, environment).ended()) !== 0) {
    const { exitCode, signalCode } = server.child;
    if (exitCode !== null || signalCode !== null || Date.now() > deadline) {
      throw new Error(`${name} did not become healthy:\n${server.output()}`);
    }
    await sleep(200);
  }
}

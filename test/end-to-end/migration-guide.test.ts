import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPorts, endPostgres, startRun, type Run } from '../setup/start-run.ts';
import { openShell, type Shell } from './guide/shell.ts';
import { missingFrom, stepsOf, unnumberedCommands, type Step } from './guide/steps.ts';

// docs/migration.md, followed to the letter by somebody at a terminal: every command in its order, on the processes of a
// real `npm start`. What a page promises of its output is in the output, or the page is wrong.
const PAGE = 'docs/migration.md';
const page = await readFile(PAGE, 'utf8');
const steps = stepsOf(page);
const START = [process.execPath, 'platform/start/main.ts'] as const;

/** Commands that only look: what they show may come a moment later. */
const LOOKS = /^(npm run move -- (status|watch|history)|curl|grep)\b/;
/** Milliseconds for it to come. */
const PATIENCE = 30_000;

let data: string;
let ports: Record<string, string>;
let shell: Shell;
let run: Run | undefined;
let failed: number | null = null;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'migration-guide-'));
  await chmod(data, 0o755);
  ports = await drawPorts();
  const bin = join(data, 'bin');
  await mkdir(bin);
  const psql = join(import.meta.dirname, 'guide/psql.ts');
  await writeFile(join(bin, 'psql'), `#!/bin/sh\nexec node ${psql} "$@"\n`, { mode: 0o755 });
  shell = openShell(process.cwd(), {
    ...settings(),
    PATH: `${bin}:${process.env.PATH}`,
  });
});
afterAll(async () => {
  await shell.close();
  await stop();
  await endPostgres(join(data, 'site'));
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

/** What the page says a rehearsal sets. */
const settings = () => ({
  ...ports,
  DATA_DIRECTORY: join(data, 'site'),
  SEED_SCALE: '0.05',
  FLIP_BUCKETS: '256',
});

async function stop(): Promise<void> {
  run?.child.kill('SIGTERM');
  await run?.ended();
  run = undefined;
}

/** The places of this installation in place of those that the page has from the defaults. */
function here(command: string): string {
  return command
    .replaceAll('.data/', `${join(data, 'site')}/`)
    .replaceAll('localhost:8000', `localhost:${ports.GATEWAY_PORT}`)
    .replaceAll('localhost:8001', `localhost:${ports.MONOLITH_PORT}`)
    .replaceAll('localhost:8020', `localhost:${ports.MIGRATION_PORT}`)
    .replaceAll('localhost:8432', `localhost:${ports.POSTGRES_PORT}`);
}

/** `A=b npm start`, after what ran before has been ended with Ctrl-C. */
async function start(command: string): Promise<{ output: string; code: number }> {
  await stop();
  const flags = Object.fromEntries(
    [...command.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
  run = startRun(process.cwd(), { ...settings(), ...flags }, START);
  await run.prints('Ctrl-C ends everything', 150_000);
  return { output: run.output(), code: 0 };
}

/** How a command ended, and what it did not print of what the page promises: with all that it did print. */
interface Outcome {
  readonly code: number;
  readonly missing: string | null;
}

async function follow({ command, promised, exitCode }: Step): Promise<Outcome> {
  const deadline = LOOKS.test(command) ? Date.now() + PATIENCE : 0;
  for (;;) {
    const isStart = command.endsWith('npm start');
    const { output, code } = await (isStart ? start(command) : shell.run(here(command)));
    const line = missingFrom(output, promised);
    const isRight = line === null && code === exitCode;
    if (isRight || Date.now() > deadline) {
      return { code, missing: isRight ? null : `${line ?? 'nothing'}\n\nis not in\n\n${output}` };
    }
    await sleep(250);
  }
}

describe(PAGE, () => {
  test('numbers its commands one after the other, and has none without a number', () => {
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
    expect(unnumberedCommands(page)).toEqual([]);
  });

  for (const step of steps) {
    test(`${step.number}. ${step.title}`, { timeout: 180_000 }, async ({ skip }) => {
      skip(failed !== null, `it builds on step ${failed}, which failed`);
      failed = step.number;
      expect(await follow(step)).toEqual({ code: step.exitCode, missing: null });
      failed = null;
    });
  }
});

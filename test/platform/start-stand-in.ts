import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** A server that answers with its environment, in place of one of ours. */
const SERVER = `
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  response.end(request.url === '/environment' ? JSON.stringify(process.env) : '{"status":"ok"}');
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.once('SIGTERM', () => {
  console.log(JSON.stringify({ level: 40, msg: 'drains' }));
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
`;

const ENTRIES: Readonly<Record<string, string>> = {
  seed: 'subgraphs/legacy/monolith/seed/main.ts',
  handover: 'migration/main.ts',
  monolith: 'subgraphs/legacy/monolith/main.ts',
  legacy: 'subgraphs/legacy/main.ts',
  auth: 'subgraphs/auth/main.ts',
  product: 'subgraphs/product/main.ts',
  gateway: 'gateway/main.ts',
};

const PORTS = [
  'GATEWAY_PORT',
  'MONOLITH_PORT',
  'LEGACY_PORT',
  'AUTH_PORT',
  'PRODUCT_PORT',
  'POSTGRES_PORT',
];

/** A repository with the real `platform/`, and small programs in place of everything that it starts. */
export interface StandIn {
  readonly root: string;
  /** The free ports that were drawn, by variable. */
  readonly ports: Readonly<Record<string, string>>;
  /** Replaces a program. */
  program(name: string, source: string): Promise<void>;
  /** Runs `npm start`'s main. */
  start(variables?: Record<string, string>, command?: readonly [string, ...string[]]): Run;
  /** Ends what still runs and removes all. */
  remove(): Promise<void>;
}

/** One run of `npm start`. */
export interface Run {
  readonly child: ChildProcess;
  /** All it has printed. */
  output(): string;
  /** Waits until it has printed a text. @throws when it ends or 30 s pass before */
  prints(text: string): Promise<void>;
  /** Waits for its end. @returns its exit code */
  ended(): Promise<number | null>;
}

export async function standIn(): Promise<StandIn> {
  const root = await mkdtemp(join(tmpdir(), 'start-'));
  await chmod(root, 0o755);
  await cp(join(REPOSITORY, 'platform'), join(root, 'platform'), { recursive: true });
  await cp(join(REPOSITORY, 'package.json'), join(root, 'package.json'));
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  const program = async (name: string, source: string) => {
    const file = join(root, ENTRIES[name] ?? name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, source);
  };
  for (const name of Object.keys(ENTRIES)) await program(name, SERVER);
  await program('seed', `console.log('seeds at scale', process.env.SEED_SCALE);`);
  await program('handover', `console.log('hands over', process.argv[2]);`);
  const ports = Object.fromEntries(
    await Promise.all(PORTS.map(async (name) => [name, String(await drawPort())] as const)),
  );
  const runs: Run[] = [];
  return {
    root,
    ports,
    program,
    start(variables = {}, command = [process.execPath, 'platform/start/main.ts']) {
      const run = startRun(root, { ...ports, ...variables }, command);
      runs.push(run);
      return run;
    },
    async remove() {
      for (const run of runs) {
        run.child.kill('SIGTERM');
        await run.ended();
      }
      await endPostgres(root);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function startRun(
  root: string,
  variables: Record<string, string>,
  [program, ...words]: readonly [string, ...string[]],
): Run {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...variables };
  const child = spawn(program, words, { cwd: root, env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = once(child, 'close') as Promise<[number | null]>;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => output,
    async prints(text) {
      const deadline = Date.now() + 30_000;
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

async function drawPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A run that was killed leaves its database: the next run would end it, and there is none. */
async function endPostgres(root: string): Promise<void> {
  const file = join(root, '.data', 'postgres', 'data', 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (pid > 0) process.kill(pid, 'SIGQUIT');
}

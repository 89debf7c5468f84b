import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVERS } from '#platform/start/processes.ts';
import { drawPorts, endPostgres, startRun, type Run } from '../setup/start-run.ts';

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

const PROGRAMS = [
  // #region monolith
  { name: 'seed', entry: 'subgraphs/legacy/monolith/seed/main.ts' },
  { name: 'handover', entry: 'migration/main.ts' },
  // #endregion monolith
  ...SERVERS,
];
const ENTRIES = new Map<string, string>(PROGRAMS.map(({ name, entry }) => [name, entry]));

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

export async function standIn(): Promise<StandIn> {
  const root = await mkdtemp(join(tmpdir(), 'start-'));
  await chmod(root, 0o755);
  await cp(join(REPOSITORY, 'platform'), join(root, 'platform'), { recursive: true });
  await cp(join(REPOSITORY, 'package.json'), join(root, 'package.json'));
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  const program = async (name: string, source: string) => {
    const file = join(root, ENTRIES.get(name) ?? name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, source);
  };
  for (const name of ENTRIES.keys()) await program(name, SERVER);
  // #region monolith
  await program('seed', `console.log('seeds at scale', process.env.SEED_SCALE);`);
  await program('handover', `console.log('hands over', process.argv[2]);`);
  // #endregion monolith
  const ports = await drawPorts();
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
      await endPostgres(join(root, '.data'));
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

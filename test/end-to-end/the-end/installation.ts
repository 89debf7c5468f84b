import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print } from 'graphql';
import pg from 'pg';
import { serviceUrl, type ServiceDatabase } from '#platform/database/provision.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { readOperations } from '#schema/operations.ts';
import { gatewayClient } from '../../behaviour/gateway-client.ts';
import { queryCases } from '../../federation/query-cases.ts';
import { drawPorts, endPostgres, startRun, type Run } from '../../setup/start-run.ts';

/** An `npm start` with its data, on ports of its own. */
export interface Installation {
  readonly variables: Readonly<Record<string, string>>;
  /** Starts the processes of a checkout on the data. */
  start(root: string): Promise<void>;
  stop(): Promise<void>;
  url(variable: string): string;
  /** The id of a process of it, by its main file. */
  pidOf(entry: string): Promise<number>;
  /** Runs SQL as the role of a service; as superuser where none is named. */
  query(service: ServiceDatabase | null, text: string): Promise<pg.QueryResult>;
  remove(): Promise<void>;
}

/** Milliseconds until it is ready: all moves go through all stages before. */
const PATIENCE = 150_000;

export async function createInstallation(): Promise<Installation> {
  const data = await mkdtemp(join(tmpdir(), 'the-end-data-'));
  // PostgreSQL's user must get in when we are root.
  await chmod(data, 0o755);
  const flags = Object.fromEntries(MOVES.map(({ flag }) => [flag, 'true']));
  const variables: Record<string, string> = {
    ...(await drawPorts()),
    ...flags,
    DATA_DIRECTORY: data,
    SEED_SCALE: '0.05',
    SOAK_HOURS: '0',
  };
  let run: Run | undefined;
  const stop = async () => {
    run?.child.kill('SIGTERM');
    await run?.ended();
    run = undefined;
  };
  return {
    variables,
    stop,
    start: async (root) => {
      run = startRun(root, variables, [process.execPath, 'platform/start/main.ts']);
      await run.prints('Ctrl-C ends everything', PATIENCE);
    },
    url: (variable) => `http://127.0.0.1:${variables[variable]}`,
    pidOf: (entry) => childOf(run?.child.pid ?? 0, entry),
    query: async (service, text) => {
      const connectionString = await databaseUrl(data, variables, service);
      const client = new pg.Client({ connectionString, application_name: 'psql' });
      await client.connect();
      try {
        return await client.query(text);
      } finally {
        await client.end();
      }
    },
    remove: async () => {
      await stop();
      await endPostgres(data);
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function databaseUrl(
  data: string,
  variables: Record<string, string>,
  service: ServiceDatabase | null,
): Promise<string> {
  const server = `127.0.0.1:${variables.POSTGRES_PORT}`;
  if (service === null) {
    const password = await readFile(join(data, 'postgres', 'password'), 'utf8');
    return `postgres://postgres:${password.trim()}@${server}/postgres`;
  }
  const settings = readStartSettings(variables);
  const { databasePasswords } = await loadSecrets(join(data, 'secrets.json'), settings);
  return serviceUrl(`postgres://${server}/`, service, databasePasswords[service]);
}

async function childOf(parent: number, entry: string): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes(`/${entry}`)) return Number(pid);
  }
  throw new Error(`no process runs ${entry}`);
}

/** What every query of our clients answers at a gateway, by name. */
export async function everyAnswer(gatewayUrl: string): Promise<Record<string, unknown[]>> {
  const client = gatewayClient(gatewayUrl);
  const [customer = '', staff = '', admin = ''] = await Promise.all(
    ['customer', 'staff', 'admin'].map((name) => client.login(`${name}@example.com`)),
  );
  const tokens = { customer, staff, admin };
  const cases = await queryCases(client, tokens);
  const operations = await readOperations('schema/operations');
  const answers: Record<string, unknown[]> = {};
  for (const { name, kind, document } of operations.filter((one) => one.kind === 'query')) {
    answers[name] = [];
    for (const { as, variables } of cases[name] ?? []) {
      const options = as ? { token: tokens[as] } : {};
      const { body } = await client.graphql(print(document), variables, options);
      if (body.errors) throw new Error(`${kind} ${name}: ${JSON.stringify(body.errors)}`);
      answers[name].push(body.data);
    }
  }
  return answers;
}

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { print } from 'graphql';
import { serviceUrl } from '#platform/database/provision.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { SERVERS } from '#platform/start/processes.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { readOperations } from '#schema/operations.ts';
import type { BehaviourStack } from '../behaviour/behaviour-stack.ts';
import { queryCases } from '../federation/query-cases.ts';
import type { BenchOptions } from './gateway-bench.ts';
import { measure, ready, type BenchRequest, type Round } from './measure.ts';
import { drawPort } from '../setup/ports.ts';
import { end, GATEWAY_CORE, OTHER_CORE, pinningNote, startOn } from './processes.ts';
import { printTable } from './table.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PERCENTS = [0, 50, 100] as const;
/** Callers who have not logged in: each is a subject of its own, on one side or the other. */
const STRANGERS = 16;

/**
 * Measures our gateway on our own supergraph, with every client query, while 0, 50 and 100 percent of readers are
 * answered by the new side. The subgraphs' answers are real, and kept in memory.
 */
export async function labelsBench(options: BenchOptions): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const ports = await stackPorts();
  const environment = { ...ports, DATA_DIRECTORY: directory, SEED_SCALE: '0.1', NODE_ENV: '' };
  const stack = startOn(OTHER_CORE, [process.execPath, 'platform/start/main.ts'], {
    cwd: ROOT,
    env: environment,
  });
  stack.stderr?.pipe(process.stderr);
  stack.stdout?.resume();
  try {
    const gatewayUrl = `http://127.0.0.1:${ports['GATEWAY_PORT']}`;
    await ready(
      `${gatewayUrl}/graphql`,
      { requests: [{ body: '{"query":"{ categories { id } }"}', headers: {} }] },
      stack,
    );
    const requests = await clientRequests(gatewayUrl);
    console.log(
      `${requests.length} requests of ${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s; ${pinningNote()}`,
    );
    printTable(await runRounds(requests, ports, environment, options));
  } finally {
    stack.kill('SIGINT');
    await Promise.race([once(stack, 'exit'), new Promise((wake) => setTimeout(wake, 20_000))]);
    await end(stack);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function stackPorts(): Promise<Record<string, string>> {
  const names = [...SERVERS.map(({ portVariable }) => portVariable), 'POSTGRES_PORT'];
  const ports: Record<string, string> = {};
  for (const name of names) ports[name] = String(await drawPort());
  return ports;
}

async function runRounds(
  requests: readonly BenchRequest[],
  ports: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  options: BenchOptions,
): Promise<Map<string, Round[]>> {
  const results = new Map(PERCENTS.map((percent) => [`labels at ${percent}%`, [] as Round[]]));
  const memo = await startMemo(ports);
  try {
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const percent of PERCENTS) {
        await setReads(percent, environment);
        const port = await drawPort();
        const gateway = startOn(GATEWAY_CORE, [process.execPath, 'gateway/main.ts'], {
          cwd: ROOT,
          env: await gatewayEnvironment(port, memo.ports, environment),
        });
        try {
          const url = `http://127.0.0.1:${port}/graphql`;
          const workload = { requests, connections: options.connections, seconds: options.seconds };
          await ready(url, workload, gateway);
          const result = await measure(url, gateway.pid as number, workload, memo.count);
          results.get(`labels at ${percent}%`)?.push(result);
          console.log(
            `round ${round}: ${percent}%: ${result.perSecond.toFixed(0)} requests a second`,
          );
        } finally {
          await end(gateway);
        }
      }
    }
  } finally {
    await memo.end();
  }
  return results;
}

async function setReads(percent: number, environment: Readonly<Record<string, string>>) {
  for (const { name } of MOVES) {
    await promisify(execFile)(
      process.execPath,
      ['migration/main.ts', 'move', 'set', name, '--read-percent', String(percent)],
      { cwd: ROOT, env: { ...process.env, ...environment } },
    );
  }
}

async function startMemo(ports: Readonly<Record<string, string>>) {
  const upstreams = SERVERS.filter(({ name }) => name !== 'monolith' && name !== 'gateway').map(
    ({ name, portVariable }) => [name, `http://127.0.0.1:${ports[portVariable]}/graphql`],
  );
  const child = startOn(
    OTHER_CORE,
    [
      process.execPath,
      join(import.meta.dirname, 'graph/memo-servers.ts'),
      JSON.stringify(Object.fromEntries(upstreams)),
    ],
    { ipc: true },
  );
  child.stderr?.pipe(process.stderr);
  const [memoPorts] = (await once(child, 'message')) as [Record<string, number>];
  const count = async (): Promise<number> => {
    const counts = await Promise.all(
      Object.values(memoPorts).map((port) =>
        fetch(`http://127.0.0.1:${port}/`).then((response) => response.text()),
      ),
    );
    return counts.reduce((sum, text) => sum + Number(text), 0);
  };
  return { ports: memoPorts, count, end: () => end(child) };
}

async function gatewayEnvironment(
  port: number,
  memo: Readonly<Record<string, number>>,
  environment: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const settings = readStartSettings(environment);
  const secrets = await loadSecrets(join(settings.DATA_DIRECTORY, 'secrets.json'), settings);
  const { SECRET_KEY, IDENTITY_SECRET, AUTH_PUBLIC_JWKS, databasePasswords } = secrets;
  const server = `postgres://127.0.0.1:${settings.POSTGRES_PORT}/`;
  const urls = Object.entries(memo).map(([name, at]) => [
    `SUBGRAPH_${name.toUpperCase().replace('-', '_')}_URL`,
    `http://127.0.0.1:${at}/graphql`,
  ]);
  return {
    PORT: String(port),
    LOG_LEVEL: 'warn',
    SECRET_KEY,
    IDENTITY_SECRET,
    AUTH_PUBLIC_JWKS,
    CONTROL_DATABASE_URL: serviceUrl(server, 'control', databasePasswords.control),
    ...Object.fromEntries(urls),
  };
}

/** Every query of schema/operations/, by whoever sends it; those of strangers by many of them. */
async function clientRequests(gatewayUrl: string): Promise<BenchRequest[]> {
  const stack = client(gatewayUrl);
  const tokens = {
    customer: await stack.login('customer@example.com'),
    staff: await stack.login('staff@example.com'),
    admin: await stack.login('admin@example.com'),
  };
  const cases = await queryCases(stack, tokens);
  const operations = await readOperations('schema/operations');
  return operations.flatMap(({ name, document }) =>
    (cases[name] ?? []).flatMap(({ as, variables }): BenchRequest[] => {
      const body = JSON.stringify({ query: print(document), operationName: name, variables });
      if (as) return [{ body, headers: { authorization: `Bearer ${tokens[as]}` } }];
      return Array.from({ length: STRANGERS }, (_, index) => ({
        body,
        headers: { cookie: `graph_session=${String(index).padStart(21, 's')}A` },
      }));
    }),
  );
}

function client(gatewayUrl: string): BehaviourStack {
  const graphql: BehaviourStack['graphql'] = async (query, variables, { token } = {}) => {
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as { data?: unknown } };
  };
  return {
    gatewayUrl,
    graphql,
    login: async (email) => {
      const mutation = `mutation ($email: String!) {
        login(input: { email: $email, password: "demo-password" }) { ... on AuthSession { accessToken } }
      }`;
      const { body } = await graphql(mutation, { email });
      return body.data.login.accessToken;
    },
  };
}

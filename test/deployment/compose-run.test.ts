import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPort } from '../setup/ports.ts';
import {
  startEmbeddedPostgres,
  TEST_SETTINGS,
  type EmbeddedPostgres,
} from '#platform/database/embedded.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { writeSecretFiles } from '#platform/start/secret-files.ts';
import { testSettings } from '../setup/config.ts';
import { environmentOf, ourServices, readCompose, type ComposeService } from './compose-file.ts';
import { becomesHealthy, startCommand, type ContainerProcess } from './compose-processes.ts';

// Every command of docker-compose.yml as a process of this machine, in the order of the file, with the host names
// of its network rewritten. What is missing is Docker itself, and the images of others.
const file = readCompose({
  USE_NEW_AUTH: 'true',
  USE_NEW_PRODUCT: 'true',
  USE_NEW_INVENTORY: 'true',
  USE_NEW_ORDER: 'true',
  USE_NEW_UPLOAD: 'true',
  USE_NEW_AI: 'true',
  SEED_SCALE: '0.05',
  LOG_LEVEL: 'warn',
});
const services = new Map(ourServices(file));
const replicas = [...services].flatMap(([name, service]) =>
  Array.from({ length: service.deploy?.replicas ?? 1 }, (_, index) => ({ name, service, index })),
);
const servers = new Map<string, ContainerProcess>();
const ports = new Map<string, number>();
const started = new Map<string, Promise<void>>();
let directory: string;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compose-run-'));
  await chmod(directory, 0o755);
  postgres = await startEmbeddedPostgres({
    directory: join(directory, 'postgres'),
    settings: TEST_SETTINGS,
  });
  // Its name and port are not those of the file's server, which is all that is changed.
  const settings = readStartSettings({ DATABASE_URL: postgres.adminUrl });
  await writeSecretFiles(join(directory, 'secrets'), settings);
  for (const { name, index } of replicas) {
    ports.set(`${name}-${index}`, await drawPort());
    ports.set(`${name}-${index} admin`, await drawPort());
  }
});
afterAll(async () => {
  for (const { child } of servers.values()) child.kill('SIGKILL');
  await Promise.all([...servers.values()].map((server) => server.ended()));
  await postgres?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** The environment of the file, as far as this machine is another: hosts, ports, folders. */
function environmentHere(name: string, index: number): Record<string, string> {
  const service = services.get(name);
  if (!service) throw new Error(`docker-compose.yml has no ${name}`);
  const given = Object.entries(environmentOf(service, join(directory, 'secrets')));
  return Object.fromEntries(given.map(([key, value]) => [key, here(key, value)]));
  function here(key: string, value: string): string {
    if (key === 'PORT') return String(ports.get(`${name}-${index}`));
    if (key === 'ADMIN_PORT') return String(ports.get(`${name}-${index} admin`));
    // Where people reach it: no process calls it there.
    if (key === 'REGISTRY_URL') return value;
    if (key === 'REDIS_URL') return testSettings.redisUrl ?? 'redis://127.0.0.1:1';
    for (const mount of service?.volumes ?? []) {
      const [volume = '', target = ''] = mount.split(':');
      if (value === target) return join(directory, volume);
    }
    return value.replace(/^http:\/\/([\w-]+):\d+/, (_, host) => {
      const port = ports.get(`${String(host)}-0`);
      if (port === undefined) throw new Error(`${name}: ${key} names no service: ${value}`);
      return `http://127.0.0.1:${port}`;
    });
  }
}

/** Starts a service when what it depends on is healthy or has ended well, and waits until it is so itself. */
function bringUp(name: string): Promise<void> {
  const running = started.get(name) ?? begin(name);
  started.set(name, running);
  return running;
}

async function begin(name: string): Promise<void> {
  const service = services.get(name);
  // PostgreSQL is there; the other images are not ours to try.
  if (!service) return;
  await Promise.all(Object.keys(service.depends_on ?? {}).map(bringUp));
  for (const replica of replicas.filter((one) => one.name === name)) {
    await startContainer(name, service, replica.index);
  }
}

async function startContainer(name: string, service: ComposeService, index: number): Promise<void> {
  const environment = environmentHere(name, index);
  const running = startCommand(service.command ?? [], environment);
  if (service.restart === undefined) {
    const code = await running.ended();
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${running.output()}`);
    return;
  }
  servers.set(`${name}-${index}`, running);
  await becomesHealthy(name, service, running, environment);
}

async function ask(gateway: string, query: string, token?: string) {
  const response = await fetch(`http://127.0.0.1:${ports.get(gateway)}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  const answer = (await response.json()) as { data?: any; errors?: unknown };
  if (answer.errors) throw new Error(`${gateway} answered with ${JSON.stringify(answer.errors)}`);
  return answer;
}

const REGISTER = `mutation { register(input: { email: "new@example.com", password: "new-password",
  displayName: "New" }) { ... on AuthSession { accessToken } } }`;
// #region monolith
const LOGIN = `mutation { login(input: { email: "customer@example.com", password: "demo-password" }) {
  ... on AuthSession { accessToken } } }`;
// #endregion monolith
const QUERY = `{ products(first: 2) { totalCount nodes { sku price { amount } inStock } }
  me { email orders(first: 1) { nodes { number items { product { sku } } } } resumes(first: 1) { totalCount } } }`;

describe('docker-compose.yml', () => {
  test('every service comes up in its order', { timeout: 180_000 }, async () => {
    await Promise.all([...services.keys()].map(bringUp));
    expect(servers.size).toBe(replicas.filter(({ service }) => service.restart).length);
  });

  test('each replica of the gateway answers for the whole graph', async () => {
    const { data } = await ask('gateway-0', REGISTER);
    for (const gateway of ['gateway-0', 'gateway-1']) {
      expect(await ask(gateway, QUERY, data.register.accessToken)).toMatchObject({
        data: {
          products: { totalCount: expect.any(Number) },
          me: { email: 'new@example.com', orders: { nodes: [] }, resumes: { totalCount: 0 } },
        },
      });
    }
  });

  // #region monolith
  test('each replica of the gateway answers with the demo data', async () => {
    const { data } = await ask('gateway-0', LOGIN);
    for (const gateway of ['gateway-0', 'gateway-1']) {
      expect(await ask(gateway, QUERY, data.login.accessToken)).toMatchObject({
        data: {
          products: { nodes: [{ inStock: expect.any(Boolean) }, {}] },
          me: { email: 'customer@example.com', orders: { nodes: [{}] } },
        },
      });
    }
  });
  // #endregion monolith

  test('every server ends well when it is told to', async () => {
    const ends: string[] = [];
    for (const [name, server] of [...servers].reverse()) {
      server.child.kill('SIGTERM');
      const code = await server.ended();
      if (code !== 0)
        ends.push(`${name} ended with ${code}:
${server.output()}`);
    }
    expect(ends).toEqual([]);
  });
});

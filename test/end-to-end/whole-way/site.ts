import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  SERVICE_DATABASES,
  serviceUrl,
  type ServiceDatabase,
} from '#platform/database/provision.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { localUrl, moverVariables, serversOf } from '#platform/start/processes.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { drawPort } from '../../setup/ports.ts';
import { drawPorts, endPostgres, startRun } from '../../setup/start-run.ts';
import { basicEnvironment } from '../../setup/basic-environment.ts';

const START = [process.execPath, 'platform/start/main.ts'] as const;
/** Milliseconds for a second gateway to be ready. */
const READY = 30_000;

/** The product as `npm start` brings it up, and a second replica of the gateway. */
export interface Site {
  /** The URLs of the gateways. */
  readonly gateways: readonly string[];
  /** The URL of the monolith. */
  readonly monolith: string;
  /** What commands of the mover are told. */
  readonly environment: Readonly<Record<string, string>>;
  readonly databases: Readonly<Record<ServiceDatabase, string>>;
  /** The log of a process: its last lines that are warnings or worse. */
  warnings(name: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts everything, with nothing of this process's environment. */
export async function startSite(): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'whole-way-'));
  await chmod(data, 0o755);
  const variables = {
    ...(await drawPorts()),
    DATA_DIRECTORY: data,
    SEED_SCALE: '0.05',
    BCRYPT_COST: '4',
    SOAK_HOURS: '0',
    // As on a large installation, where a share is many flips.
    FLIP_BUCKETS: '256',
  };
  const run = startRun(process.cwd(), variables, START);
  let second: ChildProcess | undefined;
  const close = async () => {
    second?.kill('SIGTERM');
    run.child.kill('SIGTERM');
    if (second?.exitCode === null) await once(second, 'exit');
    await run.ended();
    await endPostgres(data);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await run.prints('Ctrl-C ends everything');
    const settings = readStartSettings(variables);
    const secrets = await loadSecrets(join(data, 'secrets.json'), settings);
    const server = `postgres://127.0.0.1:${settings.POSTGRES_PORT}/`;
    const databases = Object.fromEntries(
      SERVICE_DATABASES.map((name) => [
        name,
        serviceUrl(server, name, secrets.databasePasswords[name]),
      ]),
    ) as Record<ServiceDatabase, string>;
    const servers = serversOf({ settings, secrets, databases, dataDirectory: data });
    const gateway = servers.find(({ name }) => name === 'gateway') as (typeof servers)[number];
    const port = String(await drawPort());
    second = spawn(process.execPath, [gateway.entry], {
      env: { ...basicEnvironment(), ...gateway.env, PORT: port },
      stdio: 'ignore',
    });
    const replica = `http://127.0.0.1:${port}`;
    await untilReady(replica);
    return {
      gateways: [gateway.url, replica],
      monolith: localUrl(settings, 'MONOLITH_PORT'),
      environment: { ...variables, ...moverVariables({ databases, dataDirectory: data }) },
      databases,
      warnings: (name) => warningsOf(join(data, 'logs', `${name}.log`)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`the gateway at ${url} does not get ready`);
    await pause(100);
  }
}

/** pino's level of a warning. */
const WARNING = 40;

async function warningsOf(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('{'));
  return lines.filter((line) => (JSON.parse(line) as { level: number }).level >= WARNING);
}

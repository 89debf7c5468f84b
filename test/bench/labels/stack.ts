import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { serviceUrl } from '#platform/database/provision.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { SERVERS } from '#platform/start/processes.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { drawPort } from '../../setup/ports.ts';
import type { BenchRequest } from '../measure.ts';
import { ready } from '../measure.ts';
import { end, OTHER_CORE, startOn } from '../processes.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** Everything of `npm start`, for its data and for the states of the moves. */
export interface Stack {
  /** Ports by the names of their variables. */
  readonly ports: Readonly<Record<string, string>>;
  /** Where its own gateway answers. */
  readonly gatewayUrl: string;
  /** What another gateway needs in order to follow the moves, and to be believed by the subgraphs. */
  readonly control: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Lets the new side answer the queries of so many percent of subjects, for each move. */
  setReads(percent: number): Promise<void>;
  end(): Promise<void>;
}

/** Starts it, in a folder of its own. */
export async function startStack(): Promise<Stack> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const ports = await drawPorts();
  const environment = { ...ports, DATA_DIRECTORY: directory, SEED_SCALE: '0.1', NODE_ENV: '' };
  const command = [process.execPath, 'platform/start/main.ts'];
  const child = startOn(OTHER_CORE, command, { cwd: ROOT, env: environment });
  child.stderr?.pipe(process.stderr);
  child.stdout?.resume();
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await Promise.race([once(child, 'exit'), new Promise((wake) => setTimeout(wake, 20_000))]);
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const gatewayUrl = `http://127.0.0.1:${ports['GATEWAY_PORT']}`;
    await ready(`${gatewayUrl}/graphql`, { requests: [FIRST] }, child);
    return { ports, gatewayUrl, ...(await settingsOf(environment)), setReads, end: stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function setReads(percent: number): Promise<void> {
    for (const { name } of MOVES) {
      const words = ['move', 'set', name, '--read-percent', String(percent)];
      await promisify(execFile)(process.execPath, ['migration/main.ts', ...words], {
        cwd: ROOT,
        env: { ...process.env, ...environment },
      });
    }
  }
}

const FIRST: BenchRequest = { body: '{"query":"{ categories { id } }"}', headers: {} };

async function drawPorts(): Promise<Record<string, string>> {
  const names = [...SERVERS.map(({ portVariable }) => portVariable), 'POSTGRES_PORT'];
  const ports: Record<string, string> = {};
  for (const name of names) ports[name] = String(await drawPort());
  return ports;
}

async function settingsOf(environment: Readonly<Record<string, string>>) {
  const settings = readStartSettings(environment);
  const secrets = await loadSecrets(join(settings.DATA_DIRECTORY, 'secrets.json'), settings);
  const { SECRET_KEY, IDENTITY_SECRET, AUTH_PUBLIC_JWKS, databasePasswords } = secrets;
  const server = `postgres://127.0.0.1:${settings.POSTGRES_PORT}/`;
  return {
    control: { CONTROL_DATABASE_URL: serviceUrl(server, 'control', databasePasswords.control) },
    secrets: { SECRET_KEY, IDENTITY_SECRET, AUTH_PUBLIC_JWKS },
  };
}

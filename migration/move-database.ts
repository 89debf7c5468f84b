import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Environment } from '#platform/config.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { serviceUrl } from '#platform/database/provision.ts';
import { createLog } from '#platform/log.ts';
import { readStartSettings, type StartSettings } from '#platform/start/config.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { controlUrl } from './config.ts';

/** The states of the moves cannot be had. The message says why, and what to do. */
export class MoveStatesUnreachable extends Error {
  readonly code = 'MOVE_STATES_UNREACHABLE';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'MoveStatesUnreachable';
  }
}

const root = join(import.meta.dirname, '..');

/**
 * Does something with the database `control`: that of CONTROL_DATABASE_URL, else that of the `npm start` which runs on
 * this machine with the same settings.
 *
 * @param environment that of this process where none is given
 * @throws MoveStatesUnreachable where there is none, or it has no states of moves
 */
export async function withControl<T>(
  environment: Environment | undefined,
  act: (control: Database) => Promise<T>,
): Promise<T> {
  const given = controlUrl(environment);
  const url = given ?? (await runningUrl(environment));
  const control = openDatabase({
    url,
    poolSize: 1,
    applicationName: 'npm run move',
    log: createLog('move', 'silent'),
  });
  try {
    await control.ping().catch((error: unknown) => {
      throw unreachable(error, url, given !== undefined);
    });
    return await act(control);
  } catch (error) {
    throw withoutTable(error) ? notMigrated(error) : error;
  } finally {
    await control.close();
  }
}

/** The URL of the database that `npm start` uses. @throws MoveStatesUnreachable where it never ran here */
async function runningUrl(environment: Environment | undefined): Promise<string> {
  const settings = readStartSettings(environment);
  const directory = resolve(root, settings.DATA_DIRECTORY);
  const file = join(directory, 'secrets.json');
  // Looked for first: secrets that are not there would be drawn, and be those of nobody.
  await access(file).catch((error: unknown) => {
    throw new MoveStatesUnreachable(
      `npm start has never run with its data in ${directory}. Run it; or name its folder with DATA_DIRECTORY; or set CONTROL_DATABASE_URL to the database of another installation`,
      error,
    );
  });
  const { databasePasswords } = await loadSecrets(file, settings);
  const server =
    settings.DATABASE_URL ?? `postgres://127.0.0.1:${await embeddedPort(directory, settings)}/`;
  return serviceUrl(server, 'control', databasePasswords.control);
}

/** The port that the embedded server says it listens on, else the one that it is told to. */
async function embeddedPort(directory: string, settings: StartSettings): Promise<number> {
  const file = join(directory, 'postgres', 'data', 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  // https://www.postgresql.org/docs/18/storage-file-layout.html: the fourth line is the port.
  return Number(lines[3]) || settings.POSTGRES_PORT;
}

function unreachable(error: unknown, url: string, isGiven: boolean): MoveStatesUnreachable {
  const { host, pathname } = new URL(url);
  const { message, code } = error as Error & { code?: string };
  const advice = isGiven
    ? 'Check CONTROL_DATABASE_URL, and whether the server runs'
    : 'Start it with npm start, and leave it running; if it runs with DATA_DIRECTORY, POSTGRES_PORT or DATABASE_URL set, set them here as well';
  return new MoveStatesUnreachable(
    `the control database at ${host}${pathname} does not answer (${message || code}). ${advice}`,
    error,
  );
}

function withoutTable(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code === '42P01' || cause?.code === '42P01';
}

function notMigrated(error: unknown): MoveStatesUnreachable {
  return new MoveStatesUnreachable(
    'the control database has no states of moves yet: npm start, or node migration/main.ts handover, creates them',
    error,
  );
}

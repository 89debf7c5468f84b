import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Environment } from '#platform/config.ts';
import {
  SERVICE_DATABASES,
  serviceUrl,
  type ServiceDatabase,
} from '#platform/database/provision.ts';
import { readStartSettings, type StartSettings } from './config.ts';
import { loadSecrets } from './secrets.ts';

const root = join(import.meta.dirname, '../..');

/** Where the data of the `npm start` of this machine is. */
export interface RunningDatabases {
  /** The URL of each service's database. */
  readonly urls: Readonly<Record<ServiceDatabase, string>>;
  /** The folder where data is kept, absolute. */
  readonly dataDirectory: string;
}

/**
 * The databases of the `npm start` that runs on this machine with the same settings.
 *
 * @param environment that of this process where none is given
 * @param neverRan makes the error for a folder in which it never ran
 */
export async function runningDatabases(
  environment: Environment | undefined,
  neverRan: (dataDirectory: string, cause: unknown) => Error,
): Promise<RunningDatabases> {
  const settings = readStartSettings(environment);
  const dataDirectory = resolve(root, settings.DATA_DIRECTORY);
  const file = join(dataDirectory, 'secrets.json');
  // Looked for first: secrets that are not there would be drawn, and be those of nobody.
  await access(file).catch((error: unknown) => {
    throw neverRan(dataDirectory, error);
  });
  const { databasePasswords } = await loadSecrets(file, settings);
  const server =
    settings.DATABASE_URL ?? `postgres://127.0.0.1:${await embeddedPort(dataDirectory, settings)}/`;
  const urls = Object.fromEntries(
    SERVICE_DATABASES.map((name) => [name, serviceUrl(server, name, databasePasswords[name])]),
  ) as Record<ServiceDatabase, string>;
  return { urls, dataDirectory };
}

/** The port that the embedded server says it listens on, else the one that it is told to. */
async function embeddedPort(directory: string, settings: StartSettings): Promise<number> {
  const file = join(directory, 'postgres', 'data', 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  // https://www.postgresql.org/docs/18/storage-file-layout.html: the fourth line is the port.
  return Number(lines[3]) || settings.POSTGRES_PORT;
}

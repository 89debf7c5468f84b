import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './error.ts';
import type { SystemUser } from './system-user.ts';

/** The superuser of an embedded server. */
export const SUPERUSER = 'postgres';

/** Text sorts the same on every machine: by code point, without the C library or ICU having a say. */
const LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
/** Character classes (which letters a full-text search sees). Not every system has the first one. */
const LIBRARY_LOCALES = ['C.UTF-8', 'C'];

export interface DataDirectory {
  /** PostgreSQL's own directory. */
  readonly data: string;
  /** The superuser's password. */
  readonly password: string;
}

/**
 * Creates the data directory and the superuser's password on first use, and checks them later.
 *
 * @param directory holds `data` (PostgreSQL's), `password` (ours, mode 0600) and `server.log`
 * @param durable whether initdb waits until all is on the disk
 * @throws EmbeddedPostgresError for data of another major version, of another user, or without password
 */
export async function prepareDataDirectory(
  directory: string,
  binaries: Binaries,
  user: SystemUser,
  durable: boolean,
): Promise<DataDirectory> {
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  const version = await dataVersion(data);
  if (version !== undefined && version !== binaries.major) {
    throw new EmbeddedPostgresError(
      `${data} was written by PostgreSQL ${version}, and this is PostgreSQL ${binaries.major}: it cannot be read. ` +
        `Move ${directory} away to begin anew, or copy its data over with pg_dump of version ${version}.`,
    );
  }
  const password = await readFile(passwordFile, 'utf8').catch(() => undefined);
  if (version !== undefined) {
    if (password) return { data, password };
    throw new EmbeddedPostgresError(
      `${passwordFile} is missing or not readable, and without it nobody can connect to ${data}. ` +
        `Restore the file, start as the user that owns it, or remove ${directory} to begin anew.`,
    );
  }
  const created = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, created, { mode: 0o600 });
  await initialise(data, created, binaries, user, durable);
  return { data, password: created };
}

async function dataVersion(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(
      `${data} cannot be read (${code}): it belongs to another user. Start as that user, or remove it to begin anew.`,
    );
  }
}

/** Runs initdb beside the final place and renames, so that an interrupted first start leaves no half data. */
async function initialise(
  data: string,
  password: string,
  binaries: Binaries,
  user: SystemUser,
  durable: boolean,
): Promise<void> {
  const incoming = `${data}.incoming`;
  const passwordFile = join(incoming, 'password');
  for (const libraryLocale of LIBRARY_LOCALES) {
    await rm(incoming, { recursive: true, force: true });
    await makeOwned(incoming, user);
    await makeOwned(join(incoming, 'data'), user);
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user.uid !== undefined) await chown(passwordFile, user.uid, user.gid ?? user.uid);
    const flags = [
      ...LOCALE,
      `--locale=${libraryLocale}`,
      `--pgdata=${join(incoming, 'data')}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      ...(durable ? [] : ['--no-sync']),
    ];
    const failure = await promisify(execFile)(binaries.initdb, flags, { ...user, cwd: '/' }).then(
      () => undefined,
      (error: Error & { stderr?: string }) => error.stderr ?? error.message,
    );
    if (failure === undefined) {
      await rename(join(incoming, 'data'), data);
      await rm(incoming, { recursive: true, force: true });
      return;
    }
    const lastTry = libraryLocale === LIBRARY_LOCALES.at(-1);
    if (lastTry || !failure.includes('invalid locale name')) {
      throw new EmbeddedPostgresError(`initdb could not create ${data}:\n${failure.trim()}`);
    }
  }
}

async function makeOwned(path: string, user: SystemUser): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (user.uid !== undefined) await chown(path, user.uid, user.gid ?? user.uid);
}

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedError, takeLock } from '#platform/process-lock.ts';
import { findBinaries } from './embedded/binaries.ts';
import { prepareDataDirectory, SUPERUSER } from './embedded/data-directory.ts';
import { EmbeddedPostgresError } from './embedded/error.ts';
import { choosePlace, type Place } from './embedded/place.ts';
import {
  endServer,
  findServer,
  forgetForeignPidFile,
  freePort,
  startServer,
  type ServerStart,
  type StartedServer,
} from './embedded/server.ts';
import { chooseSystemUser, type SystemUser } from './embedded/system-user.ts';

export { EmbeddedPostgresError } from './embedded/error.ts';

/** For tests: nothing waits for the disk, and many processes may connect. A power cut would lose the data. */
export const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
} as const;

export interface EmbeddedPostgresOptions {
  /** Where data, password and log are kept. It is created; see `EmbeddedPostgres.directory`. */
  readonly directory: string;
  /** The port of 127.0.0.1 to listen on; a free one where none is given. */
  readonly port?: number;
  /** Settings of PostgreSQL, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Is told what the user should know. */
  readonly say?: (line: string) => void;
}

/** A PostgreSQL server of our own. */
export interface EmbeddedPostgres {
  /** Connects as superuser to the database `postgres`. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Where its files really are: elsewhere than asked for when PostgreSQL's user cannot get there. */
  readonly directory: string;
  /** Whether a server that a killed run left behind was ended first. */
  readonly replaced: boolean;
  /** Resolves when the server ends without `stop` or `kill`, with how it ended. */
  readonly broken: Promise<string>;
  /** Ends the server at once; the next start has to recover. */
  kill(): void;
  /** Ends the server; the data stays. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 from npm on 127.0.0.1, with data that stays between runs. A server that a killed run
 * left behind on the same data is ended cleanly and replaced, so port and settings are always those asked for.
 * The server does not end with this process: call `stop()` when everything that uses it has ended.
 *
 * @throws EmbeddedPostgresError when it cannot run: its message says why, and what to do
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const asked = resolve(options.directory);
  const user = await chooseSystemUser(join(asked, 'data'));
  const place = await choosePlace(asked, await findBinaries(), user, options.say ?? (() => {}));
  const lock = await lockDirectory(place.directory);
  try {
    const { ended, ...server } = await start(place, user, options);
    const { promise: broken, resolve: breaks } = Promise.withResolvers<string>();
    let stopped: Promise<void> | undefined;
    void ended.then((how) => stopped ?? breaks(how));
    return {
      ...server,
      directory: place.directory,
      broken,
      kill() {
        stopped ??= lock.release();
        process.kill(server.pid, 'SIGQUIT');
      },
      stop: () =>
        (stopped ??= endServer(server.pid, join(place.directory, 'data')).then(lock.release)),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function start(place: Place, user: SystemUser, options: EmbeddedPostgresOptions) {
  const { directory, binaries } = place;
  const { settings = {} } = options;
  const durable = settings.fsync !== 'off';
  const { data, password } = await prepareDataDirectory(directory, binaries, user, durable);
  const leftBehind = await findServer(data);
  if (leftBehind !== undefined) {
    options.say?.(`Ending the PostgreSQL server (process ${leftBehind}) that an earlier run left`);
    await endServer(leftBehind, data);
  }
  await forgetForeignPidFile(data);
  const port = await freePort(options.port);
  const adminUrl = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  const { pid, ended } = await startPatiently({
    program: binaries.postgres,
    data,
    logFile: join(directory, 'server.log'),
    port,
    settings,
    user,
    adminUrl,
  });
  return { adminUrl, port, pid, ended, replaced: leftBehind !== undefined };
}

/** After a SIGKILL of the server its orphans take a moment to notice and end; until then the data is in use. */
async function startPatiently(server: ServerStart): Promise<StartedServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await startServer(server);
    } catch (error) {
      const orphans = (error as Error).message.includes('pre-existing shared memory block');
      if (!orphans || tries === 20) throw error;
      await sleep(500);
    }
  }
}

async function lockDirectory(directory: string) {
  await mkdir(directory, { recursive: true });
  try {
    return await takeLock(join(directory, 'lock'));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new EmbeddedPostgresError(
      `The database in ${directory} is in use by process ${error.pid}. End that process first, or use another directory.`,
    );
  }
}

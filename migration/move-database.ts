import type { Environment } from '#platform/config.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { moverVariables } from '#platform/start/processes.ts';
import { runningDatabases } from '#platform/start/running-databases.ts';
import { controlUrl, databaseVariables, migrationConfig, ownEnvironment } from './config.ts';
import { openMoves, type OpenMoves } from './open-moves.ts';
import { StageRefused } from './stages/stage-refused.ts';

/** The states of the moves cannot be had. The message says why, and what to do. */
export class MoveStatesUnreachable extends Error {
  readonly code = 'MOVE_STATES_UNREACHABLE';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'MoveStatesUnreachable';
  }
}

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
  const url = given ?? (await runningEnvironment(environment)).CONTROL_DATABASE_URL;
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

/**
 * Does something with the databases of all moves: those that the environment names, else those of the `npm start` which
 * runs on this machine with the same settings.
 *
 * @param environment that of this process where none is given
 * @throws MoveStatesUnreachable where not all are named, or one does not answer, ConfigError
 */
export async function withMoves<T>(
  environment: Environment | undefined,
  act: (moves: OpenMoves) => Promise<T>,
): Promise<T> {
  const { given, missing } = databaseVariables(environment);
  if (!knowsAll(environment)) {
    throw new MoveStatesUnreachable(
      `this needs the databases of the moves: ${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} set, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not. Set them as the process "migration" has them`,
    );
  }
  // Says it in plain words where the server is away.
  await withControl(environment, async () => {});
  const moves = openMoves(
    migrationConfig(await fullEnvironment(environment)),
    createLog('move', 'silent'),
  );
  try {
    return await act(moves);
  } catch (error) {
    if (withoutTable(error)) throw notMigrated(error);
    const away = error instanceof StageRefused ? null : await awayFrom(moves);
    throw away === null ? error : new MoveStatesUnreachable(away, error);
  } finally {
    await moves.close();
  }
}

/** Which databases do not answer, for a person; null: all do. A failed connection does not say where it was to lead. */
export async function awayFrom({ legacy, control, all }: OpenMoves): Promise<string | null> {
  const databases = new Set([control, legacy, ...all.map((places) => places.new)]);
  const problems = await Promise.all(
    [...databases].map((database) =>
      database.ping().then(
        () => [],
        (error: unknown) => [
          `${placeOf(database.pool.options.connectionString ?? '')} (${reasonOf(error)})`,
        ],
      ),
    ),
  );
  const away = problems.flat();
  if (away.length === 0) return null;
  return `${away.length === 1 ? 'a database does' : 'databases do'} not answer: ${away.join(', ')}. Check the variables …_DATABASE_URL, and whether the server runs`;
}

/** Whether the databases of all moves can be found, not only `control`. */
export function knowsAll(environment: Environment | undefined): boolean {
  const { given, missing } = databaseVariables(environment);
  return given.length === 0 || missing.length === 0;
}

async function fullEnvironment(environment: Environment | undefined): Promise<Environment> {
  const own = environment ?? ownEnvironment();
  if (databaseVariables(environment).missing.length === 0) return own;
  return { ...own, ...(await runningEnvironment(environment)) };
}

/** What `npm start` tells the mover. @throws MoveStatesUnreachable where it never ran here */
async function runningEnvironment(environment: Environment | undefined) {
  const { urls, dataDirectory } = await runningDatabases(
    environment,
    (directory, cause) =>
      new MoveStatesUnreachable(
        `npm start has never run with its data in ${directory}. Run it; or name its folder with DATA_DIRECTORY; or set CONTROL_DATABASE_URL to the database of another installation`,
        cause,
      ),
  );
  return moverVariables({ databases: urls, dataDirectory });
}

function unreachable(error: unknown, url: string, isGiven: boolean): MoveStatesUnreachable {
  const advice = isGiven
    ? 'Check CONTROL_DATABASE_URL, and whether the server runs'
    : 'Start it with npm start, and leave it running; if it runs with DATA_DIRECTORY, POSTGRES_PORT or DATABASE_URL set, set them here as well';
  return new MoveStatesUnreachable(
    `the control database at ${placeOf(url)} does not answer (${reasonOf(error)}). ${advice}`,
    error,
  );
}

/** Without the password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || String(code);
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

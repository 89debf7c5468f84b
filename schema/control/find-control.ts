import { runningDatabases } from '#platform/start/running-databases.ts';
import { controlUrl } from './config.ts';

/** What the database `control` knows cannot be had. The message says why, and what to do. */
export class ControlError extends Error {
  readonly code = 'CONTROL';
}

/** Where the database `control` is. */
export interface ControlPlace {
  readonly url: string;
  /** The error to throw when it cannot be used. @param reason why, where it is not that it does not answer */
  readonly unusable: (cause: unknown, reason?: string) => ControlError;
}

/**
 * The database of CONTROL_DATABASE_URL, else `control` of the `npm start` which runs on this machine with the same
 * settings.
 *
 * @throws ControlError, ConfigError
 */
export async function findControl(): Promise<ControlPlace> {
  const given = controlUrl();
  const url = given ?? (await runningDatabases(undefined, neverRan)).urls.control;
  const { host, pathname } = new URL(url);
  const advice =
    given === undefined
      ? 'Start it with npm start, and leave it running; if it runs with DATA_DIRECTORY, POSTGRES_PORT or DATABASE_URL set, set them here as well.'
      : 'Check CONTROL_DATABASE_URL, and whether the server runs.';
  return {
    url,
    unusable: (cause, reason) => {
      const why = reason ?? `does not answer (${reasonOf(cause)}). ${advice}`;
      return new ControlError(`the control database at ${host}${pathname} ${why}`, { cause });
    },
  };
}

/** The code of an error of the database or of the network. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return cause?.code ?? code;
}

function reasonOf(error: unknown): string | undefined {
  return codeOf(error) ?? (error as Error).message;
}

function neverRan(directory: string, cause: unknown): ControlError {
  return new ControlError(
    `npm start has never run with its data in ${directory}. Run it; or name its folder with DATA_DIRECTORY; or set CONTROL_DATABASE_URL to the database of another installation.`,
    { cause },
  );
}

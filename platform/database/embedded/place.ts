import { createHash } from 'node:crypto';
import { cp, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { binariesIn, type Binaries } from './binaries.ts';
import { canReach, type SystemUser } from './system-user.ts';

/** Where things go that must lie outside a closed home directory. */
const PUBLIC_HOME = '/var/lib/embedded-postgres';

/** Where a server keeps what is its own. */
export interface Place {
  readonly directory: string;
  readonly binaries: Binaries;
}

/**
 * Below a folder such as /root (mode 700) the system user that PostgreSQL runs as can reach neither data nor
 * programs. Homes are not opened for it: data and programs go to /var/lib instead, the data under a name made
 * from the directory that was asked for, and that is said aloud.
 *
 * @param directory where data is asked to be
 * @param user whom the server runs as
 */
export async function choosePlace(
  directory: string,
  binaries: Binaries,
  user: SystemUser,
  say: (line: string) => void,
): Promise<Place> {
  await mkdir(directory, { recursive: true });
  // One directory has one name, however it was asked for: a server is found again by it.
  const real = await realpath(directory);
  const reachable = await canReach(user, real);
  const chosen = reachable ? real : join(PUBLIC_HOME, nameAfter(real));
  if (!reachable) {
    await mkdir(chosen, { recursive: true, mode: 0o755 });
    say(`The user that PostgreSQL runs as cannot enter ${real}: data is kept in ${chosen}`);
  }
  if (await canReach(user, binaries.postgres)) return { directory: chosen, binaries };
  return { directory: chosen, binaries: await copyBinaries(binaries, say) };
}

/** A readable name that two directories never share: `root-shop-.data-postgres-1f0c22ab`. */
function nameAfter(directory: string): string {
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 8);
  return `${directory.replaceAll('/', '-').replace(/^-+/, '')}-${hash}`;
}

async function copyBinaries(binaries: Binaries, say: (line: string) => void): Promise<Binaries> {
  const home = join(PUBLIC_HOME, `programs-${binaries.version}`);
  const copy = { ...binaries, ...binariesIn(home) };
  if (await stat(copy.postgres).catch(() => undefined)) return copy;
  say(`The user that PostgreSQL runs as cannot reach ${binaries.home}: copying it to ${home}`);
  const incoming = `${home}.incoming-${process.pid}`;
  await mkdir(PUBLIC_HOME, { recursive: true, mode: 0o755 });
  await cp(binaries.home, incoming, { recursive: true, verbatimSymlinks: true });
  // Another process may have copied the same version meanwhile: either copy will do.
  await rename(incoming, home).catch(() => rm(incoming, { recursive: true, force: true }));
  return copy;
}

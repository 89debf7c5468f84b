import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './error.ts';

const run = promisify(execFile);

/** Whom a program runs as. Empty means: as we do. Spread it into the options of `spawn`. */
export interface SystemUser {
  readonly uid?: number;
  readonly gid?: number;
}

const NAME = 'postgres';
/** Debian and its like, then Alpine and its like. */
const CREATE_USER = [
  ['useradd', '--system', '--user-group', '--no-create-home', NAME],
  ['adduser', '-S', '-D', '-H', NAME],
] as const;

/**
 * PostgreSQL refuses to run as root. Where we are root it runs as the owner of the data there is, else as
 * the system user `postgres`, which is created when it is missing.
 *
 * @param data the data directory, which need not exist yet
 * @throws EmbeddedPostgresError when there is no such user and none can be created
 */
export async function chooseSystemUser(data: string): Promise<SystemUser> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = await findUser();
  if (found) return found;
  for (const [program, ...flags] of CREATE_USER) await run(program, flags).catch(() => undefined);
  const created = await findUser();
  if (created) return created;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the system user "${NAME}" could not be created. ` +
      'Create it, start as an ordinary user, or set DATABASE_URL to a server of your own.',
  );
}

async function findUser(): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether a user can reach a file or enter a directory. The system itself is asked, so links and ACLs count. */
export async function canReach(user: SystemUser, path: string): Promise<boolean> {
  if (user.uid === undefined) return true;
  return run('test', ['-x', path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

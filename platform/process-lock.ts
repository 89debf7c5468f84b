import { execFile } from 'node:child_process';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A file that says which process works with a directory. */
export interface ProcessLock {
  /** Whether a process that ended without releasing it (SIGKILL, power cut) held the lock before. */
  readonly leftBehind: boolean;
  readonly release: () => Promise<void>;
}

/** Another live process holds the lock. `pid` is its id. */
export class LockedError extends Error {
  readonly code = 'LOCKED';
  readonly pid: number;

  constructor(file: string, pid: number) {
    super(`process ${pid} holds ${file}`);
    this.name = 'LockedError';
    this.pid = pid;
  }
}

/**
 * Takes a lock that no two live processes hold at once.
 *
 * @param file where the lock is written; its folder must exist
 * @throws LockedError when another live process holds it
 */
export async function takeLock(file: string): Promise<ProcessLock> {
  const mine = `${process.pid}\n${await commandOf(process.pid)}\n`;
  let leftBehind = false;
  for (;;) {
    if (await createWhole(file, mine)) {
      return { leftBehind, release: () => rm(file, { force: true }) };
    }
    const [pid = '', command] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    // Ids are used again after a reboot: a live process counts only when it is still the same program.
    if (command && (await commandOf(Number(pid))) === command) {
      throw new LockedError(file, Number(pid));
    }
    leftBehind = true;
    await rm(file, { force: true });
  }
}

/** Creates a file with all of its content at once, so that nobody reads half of it; false where it exists. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The command line of a process; empty where it does not live (a zombie does not live either). */
export async function commandOf(pid: number): Promise<string> {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.replaceAll('\0', ' ').trim();
  }
  const found = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(
    () => undefined,
  );
  return found?.stdout.trim() ?? '';
}

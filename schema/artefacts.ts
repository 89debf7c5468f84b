import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A file that is made from others and committed. */
export interface Artefact {
  readonly file: string;
  readonly text: string;
}

/** A file cannot be written. The message is one line. */
export class ArtefactError extends Error {
  readonly code = 'ARTEFACT';

  constructor(file: string, cause: unknown) {
    super(`${file} cannot be written: ${reasonOf(cause)}.`, { cause });
    this.name = 'ArtefactError';
  }
}

/**
 * Writes files, each whole: a reader never sees half of one. All are written beside their places before the first is
 * put there, so a full disk or a missing permission leaves everything as it was.
 *
 * @throws ArtefactError
 */
export async function writeArtefacts(artefacts: readonly Artefact[]): Promise<void> {
  const beside = (file: string): string => `${file}.new`;
  try {
    for (const { file, text } of artefacts) {
      await attempt(file, async () => {
        if (await isFolder(file)) throw new Error('it is a folder');
        await makeFolder(dirname(resolve(file)));
        await writeFile(beside(file), text);
      });
    }
    for (const { file } of artefacts) await attempt(file, () => rename(beside(file), file));
  } catch (error) {
    const left = artefacts.map(({ file }) => rm(beside(file), { force: true }).catch(() => {}));
    await Promise.all(left);
    throw error;
  }
}

async function attempt(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new ArtefactError(file, error);
  }
}

/** One after the other: the recursive way of Node never ends in a file system that refuses folders, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    // Somebody else may have made it meanwhile.
    if (error.code !== 'EEXIST') throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder cannot be made',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  EACCES: 'there is no permission to',
  EPERM: 'there is no permission to',
  EROFS: 'the file system is read only',
  ENOSPC: 'the disk is full',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS[code]) ?? message;
}

/** The files that are missing, or hold something else. */
export async function staleArtefacts(artefacts: readonly Artefact[]): Promise<string[]> {
  const stale: string[] = [];
  for (const { file, text } of artefacts) {
    const current = await readFile(file, 'utf8').catch(() => null);
    if (current !== text) stale.push(file);
  }
  return stale;
}

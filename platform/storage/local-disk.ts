import { access, constants, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeOldFiles, unlessMissing } from './draft.ts';
import type { ObjectStore } from './object-store.ts';

/** Objects as files below a directory of this machine, or one that all replicas mount. */
export function localDisk(directory: string): ObjectStore {
  const pathOf = (name: string) => join(directory, name);
  const list = async (folder: string) =>
    ((await readdir(pathOf(folder)).catch(unlessMissing)) ?? []).map((name) => `${folder}/${name}`);
  const remove = (name: string) => rm(pathOf(name), { force: true });
  return {
    drafts: pathOf('drafts'),
    size: async (name) => (await stat(pathOf(name)).catch(unlessMissing))?.size ?? null,
    read: async (name) => {
      const file = await open(pathOf(name)).catch(unlessMissing);
      return file?.createReadStream() ?? null;
    },
    put: async (name, path) => {
      const target = pathOf(name);
      const created = await moveTo(path, target);
      await sync(dirname(target));
      // A folder is an entry of its parent.
      if (created !== undefined) await sync(dirname(dirname(target)));
    },
    list,
    remove,
    removeFolder: async (folder) => {
      await Promise.all((await list(folder)).map(remove));
      await rmdir(pathOf(folder)).catch(unlessMissingOrFull);
    },
    removeOlder: (folder, before) => removeOldFiles(pathOf(folder), before),
    placeOf: pathOf,
    direct: null,
    check: async () => {
      await mkdir(directory, { recursive: true });
      await access(directory, constants.W_OK);
    },
  };
}

/** Renames a file into a folder, which is made where it is missing. @returns the first folder that was made, if any */
async function moveTo(path: string, target: string, tries = 10): Promise<string | undefined> {
  try {
    const created = await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    return created;
  } catch (error) {
    // Somebody may have removed the folder in between; `mkdir` says so, too.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 1) throw error;
    return moveTo(path, target, tries - 1);
  }
}

/** Waits until the disk knows the names in a folder. One that is gone by now took them along. */
async function sync(path: string): Promise<void> {
  const folder = await open(path).catch(unlessMissing);
  if (folder === undefined) return;
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** For `catch`: a folder that is missing, or in which there is something again, is no fault. */
function unlessMissingOrFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY') unlessMissing(error);
}

import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeOldFiles, unlessMissing } from './draft.ts';
import type { ObjectStore } from './object-store.ts';

/** Objects as files below a directory of this machine, or one that all replicas mount. */
export function localDisk(directory: string): ObjectStore {
  const pathOf = (name: string) => join(directory, name);
  return {
    drafts: pathOf('drafts'),
    size: async (name) => (await stat(pathOf(name)).catch(unlessMissing))?.size ?? null,
    read: async (name) => {
      const file = await open(pathOf(name)).catch(unlessMissing);
      return file?.createReadStream() ?? null;
    },
    put: async (name, path) => {
      const target = pathOf(name);
      const created = await mkdir(dirname(target), { recursive: true });
      await rename(path, target);
      await sync(dirname(target));
      // A folder is an entry of its parent.
      if (created !== undefined) await sync(dirname(dirname(target)));
    },
    list: async (prefix) => {
      const folder = dirname(prefix);
      const names = (await readdir(pathOf(folder)).catch(unlessMissing)) ?? [];
      return names.map((name) => `${folder}/${name}`).filter((name) => name.startsWith(prefix));
    },
    remove: (name) => rm(pathOf(name), { force: true }),
    removeOlder: (folder, before) => removeOldFiles(pathOf(folder), before),
    placeOf: pathOf,
    direct: null,
    check: async () => {
      await mkdir(directory, { recursive: true });
      await access(directory, constants.W_OK);
    },
  };
}

/** Waits until the disk knows the names in a folder. */
async function sync(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

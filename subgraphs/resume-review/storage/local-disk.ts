import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUuid } from '#platform/graph/ids.ts';
import { SenderGone, TooManyBytes, type FileStorage } from './storage.ts';

/** Bytes over the limit that are read and thrown away, so that the sender stays to hear the answer. */
const PATIENCE = 10_485_760;

/**
 * Keeps files below a directory of this machine (or one that all replicas mount): `received/<id>` until they
 * are kept, then `kept/<first two of the id>/<id>`. Names come from ids only, never from what a client calls
 * a file.
 */
export function localDisk(directory: string): FileStorage {
  const receivedFolder = join(directory, 'received');
  const received = (id: string) => join(receivedFolder, checked(id));
  const kept = (id: string) => join(directory, 'kept', checked(id).slice(0, 2), id);
  return {
    receive: async (id, bytes, limit) => {
      const target = received(id);
      const draft = join(receivedFolder, `${id}.${randomUUID()}`);
      await mkdir(receivedFolder, { recursive: true });
      try {
        await writeNew(draft, bytes, limit);
        await renameDurably(draft, target);
      } finally {
        await rm(draft, { force: true });
      }
    },
    keep: async (id) => {
      await mkdir(dirname(kept(id)), { recursive: true });
      await renameDurably(received(id), kept(id)).catch(unlessMissing);
      return (await stat(kept(id)).catch(unlessMissing)) !== undefined;
    },
    read: async (id) => {
      const file = await open(kept(id)).catch(unlessMissing);
      return file?.createReadStream() ?? null;
    },
    remove: async (id) => {
      await Promise.all([rm(received(id), { force: true }), rm(kept(id), { force: true })]);
    },
    removeReceived: async (before) => {
      for (const name of (await readdir(receivedFolder).catch(unlessMissing)) ?? []) {
        const file = join(receivedFolder, name);
        const found = await stat(file).catch(unlessMissing);
        if (found && found.mtime < before) await rm(file, { force: true });
      }
    },
    check: async () => {
      await mkdir(directory, { recursive: true });
      await access(directory, constants.W_OK);
    },
  };
}

/** No text but a UUID may become part of a path. */
function checked(id: string): string {
  if (!isUuid(id)) throw new TypeError('only a UUID names a stored file');
  return id;
}

/** Writes a file that must not exist yet, and waits until the disk has it. */
async function writeNew(path: string, bytes: Readable, limit: number): Promise<void> {
  let size = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit + PATIENCE) done(new TooManyBytes(limit));
      else if (size > limit) done();
      else done(null, chunk);
    },
    flush: (done) => done(size > limit ? new TooManyBytes(limit) : null),
  });
  const file = await open(path, 'wx');
  await pipeline(bytes, bounded, file.createWriteStream({ flush: true })).catch(
    (error: NodeJS.ErrnoException) => {
      // Faults of the disk name a system call and are ours; all others are those of the sender.
      const isOurs = error instanceof TooManyBytes || isDiskFault(error);
      throw isOurs ? error : new SenderGone(error);
    },
  );
}

/** A reset connection names a system call too, that of its socket. */
const isDiskFault = ({ syscall }: NodeJS.ErrnoException) =>
  syscall !== undefined && syscall !== 'read';

/** Renames a file, and waits until the disk knows its new name. */
async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUuid } from '#platform/graph/ids.ts';

/** More bytes came than were announced. */
export class TooManyBytesError extends Error {
  readonly code = 'TOO_MANY_BYTES';

  constructor(limit: number) {
    super(`more than ${limit} bytes were sent`);
    this.name = 'TooManyBytesError';
  }
}

/** What was received. */
export interface ReceivedFile {
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * Where the bytes of resumes are kept, by the id of the resume. A file is first received, perhaps several
 * times over, and then kept: what is kept cannot be received again.
 */
export interface ResumeStorage {
  /**
   * Takes bytes in place of what was received before. All of them are on disk when this returns, or none.
   *
   * @param limit the most bytes
   * @throws TooManyBytesError
   */
  receive(id: string, bytes: Readable, limit: number): Promise<ReceivedFile>;
  /** Reads what was received. @returns null where nothing was, or it is kept by now */
  received(id: string): Promise<Buffer | null>;
  /** Keeps what was received, if anything was. @returns whether there is a kept file now */
  keep(id: string): Promise<boolean>;
  /** Reads a kept file. @returns null where there is none */
  read(id: string): Promise<Readable | null>;
  /** Removes what was received but is not kept. What is not there is no fault. */
  drop(id: string): Promise<void>;
  /** Removes what was received and what is kept. What is not there is no fault. */
  remove(id: string): Promise<void>;
  /** Removes what was left half-way, by a crash for example, and is older than an instant. */
  removeLeftovers(before: Date): Promise<void>;
}

/** Bytes over the limit that are read and thrown away, so that the sender hears the answer. */
const PATIENCE = 10_485_760;

/**
 * Keeps files below a directory of this machine: `incoming/<id>` until they are kept, then
 * `resumes/<first two of the id>/<id>`. Names come from ids only, never from what a client calls a file.
 */
export function localDiskStorage(directory: string): ResumeStorage {
  const incoming = join(directory, 'incoming');
  const received = (id: string) => join(incoming, checked(id));
  const kept = (id: string) => join(directory, 'resumes', checked(id).slice(0, 2), id);
  return {
    receive: async (id, bytes, limit) => {
      const target = received(id);
      const draft = join(incoming, `${id}.${randomUUID()}`);
      await mkdir(incoming, { recursive: true });
      try {
        const file = await write(draft, bytes, limit);
        await moveDurably(draft, target);
        return file;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    received: async (id) => (await readFile(received(id)).catch(unlessMissing)) ?? null,
    keep: async (id) => {
      await mkdir(dirname(kept(id)), { recursive: true });
      await moveDurably(received(id), kept(id)).catch(unlessMissing);
      return (await stat(kept(id)).catch(unlessMissing)) !== undefined;
    },
    read: async (id) => {
      const file = await open(kept(id)).catch(unlessMissing);
      return file?.createReadStream() ?? null;
    },
    drop: (id) => rm(received(id), { force: true }),
    remove: async (id) => {
      await Promise.all([rm(received(id), { force: true }), rm(kept(id), { force: true })]);
    },
    removeLeftovers: async (before) => {
      for (const name of (await readdir(incoming).catch(unlessMissing)) ?? []) {
        const file = join(incoming, name);
        const found = await stat(file).catch(unlessMissing);
        if (found && found.mtime < before) await rm(file, { force: true });
      }
    },
  };
}

/** No text but a UUID may become part of a path. */
function checked(id: string): string {
  if (!isUuid(id)) throw new TypeError('only a UUID names a stored file');
  return id;
}

/** Writes a new file and waits until the disk has it. */
async function write(path: string, bytes: Readable, limit: number): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit + PATIENCE) return done(new TooManyBytesError(limit));
      if (size > limit) return done();
      hash.update(chunk);
      done(null, chunk);
    },
    flush: (done) => done(size > limit ? new TooManyBytesError(limit) : null),
  });
  const file = await open(path, 'wx');
  await pipeline(bytes, measure, file.createWriteStream({ flush: true }));
  return { size, sha256: hash.digest('hex') };
}

/** Renames a file, and waits until the disk knows its new name. */
async function moveDurably(from: string, to: string): Promise<void> {
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

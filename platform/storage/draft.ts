import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { SenderGone, TooManyBytes } from './storage.ts';

/** A file on this machine that nobody else writes to. */
export interface Draft {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** Removes it, where it is still there. */
  discard(): Promise<void>;
}

/** Bytes over the limit that are read and thrown away, so that the sender stays to hear the answer. */
const PATIENCE = 10_485_760;

/**
 * Writes bytes to a new file in a folder, and waits until the disk has them. Nothing is left where it throws.
 *
 * @param limit the most bytes
 * @param mayBreakOff what came before the bytes broke off is a draft too, unless it is nothing
 * @throws TooManyBytes, SenderGone
 */
export async function writeDraft(
  folder: string,
  bytes: Readable,
  limit: number,
  mayBreakOff: boolean,
): Promise<Draft> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const discard = () => rm(path, { force: true });
  const hash = createHash('sha256');
  let size = 0;
  let fault: Error | null = null;
  // Faults of the sender end what is written here, so that those that are thrown by the pipeline are ours.
  const measured = async function* () {
    try {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > limit) fault = new TooManyBytes(limit);
        if (size > limit + PATIENCE) return;
        if (fault !== null) continue;
        hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      if (!mayBreakOff || size === 0 || size > limit) fault ??= new SenderGone(error);
    }
  };
  try {
    const file = await open(path, 'wx');
    await pipeline(measured, file.createWriteStream({ flush: true }));
    // oxlint-disable-next-line typescript/only-throw-error, typescript/no-unnecessary-condition
    if (fault) throw fault;
  } catch (error) {
    await discard();
    throw error;
  }
  return { path, size, sha256: hash.digest('hex'), discard };
}

/** Removes drafts that a crash has left behind: those older than an instant. */
export async function removeOldFiles(folder: string, before: Date): Promise<void> {
  for (const name of (await readdir(folder).catch(unlessMissing)) ?? []) {
    const path = join(folder, name);
    const found = await stat(path).catch(unlessMissing);
    if (found && found.mtime < before) await rm(path, { force: true, recursive: true });
  }
}

/** For `catch`: what is missing is no fault. */
export function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

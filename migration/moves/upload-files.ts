import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Side } from '#platform/moves/moves.ts';
import { otherSide } from '../other-side.ts';
import type { IncomingAggregate } from './mapping.ts';

/** The folders of uploaded files, of the monolith and of the resume-review service. */
export type UploadDirectories = Readonly<Record<Side, string>>;

/** A file is not what its row says. Nothing was copied in its place. */
export class FileRefused extends Error {
  readonly code = 'FILE_REFUSED';
  /** The resume whose file it is. */
  readonly id: string;

  constructor(path: string, id: string, found: string, expected: string) {
    super(
      `${path}: the file of the resume ${id} has the SHA-256 ${found}, but its row says ${expected}: ` +
        'put back the right file from a backup, or delete the resume, then run this again',
    );
    this.name = 'FileRefused';
    this.id = id;
  }
}

/** Where a side has its files, below its folder. Its tests hold this against its storage. */
const LAYOUTS: Readonly<Record<Side, { readonly kept: string; readonly received: string }>> = {
  legacy: { kept: 'resumes', received: 'incoming' },
  new: { kept: 'kept', received: 'received' },
};

/** Files that are copied at once. */
const AT_ONCE = 8;

/**
 * Brings the files of resumes to a side, held against the SHA-256 of their rows, and removes those of resumes that are
 * gone. Run before their rows are written: a row never stands without its file then. A file that the source does not
 * have is missing on both sides, and both say so. Doing it again changes nothing.
 *
 * @param to the side that is written
 * @throws FileRefused when a file is not what its row says
 */
export async function bringKeptFiles(
  incoming: readonly IncomingAggregate[],
  to: Side,
  directories: UploadDirectories,
): Promise<void> {
  await each(incoming, async ({ id, canonical }) => {
    const target = keptFile(directories, to, id);
    if (canonical === null) return rm(target, { force: true });
    const source = keptFile(directories, otherSide(to), id);
    const { sha256 } = canonical as { readonly sha256: string };
    const outcome = await copyVerified(source, target, sha256);
    if (typeof outcome === 'object') throw new FileRefused(source, id, outcome.found, sha256);
  });
}

/**
 * The same for files that only wait to be completed. What has been received so far need not be the announced file: then
 * it is left where it is, and whoever sent it must send it again anyway.
 *
 * A resume that is deleted becomes an upload that has run out long ago, until its file is gone. Where its account changes
 * sides in between, the other side removes its own file, and the upload; then that of this side goes with it.
 */
export async function bringReceivedFiles(
  incoming: readonly IncomingAggregate[],
  to: Side,
  directories: UploadDirectories,
): Promise<void> {
  await each(incoming, async ({ id, canonical, before }) => {
    const target = receivedFile(directories, to, id);
    if (canonical === null) {
      await rm(target, { force: true });
      const wasResume = (before as { readonly expiresAt?: unknown } | null)?.expiresAt === 0;
      if (wasResume) await rm(keptFile(directories, to, id), { force: true });
      return;
    }
    const { sha256 } = canonical as { readonly sha256: string };
    await copyVerified(receivedFile(directories, otherSide(to), id), target, sha256);
  });
}

/** Where a side has the file of a resume. */
function keptFile(directories: UploadDirectories, side: Side, id: string): string {
  return join(directories[side], LAYOUTS[side].kept, id.slice(0, 2), id);
}

/** Where a side has what was received of an upload that is not complete. */
function receivedFile(directories: UploadDirectories, side: Side, id: string): string {
  return join(directories[side], LAYOUTS[side].received, id);
}

/** What became of one file; `found` is its SHA-256 where that is not the expected one. */
type CopyOutcome = 'present' | 'copied' | 'missing' | { readonly found: string };

/** Copies a file, unless it is there already. What takes the place of another has the SHA-256 that is expected. */
async function copyVerified(from: string, to: string, sha256: string): Promise<CopyOutcome> {
  if ((await hashOf(to)) === sha256) return 'present';
  const source = await open(from).catch(unlessMissing);
  if (!source) return 'missing';
  const draft = `${to}.${randomUUID()}`;
  await mkdir(dirname(to), { recursive: true });
  const target = await open(draft, 'wx');
  try {
    const hash = createHash('sha256');
    const hashing = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    };
    await pipeline(source.createReadStream(), hashing, target.createWriteStream({ flush: true }));
    const found = hash.digest('hex');
    if (found !== sha256) return { found };
    await rename(draft, to);
    return 'copied';
  } finally {
    await rm(draft, { force: true });
  }
}

/** The SHA-256 of a file in hexadecimal; undefined where there is none. */
async function hashOf(path: string): Promise<string | undefined> {
  const file = await open(path).catch(unlessMissing);
  if (!file) return undefined;
  const hash = createHash('sha256');
  await pipeline(file.createReadStream(), hash);
  return hash.digest('hex');
}

/** Does something with every one, several at a time. */
async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (let n = 0; n < all.length; n += AT_ONCE) {
    await Promise.all(all.slice(n, n + AT_ONCE).map(act));
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

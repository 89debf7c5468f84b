import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { SenderGone, TooManyBytes, type FileStorage } from '#platform/storage/storage.ts';
import type { Side } from '#platform/moves/moves.ts';
import { otherSide } from '../other-side.ts';
import type { IncomingAggregate } from './mapping.ts';

/** The files of the monolith and of the resume-review service. */
export type UploadStorages = Readonly<Record<Side, FileStorage>>;

/** A file is not what its row says. Nothing was copied in its place. */
export class FileRefused extends Error {
  readonly code = 'FILE_REFUSED';
  /** The resume whose file it is. */
  readonly id: string;

  constructor(place: string, id: string, found: string, expected: string) {
    super(
      `${place}: the file of the resume ${id} has the SHA-256 ${found}, but its row says ${expected}: ` +
        'put back the right file from a backup, or delete the resume, then run this again',
    );
    this.name = 'FileRefused';
    this.id = id;
  }
}

/** What the canonical forms of resumes and of uploads say of a file. */
interface FileFacts {
  readonly sha256: string;
  readonly byteSize: number;
}

/** Files that are copied at once. */
const AT_ONCE = 8;

/** The monolith keeps files by the ids of resumes, the service by their content. */
const keyOf = (side: Side, id: string, { sha256 }: FileFacts) => (side === 'legacy' ? id : sha256);

/**
 * Brings the files of resumes to a side, held against the SHA-256 of their rows, and removes those of resumes that are
 * gone. Run before their rows are written: a row never stands without its file then. A file that the source does not
 * have is missing on both sides, and both say so. Doing it again changes nothing.
 *
 * On the new side several resumes may have one file: it stays until the transaction has ended, because it is locked as the
 * service locks it (`repository/files.ts` there); what no resume has any more, the service removes.
 *
 * @param to the side that is written
 * @param target the session of its database, in the transaction that writes the rows
 * @throws FileRefused when a file is not what its row says
 */
export async function bringKeptFiles(
  incoming: readonly IncomingAggregate[],
  to: Side,
  storages: UploadStorages,
  target: Pick<PoolClient, 'query'>,
): Promise<void> {
  if (to === 'new') await holdFiles(incoming, target);
  await each(incoming, async ({ id, canonical }) => {
    if (canonical === null) {
      if (to === 'legacy') await storages.legacy.remove(id);
      return;
    }
    const facts = canonical as FileFacts;
    const from = otherSide(to);
    const [sourceKey, targetKey] = [keyOf(from, id, facts), keyOf(to, id, facts)];
    if ((await hashOf(await storages[to].open(targetKey))) === facts.sha256) return;
    const source = await storages[from].open(sourceKey);
    if (!source) return;
    const draft = await storages[to].draft(source, Number.MAX_SAFE_INTEGER).catch(ours);
    try {
      if (draft.sha256 !== facts.sha256) {
        const place = storages[from].placeOf(sourceKey);
        throw new FileRefused(place, id, draft.sha256, facts.sha256);
      }
      await storages[to].keep(targetKey, draft);
    } finally {
      await draft.discard();
    }
  });
}

/** In one order, so that nobody waits in a circle. */
async function holdFiles(
  incoming: readonly IncomingAggregate[],
  target: Pick<PoolClient, 'query'>,
): Promise<void> {
  const hashes = incoming.flatMap(({ canonical }) =>
    canonical === null ? [] : [(canonical as FileFacts).sha256],
  );
  if (hashes.length === 0) return;
  await target.query(
    `select pg_advisory_xact_lock_shared(key)
     from (select distinct hashtextextended('file:' || left(sha256, 2), 0) as key from unnest($1::text[]) sha256 order by 1) keys`,
    [hashes],
  );
}

/**
 * The same for files that are on their way: as much as has come. Whether it is the announced file is seen when the upload is
 * completed, on whichever side.
 *
 * A resume that is deleted in the monolith becomes an upload that has run out long ago, until its file is gone. Where its
 * account changes sides in between, the other side removes the upload; then the file goes with it.
 */
export async function bringReceivedFiles(
  incoming: readonly IncomingAggregate[],
  to: Side,
  storages: UploadStorages,
): Promise<void> {
  await each(incoming, async ({ id, canonical, before }) => {
    if (canonical === null) {
      await storages[to].dropReceived(id);
      const wasResume = (before as { readonly expiresAt?: unknown } | null)?.expiresAt === 0;
      if (to === 'legacy' && wasResume) await storages.legacy.remove(id);
      return;
    }
    const source = storages[otherSide(to)];
    const size = await source.receivedSize(id);
    if (size === 0 || (await isThere(storages[to], id, size, canonical as FileFacts))) return;
    const bytes = await source.openReceived(id);
    const part = { offset: 0, limit: Number.MAX_SAFE_INTEGER, mayBreakOff: false };
    if (bytes) await storages[to].receive(id, bytes, part).catch(ours);
  });
}

/** Whether a side has as much of a file as the other; where that is all of it, whether it is the announced one. */
async function isThere(
  storage: FileStorage,
  id: string,
  size: number,
  { sha256, byteSize }: FileFacts,
): Promise<boolean> {
  if ((await storage.receivedSize(id)) !== size) return false;
  return size < byteSize || (await hashOf(await storage.openReceived(id))) === sha256;
}

/** Nobody sends these bytes but our own disk, or bucket. */
function ours(error: Error): never {
  throw error instanceof SenderGone || error instanceof TooManyBytes
    ? new Error('a file could not be read to its end', { cause: error.cause ?? error })
    : error;
}

/** The SHA-256 of a file in hexadecimal; undefined where there is none. */
async function hashOf(bytes: Readable | null): Promise<string | undefined> {
  if (!bytes) return undefined;
  const hash = createHash('sha256');
  await pipeline(bytes, hash);
  return hash.digest('hex');
}

/** Does something with every one, several at a time. */
async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (let n = 0; n < all.length; n += AT_ONCE) {
    await Promise.all(all.slice(n, n + AT_ONCE).map(act));
  }
}

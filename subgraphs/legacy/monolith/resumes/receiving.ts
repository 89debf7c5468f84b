import type { Readable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import {
  SenderGone,
  TooManyBytes,
  type FileStorage,
  type Part,
} from '#platform/storage/storage.ts';
import { atOwner } from '../at-owner.ts';
import { ApiError, notFound } from '../errors.ts';
import { uploads } from '../tables.ts';
import { isOver, type UploadDeps } from './upload-sweep.ts';

/** What somebody sends. */
export interface SentBytes {
  readonly bytes: Readable;
  /** How many the sender says it sends; null where it does not say. */
  readonly announced: number | null;
  /** The bytes before these, where the rest of a file is sent; null where all of it is. */
  readonly offset: number | null;
}

type ReceivingDeps = Pick<UploadDeps, 'db' | 'storage' | 'clock' | 'ownership' | 'config'>;

/**
 * Takes the bytes of an announced file. They come once, so they are kept here before it is asked who owns the upload.
 *
 * @param sendOn has the owner take them, where that is the other side
 * @returns the bytes before these and these
 * @throws 404, 409 WRONG_OFFSET, 413 for more bytes than announced, 409 NOT_OWNER where the account moves for longer than a moment
 */
export async function receiveBytes(
  deps: ReceivingDeps,
  uploadId: string,
  { bytes, announced, offset }: SentBytes,
  sendOn: () => Promise<void>,
): Promise<number> {
  const { db, ownership, storage } = deps;
  const [known] = await db.select().from(uploads).where(eq(uploads.uploadId, uploadId));
  // What was announced a moment ago on the other side may not be known here yet.
  if (!known && !(await ownership.mayBeElsewhere('upload'))) throw notFound('upload');
  const most = known?.sizeBytes ?? deps.config.UPLOAD_MAX_BYTES;
  const limit = most - (offset ?? 0);
  if (offset !== null) {
    const here = await storage.receivedSize(uploadId);
    if (here !== offset) throw wrongOffset(here);
  }
  if ((announced ?? 0) > limit) throw tooLarge(most);
  const part = { offset: offset ?? 0, limit, mayBreakOff: offset !== null };
  const stored = await receiveFile(storage, uploadId, bytes, part);
  const note = async () => {
    if (!(await noteArrival(deps, uploadId))) await sendOn();
  };
  await atOwner('upload', note, sendOn).catch((error: unknown) => {
    throw ownershipRefusal(error) ? accountMoves() : error;
  });
  return part.offset + stored;
}

/**
 * How much of an announced file has come.
 *
 * @returns null where the upload is on the other side
 * @throws 404, OwnershipRefused while it moves
 */
export async function uploadProgress(
  { db, storage, ownership, clock }: ReceivingDeps,
  uploadId: string,
): Promise<{ readonly offset: number; readonly byteSize: number } | null> {
  const [upload] = await db.select().from(uploads).where(eq(uploads.uploadId, uploadId));
  if (!upload && (await ownership.mayBeElsewhere('upload'))) return null;
  if (!upload || isOver(upload, clock())) throw notFound('upload');
  try {
    await ownership.require('upload', upload.userId);
  } catch (error) {
    if (ownershipRefusal(error)?.code === 'NOT_OWNER') return null;
    throw error;
  }
  return { offset: await storage.receivedSize(uploadId), byteSize: upload.sizeBytes };
}

/** 409: the rest of the file begins elsewhere. */
const wrongOffset = (offset: number) =>
  new ApiError(
    409,
    'WRONG_OFFSET',
    `The rest of the file begins at byte ${offset}: send it from there.`,
    {
      offset,
    },
  );

/** 409: for longer than a moment, nobody takes the file. */
export const accountMoves = () =>
  new ApiError(409, 'NOT_OWNER', 'This account moves at this moment: send the file again.');

/**
 * Changes nothing in the row: where the data moves, its capture hears that there are bytes to be carried over.
 *
 * @returns false where the upload is not known here, and may be on the other side
 * @throws 404, OwnershipRefused
 */
async function noteArrival(
  { db, ownership, clock }: Pick<UploadDeps, 'db' | 'clock' | 'ownership'>,
  uploadId: string,
): Promise<boolean> {
  const [upload] = await db.select().from(uploads).where(eq(uploads.uploadId, uploadId));
  if (!upload && (await ownership.mayBeElsewhere('upload'))) return false;
  if (!upload || isOver(upload, clock())) throw notFound('upload');
  await ownership.require('upload', upload.userId);
  await db
    .update(uploads)
    .set({ expiresAt: sql`${uploads.expiresAt}` })
    .where(eq(uploads.uploadId, uploadId));
  return true;
}

async function receiveFile(storage: FileStorage, id: string, bytes: Readable, part: Part) {
  return storage.receive(id, bytes, part).catch((error: unknown) => {
    if (error instanceof TooManyBytes) throw tooLarge(part.offset + part.limit);
    throw error instanceof SenderGone ? brokenOff() : error;
  });
}

/** 400: the sender went away, or what it sent has no end. */
export const brokenOff = () =>
  new ApiError(400, 'BAD_REQUEST', 'The file broke off before its end: send it again.');

/** 413. @param limit bytes */
export const tooLarge = (limit: number) =>
  new ApiError(
    413,
    'TOO_LARGE',
    `The file is larger than ${limit.toLocaleString('en')} bytes, which is what is allowed here.`,
  );

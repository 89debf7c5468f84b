import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { atOwner } from '../at-owner.ts';
import { accountUnknownHere, ApiError, notFound } from '../errors.ts';
import { checkRules, lengthWithin } from '../rules.ts';
import { appUsers, resumes, uploads } from '../tables.ts';
import { bareMediaType, MEDIA_TYPES, mediaTypeOfName } from './media-types.ts';
import { GRACE, removeUploads, TICKET_LIFETIME, type UploadDeps } from './upload-sweep.ts';
import { keepVerified } from './verification.ts';
import type { TicketBody } from './schemas.ts';
import { signedUploadUrl } from './signed-url.ts';
import { TooManyBytesError, type ResumeStorage } from './storage.ts';

/** The most bytes of a resume: 10 MiB. */
export const MAX_BYTES = 10_485_760;
/** The most resumes of an account, with those on their way. */
const MAX_RESUMES = 50;

type UploadRow = typeof uploads.$inferSelect;
export type ResumeRow = typeof resumes.$inferSelect;

/** 409: this file is not taken. */
export const uploadRefused = (message: string) => new ApiError(409, 'UPLOAD_REFUSED', message);

/** Permission to send a file. */
export interface Ticket {
  readonly uploadId: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Gives permission to send one file.
 *
 * @throws 409 UPLOAD_REFUSED for its type, its size or one too many, 409 ACCOUNT_UNKNOWN_HERE, 422
 */
export async function createTicket(
  deps: UploadDeps,
  userId: string,
  body: TicketBody,
  uploadId: string = randomUUID(),
): Promise<Ticket> {
  await deps.ownership.require('upload', userId);
  const { sha256, size_bytes: sizeBytes } = body;
  checkAnnouncement(body);
  const mimeType = bareMediaType(body.mime_type);
  const createdAt = deps.clock();
  const expiresAt = new Date(createdAt.getTime() + TICKET_LIFETIME);
  const fileName = body.file_name.trim();
  await transaction(deps.db, async (tx) => {
    await checkRoom(tx, userId, createdAt);
    await tx.insert(uploads).values({
      uploadId,
      userId,
      fileName,
      mimeType,
      sizeBytes,
      sha256: sha256.toLowerCase(),
      createdAt,
      expiresAt,
    });
  });
  return {
    uploadId,
    url: signedUploadUrl(uploadId, expiresAt, deps.config.UPLOAD_SECRET),
    expiresAt,
  };
}

/** @throws 409 UPLOAD_REFUSED for the type or the size of a file, 422 */
export function checkAnnouncement(file: TicketBody): void {
  const { file_name: name, mime_type: mimeType, size_bytes: size, sha256 } = file;
  checkRules([
    ['file_name', isFileName(name), 'must be 1 to 200 characters long, on one line'],
    ['sha256', /^[0-9a-f]{64}$/i.test(sha256), 'must be 64 hexadecimal digits'],
  ]);
  checkType(bareMediaType(mimeType));
  if (size >= 1 && size <= MAX_BYTES) return;
  throw uploadRefused('A file must have 1 to 10,485,760 bytes.');
}

function isFileName(name: string): boolean {
  return lengthWithin(name, 1, 200) && !/\p{Cc}/u.test(name);
}

function checkType(mimeType: string): void {
  if (MEDIA_TYPES.has(mimeType)) return;
  throw uploadRefused(
    'This type of file is not allowed: send PDF, DOCX, ODT, plain text or Markdown.',
  );
}

/**
 * @throws 409 UPLOAD_REFUSED when the account holds, or is about to hold, as many resumes as it may, 409
 *   ACCOUNT_UNKNOWN_HERE
 */
async function checkRoom(tx: Db, userId: string, now: Date): Promise<void> {
  // One request of an account after the other: two at once must not both take the last place.
  const [account] = await tx
    .select({ userId: appUsers.userId })
    .from(appUsers)
    .where(eq(appUsers.userId, userId))
    .for('no key update');
  if (!account) throw accountUnknownHere();
  const [held, onTheirWay] = [
    await tx.$count(resumes, eq(resumes.userId, userId)),
    await tx.$count(uploads, and(eq(uploads.userId, userId), gt(uploads.expiresAt, now))),
  ];
  if (held + onTheirWay < MAX_RESUMES) return;
  throw uploadRefused('An account holds at most 50 resumes: delete one first.');
}

/**
 * Takes the bytes of an announced file. They come once, so they are kept here before it is asked who owns the upload.
 *
 * @param sendOn has the owner take them, where that is the other side
 * @throws 404, 413 for more bytes than announced, 409 NOT_OWNER where the account moves for longer than a moment
 */
export async function receiveBytes(
  deps: Pick<UploadDeps, 'db' | 'storage' | 'clock' | 'ownership'>,
  uploadId: string,
  bytes: Readable,
  announcedLength: number | null,
  sendOn: () => Promise<void>,
): Promise<void> {
  const { db, ownership } = deps;
  const [known] = await db.select().from(uploads).where(eq(uploads.uploadId, uploadId));
  // What was announced a moment ago on the other side may not be known here yet.
  if (!known && !(await ownership.mayBeElsewhere('upload'))) throw notFound('upload');
  const limit = known?.sizeBytes ?? MAX_BYTES;
  if ((announcedLength ?? 0) > limit) throw tooLarge(limit);
  await receiveFile(deps.storage, uploadId, bytes, limit);
  const note = async () => {
    if (!(await noteArrival(deps, uploadId))) await sendOn();
  };
  await atOwner('upload', note, sendOn).catch((error: unknown) => {
    throw ownershipRefusal(error) ? accountMoves() : error;
  });
}

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

async function receiveFile(storage: ResumeStorage, id: string, bytes: Readable, limit: number) {
  return storage.receive(id, bytes, limit).catch((error: unknown) => {
    if (error instanceof TooManyBytesError) throw tooLarge(limit);
    // The disk's faults name a system call and are ours; all others are those of the sender's stream.
    throw (error as NodeJS.ErrnoException).syscall === undefined ? brokenOff() : error;
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

const isOver = ({ expiresAt }: UploadRow, now: Date) =>
  expiresAt.getTime() + GRACE <= now.getTime();

/**
 * Turns a received file into a resume; doing it again gives the same resume. A file that is not the one that
 * was announced is dropped, and can be sent again.
 *
 * @throws 409 UPLOAD_INCOMPLETE, 404
 */
export async function completeUpload(
  deps: UploadDeps,
  userId: string,
  uploadId: string,
): Promise<ResumeRow> {
  return transaction(deps.db, async (tx) => {
    await deps.ownership.hold(tx, 'upload', userId);
    const [upload] = await tx
      .select()
      .from(uploads)
      .where(and(eq(uploads.uploadId, uploadId), eq(uploads.userId, userId)))
      .for('update');
    if (!upload) return completedBefore(tx, userId, uploadId);
    const now = deps.clock();
    if (isOver(upload, now)) throw notFound('upload');
    await keepVerified(deps.storage, upload);
    const { fileName, mimeType, sizeBytes, sha256 } = upload;
    const [resume] = await tx
      .insert(resumes)
      .values({
        resumeId: uploadId,
        userId,
        fileName,
        mimeType,
        sizeBytes,
        sha256,
        uploadedAt: now,
      })
      .returning();
    await tx.delete(uploads).where(eq(uploads.uploadId, uploadId));
    return resume as ResumeRow;
  });
}

async function completedBefore(tx: Db, userId: string, resumeId: string): Promise<ResumeRow> {
  const [resume] = await tx
    .select()
    .from(resumes)
    .where(and(eq(resumes.resumeId, resumeId), eq(resumes.userId, userId)));
  if (!resume) throw notFound('upload');
  return resume;
}

/** The media type of a file that comes in a form. @throws 409 UPLOAD_REFUSED where it is not allowed */
export function mediaTypeOf(name: string, given: string): string {
  // Programs that do not know a type send this one.
  const isUnknown = given === 'application/octet-stream';
  const mimeType = (isUnknown && mediaTypeOfName(name)) || bareMediaType(given);
  checkType(mimeType);
  return mimeType;
}

/** Takes a file and makes a resume of it at once. @throws 409 UPLOAD_REFUSED or ACCOUNT_UNKNOWN_HERE, 413, 422 */
export async function uploadAtOnce(
  deps: UploadDeps,
  userId: string,
  file: { readonly name: string; readonly mimeType: string; readonly bytes: Readable },
): Promise<ResumeRow> {
  const uploadId = randomUUID();
  const mimeType = mediaTypeOf(file.name, file.mimeType);
  try {
    const received = await receiveFile(deps.storage, uploadId, file.bytes, MAX_BYTES);
    const announced = {
      file_name: file.name,
      mime_type: mimeType,
      size_bytes: received.size,
      sha256: received.sha256,
    };
    await createTicket(deps, userId, announced, uploadId);
    return await completeUpload(deps, userId, uploadId);
  } catch (error) {
    await deps.ownership.whereOwned('upload', () => removeUploads(deps, [uploadId]));
    await deps.storage.drop(uploadId);
    const isWrong = error instanceof ApiError && error.code === 'UPLOAD_INCOMPLETE';
    throw isWrong ? uploadRefused(error.message) : error;
  }
}

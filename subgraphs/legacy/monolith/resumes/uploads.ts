import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { and, eq, gt } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
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

const refused = (message: string) => new ApiError(409, 'UPLOAD_REFUSED', message);

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
  const { sha256, size_bytes: sizeBytes } = body;
  checkRules([
    ['file_name', isFileName(body.file_name), 'must be 1 to 200 characters long, on one line'],
    ['sha256', /^[0-9a-f]{64}$/i.test(sha256), 'must be 64 hexadecimal digits'],
  ]);
  const mimeType = bareMediaType(body.mime_type);
  checkType(mimeType);
  if (sizeBytes < 1 || sizeBytes > MAX_BYTES) {
    throw refused('A file must have 1 to 10,485,760 bytes.');
  }
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

function isFileName(name: string): boolean {
  return lengthWithin(name, 1, 200) && !/\p{Cc}/u.test(name);
}

function checkType(mimeType: string): void {
  if (MEDIA_TYPES.has(mimeType)) return;
  throw refused('This type of file is not allowed: send PDF, DOCX, ODT, plain text or Markdown.');
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
  throw refused('An account holds at most 50 resumes: delete one first.');
}

/** Takes the bytes of an announced file. @throws 404, 413 for more bytes than announced */
export async function receiveBytes(
  deps: UploadDeps,
  uploadId: string,
  bytes: Readable,
  announcedLength: number | null,
): Promise<void> {
  const [upload] = await deps.db.select().from(uploads).where(eq(uploads.uploadId, uploadId));
  if (!upload || isOver(upload, deps.clock())) throw notFound('upload');
  if ((announcedLength ?? 0) > upload.sizeBytes) throw tooLarge(upload.sizeBytes);
  await receiveFile(deps.storage, uploadId, bytes, upload.sizeBytes);
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

const tooLarge = (limit: number) =>
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

/** Takes a file and makes a resume of it at once. @throws 409 UPLOAD_REFUSED or ACCOUNT_UNKNOWN_HERE, 413, 422 */
export async function uploadAtOnce(
  deps: UploadDeps,
  userId: string,
  file: { readonly name: string; readonly mimeType: string; readonly bytes: Readable },
): Promise<ResumeRow> {
  const uploadId = randomUUID();
  // Programs that do not know a type send this one.
  const isUnknown = file.mimeType === 'application/octet-stream';
  const mimeType = (isUnknown && mediaTypeOfName(file.name)) || bareMediaType(file.mimeType);
  checkType(mimeType);
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
    await removeUploads(deps, [uploadId]);
    await deps.storage.drop(uploadId);
    const isWrong = error instanceof ApiError && error.code === 'UPLOAD_INCOMPLETE';
    throw isWrong ? refused(error.message) : error;
  }
}

import { randomUUID } from 'node:crypto';
import { count, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import {
  bareContentType,
  contentTypeOfName,
  documentType,
} from '#platform/documents/document-types.ts';
import {
  roomFault,
  sizeFault,
  type UploadLimits,
  type UploadLoad,
} from '#platform/documents/upload-limits.ts';
import { accountUnknownHere } from '../errors.ts';
import { checkRules, lengthWithin } from '../rules.ts';
import { appUsers, resumes, uploads } from '../tables.ts';
import type { TicketBody } from './schemas.ts';
import { signedUploadUrl } from './signed-url.ts';
import { TICKET_LIFETIME, type UploadDeps } from './upload-sweep.ts';
import { uploadRefused } from './verification.ts';

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
  checkAnnouncement(body, deps.config);
  const mimeType = bareContentType(body.mime_type);
  const createdAt = deps.clock();
  const expiresAt = new Date(createdAt.getTime() + TICKET_LIFETIME);
  const fileName = body.file_name.trim();
  await transaction(deps.db, async (tx) => {
    await checkRoom(tx, userId, sizeBytes, createdAt, deps.config);
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
export function checkAnnouncement(file: TicketBody, limits: UploadLimits): void {
  const { file_name: name, mime_type: mimeType, size_bytes: size, sha256 } = file;
  checkRules([
    ['file_name', isFileName(name), 'must be 1 to 200 characters long, on one line'],
    ['sha256', /^[0-9a-f]{64}$/i.test(sha256), 'must be 64 hexadecimal digits'],
  ]);
  checkType(bareContentType(mimeType));
  const fault = sizeFault(size, limits);
  if (fault) throw uploadRefused(fault);
}

function isFileName(name: string): boolean {
  return lengthWithin(name, 1, 200) && !/\p{Cc}/u.test(name);
}

function checkType(mimeType: string): void {
  if (documentType(mimeType)) return;
  throw uploadRefused({
    reason: 'TYPE_NOT_ALLOWED',
    message: 'This type of file is not allowed: send PDF, DOCX, ODT, plain text or Markdown.',
  });
}

/** @throws 409 UPLOAD_REFUSED where there is no room for one more file, 409 ACCOUNT_UNKNOWN_HERE */
async function checkRoom(
  tx: Db,
  userId: string,
  size: number,
  now: Date,
  limits: UploadLimits,
): Promise<void> {
  // One request of an account after the other: two at once must not both take the last place.
  const [account] = await tx
    .select({ userId: appUsers.userId })
    .from(appUsers)
    .where(eq(appUsers.userId, userId))
    .for('no key update');
  if (!account) throw accountUnknownHere();
  const fault = roomFault(size, await loadOf(tx, userId, now), limits);
  if (fault) throw uploadRefused(fault);
}

/** What an account holds, with what is on its way, and what all accounts have on their way. */
async function loadOf(tx: Db, userId: string, now: Date): Promise<UploadLoad> {
  const sum = sql`coalesce(sum(size_bytes), 0)`.mapWith(Number);
  const isOwn = eq(uploads.userId, userId);
  const [held] = await tx
    .select({ files: count(), bytes: sum })
    .from(resumes)
    .where(eq(resumes.userId, userId));
  const [coming] = await tx
    .select({
      files: sql`count(*) filter (where ${isOwn})`.mapWith(Number),
      bytes: sql`coalesce(sum(size_bytes) filter (where ${isOwn}), 0)`.mapWith(Number),
      pendingFiles: count(),
      pendingBytes: sum,
    })
    .from(uploads)
    .where(gt(uploads.expiresAt, now));
  return {
    files: (held?.files ?? 0) + (coming?.files ?? 0),
    bytes: (held?.bytes ?? 0) + (coming?.bytes ?? 0),
    pendingFiles: coming?.pendingFiles ?? 0,
    pendingBytes: coming?.pendingBytes ?? 0,
  };
}

/** The media type of a file that comes in a form. @throws 409 UPLOAD_REFUSED where it is not allowed */
export function mediaTypeOf(name: string, given: string): string {
  // Programs that do not know a type send this one.
  const isUnknown = given === 'application/octet-stream';
  const mimeType = (isUnknown && contentTypeOfName(name)) || bareContentType(given);
  checkType(mimeType);
  return mimeType;
}

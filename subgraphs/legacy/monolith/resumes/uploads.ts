import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import { ApiError, notFound } from '../errors.ts';
import { resumes, uploads } from '../tables.ts';
import type { WholeFile } from './file-field.ts';
import { createTicket, mediaTypeOf } from './tickets.ts';
import { isOver, removeUploads, type UploadDeps } from './upload-sweep.ts';
import { keepVerified } from './verification.ts';

export type ResumeRow = typeof resumes.$inferSelect;

/**
 * Turns a received file into a resume; doing it again gives the same resume. A file that is not the one that was announced
 * can be sent again; one that is, and cannot be taken, is removed with its upload.
 *
 * @throws 409 UPLOAD_INCOMPLETE or UPLOAD_REFUSED, 404
 */
export async function completeUpload(
  deps: UploadDeps,
  userId: string,
  uploadId: string,
): Promise<ResumeRow> {
  const { storage } = deps;
  const result = await transaction(deps.db, async (tx) => {
    await deps.ownership.hold(tx, 'upload', userId);
    const [upload] = await tx
      .select()
      .from(uploads)
      .where(and(eq(uploads.uploadId, uploadId), eq(uploads.userId, userId)))
      .for('update');
    if (!upload) return completedBefore(tx, userId, uploadId);
    const now = deps.clock();
    if (isOver(upload, now)) throw notFound('upload');
    const refusal = await keepVerified(storage, upload);
    await tx.delete(uploads).where(eq(uploads.uploadId, uploadId));
    if (refusal) return refusal;
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
    return resume as ResumeRow;
  });
  // A crash before this leaves it to the sweep.
  await storage.dropReceived(uploadId);
  if (result instanceof ApiError) throw result;
  return result;
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
  file: WholeFile,
): Promise<ResumeRow> {
  const uploadId = randomUUID();
  const { name, draft } = file;
  const { size, sha256 } = draft;
  const mimeType = mediaTypeOf(name, file.mimeType);
  const announced = { file_name: name, mime_type: mimeType, size_bytes: size, sha256 };
  try {
    await createTicket(deps, userId, announced, uploadId);
    const part = { offset: 0, limit: size, mayBreakOff: false };
    await deps.storage.receive(uploadId, createReadStream(draft.path), part);
    return await completeUpload(deps, userId, uploadId);
  } catch (error) {
    await deps.ownership.whereOwned('upload', () => removeUploads(deps, [uploadId]));
    await deps.storage.dropReceived(uploadId);
    throw error;
  }
}

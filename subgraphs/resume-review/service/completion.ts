import type { DocumentFault } from '#platform/documents/fault.ts';
import { documentFault } from '#platform/documents/inspect-document.ts';
import { notFound } from '#platform/graph/problems.ts';
import { arrivedFile } from '#platform/storage/arrived-file.ts';
import type { Draft } from '#platform/storage/draft.ts';
import type { Desk } from '../desk.ts';
import { uploadIncomplete, uploadRefused } from '../problems.ts';
import { holdFile } from '../repository/files.ts';
import { insertResume, resumesByIds, type ResumeRow } from '../repository/resumes.ts';
import { deleteUploads, lockUpload, uploadById, type UploadRow } from '../repository/uploads.ts';
import { isOver } from './uploads.ts';

const completed = (resume: ResumeRow) => ({
  __typename: 'CompleteUploadSuccess' as const,
  resume,
});

/**
 * Turns a received file into a resume of the same id; doing it again gives the same resume. What has come is copied and
 * checked before the transaction, which then only keeps the copy: what is sent meanwhile changes nothing of it.
 *
 * A file that is not the announced one can be sent again. One that is, and cannot be taken, is removed with its upload.
 */
export async function completeUpload(desk: Desk, ownerId: string, id: string) {
  await desk.ownership.require('upload', ownerId);
  const upload = await uploadById(desk.db, id);
  if (!upload) return completedBefore(desk, ownerId, id);
  if (upload.ownerId !== ownerId || isOver(upload)) return notFound('upload', id);
  const arrived = await arrivedFile(desk.storage, id, upload);
  if ('isWrong' in arrived) {
    // Whoever has completed it meanwhile has removed what had come, too.
    if (!(await uploadById(desk.db, id))) return completedBefore(desk, ownerId, id);
    if (arrived.isWrong) await desk.storage.dropReceived(id);
    return uploadIncomplete(arrived.receivedBytes, arrived.message);
  }
  try {
    const fault = await documentFault(arrived, upload.contentType);
    return (
      (await settle(desk, upload, arrived, fault)) ?? (await completedBefore(desk, ownerId, id))
    );
  } finally {
    await arrived.discard();
  }
}

/** @returns null where somebody was faster */
async function settle(
  desk: Desk,
  { id, ownerId }: UploadRow,
  draft: Draft,
  fault: DocumentFault | null,
) {
  const { db, ownership, storage } = desk;
  const result = await db.transaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (!upload) return null;
    // From here on its owner stays the same.
    await ownership.hold(tx, 'upload', ownerId);
    await deleteUploads(tx, [id]);
    if (fault) return uploadRefused(fault);
    await holdFile(tx, upload.sha256);
    await storage.keep(upload.sha256, draft);
    const { createdAt: _createdAt, expiresAt: _expiresAt, ...file } = upload;
    const resume = { ...file, uploadedAt: new Date() };
    await insertResume(tx, resume);
    return completed(resume);
  });
  // A crash before this leaves it to the sweep.
  if (result) await storage.dropReceived(id);
  return result;
}

async function completedBefore({ db }: Desk, ownerId: string, id: string) {
  const [resume] = await resumesByIds(db, [id]);
  return resume?.ownerId === ownerId ? completed(resume) : notFound('upload', id);
}

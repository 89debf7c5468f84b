import type { Readable } from 'node:stream';
import type { DocumentFault } from '#platform/documents/fault.ts';
import { documentFault } from '#platform/documents/inspect-document.ts';
import { notFound } from '#platform/graph/problems.ts';
import type { Draft } from '#platform/storage/draft.ts';
import { TooManyBytes } from '#platform/storage/storage.ts';
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
  const received = await desk.storage.openReceived(id);
  const draft = received && (await draftOf(desk, received, upload));
  try {
    if (!isWhole(draft, upload)) {
      // Whoever has completed it meanwhile has removed what had come, too.
      if (!(await uploadById(desk.db, id))) return await completedBefore(desk, ownerId, id);
      return await notTheFile(desk, upload, draft);
    }
    const fault = await documentFault(draft, upload.contentType);
    return (await settle(desk, upload, draft, fault)) ?? (await completedBefore(desk, ownerId, id));
  } finally {
    if (draft !== 'too many') await draft?.discard();
  }
}

type Copied = Draft | 'too many' | null;

function isWhole(draft: Copied, { sha256, byteSize }: UploadRow): draft is Draft {
  if (draft === null || draft === 'too many') return false;
  return draft.size === byteSize && draft.sha256 === sha256;
}

/** What is missing can be sent; what is wrong is removed, so that all can be sent again. */
async function notTheFile({ storage }: Desk, { id, byteSize }: UploadRow, draft: Copied) {
  if (draft === null) {
    return uploadIncomplete(0, 'No file has been received: PUT its bytes to the URL first.');
  }
  if (draft !== 'too many' && draft.size < byteSize) {
    const fault = `${draft.size} of ${byteSize} announced bytes were received: send the rest, or the file again.`;
    return uploadIncomplete(draft.size, fault);
  }
  await storage.dropReceived(id);
  return draft === 'too many'
    ? uploadIncomplete(byteSize, 'More bytes were received than announced: send the file again.')
    : uploadIncomplete(
        byteSize,
        'The SHA-256 differs from the announced one: send the file again.',
      );
}

/** We take no more bytes than were announced; a bucket might. */
async function draftOf(
  { storage }: Desk,
  received: Readable,
  { byteSize }: UploadRow,
): Promise<Copied> {
  try {
    return await storage.draft(received, byteSize);
  } catch (error) {
    if (error instanceof TooManyBytes) return 'too many';
    throw error;
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

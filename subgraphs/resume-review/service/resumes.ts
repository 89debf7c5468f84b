import type { Db } from '#platform/database/pool.ts';
import { pageResults, type Page, type PageResult } from '#platform/graph/connection.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import { notFound } from '#platform/graph/problems.ts';
import type { Desk } from '../desk.ts';
import {
  countOfOwners,
  deleteResumeRow,
  lockResume,
  pagesOfOwners,
  type ResumeRow,
} from '../repository/resumes.ts';
import { noteDeletion } from '../repository/deletions.ts';
import { unfinishedOfResume } from '../repository/reviews.ts';
import { filePath, signedPath } from '../uploads/signed-path.ts';
import { removeDiscarded } from './files.ts';

/** The same page of each account's resumes, newest first. In the order of the ids. */
export async function listResumesOfOwners(
  db: Db,
  ownerIds: readonly string[],
  page: Page,
): Promise<PageResult<ResumeRow>[]> {
  const found = await Promise.all([pagesOfOwners(db, ownerIds, page), countOfOwners(db, ownerIds)]);
  return pageResults(ownerIds, page, found, (row) => row.ownerId);
}

/** Deletes a resume with its reviews, and with its file unless another resume has the same: one's own, or any for staff. */
export async function deleteResume(desk: Desk, caller: Identity, id: string) {
  const deleted = await desk.db.transaction(async (tx) => {
    const resume = await lockResume(tx, id, 'update');
    if (!resume || !maySeeUser(caller, resume.ownerId)) return null;
    const stopReviews = await discardResume(tx, desk, resume, caller.userId);
    return { ...resume, stopReviews };
  });
  if (!deleted) return notFound('resume', id);
  await deleted.stopReviews();
  // A crash before this leaves it to the sweep.
  await removeDiscarded(desk, deleted.sha256);
  return { __typename: 'DeleteResumePayload' as const, deletedId: id };
}

/**
 * Deletes a resume with its reviews, and says so in the journal. Its file is left to `removeDiscarded`.
 *
 * @param resume kept from others in this transaction
 * @param deletedBy the account that asked for it, if one did
 * @returns stops those of its reviews that are under way, when the transaction has ended
 * @throws OwnershipRefused
 */
export async function discardResume(
  tx: Db,
  { ownership, underWay, queue }: Desk,
  { id: resumeId, ownerId, byteSize }: ResumeRow,
  deletedBy: string | null,
): Promise<() => Promise<void>> {
  await ownership.hold(tx, 'upload', ownerId);
  const unfinished = await unfinishedOfResume(tx, resumeId);
  await noteDeletion(tx, { resumeId, ownerId, byteSize, deletedBy, deletedAt: new Date() });
  await deleteResumeRow(tx, resumeId);
  return async () => {
    for (const id of unfinished) {
      underWay.stop(id);
      await queue.cancel(id);
    }
  };
}

/** Seconds for which a download link is good. */
const DOWNLOAD_SECONDS = 300;

/** Where the file of a resume can be had, for a while, by whoever knows it. */
export async function downloadLink(desk: Desk, resume: ResumeRow) {
  const { id, sha256, filename, contentType } = resume;
  const expiresAt = new Date(Date.now() + DOWNLOAD_SECONDS * 1_000);
  const url = desk.storage.direct
    ? await desk.storage.direct.downloadUrl(sha256, { filename, contentType }, DOWNLOAD_SECONDS)
    : signedPath('GET', filePath(id), expiresAt, desk.uploadSecret);
  return { downloadUrl: url, expiresAt };
}

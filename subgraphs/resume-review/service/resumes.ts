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
import { insertUpload } from '../repository/uploads.ts';
import { removeExpired } from './sweep.ts';

/** The same page of each account's resumes, newest first. In the order of the ids. */
export async function listResumesOfOwners(
  db: Db,
  ownerIds: readonly string[],
  page: Page,
): Promise<PageResult<ResumeRow>[]> {
  const found = await Promise.all([pagesOfOwners(db, ownerIds, page), countOfOwners(db, ownerIds)]);
  return pageResults(ownerIds, page, found, (row) => row.ownerId);
}

/** Deletes a resume with its file and reviews: one's own, or any for staff. */
export async function deleteResume(desk: Desk, caller: Identity, id: string) {
  const deleted = await desk.db.transaction(async (tx) => {
    const resume = await lockResume(tx, id, 'update');
    if (!resume || !maySeeUser(caller, resume.ownerId)) return false;
    await desk.ownership.hold(tx, 'upload', resume.ownerId);
    const { uploadedAt, ...file } = resume;
    await deleteResumeRow(tx, id);
    // An upload that is long over: should we crash before its file is gone, the sweep goes on from here.
    await insertUpload(tx, { ...file, createdAt: uploadedAt, expiresAt: LONG_AGO });
    return true;
  });
  if (!deleted) return notFound('resume', id);
  // Where the account has gone elsewhere since, its files go with the rows there.
  await desk.ownership.whereOwned('upload', () => removeExpired(desk, LONG_AGO));
  return { __typename: 'DeleteResumePayload' as const, deletedId: id };
}

const LONG_AGO = new Date(0);

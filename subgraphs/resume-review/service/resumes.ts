import type { Db } from '#platform/database/pool.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { Desk } from '../desk.ts';
import { notFound } from '../problems.ts';
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
  const [rows, totals] = await Promise.all([
    pagesOfOwners(db, ownerIds, page),
    countOfOwners(db, ownerIds),
  ]);
  const byOwner = Map.groupBy(rows, ({ ownerId }) => ownerId);
  return ownerIds.map((id) => {
    const found = byOwner.get(id) ?? [];
    return {
      nodes: found.slice(0, page.limit),
      hasNextPage: found.length > page.limit,
      totalCount: totals.get(id) ?? 0,
    };
  });
}

/** Deletes a resume with its file and reviews: one's own, or any for staff. */
export async function deleteResume(desk: Desk, caller: Identity, id: string) {
  const deleted = await desk.db.transaction(async (tx) => {
    const resume = await lockResume(tx, id, 'update');
    if (!resume || !maySeeUser(caller, resume.ownerId)) return false;
    const { uploadedAt, ...file } = resume;
    await deleteResumeRow(tx, id);
    // An upload that is long over: should we crash before its file is gone, the sweep goes on from here.
    await insertUpload(tx, { ...file, createdAt: uploadedAt, expiresAt: LONG_AGO });
    return true;
  });
  if (!deleted) return notFound('resume', id);
  await removeExpired(desk, LONG_AGO);
  return { __typename: 'DeleteResumePayload' as const, deletedId: id };
}

const LONG_AGO = new Date(0);

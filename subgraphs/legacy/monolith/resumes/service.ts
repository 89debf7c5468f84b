import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { transaction } from '#platform/database/transaction.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { Db } from '#platform/database/pool.ts';
import type { MonolithDeps } from '../app.ts';
import { forbidden, notFound } from '../errors.ts';
import { groupAnswer, listAnswer, type ListPage } from '../lists.ts';
import { appUsers, resumes } from '../tables.ts';
import { jstText } from '../times.ts';
import { discardResume } from './discarding.ts';
import { removeUploads, type UploadDeps } from './upload-sweep.ts';
import type { ResumeRow } from './uploads.ts';

/** A resume as it is answered. */
export function resumeAnswer(row: ResumeRow) {
  return {
    resume_id: row.resumeId,
    user_id: row.userId,
    file_name: row.fileName,
    mime_type: row.mimeType,
    size_bytes: row.sizeBytes,
    sha256: row.sha256,
    uploaded_at: jstText(row.uploadedAt),
  };
}

/** Resumes by id, those that exist. */
export function findResumes(db: Db, ids: readonly string[]): Promise<ResumeRow[]> {
  return db
    .select()
    .from(resumes)
    .where(inArray(resumes.resumeId, [...ids]));
}

/** @throws 404, or 403 where it belongs to somebody else */
export async function resumeFor(
  deps: MonolithDeps,
  caller: Identity,
  resumeId: string,
): Promise<ResumeRow> {
  const [row] = await findResumes(deps.db, [resumeId]);
  if (!row) throw notFound('resume');
  if (maySeeUser(caller, row.userId)) return row;
  throw forbidden('Only the account itself and staff may see a resume.');
}

/** The resumes of one account, newest first. */
export async function listResumes(db: Db, userId: string, page: ListPage) {
  const mine = eq(resumes.userId, userId);
  const [rows, total] = await Promise.all([
    db
      .select()
      .from(resumes)
      .where(and(mine, afterKey(page)))
      .orderBy(desc(resumes.uploadedAt), desc(resumes.resumeId))
      .limit(page.limit + 1)
      .offset(page.offset),
    db.$count(resumes, mine),
  ]);
  const keyed = rows.map((row) => ({ item: resumeAnswer(row), key: keyOf(row) }));
  return listAnswer(page, keyed, total);
}

/** The resumes of accounts, newest first. */
export async function listByUsers(db: Db, userIds: readonly string[], page: ListPage) {
  const ids = [...userIds];
  const newest = db
    .select()
    .from(resumes)
    .where(and(eq(resumes.userId, appUsers.userId), afterKey(page)))
    .orderBy(desc(resumes.uploadedAt), desc(resumes.resumeId))
    .limit(page.limit + 1)
    .as('newest');
  const [rows, totals] = await Promise.all([
    db
      .select({ newest: newest._.selectedFields })
      .from(appUsers)
      .crossJoinLateral(newest)
      .where(inArray(appUsers.userId, ids))
      .orderBy(desc(newest.uploadedAt), desc(newest.resumeId)),
    db
      .select({ userId: resumes.userId, total: count() })
      .from(resumes)
      .where(inArray(resumes.userId, ids))
      .groupBy(resumes.userId),
  ]);
  const keyed = rows.map(({ newest: row }) => ({
    owner: row.userId,
    item: resumeAnswer(row),
    key: keyOf(row),
  }));
  return groupAnswer(userIds, page, keyed, new Map(totals.map((row) => [row.userId, row.total])));
}

const keyOf = (row: ResumeRow) => [row.uploadedAt.getTime(), row.resumeId];

function afterKey({ after }: ListPage) {
  if (!after) return undefined;
  const [ms, id] = after;
  const time = sql.param(new Date(ms as number), resumes.uploadedAt);
  return sql`(${resumes.uploadedAt}, ${resumes.resumeId}) < (${time}, ${id}::uuid)`;
}

/** Deletes a resume with its file and reviews, and says so in the journal. @throws 404 for unknown ones and those of others */
export async function deleteResume(
  deps: UploadDeps,
  caller: Identity,
  resumeId: string,
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const [row] = await tx
      .select()
      .from(resumes)
      .where(eq(resumes.resumeId, resumeId))
      .for('update');
    if (!row || !maySeeUser(caller, row.userId)) throw notFound('resume');
    await discardResume(tx, deps, row, caller.userId);
  });
  // Where the account has gone elsewhere since, its files go with the rows there.
  await deps.ownership.whereOwned('upload', () => removeUploads(deps, [resumeId]));
}

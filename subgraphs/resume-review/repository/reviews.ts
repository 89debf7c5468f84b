import { and, asc, desc, eq, getTableColumns, inArray, isNull, lt, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { resumes, reviews } from '../tables.ts';
import type { ResumeRow } from './resumes.ts';

/** A review and the account that its resume belongs to. Without its resume a review is not there. */
export interface ReviewRow extends Readonly<typeof reviews.$inferSelect> {
  readonly ownerId: string;
}

/** How a review ended. */
export type ReviewEnd = Pick<
  ReviewRow,
  'status' | 'overallScore' | 'sections' | 'failureReason' | 'completedAt'
>;

const columns = { ...getTableColumns(reviews), ownerId: resumes.ownerId };

/** The reviews with these ids, in no order. */
export function reviewsByIds(db: Db, ids: readonly string[]): Promise<ReviewRow[]> {
  return db
    .select(columns)
    .from(reviews)
    .innerJoin(resumes, eq(resumes.id, reviews.resumeId))
    .where(inArray(reviews.id, [...ids]));
}

/** The reviews of resumes, newest first. */
export function reviewsOfResumes(db: Db, resumeIds: readonly string[]): Promise<ReviewRow[]> {
  return db
    .select(columns)
    .from(reviews)
    .innerJoin(resumes, eq(resumes.id, reviews.resumeId))
    .where(inArray(reviews.resumeId, [...resumeIds]))
    .orderBy(desc(reviews.requestedAt), desc(reviews.id));
}

export async function insertReview(db: Db, review: typeof reviews.$inferInsert): Promise<void> {
  await db.insert(reviews).values(review);
}

/** Marks a review as being written. @returns what to write it about, or null where there is nothing to write */
export async function beginReview(
  db: Db,
  id: string,
): Promise<{ readonly jobDescription: string | null; readonly resume: ResumeRow } | null> {
  const [begun] = await db
    .update(reviews)
    .set({ status: 'RUNNING' })
    .from(resumes)
    .where(and(eq(reviews.id, id), eq(resumes.id, reviews.resumeId), isNull(reviews.completedAt)))
    .returning({ jobDescription: reviews.jobDescription, resume: getTableColumns(resumes) });
  return begun ?? null;
}

/** Writes down how a review ended, unless it has ended before. */
export async function endReview(db: Db, id: string, end: ReviewEnd): Promise<void> {
  await db
    .update(reviews)
    .set(end)
    .where(and(eq(reviews.id, id), isNull(reviews.completedAt)));
}

/** Reviews that were asked for before an instant and have not ended, the oldest first. @param condition on them and their resumes */
export async function unfinishedReviews(
  db: Db,
  before: Date,
  limit: number,
  condition?: SQL,
): Promise<string[]> {
  const rows = await db
    .select({ id: reviews.id })
    .from(reviews)
    .innerJoin(resumes, eq(resumes.id, reviews.resumeId))
    .where(and(isNull(reviews.completedAt), lt(reviews.requestedAt, before), condition))
    .orderBy(asc(reviews.requestedAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

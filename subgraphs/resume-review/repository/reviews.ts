import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  lt,
  sql,
  type SQL,
} from 'drizzle-orm';
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

/** Writes down how a review ended, unless it has ended before. @returns whether this ended it */
export async function endReview(db: Db, id: string, end: ReviewEnd): Promise<boolean> {
  const { rowCount } = await db
    .update(reviews)
    .set(end)
    .where(and(eq(reviews.id, id), isNull(reviews.completedAt)));
  return rowCount === 1;
}

/** Notes what agents have done for a review. @returns whether it still goes on */
export async function recordRuns(
  db: Db,
  id: string,
  agentRuns: ReviewRow['agentRuns'],
): Promise<boolean> {
  const { rowCount } = await db
    .update(reviews)
    .set({ agentRuns })
    .where(and(eq(reviews.id, id), isNull(reviews.completedAt)));
  return rowCount === 1;
}

/** The review of a resume that an idempotency key stands for. */
export async function reviewByKey(
  db: Db,
  resumeId: string,
  idempotencyKey: string,
): Promise<typeof reviews.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.resumeId, resumeId), eq(reviews.idempotencyKey, idempotencyKey)));
  return row ?? null;
}

/** How far reviews are, by what is cheap to read. */
export function standOfReviews(db: Db, ids: readonly string[]) {
  return db
    .select({
      id: reviews.id,
      status: reviews.status,
      jobDescription: isNotNull(reviews.jobDescription).mapWith(Boolean),
      runs: sql<number>`jsonb_array_length(${reviews.agentRuns})`,
    })
    .from(reviews)
    .where(inArray(reviews.id, [...ids]));
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

/** The reviews of a resume that have not ended. */
export async function unfinishedOfResume(db: Db, resumeId: string): Promise<string[]> {
  const rows = await db
    .select({ id: reviews.id })
    .from(reviews)
    .where(and(eq(reviews.resumeId, resumeId), isNull(reviews.completedAt)));
  return rows.map(({ id }) => id);
}

/**
 * Whether this transaction is the only one that looks for lost reviews until it ends. What the one before has queued, later
 * statements see.
 */
export async function takeTurn(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended('lost reviews', 0)) as "isOurs"`,
  );
  return rows[0]?.['isOurs'] === true;
}

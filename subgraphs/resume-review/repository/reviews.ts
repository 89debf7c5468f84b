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
import type { AgentRun } from '#platform/resumes/rules/agent-run.ts';
import { resumes, reviews } from '../tables.ts';
import type { ResumeRow } from './resumes.ts';

type WholeReview = Readonly<typeof reviews.$inferSelect>;

/** A review without its reading, which is large and seldom asked for. */
type PlainReview = Omit<WholeReview, 'reading'>;

/** A review and the account that its resume belongs to. Without its resume a review is not there. */
export interface ReviewRow extends PlainReview {
  readonly ownerId: string;
}

/** How a review ended. */
export type ReviewEnd = Pick<
  WholeReview,
  'status' | 'overallScore' | 'sections' | 'failureReason' | 'completedAt' | 'reading'
>;

/** Runs of agents that a review keeps: 21 tries of four agents, of each a model and the rules, are fewer. */
const MOST_RUNS = 200;

const { reading: _reading, ...plain } = getTableColumns(reviews);
const columns = { ...plain, ownerId: resumes.ownerId };

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

/** What was read for reviews, of those that have a reading, in no order. */
export async function readingsOfReviews(db: Db, ids: readonly string[]) {
  return db
    .select({ id: reviews.id, reading: reviews.reading })
    .from(reviews)
    .where(and(inArray(reviews.id, [...ids]), isNotNull(reviews.reading)));
}

export async function insertReview(db: Db, review: typeof reviews.$inferInsert): Promise<void> {
  await db.insert(reviews).values(review);
}

/** What a review is to be written about, and what earlier tries have done. */
export interface BegunReview extends Pick<ReviewRow, 'jobDescription' | 'agentRuns'> {
  readonly resume: ResumeRow;
}

/** Marks a review as being written. @returns what to write it about, or null where there is nothing to write */
export async function beginReview(db: Db, id: string): Promise<BegunReview | null> {
  const [begun] = await db
    .update(reviews)
    .set({ status: 'RUNNING' })
    .from(resumes)
    .where(and(eq(reviews.id, id), eq(resumes.id, reviews.resumeId), isNull(reviews.completedAt)))
    .returning({
      jobDescription: reviews.jobDescription,
      agentRuns: reviews.agentRuns,
      resume: getTableColumns(resumes),
    });
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

/**
 * Notes what an agent has done for a review, below what others have done, in earlier tries too. More tries than can be set
 * are those of a review that has lost its job again and again: the newest runs are kept.
 *
 * @returns whether it still goes on
 */
export async function recordRun(db: Db, id: string, run: AgentRun): Promise<boolean> {
  const kept = sql`jsonb_path_query_array(${reviews.agentRuns}, ${sql.raw(`'$[last - ${MOST_RUNS - 2} to last]'`)})`;
  const { rowCount } = await db
    .update(reviews)
    .set({ agentRuns: sql`${kept} || ${JSON.stringify([run])}::jsonb` })
    .where(and(eq(reviews.id, id), isNull(reviews.completedAt)));
  return rowCount === 1;
}

/** The review of a resume that an idempotency key stands for. */
export async function reviewByKey(
  db: Db,
  resumeId: string,
  idempotencyKey: string,
): Promise<PlainReview | null> {
  const [row] = await db
    .select(plain)
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
      runs: sql<number>`(select count(*)::integer from jsonb_array_elements(${reviews.agentRuns}) run
        where coalesce(run ->> 'attempt', '1') = coalesce(${reviews.agentRuns} -> -1 ->> 'attempt', '1'))`,
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

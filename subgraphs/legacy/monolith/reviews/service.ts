import { randomUUID } from 'node:crypto';
import { desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { brokenConstraint } from '../constraints.ts';
import { forbidden, notFound } from '../errors.ts';
import { MEDIA_TYPES } from '../resumes/media-types.ts';
import { findResumes } from '../resumes/service.ts';
import type { ResumeStorage } from '../resumes/storage.ts';
import { checkRules, lengthWithin } from '../rules.ts';
import { aiReviews, resumes } from '../tables.ts';
import { jstText } from '../times.ts';
import type { Reviewer } from './reviewer.ts';

/** What reviews work with. */
export interface ReviewDeps extends MonolithDeps {
  readonly storage: ResumeStorage;
  readonly reviewer: Reviewer;
}

type ReviewRow = typeof aiReviews.$inferSelect;
type ResumeRow = typeof resumes.$inferSelect;

/** A review as it is answered. */
export function reviewAnswer(row: ReviewRow) {
  return {
    review_id: row.reviewId,
    resume_id: row.resumeId,
    job_desc: row.jobDesc,
    state: row.state as 'DONE' | 'ERR',
    score: row.score,
    sections: row.sections,
    error_msg: row.errorMsg,
    requested_at: jstText(row.requestedAt),
    finished_at: jstText(row.finishedAt),
  };
}

/**
 * Reviews a resume while the request waits. A review that cannot be written says why.
 *
 * @throws 404 for unknown resumes and those of others, 422
 */
export async function requestReview(
  deps: ReviewDeps,
  caller: Identity,
  body: { readonly resume_id: string; readonly job_desc?: string | null },
): Promise<ReviewRow> {
  const jobDesc = jobDescriptionOf(body);
  const [resume] = await findResumes(deps.db, [body.resume_id]);
  if (!resume || !maySeeUser(caller, resume.userId)) throw notFound('resume');
  await deps.ownership.require('ai', resume.userId);
  const requestedAt = deps.clock();
  const outcome = await reviewOf(deps, resume, jobDesc);
  const { resumeId } = resume;
  const times = { requestedAt, finishedAt: deps.clock() };
  try {
    const [row] = await deps.db
      .insert(aiReviews)
      .values({ ...outcome, ...times, reviewId: randomUUID(), resumeId, jobDesc })
      .returning();
    return row as ReviewRow;
  } catch (error) {
    // The only thing that it refers to: the resume was deleted meanwhile.
    if (brokenConstraint(error)?.endsWith('_fk')) throw notFound('resume');
    throw error;
  }
}

/** The job description of a request, without blanks around it. @throws 422 where it is too long */
export function jobDescriptionOf(body: { readonly job_desc?: string | null }): string | null {
  const text = body.job_desc?.trim() || null;
  const fits = lengthWithin(text ?? '', 0, 20_000);
  checkRules([['job_desc', fits, 'must be at most 20,000 characters long']]);
  return text;
}

type Outcome = Pick<ReviewRow, 'state' | 'score' | 'sections' | 'errorMsg'>;

async function reviewOf(
  { storage, reviewer }: ReviewDeps,
  resume: ResumeRow,
  jobDescription: string | null,
): Promise<Outcome> {
  if (MEDIA_TYPES.get(resume.mimeType)?.beginning !== null) {
    return failed(
      'Only plain text and Markdown can be read so far: upload the resume in one of these forms.',
    );
  }
  const bytes = await storage.read(resume.resumeId);
  if (!bytes) return failed('The file of this resume is missing: upload it again.');
  const text = Buffer.concat(await bytes.toArray()).toString('utf8');
  const { score, sections } = await reviewer.review({ text, jobDescription });
  return { state: 'DONE', score, sections, errorMsg: null };
}

const failed = (errorMsg: string): Outcome => ({
  state: 'ERR',
  score: null,
  sections: [],
  errorMsg,
});

/** A review by its id; undefined where there is none. */
export async function findReviewRow(db: Db, id: string): Promise<ReviewRow | undefined> {
  const [row] = await db.select().from(aiReviews).where(eq(aiReviews.reviewId, id));
  return row;
}

/** A review and the account that its resume belongs to. */
type OwnedReview = ReviewRow & { readonly userId: string };

/** Reviews by id, those that exist. */
export async function findReviews(
  { db }: MonolithDeps,
  ids: readonly string[],
): Promise<OwnedReview[]> {
  const rows = await db
    .select({ review: aiReviews, userId: resumes.userId })
    .from(aiReviews)
    .innerJoin(resumes, eq(resumes.resumeId, aiReviews.resumeId))
    .where(inArray(aiReviews.reviewId, [...ids]));
  return rows.map(({ review, userId }) => ({ ...review, userId }));
}

/** @throws 404, or 403 where the resume belongs to somebody else */
export async function reviewFor(
  deps: MonolithDeps,
  caller: Identity,
  reviewId: string,
): Promise<ReviewRow> {
  const [row] = await findReviews(deps, [reviewId]);
  if (!row) throw notFound('review');
  if (maySeeUser(caller, row.userId)) return row;
  throw forbidden('Only the account of the resume and staff may see a review.');
}

/** The reviews of resumes, newest first, in the order asked. Resumes that may not be seen have none. */
export async function listByResumes(
  { db }: MonolithDeps,
  caller: Identity,
  resumeIds: readonly string[],
) {
  const rows = await db
    .select({ review: aiReviews, userId: resumes.userId })
    .from(aiReviews)
    .innerJoin(resumes, eq(resumes.resumeId, aiReviews.resumeId))
    .where(inArray(aiReviews.resumeId, [...resumeIds]))
    .orderBy(desc(aiReviews.requestedAt), desc(aiReviews.reviewId));
  const seen = rows.filter(({ userId }) => maySeeUser(caller, userId));
  const byResume = Map.groupBy(seen, ({ review }) => review.resumeId);
  const groups = [...new Set(resumeIds.map((id) => id.toLowerCase()))].map((owner) => ({
    owner_id: owner,
    items: (byResume.get(owner) ?? []).map(({ review }) => reviewAnswer(review)),
  }));
  return { groups };
}

import { randomUUID } from 'node:crypto';
import { and, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { FileStorage } from '#platform/storage/storage.ts';
import type { MonolithDeps } from '../app.ts';
import { brokenConstraint } from '../constraints.ts';
import { forbidden, notFound } from '../errors.ts';
import { findResumes } from '../resumes/service.ts';
import { checkRules, lengthWithin } from '../rules.ts';
import { aiReviews, resumes } from '../tables.ts';
import { jstText } from '../times.ts';
import { reviewOf } from './reviewer.ts';
import { turns } from './turns.ts';

/** What reviews work with. */
export interface ReviewDeps extends MonolithDeps {
  readonly storage: FileStorage;
}

/** Each holds a file and its text in memory, while the process has work for two cores. */
const inTurn = turns(2, 20);

/** A review without its reading, which is large and seldom asked for: readings.ts. */
type ReviewRow = Omit<typeof aiReviews.$inferSelect, 'reading'>;
const { reading: _reading, ...columns } = getTableColumns(aiReviews);

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
    agent_runs: row.agentRuns,
    requested_at: jstText(row.requestedAt),
    finished_at: jstText(row.finishedAt),
  };
}

/**
 * Reviews a resume while the request waits. A review that cannot be written says why.
 *
 * @throws 404 for unknown resumes and those of others, 422, 503 where too many wait
 */
export async function requestReview(
  deps: ReviewDeps,
  caller: Identity,
  body: ReviewBody,
): Promise<ReviewRow> {
  const { jobDesc, idemKey } = askedOf(body);
  const [resume] = await findResumes(deps.db, [body.resume_id]);
  if (!resume || !maySeeUser(caller, resume.userId)) throw notFound('resume');
  await deps.ownership.require('ai', resume.userId);
  const known = await reviewByKey(deps.db, resume.resumeId, idemKey);
  if (known) return sameRequest(known, jobDesc);
  const requestedAt = deps.clock();
  const outcome = await inTurn(() => reviewOf(deps, resume, jobDesc));
  const { resumeId } = resume;
  const times = { requestedAt, finishedAt: deps.clock() };
  try {
    const [row] = await deps.db
      .insert(aiReviews)
      .values({ ...outcome, ...times, reviewId: randomUUID(), resumeId, jobDesc, idemKey })
      .returning(columns);
    return row as ReviewRow;
  } catch (error) {
    const first =
      brokenConstraint(error) === 'ai_reviews_idem_key' &&
      (await reviewByKey(deps.db, resumeId, idemKey));
    if (first) return sameRequest(first, jobDesc);
    // The only thing that it refers to: the resume was deleted meanwhile.
    if (brokenConstraint(error)?.endsWith('_fk')) throw notFound('resume');
    throw error;
  }
}

/** What a request for a review says. */
export interface ReviewBody {
  readonly resume_id: string;
  readonly job_desc?: string | null;
  readonly idem_key?: string | null;
}

/** The job description and the key of a request, without blanks around the former. @throws 422 where one breaks a rule */
export function askedOf(body: ReviewBody): {
  readonly jobDesc: string | null;
  readonly idemKey: string | null;
} {
  const jobDesc = body.job_desc?.trim() || null;
  const idemKey = body.idem_key ?? null;
  checkRules([
    ['job_desc', lengthWithin(jobDesc ?? '', 0, 20_000), 'must be at most 20,000 characters long'],
    [
      'idem_key',
      idemKey === null || lengthWithin(idemKey, 8, 100),
      'must be 8 to 100 characters long',
    ],
  ]);
  return { jobDesc, idemKey };
}

async function reviewByKey(
  db: Db,
  resumeId: string,
  idemKey: string | null,
): Promise<ReviewRow | undefined> {
  if (idemKey === null) return undefined;
  const [row] = await db
    .select(columns)
    .from(aiReviews)
    .where(and(eq(aiReviews.resumeId, resumeId), eq(aiReviews.idemKey, idemKey)));
  return row;
}

/** @throws 422 where the key was used for something else */
function sameRequest(row: ReviewRow, jobDesc: string | null): ReviewRow {
  checkRules([
    ['idem_key', row.jobDesc === jobDesc, 'was used before with another job description'],
  ]);
  return row;
}

/** A review by its id; undefined where there is none. */
export async function findReviewRow(db: Db, id: string): Promise<ReviewRow | undefined> {
  const [row] = await db.select(columns).from(aiReviews).where(eq(aiReviews.reviewId, id));
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
    .select({ review: columns, userId: resumes.userId })
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
    .select({ review: columns, userId: resumes.userId })
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

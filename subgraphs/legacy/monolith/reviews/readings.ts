import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { notFound } from '../errors.ts';
import { aiReviews, resumes } from '../tables.ts';
import { reviewFor } from './service.ts';

/** What was read for reviews: of those that have a reading and may be seen. */
export async function listReadings({ db }: MonolithDeps, caller: Identity, ids: readonly string[]) {
  const rows = await db
    .select({ id: aiReviews.reviewId, reading: aiReviews.reading, userId: resumes.userId })
    .from(aiReviews)
    .innerJoin(resumes, eq(resumes.resumeId, aiReviews.resumeId))
    .where(and(inArray(aiReviews.reviewId, [...ids]), isNotNull(aiReviews.reading)));
  return rows.flatMap(({ id, reading, userId }) =>
    reading && maySeeUser(caller, userId) ? [{ review_id: id, ...reading }] : [],
  );
}

/** @throws 404 where there is no such review, or nothing was read for it; 403 where the resume belongs to somebody else */
export async function readingFor(deps: MonolithDeps, caller: Identity, reviewId: string) {
  await reviewFor(deps, caller, reviewId);
  const [reading] = await listReadings(deps, caller, [reviewId]);
  if (!reading) throw notFound('reading');
  return reading;
}

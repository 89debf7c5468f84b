import { randomUUID } from 'node:crypto';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import { invalidInput, notFound } from '#platform/graph/problems.ts';
import type { Desk } from '../desk.ts';
import { reviewEnded } from '../problems.ts';
import { lockResume } from '../repository/resumes.ts';
import { endReview, insertReview, reviewByKey, reviewsByIds } from '../repository/reviews.ts';
import { brokenReviewRules } from '../rules.ts';

/** What is asked for. */
export interface ReviewRequest {
  readonly resumeId: string;
  readonly jobDescription: string | null;
  readonly idempotencyKey: string | null;
}

const KEY_TAKEN = {
  path: 'idempotencyKey',
  message: 'was used before with another job description',
};

/** Asks for a review of a resume: one's own, or any for staff. It is written later, and the answer does not wait for it. */
export async function requestReview(desk: Desk, caller: Identity, input: ReviewRequest) {
  const { resumeId, idempotencyKey } = input;
  const jobDescription = input.jobDescription?.trim() || null;
  const broken = brokenReviewRules({ jobDescription, idempotencyKey });
  if (broken.length > 0) return invalidInput(broken);
  const asked = await desk.db.transaction(async (tx) => {
    // Two with the same key take turns: the second one finds what the first one has stored.
    const resume = await lockResume(tx, resumeId, idempotencyKey === null ? 'key share' : 'update');
    if (!resume || !maySeeUser(caller, resume.ownerId)) return null;
    await desk.ownership.hold(tx, 'ai', resume.ownerId);
    const known = idempotencyKey === null ? null : await reviewByKey(tx, resumeId, idempotencyKey);
    if (known) return known;
    const review = {
      id: randomUUID(),
      resumeId,
      jobDescription,
      idempotencyKey,
      requestedAt: new Date(),
    };
    await insertReview(tx, { ...review, status: 'QUEUED' });
    await desk.queue.add(tx, review.id);
    return review;
  });
  if (asked === null) return notFound('resume', resumeId);
  if (asked.jobDescription !== jobDescription) return invalidInput([KEY_TAKEN]);
  desk.queue.wake();
  const [review] = await reviewsByIds(desk.db, [asked.id]);
  // The resume, and with it the review, was deleted meanwhile.
  if (!review) return notFound('resume', resumeId);
  return { __typename: 'ResumeReviewPayload' as const, review };
}

/** Cancels a review that has not ended: of one's own resume, or any for staff. Cancelling it again is no fault. */
export async function cancelReview(desk: Desk, caller: Identity, id: string) {
  const [found] = await reviewsByIds(desk.db, [id]);
  if (!found || !maySeeUser(caller, found.ownerId)) return notFound('review', id);
  await desk.ownership.require('ai', found.ownerId);
  const end = {
    status: 'CANCELLED',
    overallScore: null,
    sections: [],
    failureReason: null,
    reading: null,
  } as const;
  const isCancelled = await endReview(desk.db, id, { ...end, completedAt: new Date() });
  if (isCancelled) {
    desk.underWay.stop(id);
    await desk.queue.cancel(id);
  }
  const [review] = await reviewsByIds(desk.db, [id]);
  if (!review) return notFound('review', id);
  if (review.status !== 'CANCELLED') return reviewEnded(review);
  return { __typename: 'ResumeReviewPayload' as const, review };
}

import { randomUUID } from 'node:crypto';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import { invalidInput, notFound } from '#platform/graph/problems.ts';
import type { Desk } from '../desk.ts';
import { lockResume } from '../repository/resumes.ts';
import { insertReview, reviewsByIds } from '../repository/reviews.ts';
import { brokenJobRules } from '../rules.ts';
import { writeReview } from './review-writing.ts';

/** Asks for a review of a resume: one's own, or any for staff. */
export async function requestReview(
  desk: Desk,
  caller: Identity,
  input: { readonly resumeId: string; readonly jobDescription: string | null },
) {
  const { resumeId } = input;
  const jobDescription = input.jobDescription?.trim() || null;
  const broken = brokenJobRules(jobDescription);
  if (broken.length > 0) return invalidInput(broken);
  const id = await desk.db.transaction(async (tx) => {
    const resume = await lockResume(tx, resumeId, 'key share');
    if (!resume || !maySeeUser(caller, resume.ownerId)) return null;
    await desk.ownership.hold(tx, 'ai', resume.ownerId);
    const asked = { id: randomUUID(), resumeId, jobDescription, requestedAt: new Date() };
    await insertReview(tx, { ...asked, status: 'QUEUED' });
    return asked.id;
  });
  if (id === null) return notFound('resume', resumeId);
  // Rules take milliseconds, so the caller waits. A queue comes between here: what it holds are ids, and what
  // takes them from it calls the same function.
  await writeReview(desk, id);
  const [review] = await reviewsByIds(desk.db, [id]);
  // The resume, and with it the review, was deleted meanwhile.
  if (!review) return notFound('resume', resumeId);
  return { __typename: 'ResumeReviewPayload' as const, review };
}

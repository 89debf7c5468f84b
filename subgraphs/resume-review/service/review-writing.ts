import type { Desk } from '../desk.ts';
import { isTextType } from '../file-types.ts';
import { beginReview, endReview, type ReviewEnd } from '../repository/reviews.ts';
import type { ResumeRow } from '../repository/resumes.ts';

/**
 * Writes a review that was asked for. One that cannot be written says why. Doing it again changes nothing, so
 * whoever takes reviews from a queue may take one twice.
 */
export async function writeReview(desk: Desk, id: string): Promise<void> {
  const task = await beginReview(desk.db, id);
  if (!task) return;
  const outcome = await reviewOf(desk, task.resume, task.jobDescription).catch((error: unknown) => {
    desk.log.error({ err: error, review: id }, 'a review could not be written');
    return failed('The review could not be written: ask for it again.');
  });
  await endReview(desk.db, id, { ...outcome, completedAt: new Date() });
}

type Outcome = Omit<ReviewEnd, 'completedAt'>;

async function reviewOf(
  { storage, reviewer }: Desk,
  resume: ResumeRow,
  jobDescription: string | null,
): Promise<Outcome> {
  if (!isTextType(resume.contentType)) {
    return failed(
      'Only plain text and Markdown can be read so far: upload the resume in one of these forms.',
    );
  }
  const bytes = await storage.read(resume.id);
  if (!bytes) return failed('The file of this resume is missing: upload it again.');
  const text = Buffer.concat((await bytes.toArray()) as Buffer[]).toString('utf8');
  const { score, sections } = await reviewer.review({ text, jobDescription });
  return { status: 'COMPLETED', overallScore: score, sections, failureReason: null };
}

const failed = (failureReason: string): Outcome => ({
  status: 'FAILED',
  overallScore: null,
  sections: [],
  failureReason,
});

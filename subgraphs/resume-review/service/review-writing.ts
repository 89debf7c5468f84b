import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { pastMoving } from '#platform/moves/past-moving.ts';
import { UnreadableFile } from '#platform/resumes/documents/document.ts';
import { readResumeFile } from '#platform/resumes/documents/read-file.ts';
import { nextAttempt } from '#platform/resumes/rules/agent-run.ts';
import { readingOf } from '#platform/resumes/structure/json-resume.ts';
import type { Desk } from '../desk.ts';
import {
  beginReview,
  endReview,
  recordRun,
  type BegunReview,
  type ReviewEnd,
} from '../repository/reviews.ts';
import type { ResumeRow } from '../repository/resumes.ts';

type Outcome = Omit<ReviewEnd, 'completedAt'>;

/**
 * Milliseconds for which what is written waits while the user changes sides. A flip that meets a review is given up, and is
 * tried again and again: none of these tries may cost the review one of its own.
 */
const MOVING = 10_000;

/**
 * Writes a review that was asked for. One whose file cannot be read ends and says why. Doing it again changes nothing, so
 * whoever takes reviews from a queue may take one twice: only one of them ends it.
 *
 * @param taken says that somebody else is to write it
 * @throws whatever may be over the next time
 */
async function writeReview(desk: Desk, id: string, taken: AbortSignal): Promise<void> {
  const task = await pastMoving(MOVING, () => beginReview(desk.db, id));
  if (!task) return;
  const stopping = desk.underWay.begin(id);
  try {
    const outcome = await reviewOf(desk, id, task, AbortSignal.any([stopping.signal, taken]));
    taken.throwIfAborted();
    if (outcome) await end(desk, id, outcome);
  } finally {
    desk.underWay.end(id, stopping);
  }
}

/** Ends a review that failed every time it was tried. */
export async function buryReview(desk: Desk, id: string, reason: string): Promise<void> {
  desk.log.error({ review: id, reason }, 'a review could not be written');
  await end(desk, id, failed('The review could not be written: ask for it again.'));
}

async function end({ db }: Desk, id: string, outcome: Outcome): Promise<void> {
  await pastMoving(MOVING, () => endReview(db, id, { ...outcome, completedAt: new Date() }));
}

/** The same for a queue: what another side owns now is nothing to try again here. */
export async function writeQueuedReview(desk: Desk, id: string, taken: AbortSignal): Promise<void> {
  try {
    await writeReview(desk, id, taken);
  } catch (error) {
    if (ownershipRefusal(error)?.code !== 'NOT_OWNER') throw error;
  }
}

/** @returns null where it was cancelled meanwhile */
async function reviewOf(
  { db, storage, chief, log }: Desk,
  id: string,
  { resume, jobDescription, agentRuns }: BegunReview,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const bytes = await bytesOf(storage, resume);
  if (!bytes) return failed('The file of this resume is missing: upload it again.');
  try {
    const document = await readResumeFile(bytes, resume.contentType);
    const attempt = nextAttempt(agentRuns);
    const written = await chief.review(
      { document, jobDescription },
      {
        signal,
        recorded: (run) =>
          pastMoving(MOVING, () => recordRun(db, id, attempt === 1 ? run : { ...run, attempt })),
      },
    );
    if (!written) return null;
    const { score, sections } = written.review;
    const reading = readingOf(document);
    return { status: 'COMPLETED', overallScore: score, sections, failureReason: null, reading };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    // A broken file, or a fault of our reader: it looks the same to who uploaded it.
    log.warn({ review: id, reason: error.message, err: error.cause }, 'a file could not be read');
    return failed(error.message);
  }
}

/** The bytes of a kept resume; null: there are none. */
async function bytesOf(storage: Desk['storage'], { sha256 }: ResumeRow): Promise<Buffer | null> {
  const stream = await storage.open(sha256);
  return stream && Buffer.concat((await stream.toArray()) as Buffer[]);
}

const failed = (failureReason: string): Outcome => ({
  status: 'FAILED',
  overallScore: null,
  sections: [],
  failureReason,
  reading: null,
});

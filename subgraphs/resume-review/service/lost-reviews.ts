import { and } from 'drizzle-orm';
import type { Desk } from '../desk.ts';
import { withoutJob } from '../jobs/review-queue.ts';
import { takeTurn, unfinishedReviews } from '../repository/reviews.ts';
import { resumes, reviews } from '../tables.ts';

/** Milliseconds after which a review without a job is taken for lost. */
const GRACE = 15 * 60_000;
/** How many are queued again at once. */
const BATCH = 100;

/**
 * Queues reviews again whose jobs are gone, as when the queue was emptied or the user's reviews were elsewhere meanwhile: those
 * that are owned here. What waits in the queue, or is being written, is left to it. Of several replicas one does it.
 */
export async function queueLostReviews({ db, ownership, queue, log }: Desk): Promise<void> {
  const owned = await ownership.ownedRows('ai', resumes.ownerId);
  const lost = await db.transaction(async (tx) => {
    if (!(await takeTurn(tx))) return [];
    const isLost = and(owned, withoutJob(reviews.id));
    const ids = await unfinishedReviews(tx, new Date(Date.now() - GRACE), BATCH, isLost);
    for (const id of ids) await queue.addAgain(tx, id);
    return ids;
  });
  if (lost.length === 0) return;
  log.warn({ reviews: lost }, 'reviews had lost their jobs and are queued again');
  queue.wake();
}

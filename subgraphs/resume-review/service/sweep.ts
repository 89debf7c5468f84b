import type { Desk } from '../desk.ts';
import { unfinishedReviews } from '../repository/reviews.ts';
import { deleteUploads, lockExpired } from '../repository/uploads.ts';
import { resumes, uploads } from '../tables.ts';
import { writeReview } from './review-writing.ts';

/** Milliseconds for which an announced file may be sent. */
export const UPLOAD_LIFETIME = 15 * 60_000;
/** Milliseconds after that, for which what was received can still be completed. */
export const GRACE = 15 * 60_000;
/** Milliseconds after which a review that has not ended was left behind by a process that did. */
const LONGEST_REVIEW = 5 * 60_000;
/** How many uploads are removed, and reviews finished, at once. */
const BATCH = 100;

/** Removes uploads that ran out and finishes reviews that a crash has left behind: those that are owned here. */
export async function sweep(desk: Desk): Promise<void> {
  const now = Date.now();
  await desk.ownership.whereOwned('upload', () => removeExpired(desk, new Date(now - GRACE)));
  await desk.storage.removeReceived(new Date(now - UPLOAD_LIFETIME - GRACE));
  const owned = await desk.ownership.ownedRows('ai', resumes.ownerId);
  const before = new Date(now - LONGEST_REVIEW);
  for (const id of await unfinishedReviews(desk.db, before, BATCH, owned)) {
    await desk.ownership.whereOwned('ai', () => writeReview(desk, id));
  }
}

/** Removes uploads that ran out before an instant, with their files. Those just being completed are left alone. */
export async function removeExpired(desk: Desk, before: Date): Promise<void> {
  while ((await removeBatch(desk, before)) === BATCH);
}

/** Files go first: as long as the row is there, the next sweep finds them again after a crash. */
async function removeBatch({ db, storage, ownership }: Desk, before: Date): Promise<number> {
  const owned = await ownership.ownedRows('upload', uploads.ownerId);
  return db.transaction(async (tx) => {
    const found = await lockExpired(tx, before, BATCH, owned);
    for (const { ownerId } of found) await ownership.hold(tx, 'upload', ownerId);
    const ids = found.map(({ id }) => id);
    await Promise.all(ids.map((id) => storage.remove(id)));
    if (ids.length > 0) await deleteUploads(tx, ids);
    return ids.length;
  });
}

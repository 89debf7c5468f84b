import { and, inArray, lte, type SQL } from 'drizzle-orm';
import { transaction } from '#platform/database/transaction.ts';
import type { FileStorage } from '#platform/storage/storage.ts';
import type { MonolithDeps } from '../app.ts';
import { uploads } from '../tables.ts';

/** What uploads work with. */
export interface UploadDeps extends MonolithDeps {
  /** Received and kept files, both by the ids of resumes. */
  readonly storage: FileStorage;
}

/** Milliseconds for which a ticket lets bytes in. */
export const TICKET_LIFETIME = 15 * 60_000;
/** Milliseconds after that, for which what was received can still be completed. */
export const GRACE = 15 * 60_000;
/** How many uploads one transaction of the sweep removes. */
const SWEEP_BATCH = 100;

/** What removing uploads takes. */
type SweepDeps = Pick<UploadDeps, 'db' | 'storage' | 'clock' | 'ownership'>;

/** Removes uploads that were never completed, with their files, and what crashes have left behind. */
export async function sweepUploads(deps: SweepDeps): Promise<void> {
  const before = new Date(deps.clock().getTime() - GRACE);
  await removeAllUploads(deps, lte(uploads.expiresAt, before));
  // Files have the time of the disk, not that of the clock.
  await deps.storage.removeLeftovers(new Date(Date.now() - TICKET_LIFETIME - GRACE));
}

/** Removes all uploads that a condition holds for, with their files, however many. @see removeUploads */
export async function removeAllUploads(deps: SweepDeps, condition: SQL): Promise<void> {
  while ((await removeWhere(deps, condition)) === SWEEP_BATCH);
}

/** Removes uploads with their files. What is not there, not owned here, or is just being completed, is left alone. */
export async function removeUploads(deps: UploadDeps, ids: readonly string[]): Promise<void> {
  await removeWhere(deps, inArray(uploads.uploadId, [...ids]));
}

/** Files go first: as long as the row is there, the next sweep finds them again after a crash. */
async function removeWhere({ db, storage, ownership }: SweepDeps, condition: SQL): Promise<number> {
  const owned = await ownership.ownedRows('upload', uploads.userId);
  return transaction(db, async (tx) => {
    const rows = await tx
      .select({ uploadId: uploads.uploadId, userId: uploads.userId })
      .from(uploads)
      .where(and(condition, owned))
      .limit(SWEEP_BATCH)
      .for('update', { skipLocked: true });
    for (const { userId } of rows) await ownership.hold(tx, 'upload', userId);
    const ids = rows.map((row) => row.uploadId);
    await Promise.all(ids.flatMap((id) => [storage.dropReceived(id), storage.remove(id)]));
    if (ids.length > 0) await tx.delete(uploads).where(inArray(uploads.uploadId, ids));
    return ids.length;
  });
}

/** Whether an upload can be completed no more. */
export const isOver = ({ expiresAt }: { readonly expiresAt: Date }, now: Date) =>
  expiresAt.getTime() + GRACE <= now.getTime();

import type { Desk } from '../desk.ts';
import { deleteUploads, lockExpired } from '../repository/uploads.ts';
import { uploads } from '../tables.ts';
import { removeDiscarded } from './files.ts';

/** Milliseconds for which an announced file may be sent. */
export const UPLOAD_LIFETIME = 15 * 60_000;
/** Milliseconds after that, for which what was received can still be completed. */
export const GRACE = 15 * 60_000;
/** How many uploads are removed at once. */
const BATCH = 100;

/**
 * Removes uploads that ran out, with files that belong to nothing: those that are owned here. Several replicas at once do no harm: each row, and each file, is locked by whoever looks at it.
 */
export async function sweep(desk: Desk): Promise<void> {
  const now = Date.now();
  await desk.ownership.whereOwned('upload', () => removeExpired(desk, new Date(now - GRACE)));
  await removeDiscarded(desk);
  await desk.storage.removeLeftovers(new Date(now - UPLOAD_LIFETIME - GRACE));
}

/** Removes uploads that ran out before an instant, with what was received. Those just being completed are left alone. */
async function removeExpired(desk: Desk, before: Date): Promise<void> {
  while ((await removeBatch(desk, before)) === BATCH);
}

/** Files go first: as long as the row is there, the next sweep finds them again after a crash. */
async function removeBatch({ db, storage, ownership }: Desk, before: Date): Promise<number> {
  const owned = await ownership.ownedRows('upload', uploads.ownerId);
  return db.transaction(async (tx) => {
    const found = await lockExpired(tx, before, BATCH, owned);
    for (const { ownerId } of found) await ownership.hold(tx, 'upload', ownerId);
    const ids = found.map(({ id }) => id);
    await Promise.all(ids.map((id) => storage.dropReceived(id)));
    if (ids.length > 0) await deleteUploads(tx, ids);
    return ids.length;
  });
}

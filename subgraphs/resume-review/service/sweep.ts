import { and, lte, type SQL } from 'drizzle-orm';
import type { Desk } from '../desk.ts';
import { discardFiles } from '../repository/files.ts';
import { deleteUploads, lockUploads } from '../repository/uploads.ts';
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
  await desk.ownership.whereOwned('upload', () =>
    removeUploads(desk, lte(uploads.expiresAt, new Date(now - GRACE))),
  );
  await removeDiscarded(desk);
  await desk.storage.removeLeftovers(new Date(now - UPLOAD_LIFETIME - GRACE));
}

/** Removes uploads with what was received: those that are owned here. Those just being completed are left alone. */
export async function removeUploads(desk: Desk, condition: SQL): Promise<void> {
  while ((await removeBatch(desk, condition)) === BATCH);
}

/** Files go first: as long as the row is there, the next sweep finds them again after a crash. */
async function removeBatch({ db, storage, ownership }: Desk, condition: SQL): Promise<number> {
  const owned = await ownership.ownedRows('upload', uploads.ownerId);
  return db.transaction(async (tx) => {
    const found = await lockUploads(tx, BATCH, and(condition, owned));
    for (const { ownerId } of found) await ownership.hold(tx, 'upload', ownerId);
    const ids = found.map(({ id }) => id);
    await Promise.all(ids.map((id) => storage.dropReceived(id)));
    // A crash may have left the file of one that was just being completed: migration 0002 knows it of those that ran out.
    const open = found.filter(({ expiresAt }) => expiresAt.getTime() > Date.now() - GRACE);
    await discardFiles(
      tx,
      open.map(({ sha256 }) => sha256),
    );
    if (ids.length > 0) await deleteUploads(tx, ids);
    return ids.length;
  });
}

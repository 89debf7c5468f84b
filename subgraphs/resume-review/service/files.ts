import type { Desk } from '../desk.ts';
import {
  deleteDiscarded,
  discardedFilesOf,
  isFileUsed,
  lockFile,
  type Discarded,
} from '../repository/files.ts';

/** How many discarded files are looked at, at once. */
const BATCH = 200;

/**
 * Removes files that were discarded and that no resume has, unless somebody is about to use one at this moment: that is
 * looked at next time. They are of this side, whoever owns the account.
 *
 * @param sha256 of the only file to be looked at
 */
export async function removeDiscarded(desk: FileDesk, sha256?: string): Promise<void> {
  for (;;) {
    const found = await discardedFilesOf(desk.db, BATCH, sha256);
    let removed = 0;
    for (const [hash, rows] of Map.groupBy(found, (row) => row.sha256)) {
      if (await removeUnused(desk, hash, rows)) removed++;
    }
    if (found.length < BATCH || removed === 0) return;
  }
}

type FileDesk = Pick<Desk, 'db' | 'storage'>;

async function removeUnused(
  { db, storage }: FileDesk,
  sha256: string,
  rows: readonly Discarded[],
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await lockFile(tx, sha256))) return false;
    if (!(await isFileUsed(tx, sha256))) await storage.remove(sha256);
    await deleteDiscarded(
      tx,
      rows.map(({ id }) => id),
    );
    return true;
  });
}

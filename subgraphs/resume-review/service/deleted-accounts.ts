import { and, inArray } from 'drizzle-orm';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import type { Desk } from '../desk.ts';
import type { Accounts } from '../neighbours/accounts.ts';
import { lockResume, resumesWhere } from '../repository/resumes.ts';
import { resumes, uploads } from '../tables.ts';
import { removeDiscarded } from './files.ts';
import { discardResume } from './resumes.ts';
import { removeUploads } from './sweep.ts';

/**
 * Milliseconds for which an account that was deleted is asked for again and again: longer than an access token may outlive it
 * (`ACCESS_TOKEN_MINUTES` is at most a day), with an upload that was announced by it, and whatever is late on its way here.
 */
const LOOK_BACK = 3 * 86_400_000;
/** How many resumes are looked for at once. */
const BATCH = 100;

/**
 * A sweep that removes what deleted accounts have here of resumes and uploads. The first run looks at all deleted accounts, later ones
 * at those of the last days. It asks for the state and hears of no event, so it matters neither on which side, nor
 * how, an account was deleted.
 */
export function deletedAccountsSweep(desk: Desk, accounts: Accounts): () => Promise<void> {
  let since = new Date(0);
  return async () => {
    const begun = Date.now();
    let isDone = true;
    for await (const ids of accounts.deletedSince(since)) {
      isDone = (await removeOfAccounts(desk, ids)) && isDone;
    }
    await removeDiscarded(desk);
    // What changed sides at this moment is looked for again.
    if (isDone) since = new Date(begun - LOOK_BACK);
  };
}

/** Removes the resumes and uploads of accounts, with files and reviews: of those that are owned here. @returns whether nothing was refused */
async function removeOfAccounts(desk: Desk, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  try {
    while ((await removeResumes(desk, ids)) === BATCH);
    // One that is just being completed is found as a resume, the next time.
    await removeUploads(desk, inArray(uploads.ownerId, [...ids]));
    return true;
  } catch (error) {
    if (ownershipRefusal(error)) return false;
    throw error;
  }
}

/** Each in a transaction of its own: a flip waits for one at most. */
async function removeResumes(desk: Desk, ownerIds: readonly string[]): Promise<number> {
  const { db, ownership } = desk;
  const owned = await ownership.ownedRows('upload', resumes.ownerId);
  const found = await resumesWhere(db, BATCH, and(inArray(resumes.ownerId, [...ownerIds]), owned));
  for (const { id } of found) {
    const stopReviews = await db.transaction(async (tx) => {
      const resume = await lockResume(tx, id, 'update');
      // Nobody asked for this one: it goes with its account.
      return resume && discardResume(tx, desk, resume, null);
    });
    await stopReviews?.();
  }
  return found.length;
}

import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import { transaction } from '#platform/database/transaction.ts';
import { appUsers, resumes, uploads } from '../tables.ts';
import { discardResume } from './discarding.ts';
import { removeAllUploads, type UploadDeps } from './upload-sweep.ts';
import type { ResumeRow } from './uploads.ts';

/** How many resumes are looked for at once. */
const BATCH = 100;

/**
 * Removes what deleted accounts have here of resumes and uploads, with their files and reviews: of accounts whose uploads are owned
 * here. It asks for the state and for no event, so it matters neither on which side, nor when, an account was deleted, and
 * what came later by an access token that outlived it goes the next time.
 *
 * @param userId of the only account to be looked at
 */
export async function removeOfDeletedAccounts(deps: UploadDeps, userId?: string): Promise<void> {
  const deleted = deps.db
    .select({ id: appUsers.userId })
    .from(appUsers)
    .where(
      and(
        isNotNull(appUsers.deletedAt),
        userId === undefined ? undefined : eq(appUsers.userId, userId),
      ),
    );
  while ((await removeResumes(deps, inArray(resumes.userId, deleted))) === BATCH);
  await removeAllUploads(deps, inArray(uploads.userId, deleted));
}

/** Each in a transaction of its own: a flip waits for one at most. */
async function removeResumes(deps: UploadDeps, condition: SQL): Promise<number> {
  const owned = await deps.ownership.ownedRows('upload', resumes.userId);
  const found = await deps.db.select().from(resumes).where(and(condition, owned)).limit(BATCH);
  for (const row of found) await removeResume(deps, row);
  return found.length;
}

async function removeResume(deps: UploadDeps, { resumeId }: ResumeRow): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const isIt = eq(resumes.resumeId, resumeId);
    const [row] = await tx.select().from(resumes).where(isIt).for('update');
    // Nobody asked for this one: it goes with its account.
    if (row) await discardResume(tx, deps, row, null);
  });
}

import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { aiReviews, resumeDeletions, resumes, uploads } from '../tables.ts';
import type { UploadDeps } from './upload-sweep.ts';
import type { ResumeRow } from './uploads.ts';

/**
 * Deletes a resume with its reviews, and says so in the journal. Its file is left to `removeUploads`, or to the sweep.
 *
 * @param row kept from others in this transaction
 * @param deletedBy the account that asked for it, if one did
 * @throws OwnershipRefused
 */
export async function discardResume(
  tx: Db,
  { ownership, clock }: UploadDeps,
  row: ResumeRow,
  deletedBy: string | null,
): Promise<void> {
  const { resumeId, userId, fileName, mimeType, sizeBytes, sha256, uploadedAt: createdAt } = row;
  await ownership.hold(tx, 'upload', userId);
  const reviews = await tx.$count(aiReviews, eq(aiReviews.resumeId, resumeId));
  await tx
    .insert(resumeDeletions)
    .values({ resumeId, userId, deletedBy, sizeBytes, reviews, deletedAt: clock() })
    .onConflictDoNothing();
  await tx.delete(resumes).where(eq(resumes.resumeId, resumeId));
  // An upload that is long over: if we crash before its file is gone, the sweep goes on from here.
  const expiresAt = new Date(0);
  await tx.insert(uploads).values({
    uploadId: resumeId,
    userId,
    fileName,
    mimeType,
    sizeBytes,
    sha256,
    createdAt,
    expiresAt,
  });
}

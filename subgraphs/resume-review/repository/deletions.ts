import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { deletions, reviews } from '../tables.ts';

/** Notes in the journal that a resume is deleted, with its reviews: before it is, so that they can be counted. */
export async function noteDeletion(
  db: Db,
  deletion: Omit<typeof deletions.$inferInsert, 'reviews'>,
): Promise<void> {
  const count = await db.$count(reviews, eq(reviews.resumeId, deletion.resumeId));
  await db
    .insert(deletions)
    .values({ ...deletion, reviews: count })
    .onConflictDoNothing();
}

import { and, asc, count, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { resumes, reviews } from '../../subgraphs/resume-review/tables.ts';

/** How many unfinished reviews are named. */
const NAMED = 5;

/**
 * Says which reviews have not ended: the jobs by which they end are on the new side, and the monolith knows only reviews that
 * have. Those of resumes that are gone are nobody's.
 *
 * @param buckets of users who are about to leave while everything runs; absent: all users leave, and nothing runs
 * @returns how many there are, the oldest by name, and what to do; null: none
 */
export async function unfinishedReviews(
  db: Db,
  buckets?: readonly number[],
): Promise<string | null> {
  const inTheWay = and(isNull(reviews.completedAt), buckets && leaving(buckets));
  const mine = eq(resumes.id, reviews.resumeId);
  const oldest = await db
    .select({ id: reviews.id, status: reviews.status })
    .from(reviews)
    .innerJoin(resumes, mine)
    .where(inTheWay)
    .orderBy(asc(reviews.requestedAt), asc(reviews.id))
    .limit(NAMED);
  if (oldest.length === 0) return null;
  const [all] = await db
    .select({ total: count() })
    .from(reviews)
    .innerJoin(resumes, mine)
    .where(inTheWay);
  const total = all?.total ?? oldest.length;
  const named = oldest.map(({ id, status }) => `${id} (${status})`);
  const more = total > named.length ? `, and ${total - named.length} more` : '';
  return (
    `ai: ${total} ${total === 1 ? 'review is' : 'reviews are'} unfinished: ${named.join(', ')}${more}. ` +
    (buckets ? ADVICE_LIVE : ADVICE_OFFLINE)
  );
}

const leaving = (buckets: readonly number[]): SQL =>
  sql`move.bucket_of('ai', ${resumes.ownerId}::text) = any (${`{${buckets.join()}}`}::integer[])`;

const ADVICE_OFFLINE =
  'They would be missing in the monolith, which cannot go on with them. Start everything with USE_NEW_AI=true, as it was: ' +
  'resume-review writes them, mostly within seconds. When "select count(*) from reviews where completed_at is null" in its ' +
  'database (RESUME_REVIEW_DATABASE_URL) gives 0, stop everything and run this again.';

const ADVICE_LIVE =
  'The resume-review service ends them, mostly within seconds; where a model is slow or away it takes longer, and its log ' +
  'says why: try again then, or cancel them.';

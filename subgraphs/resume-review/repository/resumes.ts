import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { olderThan } from '#platform/database/newest-first.ts';
import { countByOwner, ownerRows } from '#platform/database/owners.ts';
import type { Db } from '#platform/database/pool.ts';
import type { Page } from '#platform/graph/connection.ts';
import { resumes } from '../tables.ts';

export type ResumeRow = typeof resumes.$inferSelect;

/** The resumes with these ids, in no order. */
export function resumesByIds(db: Db, ids: readonly string[]): Promise<ResumeRow[]> {
  return db
    .select()
    .from(resumes)
    .where(inArray(resumes.id, [...ids]));
}

/** Up to so many resumes that a condition holds for, in no order. */
export function resumesWhere(db: Db, limit: number, condition?: SQL): Promise<ResumeRow[]> {
  return db.select().from(resumes).where(condition).limit(limit);
}

/** Reads a resume and keeps others from deleting it (`key share`), or from it altogether (`update`). */
export async function lockResume(
  db: Db,
  id: string,
  strength: 'key share' | 'update',
): Promise<ResumeRow | null> {
  const [row] = await db.select().from(resumes).where(eq(resumes.id, id)).for(strength);
  return row ?? null;
}

export async function insertResume(db: Db, resume: ResumeRow): Promise<void> {
  await db.insert(resumes).values(resume);
}

/** Its reviews go with it: see migration 0001. */
export async function deleteResumeRow(db: Db, id: string): Promise<void> {
  await db.delete(resumes).where(eq(resumes.id, id));
}

/** The same page of each account's resumes, newest first, in one statement; and one more where there is one. */
export function pagesOfOwners(
  db: Db,
  ownerIds: readonly string[],
  { limit, after }: Page,
): Promise<ResumeRow[]> {
  const page = db
    .select()
    .from(resumes)
    .where(
      and(
        eq(resumes.ownerId, sql`owner.id`),
        after ? olderThan(resumes.uploadedAt, resumes.id, after) : undefined,
      ),
    )
    .orderBy(desc(resumes.uploadedAt), desc(resumes.id))
    .limit(limit + 1)
    .as('resumes');
  return db
    .select(page._.selectedFields)
    .from(ownerRows(ownerIds))
    .crossJoinLateral(page)
    .orderBy(desc(page.uploadedAt), desc(page.id));
}

/** How many resumes each account has, in one statement; who has none is left out. */
export const countOfOwners = (db: Db, ownerIds: readonly string[]) =>
  countByOwner(db, resumes.ownerId, ownerIds);

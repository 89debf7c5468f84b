import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { discardedFiles, resumes } from '../tables.ts';

/** Until the transaction ends, nobody removes the file with this SHA-256. Any number may hold it. */
export async function holdFile(db: Db, sha256: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock_shared(${lockOf(sha256)})`);
}

/** Until the transaction ends, nobody begins to use the file. @returns false where somebody is about to */
export async function lockFile(db: Db, sha256: string): Promise<boolean> {
  const { rows } = await db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(${lockOf(sha256)}) as taken`,
  );
  return rows[0]?.taken === true;
}

/** Shared by a 256th of all files: the server's table of locks is finite. The mover takes it too. */
const lockOf = (sha256: string) => sql`hashtextextended('file:' || ${sha256.slice(0, 2)}::text, 0)`;

/** Whether a resume has this file. */
export async function isFileUsed(db: Db, sha256: string): Promise<boolean> {
  const rows = await db.select({}).from(resumes).where(eq(resumes.sha256, sha256)).limit(1);
  return rows.length > 0;
}

/** A file that perhaps no resume has any more. */
export type Discarded = typeof discardedFiles.$inferSelect;

/** Notes files that perhaps no resume has any more. */
export async function discardFiles(db: Db, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  await db.insert(discardedFiles).values(hashes.map((sha256) => ({ sha256 })));
}

/** Those that wait longest first; of one file only, where it is named. */
export function discardedFilesOf(db: Db, limit: number, sha256?: string): Promise<Discarded[]> {
  return db
    .select()
    .from(discardedFiles)
    .where(sha256 === undefined ? undefined : eq(discardedFiles.sha256, sha256))
    .orderBy(asc(discardedFiles.id))
    .limit(limit);
}

/** What was decided is not looked at again. What was discarded since is another row. */
export async function deleteDiscarded(db: Db, ids: readonly bigint[]): Promise<void> {
  await db.delete(discardedFiles).where(inArray(discardedFiles.id, [...ids]));
}

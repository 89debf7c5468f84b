import { count, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '#platform/database/pool.ts';
import type { UploadLoad } from '#platform/documents/upload-limits.ts';
import { resumes, uploads } from '../tables.ts';

export type UploadRow = typeof uploads.$inferSelect;

/** One account's announcements take turns until the transaction ends: two at once must not both take the last place. */
export async function lockOwner(db: Db, ownerId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${ownerId}, 0))`);
}

/** How many files an account has, here and on their way, and how many of all accounts are on their way; and their bytes. */
export async function uploadLoad(db: Db, ownerId: string, now: Date): Promise<UploadLoad> {
  const [kept, pending] = [await keptOf(db, ownerId), await pendingOf(db, ownerId, now)];
  return {
    files: kept.files + pending.files,
    bytes: kept.bytes + pending.bytes,
    pendingFiles: pending.pendingFiles,
    pendingBytes: pending.pendingBytes,
  };
}

const bytesOf = (column: PgColumn, condition?: SQL) =>
  sql`coalesce(sum(${column}) filter (where ${condition ?? sql`true`}), 0)`.mapWith(Number);

async function keptOf(db: Db, ownerId: string) {
  const [row] = await db
    .select({ files: count(), bytes: bytesOf(resumes.byteSize) })
    .from(resumes)
    .where(eq(resumes.ownerId, ownerId));
  return row as NonNullable<typeof row>;
}

async function pendingOf(db: Db, ownerId: string, now: Date) {
  const isOwn = eq(uploads.ownerId, ownerId);
  const [row] = await db
    .select({
      files: sql`count(*) filter (where ${isOwn})`.mapWith(Number),
      bytes: bytesOf(uploads.byteSize, isOwn),
      pendingFiles: count(),
      pendingBytes: bytesOf(uploads.byteSize),
    })
    .from(uploads)
    .where(gt(uploads.expiresAt, now));
  return row as NonNullable<typeof row>;
}

export async function insertUpload(db: Db, upload: UploadRow): Promise<void> {
  await db.insert(uploads).values(upload);
}

export async function uploadById(db: Db, id: string): Promise<UploadRow | null> {
  const [row] = await db.select().from(uploads).where(eq(uploads.id, id));
  return row ?? null;
}

/** Reads an upload and keeps others from it until the transaction ends. */
export async function lockUpload(db: Db, id: string): Promise<UploadRow | null> {
  const [row] = await db.select().from(uploads).where(eq(uploads.id, id)).for('update');
  return row ?? null;
}

/** Up to so many uploads that a condition holds for, kept from others; those in use are left out. */
export function lockUploads(db: Db, limit: number, condition?: SQL): Promise<UploadRow[]> {
  return db
    .select()
    .from(uploads)
    .where(condition)
    .limit(limit)
    .for('update', { skipLocked: true });
}

/**
 * Notes that bytes have arrived, which changes nothing in the row: where the data of an upload moves, its capture hears of
 * it, and the file is carried over.
 */
export async function touchUpload(db: Db, id: string): Promise<void> {
  await db
    .update(uploads)
    .set({ expiresAt: sql`${uploads.expiresAt}` })
    .where(eq(uploads.id, id));
}

export async function deleteUploads(db: Db, ids: readonly string[]): Promise<void> {
  await db.delete(uploads).where(inArray(uploads.id, [...ids]));
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asc, gt, inArray, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#platform/database/pool.ts';
import { isUuid } from '#platform/graph/ids.ts';
import type { Side } from '#platform/moves/moves.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';

/** The folders of uploaded files, of the monolith and of the resume-review service. */
export type UploadDirectories = Readonly<Record<Side, string>>;

/** What a copy found and did. */
export interface FileCount {
  /** Files that the source has. */
  readonly files: number;
  /** Files that were missing or different on the target. */
  readonly copied: number;
  /** Resumes without a file on the source. Both sides answer for them alike: the file is missing. */
  readonly missing: number;
}

/** A file is not what its row says. Nothing was copied in its place. */
export class FileRefused extends Error {
  readonly code = 'FILE_REFUSED';

  constructor(path: string, id: string, found: string, expected: string) {
    super(
      `${path}: the file of the resume ${id} has the SHA-256 ${found}, but its row says ${expected}: ` +
        'put back the right file from a backup, or delete the resume, then run this again',
    );
    this.name = 'FileRefused';
  }
}

/** Where a side has its files: by their ids, below its folder. Its tests hold this against its storage. */
interface Layout {
  /** Files of resumes. */
  readonly kept: string;
  /** Files of uploads that are not complete. */
  readonly received: string;
  readonly resumes: Files;
  readonly uploads: Files;
}

/** A table of files, as far as it is read here. */
interface Files {
  readonly table: PgTable;
  readonly id: PgColumn;
  readonly sha256: PgColumn;
}

const LAYOUTS: Readonly<Record<Side, Layout>> = {
  legacy: {
    kept: 'resumes',
    received: 'incoming',
    resumes: {
      table: legacy.resumes,
      id: legacy.resumes.resumeId,
      sha256: legacy.resumes.sha256,
    },
    uploads: {
      table: legacy.uploads,
      id: legacy.uploads.uploadId,
      sha256: legacy.uploads.sha256,
    },
  },
  new: {
    kept: 'kept',
    received: 'received',
    resumes: {
      table: resumeReview.resumes,
      id: resumeReview.resumes.id,
      sha256: resumeReview.resumes.sha256,
    },
    uploads: {
      table: resumeReview.uploads,
      id: resumeReview.uploads.id,
      sha256: resumeReview.uploads.sha256,
    },
  },
};

/** Rows that are read at once. */
const BATCH = 1_000;

/**
 * Brings the files of resumes, and of uploads that only wait to be completed, to a side; every one is held
 * against the SHA-256 of its row. Run it before the rows are copied: a row never stands without its file then,
 * and a run that broke off may simply be run again.
 *
 * @param source the database of the side that is read
 * @param to the side that is written
 * @throws FileRefused when the file of a resume is not what its row says
 */
export async function copyUploadFiles(
  source: Db,
  directories: UploadDirectories,
  to: Side,
): Promise<FileCount> {
  const from: Side = to === 'new' ? 'legacy' : 'new';
  const count = { files: 0, copied: 0, missing: 0 };
  for await (const { id, sha256 } of rowsOf(source, LAYOUTS[from].resumes)) {
    const path = keptFile(directories, from, id);
    const outcome = await copyVerified(path, keptFile(directories, to, id), sha256);
    if (outcome === 'missing') {
      count.missing++;
      continue;
    }
    if (typeof outcome === 'object') throw new FileRefused(path, id, outcome.found, sha256);
    count.files++;
    if (outcome === 'copied') count.copied++;
  }
  // What has been received so far need not be the announced file. Whoever sent it must send it again anyway.
  for await (const { id, sha256 } of rowsOf(source, LAYOUTS[from].uploads)) {
    const path = join(directories[from], LAYOUTS[from].received, id);
    await copyVerified(path, join(directories[to], LAYOUTS[to].received, id), sha256);
  }
  return count;
}

/**
 * Removes the files of a side that no resume of it has any more: what was deleted must be gone on both sides.
 * Run it after the rows were copied.
 *
 * @param target the database of the side that was written
 * @returns how many files
 */
export async function removeGoneFiles(
  target: Db,
  directories: UploadDirectories,
  to: Side,
): Promise<number> {
  const { kept, resumes } = LAYOUTS[to];
  const folder = join(directories[to], kept);
  let removed = 0;
  for (const prefix of await namesIn(folder)) {
    const names = await namesIn(join(folder, prefix));
    const known = await existing(target, resumes, names.filter(isUuid));
    // Drafts of a copy that broke off are nobody's either.
    for (const name of names.filter((found) => !known.has(found))) {
      await rm(join(folder, prefix, name), { force: true });
      removed++;
    }
  }
  return removed;
}

function keptFile(directories: UploadDirectories, side: Side, id: string): string {
  return join(directories[side], LAYOUTS[side].kept, id.slice(0, 2), id);
}

/** What became of one file; `found` is its SHA-256 where that is not the expected one. */
type CopyOutcome = 'present' | 'copied' | 'missing' | { readonly found: string };

async function copyVerified(from: string, to: string, sha256: string): Promise<CopyOutcome> {
  if ((await hashOf(to)) === sha256) return 'present';
  const source = await open(from).catch(unlessMissing);
  if (!source) return 'missing';
  const draft = `${to}.${randomUUID()}`;
  await mkdir(dirname(to), { recursive: true });
  const target = await open(draft, 'wx');
  try {
    const hash = createHash('sha256');
    const hashing = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    };
    await pipeline(source.createReadStream(), hashing, target.createWriteStream({ flush: true }));
    const found = hash.digest('hex');
    if (found !== sha256) return { found };
    await rename(draft, to);
    return 'copied';
  } finally {
    await rm(draft, { force: true });
  }
}

/** The SHA-256 of a file in hexadecimal; undefined where there is none. */
async function hashOf(path: string): Promise<string | undefined> {
  const file = await open(path).catch(unlessMissing);
  if (!file) return undefined;
  const hash = createHash('sha256');
  await pipeline(file.createReadStream(), hash);
  return hash.digest('hex');
}

async function* rowsOf(
  db: Db,
  { table, id, sha256 }: Files,
): AsyncGenerator<{ readonly id: string; readonly sha256: string }> {
  let after: SQL | undefined;
  for (;;) {
    const rows = (await db
      .select({ id, sha256 })
      .from(table)
      .where(after)
      .orderBy(asc(id))
      .limit(BATCH)) as { id: string; sha256: string }[];
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = gt(id, last.id);
  }
}

async function existing(db: Db, { table, id }: Files, ids: string[]): Promise<Set<unknown>> {
  const rows = await db.select({ id }).from(table).where(inArray(id, ids));
  return new Set(rows.map((row) => row.id));
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(unlessMissing)) ?? [];
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

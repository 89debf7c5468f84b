import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyMove } from '../../migration/copy-move.ts';
import { copyUploadFiles, removeGoneFiles } from '../../migration/moves/upload-files.ts';
import { uploadMove } from '../../migration/moves/upload.ts';
import { localDiskStorage } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import * as monolith from '../../subgraphs/legacy/monolith/tables.ts';
import { localDisk } from '../../subgraphs/resume-review/storage/local-disk.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';
import {
  legacyResume,
  legacyUpload,
  openSides,
  resumeOf,
  type LegacyResume,
} from './resume-rows.ts';

type Rows = Record<string, unknown>;
const [uploads, resumes] = uploadMove.aggregates.map((aggregate) => ({
  toNew: (row: Rows) => aggregate.toNew(row) as Rows,
  toLegacy: (row: Rows): Rows => aggregate.toLegacy?.(row) ?? {},
})) as [Mapping, Mapping];
interface Mapping {
  toNew(row: Rows): Rows;
  toLegacy(row: Rows): Rows;
}

let sides: Awaited<ReturnType<typeof openSides>>;
let directory: string;
let directories: { legacy: string; new: string };

beforeAll(async () => {
  sides = await openSides();
});
afterAll(() => sides?.close());
beforeEach(async () => {
  await sides.legacy.db.delete(monolith.resumes);
  await sides.legacy.db.delete(monolith.uploads);
  await sides.fresh.db.delete(resumeReview.resumes);
  await sides.fresh.db.delete(resumeReview.uploads);
  directory = await mkdtemp(join(tmpdir(), 'upload-files-'));
  directories = { legacy: join(directory, 'legacy'), new: join(directory, 'new') };
  return () => rm(directory, { recursive: true });
});

const toNew = () => copyMove(uploadMove, sides.legacy, sides.fresh, 'new');
const toLegacy = () => copyMove(uploadMove, sides.fresh, sides.legacy, 'legacy');
const legacyRows = async () => [
  await sides.legacy.db.select().from(monolith.uploads).orderBy(asc(monolith.uploads.uploadId)),
  await sides.legacy.db.select().from(monolith.resumes).orderBy(asc(monolith.resumes.resumeId)),
];

describe('the mapping of uploads and resumes', () => {
  test('brings every row there and back as it was', () => {
    fc.assert(
      fc.property(legacyUpload, legacyResume, (upload, resume) => {
        expect(uploads.toLegacy(uploads.toNew({ ...upload }))).toEqual(upload);
        expect(resumes.toLegacy(resumes.toNew({ ...resume }))).toEqual(resume);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses a time that the other side could not read, and says where it stands', () => {
    const row = resumeOf(randomUUID());
    const wrong = { ...row, uploadedAt: new Date(Number.NaN) };
    expect(() => resumes.toNew(wrong)).toThrow(
      `resumes.uploaded_at of ${row.resumeId} in the monolith: is no time`,
    );
    const fresh = { ...resumes.toNew({ ...row }), uploadedAt: new Date('+010000-01-01T00:00:00Z') };
    expect(() => resumes.toLegacy(fresh)).toThrow(
      `resumes.uploaded_at of ${row.resumeId} in the resume-review database: is no time`,
    );
  });

  test('between real databases it loses nothing of whatever the tables can hold', async () => {
    const { userId } = sides;
    const rows = fc.tuple(
      fc.uniqueArray(legacyUpload, { maxLength: 10, selector: (row) => row.uploadId }),
      fc.uniqueArray(legacyResume, { maxLength: 10, selector: (row) => row.resumeId }),
    );
    await fc.assert(
      fc.asyncProperty(rows, async ([someUploads, someResumes]) => {
        // What earlier runs left on the new side must make no difference.
        await sides.legacy.db.delete(monolith.uploads);
        await sides.legacy.db.delete(monolith.resumes);
        for (const row of someUploads) {
          await sides.legacy.db.insert(monolith.uploads).values({ ...row, userId });
        }
        for (const row of someResumes) {
          await sides.legacy.db.insert(monolith.resumes).values({ ...row, userId });
        }
        const before = await legacyRows();
        expect(before.map((found) => found.length)).toEqual([
          someUploads.length,
          someResumes.length,
        ]);
        await toNew();
        await sides.legacy.db.delete(monolith.uploads);
        await sides.legacy.db.delete(monolith.resumes);
        await toLegacy();
        expect(await legacyRows()).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test('counts what it wrote and removed, and writes nothing twice', async () => {
    const [one, two] = [resumeOf(sides.userId), resumeOf(sides.userId)];
    await sides.legacy.db.insert(monolith.resumes).values([one, two]);
    expect((await toNew())[1]).toEqual({ aggregate: 'resumes', rows: 2, written: 2, removed: 0 });
    expect((await toNew())[1]).toEqual({ aggregate: 'resumes', rows: 2, written: 0, removed: 0 });
    await sides.fresh.db
      .delete(resumeReview.resumes)
      .where(eq(resumeReview.resumes.id, one.resumeId));
    expect((await toLegacy())[1]).toEqual({
      aggregate: 'resumes',
      rows: 1,
      written: 0,
      removed: 1,
    });
    expect((await legacyRows())[1]).toEqual([two]);
  });
});

describe('the files', () => {
  const storages = () => ({
    legacy: localDiskStorage(directories.legacy),
    new: localDisk(directories.new),
  });
  const kept = (side: 'legacy' | 'new', id: string) =>
    join(directories[side], side === 'legacy' ? 'resumes' : 'kept', id.slice(0, 2), id);
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
  const copy = (to: 'legacy' | 'new') =>
    copyUploadFiles(to === 'new' ? sides.legacy.db : sides.fresh.db, directories, to);
  const removeGone = (to: 'legacy' | 'new') =>
    removeGoneFiles(to === 'new' ? sides.fresh.db : sides.legacy.db, directories, to);

  /** Resumes of the monolith with their files, stored by the monolith itself. */
  async function addResumes(...contents: (string | Buffer)[]): Promise<LegacyResume[]> {
    const rows = contents.map((bytes) => resumeOf(sides.userId, { sha256: sha256(bytes) }));
    for (const [index, { resumeId }] of rows.entries()) {
      const bytes = contents[index] as string | Buffer;
      await storages().legacy.receive(resumeId, Readable.from([Buffer.from(bytes)]), bytes.length);
      await storages().legacy.keep(resumeId);
    }
    await sides.legacy.db.insert(monolith.resumes).values(rows);
    return rows;
  }

  const read = async (side: 'legacy' | 'new', id: string) => {
    const bytes = await storages()[side].read(id);
    return bytes && Buffer.concat((await bytes.toArray()) as Buffer[]);
  };

  test('come to where the other side looks for them, and back, byte for byte', async () => {
    const contents = [Buffer.from('Casey'), Buffer.alloc(3_000_000, 'é'), Buffer.alloc(0)];
    const rows = await addResumes(...contents);
    expect(await copy('new')).toEqual({ files: 3, copied: 3, missing: 0 });
    await toNew();
    await rm(directories.legacy, { recursive: true });
    expect(await copy('legacy')).toEqual({ files: 3, copied: 3, missing: 0 });
    for (const [index, { resumeId }] of rows.entries()) {
      for (const side of ['legacy', 'new'] as const) {
        const bytes = await read(side, resumeId);
        expect([side, bytes?.equals(contents[index] as Buffer)]).toEqual([side, true]);
      }
    }
    expect(await copy('new')).toEqual({ files: 3, copied: 0, missing: 0 });
  });

  test.each(['new', 'legacy'] as const)(
    'with a flipped byte are refused on the way to %s, and nothing takes their place',
    async (to) => {
      const [row] = (await addResumes('Casey')) as [LegacyResume];
      const { resumeId } = row;
      const from = to === 'new' ? 'legacy' : 'new';
      if (to === 'legacy') {
        await copy('new');
        await toNew();
        await rm(kept('legacy', resumeId));
      }
      await writeFile(kept(from, resumeId), 'Casez');
      await expect(copy(to)).rejects.toThrow(
        expect.objectContaining({
          code: 'FILE_REFUSED',
          message:
            `${kept(from, resumeId)}: the file of the resume ${resumeId} has the SHA-256 ${sha256('Casez')}, ` +
            `but its row says ${row.sha256}: put back the right file from a backup, or delete the resume, then run this again`,
        }),
      );
      expect(await readdir(dirname(kept(to, resumeId)))).toEqual([]);
      await writeFile(kept(from, resumeId), 'Casey');
      expect(await copy(to)).toEqual({ files: 1, copied: 1, missing: 0 });
    },
  );

  test('with a flipped byte on the side that is written are written anew', async () => {
    const [row] = (await addResumes('Casey')) as [LegacyResume];
    await copy('new');
    await writeFile(kept('new', row.resumeId), 'Casez');
    expect(await copy('new')).toEqual({ files: 1, copied: 1, missing: 0 });
    expect(await readFile(kept('new', row.resumeId), 'utf8')).toBe('Casey');
  });

  test('that are missing are counted: both sides say so of them', async () => {
    await addResumes('Casey');
    await sides.legacy.db.insert(monolith.resumes).values(resumeOf(sides.userId));
    expect(await copy('new')).toEqual({ files: 1, copied: 1, missing: 1 });
  });

  test('of resumes that are gone are removed with what a broken copy has left', async () => {
    const [stays, goes] = (await addResumes('stays', 'goes')) as [LegacyResume, LegacyResume];
    await copy('new');
    await toNew();
    const draft = `${kept('new', stays.resumeId)}.${randomUUID()}`;
    await writeFile(draft, 'half');
    await sides.legacy.db
      .delete(monolith.resumes)
      .where(eq(monolith.resumes.resumeId, goes.resumeId));
    await copy('new');
    await toNew();
    expect(await removeGone('new')).toBe(2);
    expect(await read('new', stays.resumeId)).toEqual(Buffer.from('stays'));
    expect(await read('new', goes.resumeId)).toBeNull();
    expect(await removeGone('new')).toBe(0);
    expect(await removeGone('legacy')).toBe(1);
    expect(await read('legacy', stays.resumeId)).toEqual(Buffer.from('stays'));
  });

  test('that only wait to be completed come along when they are whole, and are left when they are not', async () => {
    const upload = (bytes: string) => {
      const {
        resumeId: uploadId,
        uploadedAt,
        ...file
      } = resumeOf(sides.userId, { sha256: sha256(bytes) });
      return { ...file, uploadId, createdAt: uploadedAt, expiresAt: uploadedAt };
    };
    const [whole, half, none] = [upload('whole'), upload('half'), upload('none')];
    await sides.legacy.db.insert(monolith.uploads).values([whole, half, none]);
    await storages().legacy.receive(whole.uploadId, Readable.from([Buffer.from('whole')]), 9);
    await storages().legacy.receive(half.uploadId, Readable.from([Buffer.from('hal')]), 9);
    expect(await copy('new')).toEqual({ files: 0, copied: 0, missing: 0 });
    expect(await storages().new.keep(whole.uploadId)).toBe(true);
    expect(await read('new', whole.uploadId)).toEqual(Buffer.from('whole'));
    for (const { uploadId } of [half, none])
      expect(await storages().new.keep(uploadId)).toBe(false);
    expect(await readdir(join(directories.new, 'received'))).toEqual([]);
  });

  test('of more rows than are read at once all come', async () => {
    const rows = Array.from({ length: 1_001 }, () =>
      resumeOf(sides.userId, { sha256: sha256('') }),
    );
    await sides.legacy.db.insert(monolith.resumes).values(rows);
    for (const { resumeId } of rows) {
      await mkdir(dirname(kept('legacy', resumeId)), { recursive: true });
      await writeFile(kept('legacy', resumeId), '');
    }
    expect(await copy('new')).toEqual({ files: 1_001, copied: 1_001, missing: 0 });
  });
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Side } from '#platform/moves/moves.ts';
import { migrationConfig } from '../../migration/config.ts';
import { uploadMove } from '../../migration/moves/upload.ts';
import { localDiskStorage } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import * as monolith from '../../subgraphs/legacy/monolith/tables.ts';
import { localDisk } from '../../subgraphs/resume-review/storage/local-disk.ts';
import { carry, empty, expectNothingLostOfAny, type Sides } from './mapped-rows.ts';
import {
  anyFileStates,
  openResumeSides,
  resumeOf,
  type FileState,
  type LegacyResume,
} from './resume-rows.ts';

let sides: Sides;
let userIds: readonly [string, string];

beforeAll(async () => {
  ({ sides, userIds } = await openResumeSides());
});
afterAll(async () => {
  await sides?.legacy.close();
  await sides?.new.close();
});
beforeEach(async () => {
  await empty(uploadMove, 'legacy', sides.legacy);
  await empty(uploadMove, 'new', sides.new);
});

async function fill({ uploads, resumes }: FileState): Promise<void> {
  await empty(uploadMove, 'legacy', sides.legacy);
  if (uploads.length > 0) await sides.legacy.db.insert(monolith.uploads).values([...uploads]);
  if (resumes.length > 0) await sides.legacy.db.insert(monolith.resumes).values([...resumes]);
}

describe('the mapping of uploads and resumes', () => {
  test('loses nothing of whatever the tables can hold, over whatever was there before', async () => {
    await expect(
      expectNothingLostOfAny(uploadMove, sides, anyFileStates(userIds), { fill, numRuns: 20 }),
    ).resolves.toBeUndefined();
  }, 120_000);

  test('a time that the other side could not read is unmappable, and it says where it stands', async () => {
    const row = resumeOf(userIds[0]);
    await fill({ uploads: [], resumes: [row] });
    await carry(uploadMove, sides, 'new');
    await sides.legacy.pool.query(`update resumes set uploaded_at = 'infinity'`);
    await sides.new.pool.query(`update resumes set uploaded_at = '10000-01-01Z'`);
    const reasons = async (to: Side) =>
      (await carry(uploadMove, sides, to)).flatMap(({ unmappable }) => unmappable);
    expect(await reasons('new')).toEqual([
      `resumes.uploaded_at of ${row.resumeId} in the monolith: is no time from the years 1000 to 9998: mend the row`,
    ]);
    expect(await reasons('legacy')).toEqual([
      `resumes.uploaded_at of ${row.resumeId} in the resume-review database: is no time from the years 1000 to 9998: mend the row`,
    ]);
  });

  test('writes nothing twice, and removes what is gone', async () => {
    const [one, two] = [resumeOf(userIds[0]), resumeOf(userIds[0])];
    await fill({ uploads: [], resumes: [one, two] });
    expect((await carry(uploadMove, sides, 'new'))[1]).toMatchObject({ written: 2, removed: 0 });
    expect((await carry(uploadMove, sides, 'new'))[1]).toMatchObject({ written: 0, removed: 0 });
    await sides.legacy.db
      .delete(monolith.resumes)
      .where(eq(monolith.resumes.resumeId, one.resumeId));
    expect((await carry(uploadMove, sides, 'new'))[1]).toMatchObject({ written: 0, removed: 1 });
  });
});

describe('the files', () => {
  let directory: string;
  let directories: Record<Side, string>;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'upload-files-'));
    directories = { legacy: join(directory, 'legacy'), new: join(directory, 'new') };
    return () => rm(directory, { recursive: true });
  });
  const storages = () => ({
    legacy: localDiskStorage(directories.legacy),
    new: localDisk(directories.new),
  });
  const kept = (side: Side, id: string) =>
    join(directories[side], side === 'legacy' ? 'resumes' : 'kept', id.slice(0, 2), id);
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
  const [uploads, resumes] = uploadMove.kinds;

  /** Does what must be done before canonical forms of a kind are written to a side. */
  async function bring(
    kind: typeof uploads,
    to: Side,
    gone: readonly string[] = [],
  ): Promise<void> {
    const from: Side = to === 'new' ? 'legacy' : 'new';
    const source = kind?.sides[from];
    const { rows } = await sides[from].db.execute(
      sql`select id, canonical from (${source?.canonical(sql`array(select ${source.rootId} from ${source.root})`)}) forms`,
    );
    const config = migrationConfig({
      ...Object.fromEntries(
        ['CONTROL', 'LEGACY', 'AUTH', 'PRODUCT', 'INVENTORY', 'ORDERS', 'RESUME_REVIEW'].map(
          (name) => [`${name}_DATABASE_URL`, 'postgres://127.0.0.1/none'],
        ),
      ),
      LEGACY_UPLOAD_DIRECTORY: directories.legacy,
      RESUME_REVIEW_UPLOAD_DIRECTORY: directories.new,
    });
    const here = rows as { id: string; canonical: unknown }[];
    const forms = [...here, ...gone.map((id) => ({ id, canonical: null }))];
    await kind?.beforeWrite?.(
      forms.map((form) => ({ ...form, before: null })),
      to,
      config,
    );
  }

  /** Resumes of the monolith with their files, stored by the monolith itself. */
  async function addResumes(...contents: (string | Buffer)[]): Promise<LegacyResume[]> {
    const rows = contents.map((bytes) => resumeOf(userIds[0], { sha256: sha256(bytes) }));
    for (const [index, { resumeId }] of rows.entries()) {
      const bytes = contents[index] as string | Buffer;
      await storages().legacy.receive(resumeId, Readable.from([Buffer.from(bytes)]), bytes.length);
      await storages().legacy.keep(resumeId);
    }
    await sides.legacy.db.insert(monolith.resumes).values(rows);
    return rows;
  }

  const read = async (side: Side, id: string) => {
    const bytes = await storages()[side].read(id);
    return bytes && Buffer.concat((await bytes.toArray()) as Buffer[]);
  };

  test('come to where the other side looks for them, and back, byte for byte', async () => {
    const contents = [Buffer.from('Casey'), Buffer.alloc(3_000_000, 'é'), Buffer.alloc(0)];
    const rows = await addResumes(...contents);
    await bring(resumes, 'new');
    await carry(uploadMove, sides, 'new');
    await rm(directories.legacy, { recursive: true });
    await bring(resumes, 'legacy');
    for (const [index, { resumeId }] of rows.entries()) {
      for (const side of ['legacy', 'new'] as const) {
        const bytes = await read(side, resumeId);
        expect([side, bytes?.equals(contents[index] as Buffer)]).toEqual([side, true]);
      }
    }
  });

  test.each(['new', 'legacy'] as const)(
    'with a flipped byte are refused on the way to %s, and nothing takes their place',
    async (to) => {
      const [row] = (await addResumes('Casey')) as [LegacyResume];
      const { resumeId } = row;
      const from = to === 'new' ? 'legacy' : 'new';
      if (to === 'legacy') {
        await bring(resumes, 'new');
        await carry(uploadMove, sides, 'new');
        await rm(kept('legacy', resumeId));
      }
      await writeFile(kept(from, resumeId), 'Casez');
      await expect(bring(resumes, to)).rejects.toThrow(
        expect.objectContaining({
          code: 'FILE_REFUSED',
          id: resumeId,
          message:
            `${kept(from, resumeId)}: the file of the resume ${resumeId} has the SHA-256 ${sha256('Casez')}, ` +
            `but its row says ${row.sha256}: put back the right file from a backup, or delete the resume, then run this again`,
        }),
      );
      expect(await readdir(dirname(kept(to, resumeId)))).toEqual([]);
      await writeFile(kept(from, resumeId), 'Casey');
      await bring(resumes, to);
      expect(await readFile(kept(to, resumeId), 'utf8')).toBe('Casey');
    },
  );

  test('with a flipped byte on the side that is written are written anew', async () => {
    const [row] = (await addResumes('Casey')) as [LegacyResume];
    await bring(resumes, 'new');
    await writeFile(kept('new', row.resumeId), 'Casez');
    await bring(resumes, 'new');
    expect(await readFile(kept('new', row.resumeId), 'utf8')).toBe('Casey');
  });

  test('that are missing hold up nothing: both sides say so of them', async () => {
    const [row] = (await addResumes('Casey')) as [LegacyResume];
    const missing = resumeOf(userIds[0]);
    await sides.legacy.db.insert(monolith.resumes).values(missing);
    await bring(resumes, 'new');
    expect(await read('new', row.resumeId)).toEqual(Buffer.from('Casey'));
    expect(await read('new', missing.resumeId)).toBeNull();
  });

  test('of resumes that are gone are removed', async () => {
    const [stays, goes] = (await addResumes('stays', 'goes')) as [LegacyResume, LegacyResume];
    await bring(resumes, 'new');
    await carry(uploadMove, sides, 'new');
    await sides.legacy.db
      .delete(monolith.resumes)
      .where(eq(monolith.resumes.resumeId, goes.resumeId));
    await bring(resumes, 'new', [goes.resumeId]);
    await bring(resumes, 'new', [goes.resumeId]);
    expect(await read('new', stays.resumeId)).toEqual(Buffer.from('stays'));
    expect(await read('new', goes.resumeId)).toBeNull();
  });

  test('that only wait to be completed come along when they are whole, and are left when they are not', async () => {
    const upload = (bytes: string) => {
      const {
        resumeId: uploadId,
        uploadedAt,
        ...file
      } = resumeOf(userIds[0], { sha256: sha256(bytes) });
      return { ...file, uploadId, createdAt: uploadedAt, expiresAt: uploadedAt };
    };
    const [whole, half, none] = [upload('whole'), upload('half'), upload('none')];
    await sides.legacy.db.insert(monolith.uploads).values([whole, half, none]);
    await storages().legacy.receive(whole.uploadId, Readable.from([Buffer.from('whole')]), 9);
    await storages().legacy.receive(half.uploadId, Readable.from([Buffer.from('hal')]), 9);
    await bring(uploads, 'new');
    expect(await readdir(join(directories.new, 'received'))).toEqual([whole.uploadId]);
    expect(await storages().new.keep(whole.uploadId)).toBe(true);
    expect(await read('new', whole.uploadId)).toEqual(Buffer.from('whole'));
    await bring(uploads, 'new');
    await bring(uploads, 'new', [whole.uploadId]);
    expect(await readdir(join(directories.new, 'received'))).toEqual([]);
  });

  test('of a hundred resumes at once all come', async () => {
    const rows = Array.from({ length: 100 }, () => resumeOf(userIds[0], { sha256: sha256('') }));
    await sides.legacy.db.insert(monolith.resumes).values(rows);
    for (const { resumeId } of rows) {
      await mkdir(dirname(kept('legacy', resumeId)), { recursive: true });
      await writeFile(kept('legacy', resumeId), '');
    }
    await bring(resumes, 'new');
    for (const { resumeId } of rows) {
      expect(await read('new', resumeId)).toEqual(Buffer.alloc(0));
    }
  });
});

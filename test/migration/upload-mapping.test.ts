import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Side } from '#platform/moves/moves.ts';
import { openStorage } from '#platform/storage/settings.ts';
import { migrationConfig } from '../../migration/config.ts';
import { uploadMove } from '../../migration/moves/upload.ts';
import { resumeFiles } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import { removeDiscarded } from '../../subgraphs/resume-review/service/files.ts';
import * as monolith from '../../subgraphs/legacy/monolith/tables.ts';
import { startS3Server } from '../setup/s3-server.ts';
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
  let bucketUrl: string | undefined;
  const configOf = () =>
    migrationConfig({
      ...Object.fromEntries(
        ['CONTROL', 'LEGACY', 'AUTH', 'PRODUCT', 'INVENTORY', 'ORDERS', 'RESUME_REVIEW'].map(
          (name) => [`${name}_DATABASE_URL`, 'postgres://127.0.0.1/none'],
        ),
      ),
      LEGACY_UPLOAD_DIRECTORY: directories.legacy,
      RESUME_REVIEW_UPLOAD_DIRECTORY: directories.new,
      ...(bucketUrl === undefined ? {} : { RESUME_REVIEW_UPLOAD_BUCKET: bucketUrl }),
    });
  const storages = () => ({
    legacy: resumeFiles(directories.legacy),
    new: openStorage(directories.new, configOf().RESUME_REVIEW_UPLOAD_BUCKET),
  });
  /** The monolith keeps files by the ids of resumes, the service by their content. */
  const keyOf = (side: Side, row: Pick<LegacyResume, 'resumeId' | 'sha256'>) =>
    side === 'legacy' ? row.resumeId : row.sha256;
  const kept = (side: Side, row: LegacyResume) => {
    const key = keyOf(side, row);
    return join(directories[side], side === 'legacy' ? 'resumes' : 'kept', key.slice(0, 2), key);
  };
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
    const here = rows as { id: string; canonical: unknown }[];
    const forms = [...here, ...gone.map((id) => ({ id, canonical: null }))];
    await kind?.beforeWrite?.(
      forms.map((form) => ({ ...form, before: null })),
      to,
      configOf(),
      sides[to].pool,
    );
  }

  /** Resumes of the monolith with their files, stored by the monolith itself. */
  async function addResumes(...contents: (string | Buffer)[]): Promise<LegacyResume[]> {
    const rows = contents.map((bytes) => resumeOf(userIds[0], { sha256: sha256(bytes) }));
    for (const [index, { resumeId }] of rows.entries()) {
      const bytes = contents[index] as string | Buffer;
      const draft = await storages().legacy.draft(Readable.from([Buffer.from(bytes)]), 9_999_999);
      await storages().legacy.keep(resumeId, draft);
    }
    await sides.legacy.db.insert(monolith.resumes).values(rows);
    return rows;
  }

  const read = async (side: Side, row: LegacyResume) => {
    const bytes = await storages()[side].open(keyOf(side, row));
    return bytes && Buffer.concat((await bytes.toArray()) as Buffer[]);
  };

  test('come to where the other side looks for them, and back, byte for byte', async () => {
    const contents = [Buffer.from('Casey'), Buffer.alloc(3_000_000, 'é'), Buffer.alloc(0)];
    const rows = await addResumes(...contents);
    await bring(resumes, 'new');
    await carry(uploadMove, sides, 'new');
    await rm(directories.legacy, { recursive: true });
    await bring(resumes, 'legacy');
    for (const [index, row] of rows.entries()) {
      for (const side of ['legacy', 'new'] as const) {
        const bytes = await read(side, row);
        expect([side, bytes?.equals(contents[index] as Buffer)]).toEqual([side, true]);
      }
    }
  });

  test('come to a bucket, where the service has one, and back', async () => {
    const server = await startS3Server('moved-files', false);
    ({ bucketUrl } = server);
    const [row] = (await addResumes('Casey')) as [LegacyResume];
    await bring(resumes, 'new');
    await bring(resumes, 'new');
    await carry(uploadMove, sides, 'new');
    expect(await read('new', row)).toEqual(Buffer.from('Casey'));
    await expect(readdir(directories.new)).rejects.toThrow('ENOENT');
    await rm(kept('legacy', row));
    await bring(resumes, 'legacy');
    expect(await read('legacy', row)).toEqual(Buffer.from('Casey'));
    bucketUrl = undefined;
    await server.close();
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
        await rm(kept('legacy', row));
      }
      await writeFile(kept(from, row), 'Casez');
      await expect(bring(resumes, to)).rejects.toThrow(
        expect.objectContaining({
          code: 'FILE_REFUSED',
          id: resumeId,
          message:
            `${kept(from, row)}: the file of the resume ${resumeId} has the SHA-256 ${sha256('Casez')}, ` +
            `but its row says ${row.sha256}: put back the right file from a backup, or delete the resume, then run this again`,
        }),
      );
      await expect(readFile(kept(to, row))).rejects.toThrow('ENOENT');
      await writeFile(kept(from, row), 'Casey');
      await bring(resumes, to);
      expect(await readFile(kept(to, row), 'utf8')).toBe('Casey');
    },
  );

  test('with a flipped byte on the side that is written are written anew', async () => {
    const [row] = (await addResumes('Casey')) as [LegacyResume];
    await bring(resumes, 'new');
    await writeFile(kept('new', row), 'Casez');
    await bring(resumes, 'new');
    expect(await readFile(kept('new', row), 'utf8')).toBe('Casey');
  });

  test('that are missing hold up nothing: both sides say so of them', async () => {
    const [row] = (await addResumes('Casey')) as [LegacyResume];
    const missing = resumeOf(userIds[0]);
    await sides.legacy.db.insert(monolith.resumes).values(missing);
    await bring(resumes, 'new');
    expect(await read('new', row)).toEqual(Buffer.from('Casey'));
    expect(await read('new', missing)).toBeNull();
  });

  test('of resumes that are gone are removed from the monolith; the service is told, and removes what no resume has', async () => {
    const [stays, goes, same] = (await addResumes('stays', 'goes', 'stays')) as [
      LegacyResume,
      LegacyResume,
      LegacyResume,
    ];
    await bring(resumes, 'new');
    await carry(uploadMove, sides, 'new');
    const gone = sql`${monolith.resumes.resumeId} in (${goes.resumeId}, ${same.resumeId})`;
    await sides.legacy.db.delete(monolith.resumes).where(gone);
    await bring(resumes, 'new', [goes.resumeId, same.resumeId]);
    await carry(uploadMove, sides, 'new');
    await removeDiscarded({ db: sides.new.db, storage: storages().new });
    expect(await read('new', stays)).toEqual(Buffer.from('stays'));
    expect(await read('new', goes)).toBeNull();
    await bring(resumes, 'legacy', [goes.resumeId]);
    await bring(resumes, 'legacy', [goes.resumeId]);
    expect(await read('legacy', goes)).toBeNull();
    expect(await read('legacy', same)).toEqual(Buffer.from('stays'));
  });

  test('that are on their way come along as far as they have come, and what has come anew replaces them', async () => {
    const upload = (bytes: string) => {
      const {
        resumeId: uploadId,
        uploadedAt,
        ...file
      } = resumeOf(userIds[0], { sha256: sha256(bytes), sizeBytes: bytes.length });
      return { ...file, uploadId, createdAt: uploadedAt, expiresAt: uploadedAt };
    };
    const [whole, half, none] = [upload('whole'), upload('half'), upload('none')];
    await sides.legacy.db.insert(monolith.uploads).values([whole, half, none]);
    const receive = (side: Side, { uploadId }: typeof whole, bytes: string, offset = 0) =>
      storages()[side].receive(uploadId, Readable.from([Buffer.from(bytes)]), {
        offset,
        limit: 9,
        mayBreakOff: true,
      });
    await receive('legacy', whole, 'who');
    await receive('legacy', whole, 'le', 3);
    await receive('legacy', half, 'hal');
    await receive('new', whole, 'wrong');
    await bring(uploads, 'new');
    const received = async (side: Side, { uploadId }: typeof whole) => {
      const bytes = await storages()[side].openReceived(uploadId);
      return bytes && Buffer.concat((await bytes.toArray()) as Buffer[]).toString();
    };
    const all = async (side: Side) =>
      Promise.all([whole, half, none].map((one) => received(side, one)));
    expect(await all('new')).toEqual(['whole', 'hal', null]);
    await receive('new', half, 'f', 3);
    await carry(uploadMove, sides, 'new');
    await bring(uploads, 'legacy');
    expect(await all('legacy')).toEqual(['whole', 'half', null]);
    await empty(uploadMove, 'legacy', sides.legacy);
    await bring(uploads, 'new', [whole.uploadId, half.uploadId]);
    expect(await readdir(join(directories.new, 'received'))).toEqual([]);
  });

  test('of a hundred resumes at once all come', async () => {
    const rows = Array.from({ length: 100 }, () => resumeOf(userIds[0], { sha256: sha256('') }));
    await sides.legacy.db.insert(monolith.resumes).values(rows);
    for (const row of rows) {
      await mkdir(dirname(kept('legacy', row)), { recursive: true });
      await writeFile(kept('legacy', row), '');
    }
    await bring(resumes, 'new');
    for (const row of rows) expect(await read('new', row)).toEqual(Buffer.alloc(0));
  });
});

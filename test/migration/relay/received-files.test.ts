import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Side } from '#platform/moves/moves.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { sweepUploads } from '../../../subgraphs/legacy/monolith/resumes/upload-sweep.ts';
import { localDiskStorage } from '../../../subgraphs/legacy/monolith/resumes/storage.ts';
import * as monolith from '../../../subgraphs/legacy/monolith/resumes/uploads.ts';
import { receiveBytes } from '../../../subgraphs/resume-review/service/uploads.ts';
import { localDisk } from '../../../subgraphs/resume-review/storage/local-disk.ts';
import { moveSite, type MoveSite } from '../move-site.ts';

const BYTES = Buffer.from('Casey, carpenter');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite();
  await site.bring('upload', 'shadow');
}, 60_000);
afterAll(() => site.close());

/** Announces a file in the monolith. @returns the id of the upload */
async function announce(): Promise<string> {
  const { rows } = await site.moves.legacy.pool.query<{ id: string }>(
    `insert into uploads (upload_id, user_id, file_name, mime_type, size_bytes, sha256, created_at, expires_at)
     select $1, user_id, 'cv.txt', 'text/plain', $2, $3, at, at + interval '15 minutes'
     from app_users, (select now() at time zone 'Asia/Tokyo' as at) as clock order by user_id limit 1
     returning upload_id as id`,
    [randomUUID(), BYTES.length, SHA256],
  );
  return rows[0]?.id as string;
}

/** Lets a side own everything. */
async function own(owner: Side, epoch: number): Promise<void> {
  const { new: fresh, legacy } = site.moves.placesOf('upload');
  for (const side of [legacy, fresh]) {
    await side.pool.query(
      `update move.ownership set owner = $1, epoch = $2 where move = 'upload'`,
      [owner, epoch],
    );
  }
}

test('a file that the monolith receives after its announcement was carried over follows it', async () => {
  const id = await announce();
  await site.carry('upload');
  const { db } = site.moves.legacy;
  const storage = localDiskStorage(site.config.LEGACY_UPLOAD_DIRECTORY);
  const deps = { db, storage, clock: () => new Date(), ownership: ownershipHere(db, 'legacy') };
  await monolith.receiveBytes(deps, id, Readable.from([BYTES]), BYTES.length, async () => {});
  await site.carry('upload');
  const copied = join(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY, 'received', id);
  expect(await readFile(copied)).toEqual(BYTES);
});

test('and back: one that the service receives is where the monolith looks for it', async () => {
  const id = await announce();
  await site.carry('upload');
  const { new: fresh } = site.moves.placesOf('upload');
  await own('new', 9);
  const storage = localDisk(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY);
  const desk = { db: fresh.db, storage, ownership: ownershipHere(fresh.db, 'new') };
  expect(await receiveBytes(desk, id, Readable.from([BYTES]), BYTES.length)).toBe(true);
  await site.carry('upload');
  const copied = join(site.config.LEGACY_UPLOAD_DIRECTORY, 'incoming', id);
  expect(await readFile(copied)).toEqual(BYTES);
});

test('the file of a resume that was deleted just before its account went goes on both sides', async () => {
  const id = randomUUID();
  const { new: fresh, legacy } = site.moves.placesOf('upload');
  const { rows } = await legacy.pool.query(
    'select user_id from app_users order by user_id limit 1',
  );
  // As the service leaves it, and dies: the resume is gone, and its file is there.
  await fresh.pool.query(
    `insert into uploads (id, owner_id, filename, content_type, byte_size, sha256, created_at, expires_at)
     values ($1, $2, 'cv.txt', 'text/plain', $3, $4, now(), to_timestamp(0))`,
    [id, rows[0].user_id, BYTES.length, SHA256],
  );
  const file = join(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY, 'kept', id.slice(0, 2), id);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, BYTES);
  await site.carry('upload');
  await own('legacy', 10);
  const { db } = legacy;
  const storage = localDiskStorage(site.config.LEGACY_UPLOAD_DIRECTORY);
  await sweepUploads({
    db,
    storage,
    clock: () => new Date(),
    ownership: ownershipHere(db, 'legacy'),
  });
  await site.carry('upload');
  expect((await fresh.pool.query('select from uploads where id = $1', [id])).rows).toEqual([]);
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  await own('new', 11);
});

test('bytes that arrive when the account has moved on are refused: they come once', async () => {
  const id = await announce().catch((error: { code: string }) => error.code);
  expect(id).toBe('MF001');
});

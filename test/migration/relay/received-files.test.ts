import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Side } from '#platform/moves/moves.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { fileStorage } from '#platform/storage/file-storage.ts';
import { localDisk } from '#platform/storage/local-disk.ts';
import type { MonolithConfig } from '../../../subgraphs/legacy/monolith/config.ts';
import { resumeFiles } from '../../../subgraphs/legacy/monolith/resumes/storage.ts';
import * as monolith from '../../../subgraphs/legacy/monolith/resumes/receiving.ts';
import { removeDiscarded } from '../../../subgraphs/resume-review/service/files.ts';
import { receiveBytes, uploadProgress } from '../../../subgraphs/resume-review/service/uploads.ts';
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

/** All of the file, or a part of it. */
const sent = (offset: number | null, end = BYTES.length) => ({
  bytes: Readable.from([BYTES.subarray(offset ?? 0, end)]),
  announced: end - (offset ?? 0),
  offset,
});

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
  const storage = resumeFiles(site.config.LEGACY_UPLOAD_DIRECTORY);
  const ownership = ownershipHere(db, 'legacy');
  const config = { UPLOAD_MAX_BYTES: 99 } as MonolithConfig;
  const deps = { db, storage, clock: () => new Date(), ownership, config };
  await monolith.receiveBytes(deps, id, sent(null), async () => {});
  await site.carry('upload');
  const copied = join(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY, 'received', id);
  expect(await readFile(copied)).toEqual(BYTES);
});

test('and back: one that the service receives is where the monolith looks for it', async () => {
  const id = await announce();
  await site.carry('upload');
  const { new: fresh } = site.moves.placesOf('upload');
  await own('new', 9);
  const storage = fileStorage(localDisk(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY));
  const desk = { db: fresh.db, storage, ownership: ownershipHere(fresh.db, 'new') };
  expect(await receiveBytes(desk, id, sent(null))).toBe(BYTES.length);
  await site.carry('upload');
  const copied = join(site.config.LEGACY_UPLOAD_DIRECTORY, 'incoming', id);
  expect(await readFile(copied)).toEqual(BYTES);
});

test('a file of which half had come when its account went is gone on with on the other side', async () => {
  const { new: fresh, legacy } = site.moves.placesOf('upload');
  await own('legacy', 10);
  const id = await announce();
  const config = { UPLOAD_MAX_BYTES: 99 } as MonolithConfig;
  const there = {
    db: legacy.db,
    storage: resumeFiles(site.config.LEGACY_UPLOAD_DIRECTORY),
    clock: () => new Date(),
    ownership: ownershipHere(legacy.db, 'legacy'),
    config,
  };
  await monolith.receiveBytes(there, id, sent(0, 7), async () => {});
  await site.carry('upload');
  await own('new', 11);
  const desk = {
    db: fresh.db,
    storage: fileStorage(localDisk(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY)),
    ownership: ownershipHere(fresh.db, 'new'),
  };
  expect(await uploadProgress(desk, id)).toEqual({ offset: 7, byteSize: BYTES.length });
  // The monolith sends whoever asks it to where the upload is.
  expect(await monolith.uploadProgress(there, id)).toBeNull();
  await receiveBytes(desk, id, sent(7));
  const whole = await desk.storage.openReceived(id);
  expect(Buffer.concat((await whole?.toArray()) as Buffer[])).toEqual(BYTES);
});

test('the file of a resume that was deleted just before its account went goes on both sides', async () => {
  const id = randomUUID();
  const { new: fresh, legacy } = site.moves.placesOf('upload');
  await own('legacy', 12);
  const { rows } = await legacy.pool.query(
    'select user_id from app_users order by user_id limit 1',
  );
  // As the monolith leaves it, and dies: the resume is gone, its upload has run out, and its file is there.
  await legacy.pool.query(
    `insert into uploads (upload_id, user_id, file_name, mime_type, size_bytes, sha256, created_at, expires_at)
     values ($1, $2, 'cv.txt', 'text/plain', $3, $4, now(), to_timestamp(0) at time zone 'Asia/Tokyo')`,
    [id, rows[0].user_id, BYTES.length, SHA256],
  );
  const file = join(site.config.LEGACY_UPLOAD_DIRECTORY, 'resumes', id.slice(0, 2), id);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, BYTES);
  const storage = fileStorage(localDisk(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY));
  const kept = join(site.config.RESUME_REVIEW_UPLOAD_DIRECTORY, 'kept', SHA256.slice(0, 2), SHA256);
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, BYTES);
  await site.carry('upload');
  await own('new', 13);
  // The sweep of the service.
  await fresh.pool.query('delete from uploads where id = $1', [id]);
  await removeDiscarded({ db: fresh.db, storage });
  await expect(readFile(kept)).rejects.toMatchObject({ code: 'ENOENT' });
  await site.carry('upload');
  expect((await legacy.pool.query('select from uploads where upload_id = $1', [id])).rows).toEqual(
    [],
  );
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('bytes that arrive when the account has moved on are refused: they come once', async () => {
  const id = await announce().catch((error: { code: string }) => error.code);
  expect(id).toBe('MF001');
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { removeOfDeletedAccounts } from '../../subgraphs/legacy/monolith/resumes/deleted-accounts.ts';
import { resumeFiles } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import type { UploadDeps } from '../../subgraphs/legacy/monolith/resumes/upload-sweep.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { ADMIN, startTestMonolith, type TestMonolith } from './test-monolith.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const TEXT = 'Ada Lovelace\nada@example.com\n\nEXPERIENCE\n';

let directory: string;
let databaseUrl: string;
let monolith: TestMonolith;
let shop: TestShop;
let owner: Awaited<ReturnType<TestShop['newCustomer']>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'resumes-'));
  databaseUrl = await createEmptyDatabase();
  monolith = await startTestMonolith({ UPLOAD_DIRECTORY: directory, DATABASE_URL: databaseUrl });
  shop = await openTestShop(monolith);
});
beforeEach(async () => {
  owner = await shop.newCustomer();
});
afterAll(async () => {
  await monolith.close();
  await rm(directory, { recursive: true, force: true });
});

const post = (path: string, body?: unknown) =>
  monolith.call('POST', `/api${path}`, { body, identity: owner });

/** An upload of which the bytes have come. @returns its id */
async function send(): Promise<string> {
  const { body } = await post('/uploads/tickets', {
    file_name: 'resume.txt',
    mime_type: 'text/plain',
    size_bytes: TEXT.length,
    sha256: createHash('sha256').update(TEXT).digest('hex'),
  });
  await fetch(`${monolith.url}${body.url}`, { method: 'PUT', body: TEXT });
  return body.upload_id;
}

async function resume(): Promise<string> {
  const id = await send();
  expect((await post(`/uploads/${id}/complete`)).status).toBe(200);
  return id;
}

const remove = () => monolith.call('DELETE', `/api/users/${owner.userId}`, { identity: ADMIN });

async function rowsLeft() {
  const counts = ['resumes', 'uploads'].map(
    (table) => `(select count(*)::int from ${table} where user_id = $1) as ${table}`,
  );
  return (await monolith.sql(`select ${counts.join()}`, [owner.userId]))[0];
}

const filesOf = async (id: string) =>
  (await readdir(directory, { recursive: true })).filter((path) => path.endsWith(id));

async function sweep(): Promise<void> {
  const log = createLog('sweep', 'silent');
  const database = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'sweep', log });
  const { db } = database;
  const ownership = ownershipHere(db, 'legacy');
  const storage = resumeFiles(directory);
  await removeOfDeletedAccounts({ db, ownership, storage, clock: () => new Date() } as UploadDeps);
  await database.close();
}

test('an account that is deleted takes its resumes, reviews and what is on its way along, at once', async () => {
  const [reviewed, onItsWay] = [await resume(), await send()];
  expect((await post('/reviews', { resume_id: reviewed })).status).toBe(201);
  expect((await remove()).body).toEqual({ deleted_id: owner.userId });
  expect(await rowsLeft()).toEqual({ resumes: 0, uploads: 0 });
  for (const id of [reviewed, onItsWay]) expect(await filesOf(id)).toEqual([]);
  expect(await monolith.sql('select from ai_reviews where resume_id = $1', [reviewed])).toEqual([]);
  const journal =
    'select resume_id, deleted_by, size_bytes, reviews from resume_deletions where user_id = $1';
  expect(await monolith.sql(journal, [owner.userId])).toEqual([
    { resume_id: reviewed, deleted_by: null, size_bytes: TEXT.length, reviews: 1 },
  ]);
});

test('it is deleted also where the disk does not give its files up: they go with a later sweep', async () => {
  const id = await resume();
  const path = join(directory, (await filesOf(id))[0] as string);
  await rm(path);
  await mkdir(path);
  expect((await remove()).status).toBe(200);
  expect(await rowsLeft()).toEqual({ resumes: 0, uploads: 1 });
  await rmdir(path);
  await writeFile(path, TEXT);
  await sweep();
  expect(await rowsLeft()).toEqual({ resumes: 0, uploads: 0 });
  expect(await filesOf(id)).toEqual([]);
});

test('whoever deleted it, the sweep removes what it has, however much, and nothing of others', async () => {
  const stranger = owner;
  const kept = await resume();
  owner = await shop.newCustomer();
  await monolith.sql(
    `insert into resumes select gen_random_uuid(), $1, 'x', 'text/plain', 1, repeat('0', 64), now() from generate_series(1, 230)`,
    [owner.userId],
  );
  await monolith.sql('update app_users set deleted_at = now() where user_id = $1', [owner.userId]);
  await sweep();
  expect(await rowsLeft()).toEqual({ resumes: 0, uploads: 0 });
  const journal = 'select count(*)::int as n from resume_deletions where user_id = $1';
  expect(await monolith.sql(journal, [owner.userId])).toEqual([{ n: 230 }]);
  owner = stranger;
  expect(await rowsLeft()).toEqual({ resumes: 1, uploads: 0 });
  expect(await filesOf(kept)).toHaveLength(1);
});

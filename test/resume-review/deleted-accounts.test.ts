import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accounts } from '../../subgraphs/resume-review/neighbours/accounts.ts';
import { deletedAccountsSweep } from '../../subgraphs/resume-review/service/deleted-accounts.ts';
import {
  deletions,
  discardedFiles,
  resumes,
  reviews,
} from '../../subgraphs/resume-review/tables.ts';
import {
  announce,
  announced,
  COMPLETE,
  customer,
  reviewOf,
  startResumeServer,
  upload,
  type ResumeServer,
} from './resume-server.ts';

const DAY = 86_400_000;

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const textOf = () => `Casey Morgan, casey@example.com\n\nExperience\n- ${randomUUID()}\n`;

/** Accounts that are deleted, and for which times they were asked. */
function deletedAccounts(...pages: (readonly string[])[]): Accounts & { readonly asked: Date[] } {
  const asked: Date[] = [];
  return {
    asked,
    async *deletedSince(since) {
      asked.push(since);
      yield* pages;
    },
  };
}

const filesWith = async (text: string) =>
  (await readdir(server.directory, { recursive: true })).filter((path) => path.includes(text));

test('what a deleted account has goes, with files and reviews; a file that somebody else has stays', async () => {
  const [owner, another, bystander] = [customer(), customer(), customer()];
  const [own, shared] = [textOf(), textOf()];
  const ids = [await upload(server, owner, own), await upload(server, owner, shared)];
  const kept = await upload(server, bystander, shared);
  const [mine] = ids as [string, string];
  await reviewOf(server, owner, { resumeId: mine });
  const onItsWay = await announce(server, another, announced(textOf()));
  await server.put(onItsWay.url, 'half of it');
  // As a crash in the middle of completing it leaves it.
  const left = await announce(server, owner, announced(own));

  const unknown = randomUUID();
  const pages = [[owner.userId as string], [], [unknown, another.userId as string]];
  await deletedAccountsSweep(server.desk, deletedAccounts(...pages))();
  const { db } = server.database;
  expect((await db.select().from(resumes)).map(({ id }) => id)).toEqual([kept]);
  expect(await db.$count(reviews)).toBe(0);
  expect(await filesWith(announced(own).sha256)).toEqual([]);
  expect(await filesWith(announced(shared).sha256)).toHaveLength(1);
  for (const { id } of [onItsWay, left]) expect(await filesWith(id)).toEqual([]);
  expect(await db.$count(discardedFiles)).toBe(0);
  const completed = await server.data(COMPLETE, { id: onItsWay.id }, another);
  expect(completed.completeUpload.__typename).toBe('NotFound');
  const journal = await db.select().from(deletions);
  expect(journal.toSorted((one, other) => other.reviews - one.reviews)).toEqual(
    ids.map((resumeId, n) => ({
      resumeId,
      ownerId: owner.userId,
      deletedBy: null,
      byteSize: Buffer.byteLength(n === 0 ? own : shared),
      reviews: n === 0 ? 1 : 0,
      deletedAt: expect.any(Date),
    })),
  );
});

test('the file of an upload that a crash left in the middle of being completed goes with its account', async () => {
  const owner = customer();
  const text = textOf();
  const id = await upload(server, owner, text);
  const { pool } = server.database;
  // The file was kept, and the transaction that would have made a resume of it was not committed.
  await pool.query(
    `insert into uploads select id, owner_id, filename, content_type, byte_size, sha256, now(), now() + interval '1 hour'
     from resumes where id = $1`,
    [id],
  );
  await pool.query('delete from resumes where id = $1', [id]);
  await pool.query('delete from discarded_files');
  expect(await filesWith(announced(text).sha256)).toHaveLength(1);
  await deletedAccountsSweep(server.desk, deletedAccounts([owner.userId as string]))();
  expect(await filesWith(announced(text).sha256)).toEqual([]);
});

test('a review that is under way is stopped, and its job is taken out', async () => {
  const owner = customer();
  const resumeId = await upload(server, owner, textOf());
  const id = randomUUID();
  const requestedAt = new Date();
  await server.database.db.insert(reviews).values({ id, resumeId, status: 'RUNNING', requestedAt });
  const run = server.desk.underWay.begin(id);
  const cancelled: string[] = [];
  const cancel = async (reviewId: string) => void cancelled.push(reviewId);
  const desk = { ...server.desk, queue: { ...server.desk.queue, cancel } };
  await deletedAccountsSweep(desk, deletedAccounts([owner.userId as string]))();
  expect(run.signal.aborted).toBe(true);
  expect(cancelled).toEqual([id]);
});

test('all deleted accounts are asked for once, those of the last days again and again; and all again where it failed', async () => {
  const accounts = deletedAccounts();
  const sweep = deletedAccountsSweep(server.desk, accounts);
  await sweep();
  await sweep();
  expect(accounts.asked[0]).toEqual(new Date(0));
  // An access token may live for a day at most.
  expect(Date.now() - (accounts.asked[1] as Date).getTime()).toBeGreaterThan(2 * DAY);
  expect((accounts.asked[1] as Date).getTime()).toBeGreaterThan(0);

  const asked: Date[] = [];
  const away = deletedAccountsSweep(server.desk, {
    // oxlint-disable-next-line require-yield
    async *deletedSince(since) {
      asked.push(since);
      throw new Error('the gateway is away');
    },
  });
  for (let turn = 0; turn < 2; turn++) await expect(away()).rejects.toThrow('is away');
  expect(asked).toEqual([new Date(0), new Date(0)]);
});

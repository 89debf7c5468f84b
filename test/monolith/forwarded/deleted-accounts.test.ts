import { randomUUID } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { graphClient, type GraphClient } from '#platform/graph-client/graph-client.ts';
import { createLog } from '#platform/log.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { UploadDeps } from '../../../subgraphs/legacy/monolith/resumes/upload-sweep.ts';
import { removeOfDeletedAccounts } from '../../../subgraphs/legacy/monolith/resumes/deleted-accounts.ts';
import { resumeFiles } from '../../../subgraphs/legacy/monolith/resumes/storage.ts';
import { resumeReviewConfig } from '../../../subgraphs/resume-review/config.ts';
import { accountsOf } from '../../../subgraphs/resume-review/neighbours/accounts.ts';
import { deletedAccountsSweep } from '../../../subgraphs/resume-review/service/deleted-accounts.ts';
import { deskOf } from '../../resume-review/resume-server.ts';
import { startTwoOwners, type TwoOwners } from './two-owners.ts';

// Each waits until both sides hold what was written, several times.
vi.setConfig({ testTimeout: 120_000 });

const PASSWORD = 'a long password';
const log = createLog('test', 'silent');

let owners: TwoOwners;
let databases: Record<Side, Database>;
let graph: GraphClient;
beforeAll(async () => {
  owners = await startTwoOwners('auth', 'upload', 'ai');
  const { stack } = owners;
  const open = (url: string) => openDatabase({ url, poolSize: 2, applicationName: 'test', log });
  databases = { legacy: open(stack.databases.legacy), new: open(stack.databases.resume_review) };
  graph = graphClient({
    url: `${stack.gatewayUrl}/graphql`,
    service: 'resume-review',
    identitySecret: stack.environment('gateway')['IDENTITY_SECRET'] as string,
    log,
  });
});
afterAll(async () => {
  await graph?.close();
  await Promise.all(Object.values(databases ?? {}).map((database) => database.close()));
  await owners?.close();
});

/** What each side does every minute. */
const sweeps: Record<Side, () => Promise<void>> = {
  legacy: async () => {
    const { db } = databases.legacy;
    const ownership = ownershipHere(db, 'legacy');
    const storage = resumeFiles(owners.stack.uploadDirectories.legacy);
    const deps = { db, ownership, storage, clock: () => new Date() } as UploadDeps;
    await removeOfDeletedAccounts(deps);
  },
  new: async () => {
    const config = resumeReviewConfig(owners.stack.environment('resume-review'));
    await deletedAccountsSweep(deskOf(config, databases.new), accountsOf(graph))();
  },
};

interface Person {
  readonly userId: string;
  readonly token: string;
  readonly resumeIds: readonly string[];
  readonly uploadId: string;
}

async function send(token: string, text: string): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([text], { type: 'text/markdown' }), 'cv.md');
  const { status, body } = await owners.call('POST', '/api/uploads', { body: form, token });
  expect(status).toBe(201);
  return body.resume_id;
}

/** An upload that was announced, and of which the bytes have come. */
async function leaveOnTheWay(token: string): Promise<string> {
  const text = `on its way ${randomUUID()}`;
  const body = {
    file_name: 'next.txt',
    mime_type: 'text/plain',
    size_bytes: Buffer.byteLength(text),
    sha256: 'a'.repeat(64),
  };
  const ticket = await owners.call('POST', '/api/uploads/tickets', { body, token });
  expect((await owners.call('PUT', ticket.body.url, { body: text })).status).toBe(204);
  return ticket.body.upload_id;
}

/** Somebody with two resumes, one of them reviewed, and one upload on its way; known to both sides. */
async function somebody(): Promise<Person> {
  const account = { email: `${randomUUID()}@example.com`, password: PASSWORD, full_name: 'Ada' };
  const { body } = await owners.call('POST', '/api/auth/register', { body: account });
  const { access_token: token, user } = body;
  await owners.settle();
  const text = `# Ada Lovelace\nada@example.com\n\n## Experience\n- ${randomUUID()}\n`;
  const resumeIds = [await send(token, text), await send(token, `${text}2`)];
  const review = { resume_id: resumeIds[0], job_desc: 'Programs' };
  expect((await owners.call('POST', '/api/reviews', { body: review, token })).status).toBe(201);
  const uploadId = await leaveOnTheWay(token);
  await owners.settle();
  return { userId: user.user_id, token, resumeIds, uploadId };
}

/** How many rows each table has of somebody, on both sides. */
async function rowsOf({ userId, resumeIds }: Person) {
  const count = async (side: Side, table: string, column: string, values: readonly string[]) => {
    const { rows } = await databases[side].pool.query(
      `select count(*)::int as n from ${table} where ${column} = any($1::uuid[])`,
      [values],
    );
    return rows[0].n as number;
  };
  return {
    legacy: [
      await count('legacy', 'resumes', 'user_id', [userId]),
      await count('legacy', 'uploads', 'user_id', [userId]),
      await count('legacy', 'ai_reviews', 'resume_id', resumeIds),
    ],
    new: [
      await count('new', 'resumes', 'owner_id', [userId]),
      await count('new', 'uploads', 'owner_id', [userId]),
      await count('new', 'reviews', 'resume_id', resumeIds),
    ],
  };
}

/** The journal of a side, as far as it is about somebody. */
async function journalOf(side: Side, { userId }: Person) {
  const [table, owner] =
    side === 'legacy' ? ['resume_deletions', 'user_id'] : ['deletions', 'owner_id'];
  const { rows } = await databases[side].pool.query(
    `select resume_id, deleted_by, reviews from ${table} where ${owner} = $1 order by reviews desc`,
    [userId],
  );
  return rows;
}

/** The files of a side whose names have an id or a hash of somebody in them. */
async function filesOf(side: Side, names: readonly string[]): Promise<string[]> {
  const directory = owners.stack.uploadDirectories[side];
  await access(directory).catch(() => {});
  const all = await readdir(directory, { recursive: true }).catch(() => []);
  return all.filter((path) => names.some((name) => path.includes(name))).map((p) => join(side, p));
}

const hashesOf = async ({ userId }: Person): Promise<string[]> =>
  (await owners.sql('select sha256 from resumes where user_id = $1', [userId])).map(
    ({ sha256 }) => sha256,
  );

describe.each([
  ['legacy', 'legacy'],
  ['new', 'legacy'],
  ['legacy', 'new'],
  ['new', 'new'],
] as const)('an account that %s owns and whose resumes %s owns', (auth, upload) => {
  beforeAll(async () => {
    await owners.give(auth, 'auth');
    for (const move of ['upload', 'ai'] as const) await owners.give(upload, move);
  });

  test('takes its resumes, uploads, files and reviews along, which is said in the journal', async () => {
    const [person, bystander] = [await somebody(), await somebody()];
    expect(await rowsOf(person)).toEqual({ legacy: [2, 1, 1], new: [2, 1, 1] });
    const names = [...person.resumeIds, person.uploadId, ...(await hashesOf(person))];
    expect(await filesOf(upload, names)).not.toEqual([]);

    const body = { current_password: PASSWORD };
    const answer = await owners.call('POST', '/api/auth/delete-account', {
      body,
      token: person.token,
    });
    expect([answer.status, answer.body]).toEqual([200, { deleted_id: person.userId }]);
    // Where one side owns both, nobody waits for a sweep.
    const atOnce = auth === 'legacy' && upload === 'legacy';
    expect((await rowsOf(person))[upload]).toEqual(atOnce ? [0, 0, 0] : [2, 1, 1]);

    await owners.settle();
    // Whose turn it is not does nothing.
    await sweeps[upload === 'new' ? 'legacy' : 'new']();
    expect((await rowsOf(person))[upload]).toEqual(atOnce ? [0, 0, 0] : [2, 1, 1]);
    await sweeps[upload]();
    await owners.settle();
    expect(await rowsOf(person)).toEqual({ legacy: [0, 0, 0], new: [0, 0, 0] });
    expect(await filesOf(upload, names)).toEqual([]);
    const [reviewed, other] = person.resumeIds;
    expect(await journalOf(upload, person)).toEqual([
      { resume_id: reviewed, deleted_by: null, reviews: 1 },
      { resume_id: other, deleted_by: null, reviews: 0 },
    ]);
    expect(await journalOf(upload === 'new' ? 'legacy' : 'new', person)).toEqual([]);
    expect(await rowsOf(bystander)).toEqual({ legacy: [2, 1, 1], new: [2, 1, 1] });
  });

  test('takes along what its access token brings in before that runs out', async () => {
    const person = await somebody();
    await owners.call('DELETE', `/api/users/${person.userId}`, {
      identity: { userId: randomUUID(), role: 'admin' },
    });
    await owners.settle();
    await sweeps[upload]();
    const late = await send(person.token, `late ${randomUUID()}`);
    await owners.settle();
    expect(await rowsOf(person)).toEqual({ legacy: [1, 0, 0], new: [1, 0, 0] });
    await sweeps[upload]();
    await owners.settle();
    expect(await rowsOf(person)).toEqual({ legacy: [0, 0, 0], new: [0, 0, 0] });
    expect(await journalOf(upload, person)).toContainEqual({
      resume_id: late,
      deleted_by: null,
      reviews: 0,
    });
  });
});

test('a service is told of all deleted accounts, however many', async () => {
  await owners.give('legacy', 'auth');
  await owners.sql(
    `insert into app_users select gen_random_uuid(), 'gone-' || n, '', 'Deleted account', 'CUST', null, 'en', now(), now(),
       timestamp '2001-01-01 12:00' from generate_series(1, 230) n`,
  );
  const idsSince = async (time: string) => {
    const ids: string[] = [];
    for await (const page of accountsOf(graph).deletedSince(new Date(time))) ids.push(...page);
    return ids;
  };
  const all = await idsSince('1970-01-01T00:00:00Z');
  expect(new Set(all).size).toBe(all.length);
  const [{ n }] = await owners.sql(
    'select count(*)::int as n from app_users where deleted_at is not null',
  );
  expect(all).toHaveLength(n);
  expect(n).toBeGreaterThan(230);
  // Noon in Tokyo.
  expect(await idsSince('2001-01-01T03:00:00Z')).toHaveLength(n);
  expect(await idsSince('2001-01-01T03:00:01Z')).toHaveLength(n - 230);
});

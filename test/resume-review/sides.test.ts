import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { fileStorage } from '#platform/storage/file-storage.ts';
import { localDisk } from '#platform/storage/local-disk.ts';
import { bringKeptFiles } from '../../migration/moves/upload-files.ts';
import { resumeFiles } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import { drawAccounts } from '../../subgraphs/legacy/monolith/seed/accounts.ts';
import { drawResumes, writeResumeFiles } from '../../subgraphs/legacy/monolith/seed/resumes.ts';
import { sizesAt } from '../../subgraphs/legacy/monolith/seed/sizes.ts';
import { TEST_SEED_SCALE } from '../setup/templates.ts';
import { startStack, type Stack } from '../stack.ts';

const RESUME = 'id filename contentType byteSize sha256 uploadedAt owner { id displayName }';
const REVIEW = `id status progress overallScore jobDescription failureReason requestedAt completedAt
  sections { name score findings { severity message evidence suggestion } }`;
const RESUME_QUERY = `query ($id: ID!) { resume(id: $id) { ${RESUME}
  reviews { ${REVIEW} resume { ${RESUME} reviews { id } } } } }`;
const REVIEW_QUERY = `query ($id: ID!) { resumeReview(id: $id) { ${REVIEW}
  resume { ${RESUME} reviews { id } owner { resumes(first: 2) { totalCount nodes { id reviews { id } } } } } } }`;
const MINE = `query ($first: Int, $after: String) { me { id resumes(first: $first, after: $after) { totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
  nodes { ${RESUME} reviews { ${REVIEW} } } } } }`;
const EVERYBODY = `{ users(first: 100) { nodes { id resumes(first: 3) { totalCount nodes { id filename
  reviews { id overallScore resume { filename } } } } } } }`;
const REQUEST = `mutation ($input: RequestResumeReviewInput!) { requestResumeReview(input: $input) { __typename
  ... on ResumeReviewPayload { review { id } } } }`;
const WRITTEN = `query ($id: ID!) { resumeReview(id: $id) { status progress overallScore jobDescription failureReason eventsUrl
  sections { name score findings { severity message evidence suggestion } } agentRuns { attempt agent driver outcome }
  resume { ${RESUME} } } }`;

const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename
  ... on CreateUploadSuccess { upload { __typename } } ... on Problem { message }
  ... on InvalidInput { fields { path message } } } }`;
const COMPLETE = `mutation ($id: ID!) { completeUpload(input: { id: $id }) { __typename
  ... on CompleteUploadSuccess { resume { ${RESUME} } } ... on Problem { message }
  ... on UploadIncomplete { receivedBytes } ... on NotFound { id } } }`;
const DELETE = `mutation ($id: ID!) { deleteResume(input: { id: $id }) { __typename
  ... on Problem { message } ... on NotFound { id } } }`;
const REFUSED_REQUEST = `mutation ($input: RequestResumeReviewInput!) { requestResumeReview(input: $input) {
  __typename ... on Problem { message } ... on NotFound { id } ... on InvalidInput { fields { path message } } } }`;

const BOTH = ['upload', 'ai'];
const SIDES = [['upload'], ['ai'], BOTH, [...BOTH, 'auth', 'product']].map((labels) => ({
  labels,
  name: labels.join(', '),
}));
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let stack: Stack;
let resumes: string[];
let reviews: string[];
let tokens: Record<'customer' | 'staff' | 'admin', string>;

beforeAll(async () => {
  stack = await startStack();
  await writeSeededFiles(stack);
  const client = new pg.Client({ connectionString: stack.databases.legacy });
  await client.connect();
  const ids = async (sql: string) =>
    (await client.query<{ id: string }>(sql)).rows.map((row) => row.id);
  resumes = await ids('select resume_id as id from resumes order by 1');
  reviews = await ids('select review_id as id from ai_reviews order by 1');
  await client.end();
  const [customer, staff, admin] = await Promise.all(
    ['customer', 'staff', 'admin'].map((name) => stack.login(`${name}@example.com`)),
  );
  tokens = { customer: customer as string, staff: staff as string, admin: admin as string };
});
afterAll(() => stack?.close());

/** The databases were filled elsewhere: the files are drawn again, then handed over. */
async function writeSeededFiles({ databases, uploadDirectories }: Stack): Promise<void> {
  const sizes = sizesAt(Number(TEST_SEED_SCALE));
  const resumesDrawn = drawResumes(sizes.resumes, drawAccounts(sizes.users));
  await writeResumeFiles(uploadDirectories.legacy, resumesDrawn);
  const log = createLog('test', 'silent');
  const legacy = openDatabase({ url: databases.legacy, poolSize: 1, applicationName: 'test', log });
  const { rows } = await legacy.pool.query<{ id: string; sha256: string }>(
    'select resume_id as id, sha256 from resumes',
  );
  expect(rows).toHaveLength(sizes.resumes);
  await bringKeptFiles(
    rows.map(({ id, sha256 }) => ({ id, canonical: { sha256 }, before: null })),
    'new',
    {
      legacy: resumeFiles(uploadDirectories.legacy),
      new: fileStorage(localDisk(uploadDirectories.new)),
    },
    // What runs beside this uses no file.
    legacy.pool,
  );
  await legacy.close();
}

/** An operation: its text, its variables, and who asks. */
type Case = readonly [query: string, variables: Record<string, unknown>, token?: string];

/** What an operation comes to with all labels off, and with these on. */
async function bothAnswers(labels: readonly string[], [query, variables, token]: Case) {
  const ask = async (on: readonly string[]) =>
    (await stack.graphql(query, variables, { labels: on, ...(token ? { token } : {}) })).body;
  return { legacy: await ask([]), fresh: await ask(labels) };
}

/** The data of an operation, which must be the same from both sides. */
async function sameData(labels: readonly string[], ...asked: Case): Promise<unknown> {
  const { legacy, fresh } = await bothAnswers(labels, asked);
  expect(fresh).toEqual(legacy);
  return legacy.data;
}

/** The operations that have different answers, errors included. */
async function differences(labels: readonly string[], cases: readonly Case[]): Promise<unknown[]> {
  const found = [];
  for (const asked of cases) {
    const { legacy, fresh } = await bothAnswers(labels, asked);
    if (!isDeepStrictEqual(fresh, legacy)) found.push({ asked, legacy, fresh });
  }
  return found;
}

describe.each(SIDES)('with $name on the new side', ({ labels }) => {
  test('every seeded resume and review reads as it does from the monolith', async () => {
    expect(resumes.length).toBeGreaterThan(3);
    expect(reviews.length).toBeGreaterThan(1);
    for (const id of resumes) {
      expect(await sameData(labels, RESUME_QUERY, { id }, tokens.staff)).toMatchObject({
        resume: { id },
      });
    }
    for (const id of reviews) {
      expect(await sameData(labels, REVIEW_QUERY, { id }, tokens.staff)).toMatchObject({
        resumeReview: { id },
      });
    }
  });

  test('so do the pages of an account, the resumes of everybody, and what nobody may see', async () => {
    let after: string | null = null;
    for (let more = true; more;) {
      const data = await sameData(labels, MINE, { first: 2, after }, tokens.customer);
      const { me } = data as {
        me: { resumes: { pageInfo: { hasNextPage: boolean; endCursor: string } } };
      };
      ({ hasNextPage: more, endCursor: after } = me.resumes.pageInfo);
    }
    const cases: Case[] = [
      [EVERYBODY, {}, tokens.admin],
      [MINE, { first: 101 }, tokens.customer],
      [MINE, { after: 'x' }, tokens.customer],
    ];
    for (const token of [undefined, tokens.customer]) {
      cases.push(
        ...[...resumes, 'x', UNKNOWN].map((id): Case => [RESUME_QUERY, { id }, token]),
        ...[...reviews, 'x', UNKNOWN].map((id): Case => [REVIEW_QUERY, { id }, token]),
      );
    }
    expect(await differences(labels, cases)).toEqual([]);
  });
});

describe('what is refused is refused in the same words', () => {
  const file = {
    filename: 'a.txt',
    contentType: 'text/plain',
    byteSize: 1,
    sha256: 'a'.repeat(64),
  };

  test.each([
    [{}],
    [{ filename: '' }],
    [{ filename: ' \n' }],
    [{ filename: 'x'.repeat(201), sha256: 'x' }],
    [{ filename: 'a\u0000' }],
    [{ contentType: 'image/png' }],
    [{ contentType: '' }],
    [{ contentType: ' TEXT/markdown ;x' }],
    [{ byteSize: 0 }],
    [{ byteSize: -1 }],
    [{ byteSize: 10_485_761 }],
    [{ byteSize: 10_485_760, sha256: 'A'.repeat(64) }],
    [{ byteSize: 1.5 }],
    [{ contentType: 'image/png', filename: '', byteSize: 0 }],
  ])('announcing %j', async (more) => {
    const variables = { input: { ...file, ...more } };
    const cases: Case[] = [
      [CREATE, variables, tokens.customer],
      [CREATE, variables],
    ];
    expect(await differences(BOTH, cases)).toEqual([]);
  });

  test('completing, deleting and reviewing what is unknown, of somebody else, or no id', async () => {
    const long = 'x'.repeat(20_001);
    const cases = [tokens.customer, tokens.staff, undefined].flatMap((token): Case[] => [
      ...[UNKNOWN, 'x', UNKNOWN.toUpperCase(), ...resumes].map((id): Case => [
        COMPLETE,
        { id },
        token,
      ]),
      ...[UNKNOWN, 'x'].flatMap((id): Case[] => [
        [DELETE, { id }, token],
        [REFUSED_REQUEST, { input: { resumeId: id } }, token],
        [REFUSED_REQUEST, { input: { resumeId: id, jobDescription: long } }, token],
      ]),
    ]);
    const { me } = (await sameData(BOTH, MINE, { first: 100 }, tokens.customer)) as {
      me: { resumes: { nodes: { id: string }[] } };
    };
    const own = new Set(me.resumes.nodes.map(({ id }) => id));
    for (const id of resumes.filter((resume) => !own.has(resume))) {
      cases.push(
        [DELETE, { id }, tokens.customer],
        [REFUSED_REQUEST, { input: { resumeId: id } }, tokens.customer],
      );
    }
    expect(await differences(BOTH, cases)).toEqual([]);
  });
});

test('both sides review the seeded resumes alike, each in its own database', async () => {
  const before = await reviewCounts();
  const jobs = [
    null,
    '  ',
    'We look for a warehouse manager who leads teams, knows SQL and forecasting in Tokyo.',
  ];
  for (const resumeId of resumes) {
    for (const jobDescription of jobs) {
      const input = { resumeId, jobDescription };
      const written = await writtenReview([], input);
      expect(written).toMatchObject({ status: 'COMPLETED', progress: 100, eventsUrl: null });
      expect(await writtenReview(BOTH, input)).toEqual(written);
    }
  }
  const written = jobs.length * resumes.length;
  expect(await reviewCounts()).toEqual(before.map((count) => count + written));
});

/** A review that was asked for, when it has ended. */
async function writtenReview(labels: readonly string[], input: object): Promise<unknown> {
  const ask = async (query: string, variables: Record<string, unknown>) =>
    (await stack.graphql(query, variables, { labels, token: tokens.staff })).body.data;
  const { id } = (await ask(REQUEST, { input })).requestResumeReview.review;
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await wait(30)) {
    const { resumeReview } = await ask(WRITTEN, { id });
    if (!['QUEUED', 'RUNNING'].includes(resumeReview.status)) return resumeReview;
  }
  throw new Error(`the review ${id} did not end`);
}

async function reviewCounts(): Promise<number[]> {
  const count = async (url: string, table: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    await client.end();
    return rows[0]?.n ?? 0;
  };
  return [
    await count(stack.databases.legacy, 'ai_reviews'),
    await count(stack.databases.resume_review, 'reviews'),
  ];
}

import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parse, print, separateOperations } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MoveName } from '#platform/moves/moves.ts';
import { startTwoOwners, type TwoOwners } from '../monolith/forwarded/two-owners.ts';
import { docx, DOCX_TYPE, pdf } from '../setup/documents.ts';

const MOVES = ['upload', 'ai'] as const satisfies readonly MoveName[];

/** The operations of the resume page, as its client sends them. */
const PAGE = Object.fromEntries(
  Object.entries(
    separateOperations(parse(readFileSync('schema/operations/resume/resume.graphql', 'utf8'))),
  ).map(([name, document]) => [name, print(document)]),
);
/** What the page does not ask: all of a review and of a refusal, and the same review again. */
const MORE = {
  announce: `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on UploadRefused { reason }
    ... on Problem { message } ... on InvalidInput { fields { path message } } } }`,
  ask: `mutation ($input: RequestResumeReviewInput!) { requestResumeReview(input: $input) { __typename
    ... on ResumeReviewPayload { review { id jobDescription requestedAt resume { id filename } } }
    ... on Problem { message } ... on InvalidInput { fields { path message } } } }`,
  cancel: `mutation ($id: ID!) { cancelResumeReview(input: { id: $id }) { __typename ... on Problem { message }
    ... on ReviewEnded { review { id status } } } }`,
  runs: `query ($id: ID!) { resumeReview(id: $id) { agentRuns { attempt agent driver model inputTokens outputTokens outcome message } } }`,
};
const QUERIES: Readonly<Record<string, string>> = { ...PAGE, ...MORE };
const TEXT = `# Casey Morgan\ncasey.morgan@example.com\n\n## Experience\n- Led a team of 12 carpenters, 2019 to 2024\n`;

let owners: TwoOwners;
let token: string;
beforeAll(async () => {
  owners = await startTwoOwners(...MOVES);
  token = await owners.stack.login('customer@example.com');
});
afterAll(() => owners?.close());

/** Everything that the resume page does, with what it is answered, but for what differs each time. */
async function visit(labels: readonly string[]): Promise<unknown[]> {
  const notes: unknown[] = [];
  const ask = async (name: string, variables: Record<string, unknown> = {}) => {
    const { body } = await owners.stack.graphql(QUERIES[name] as string, variables, {
      token,
      labels,
    });
    notes.push([name, name === 'RequestReview' ? asked(body) : body]);
    // A review is carried over when it has ended.
    if (name !== 'RequestReview' && name !== 'ask') await owners.settle();
    return body.data;
  };
  const http = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(owners.stack.gatewayUrl + path, init);
    const { status, headers } = answer;
    const told = ['upload-offset', 'upload-length', 'content-disposition', 'content-type'];
    const text = await answer.text();
    notes.push([
      init.method ?? 'GET',
      status,
      told.map((name) => headers.get(name)),
      status < 300 ? text : null,
    ]);
    await owners.settle();
  };
  const part = (path: string, bytes: string, offset: number) =>
    http(path, {
      method: 'PATCH',
      body: bytes,
      headers: {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      },
    });
  const announce = (bytes: string | Buffer, more: object = {}, name = 'CreateUpload') => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { filename: 'CV – Casey.md', contentType: 'text/markdown', sha256 };
    return ask(name, { input: { ...file, byteSize: Buffer.byteLength(bytes), ...more } });
  };

  await ask('MyResumes', { first: 2 });
  await announce(TEXT, { contentType: 'image/png' });
  await announce(TEXT, { byteSize: 10_485_761 });
  await announce(TEXT, { filename: ' ', sha256: 'x' }, 'announce');
  const { id, url } = (await announce(TEXT)).createUpload.upload;
  await ask('CompleteUpload', { id });
  await http(url, { method: 'HEAD' });
  await part(url, TEXT.slice(0, 30), 0);
  await part(url, TEXT.slice(0, 30), 0);
  await ask('CompleteUpload', { id });
  await http(url, { method: 'HEAD' });
  await part(url, `${TEXT.slice(30)}!`, 30);
  await part(url, TEXT.slice(30), 30);
  await ask('CompleteUpload', { id });
  await ask('CompleteUpload', { id });
  await http(url, { method: 'PUT', body: TEXT });
  const { downloadUrl } = (await ask('ResumeFile', { id })).resume.file;
  await http(downloadUrl);
  await ask('ResumePage', { id });
  const request = { resumeId: id, jobDescription: 'Carpenter' };
  const { review } = (await ask('RequestReview', request)).requestResumeReview;
  await ended(review.id, labels);
  await ask('ReviewPage', { id: review.id });
  await ask('runs', { id: review.id });
  const read = await ask('ReviewReading', { id: review.id });
  expect(read.resumeReview.reading).toMatchObject({
    resume: { basics: { name: 'Casey Morgan', email: 'casey.morgan@example.com' } },
    text: expect.stringContaining('Led a team of 12 carpenters'),
  });
  const input = { resumeId: id, idempotencyKey: randomUUID() };
  const [first, again] = [await ask('ask', { input }), await ask('ask', { input })].map(
    ({ requestResumeReview }) => requestResumeReview.review.id,
  );
  notes.push(['the same review', first === again]);
  await ask('ask', { input: { ...input, jobDescription: 'Plumber' } });
  await ask('ask', { input: { ...input, idempotencyKey: 'short' } });
  await ended(first, labels);
  await ask('CompareReviews', { before: review.id, after: first });
  await ask('CompareReviews', { before: first, after: randomUUID() });
  for (const name of ['CancelReview', 'cancel']) {
    for (const one of [first, randomUUID()]) await ask(name, { id: one });
  }
  await ask('ResumePage', { id });
  await ask('MyResumes', { first: 2 });
  for (const [bytes, contentType] of [
    ['Casey', 'application/pdf'],
    [pdf('/Encrypt 5 0 R '), 'application/pdf'],
    [docx().subarray(0, 200), DOCX_TYPE],
    [docx({ name: 'bomb', bytes: Buffer.alloc(60_000_000) }), DOCX_TYPE],
  ] as const) {
    const { upload } = (await announce(bytes, { contentType })).createUpload;
    await http(upload.url, { method: 'PUT', body: bytes as BodyInit });
    await ask('CompleteUpload', { id: upload.id });
    await ask('CompleteUpload', { id: upload.id });
  }
  await ask('RequestReview', { resumeId: randomUUID() });
  await ask('DeleteResume', { id });
  await ask('DeleteResume', { id });
  for (const name of ['ResumePage', 'CompleteUpload', 'ResumeFile']) await ask(name, { id });
  await ask('RequestReview', request);
  for (const name of ['ReviewPage', 'ReviewReading']) await ask(name, { id: review.id });
  await http(downloadUrl);
  return notes;
}

/** One side has written the review when it answers, the other one gives a URL to follow it: only what is asked is the same. */
function asked(body: { readonly data?: unknown }): unknown {
  const { review, ...problem } =
    (body.data as { requestResumeReview?: { review?: { id: string; jobDescription: string } } })
      .requestResumeReview ?? {};
  return { ...body, data: { ...problem, job: review?.jobDescription } };
}

/** Waits until a review has ended: one side writes it before it answers, the other one later. */
async function ended(id: string, labels: readonly string[]): Promise<void> {
  const isOver = async () => {
    const { body } = await owners.stack.graphql(
      QUERIES['ReviewPage'] as string,
      { id },
      { token, labels },
    );
    return body.data.resumeReview?.completedAt != null;
  };
  for (const deadline = Date.now() + 20_000; !(await isOver()); await wait(50)) {
    if (Date.now() > deadline) throw new Error(`the review ${id} did not end`);
  }
  await owners.settle();
}

const timeless = (notes: unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(notes)
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replaceAll(/expires=\d+&signature=[\w-]+/g, '<signature>')
      .replaceAll('/uploads/resume-review/', '/uploads/'),
  );

test('every operation of the resume page has the same answer in all four states of its two flags', async () => {
  const answers = new Map<string, unknown>();
  for (const labels of [[], ['upload'], ['upload', 'ai'], ['ai']]) {
    for (const move of MOVES) await owners.give(labels.includes(move) ? 'new' : 'legacy', move);
    answers.set(labels.join(' and ') || 'none', timeless(await visit(labels)));
  }
  const none = answers.get('none') as unknown[];
  expect(none.length).toBeGreaterThan(45);
  const names = none.map((note) => (note as [string])[0]);
  expect(names).toEqual(expect.arrayContaining(Object.keys(PAGE)));
  expect(JSON.stringify(none)).not.toContain('INTERNAL');
  for (const [state, notes] of answers) expect([state, notes]).toEqual([state, none]);
}, 120_000);

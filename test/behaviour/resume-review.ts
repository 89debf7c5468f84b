import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { readResumeFile } from '#platform/resumes/documents/read-file.ts';
import { reviewByRules } from '#platform/resumes/rules/review.ts';
import { readingOf } from '#platform/resumes/structure/json-resume.ts';
import { PDF } from '../setup/documents.ts';
import type { BehaviourStack } from './behaviour-stack.ts';
import { newestFirst, openShop, unknownId, type Shop } from './shop.ts';
import { fileBehaviour } from './uploads.ts';

const RESUME = 'id filename contentType byteSize sha256 uploadedAt owner { id }';
const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename
  ... on CreateUploadSuccess { upload { id url expiresAt } } ... on Problem { message }
  ... on InvalidInput { fields { path message } } } }`;
const COMPLETE = `mutation ($id: ID!) { completeUpload(input: { id: $id }) { __typename
  ... on CompleteUploadSuccess { resume { ${RESUME} } } ... on Problem { message }
  ... on UploadIncomplete { receivedBytes } ... on NotFound { id } } }`;
const DELETE = `mutation ($id: ID!) { deleteResume(input: { id: $id }) { __typename
  ... on DeleteResumePayload { deletedId } ... on NotFound { id } } }`;
const ONE = `query ($id: ID!) { resume(id: $id) { ${RESUME} reviews { id requestedAt } } }`;
const REVIEW = `id status progress overallScore jobDescription failureReason requestedAt completedAt
  resume { id filename } sections { name score findings { severity message evidence suggestion } }`;
const REQUEST = `mutation ($input: RequestResumeReviewInput!) { requestResumeReview(input: $input) { __typename
  ... on ResumeReviewPayload { review { ${REVIEW} } } ... on Problem { message } ... on NotFound { id }
  ... on InvalidInput { fields { path message } } } }`;
const CANCEL = `mutation ($id: ID!) { cancelResumeReview(input: { id: $id }) { __typename
  ... on ResumeReviewPayload { review { id } } ... on ReviewEnded { review { id } } ... on NotFound { id } } }`;
const COMPARE = `query ($before: ID!, $after: ID!) { resumeReviewComparison(before: $before, after: $after) {
  scoreChange sections { name before after } resolved { severity message } added { severity message }
  remaining { severity message } } }`;
const RUNS = `query ($id: ID!) { resumeReview(id: $id) { eventsUrl agentRuns { attempt agent driver model startedAt durationMs
  inputTokens outputTokens costMicros outcome message } } }`;
const READING = `query ($id: ID!) { resumeReview(id: $id) { reading { resume spans { pointer start end } text } } }`;
const READINGS = `query ($id: ID!) { resume(id: $id) { reviews { id reading { resume } } } }`;
const ONE_REVIEW = `query ($id: ID!) { resumeReview(id: $id) { ${REVIEW} } }`;
const MINE = `query ($first: Int, $after: String) { me { id resumes(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id uploadedAt owner { id } } } } }`;

const TEXT = `Casey Morgan
casey.morgan@example.com, +1 206 555 0100

Experience
Warehouse lead, Northwind, 2019 to 2024
- Led a team of 12 and cut picking errors by 38%.
- Built a stock ledger that saved 200,000 dollars a year.

Education
BSc in Logistics, 2018

Skills
SQL, TypeScript, forecasting
`;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SEVERITIES = ['CRITICAL', 'WARNING', 'HINT', 'PRAISE'];

/** How uploads, resumes and their reviews behave, whichever side answers. */
export function resumeReviewBehaviour(stack: () => BehaviourStack): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(stack());
  });
  const given = () => ({ shop, gatewayUrl: stack().gatewayUrl });
  describe('uploading a resume', () => {
    uploadBehaviour(given);
  });
  describe('the files of resumes', () => {
    fileBehaviour(given);
  });
  describe('resumes that are read', () => {
    readingBehaviour(given);
  });
  describe('reviewing a resume', () => {
    reviewBehaviour(given);
  });
}

type Given = () => { readonly shop: Shop; readonly gatewayUrl: string };

/** A file as it is announced. */
function announced(text: string | Uint8Array, more: object = {}) {
  return {
    filename: 'resume.txt',
    contentType: 'text/plain',
    byteSize: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
    ...more,
  };
}

async function ticketFor(
  shop: Shop,
  input: object,
): Promise<{ id: string; url: string; expiresAt: string }> {
  const { createUpload } = await shop.data(CREATE, { input }, shop.customer);
  expect(createUpload.__typename).toBe('CreateUploadSuccess');
  return createUpload.upload;
}

/** Sends bytes as a browser does, without logging in. @returns the status of the answer */
async function put(gatewayUrl: string, path: string, text: string | Uint8Array): Promise<number> {
  const body = text as BodyInit;
  const response = await fetch(gatewayUrl + path, { method: 'PUT', body });
  await response.arrayBuffer();
  return response.status;
}

const complete = async (shop: Shop, id: string) =>
  (await shop.data(COMPLETE, { id }, shop.customer)).completeUpload;

/** The whole way: announced, sent, completed. Every text is another file. */
async function uploaded(
  { shop, gatewayUrl }: ReturnType<Given>,
  text: string | Uint8Array = TEXT,
  more: object = {},
) {
  const { id, url } = await ticketFor(shop, announced(text, more));
  expect(await put(gatewayUrl, url, text)).toBeLessThan(300);
  return (await complete(shop, id)).resume as { id: string; owner: { id: string } };
}

function uploadBehaviour(given: Given): void {
  test('an announced file is sent without logging in, and becomes a resume of the same id', async () => {
    const { shop, gatewayUrl } = given();
    const file = announced(TEXT);
    const { id, url, expiresAt } = await ticketFor(shop, file);
    expect(url).toMatch(/^\/uploads\//);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect(await put(gatewayUrl, url, TEXT)).toBeLessThan(300);
    const { resume } = await complete(shop, id);
    expect(resume).toMatchObject({ id, ...file });
    expect((await complete(shop, id)).resume).toEqual(resume);
    const read = await shop.data(ONE, { id }, shop.customer);
    expect(read.resume).toEqual({ ...resume, reviews: [] });
  });

  test('an upload of which nothing has arrived is not complete', async () => {
    const { shop } = given();
    const { id } = await ticketFor(shop, announced(TEXT));
    expect(await complete(shop, id)).toMatchObject({
      __typename: 'UploadIncomplete',
      receivedBytes: 0,
    });
    expect((await shop.data(ONE, { id }, shop.customer)).resume).toBeNull();
  });

  test('bytes that are not the announced file do not become a resume, and can be sent again', async () => {
    const { shop, gatewayUrl } = given();
    const { id, url } = await ticketFor(shop, announced(TEXT));
    await put(gatewayUrl, url, TEXT.toUpperCase());
    expect((await complete(shop, id)).__typename).toBe('UploadIncomplete');
    await put(gatewayUrl, url, TEXT);
    expect((await complete(shop, id)).__typename).toBe('CompleteUploadSuccess');
  });

  test('a file that is larger than announced is refused on its way in', async () => {
    const { shop, gatewayUrl } = given();
    const { id, url } = await ticketFor(shop, announced('short'));
    // The server may close the connection before all has been sent.
    const status = await put(gatewayUrl, url, TEXT.repeat(50)).catch(() => 413);
    expect(status).toBe(413);
    expect((await complete(shop, id)).__typename).toBe('UploadIncomplete');
  });

  test('a permission that was tampered with is none', async () => {
    const { shop, gatewayUrl } = given();
    const { id, url } = await ticketFor(shop, announced(TEXT));
    const other = await ticketFor(shop, announced(TEXT));
    expect(await put(gatewayUrl, url.replace(id, other.id), TEXT)).toBeGreaterThanOrEqual(400);
    expect(await put(gatewayUrl, `/uploads/${id}`, TEXT)).toBeGreaterThanOrEqual(400);
    expect((await complete(shop, other.id)).__typename).toBe('UploadIncomplete');
  });

  test('types and sizes that are not taken are refused before anything is sent', async () => {
    const { shop } = given();
    for (const more of [{ contentType: 'image/png' }, { byteSize: 0 }, { byteSize: 10_485_761 }]) {
      const input = announced(TEXT, more);
      const { createUpload } = await shop.data(CREATE, { input }, shop.customer);
      expect([more, createUpload.__typename]).toEqual([more, 'UploadRefused']);
      expect(createUpload.message).not.toBe('');
    }
  });

  test('an announcement that breaks rules names the fields by their paths', async () => {
    const { shop } = given();
    const input = announced(TEXT, { filename: ' ', sha256: 'abc' });
    const { createUpload } = await shop.data(CREATE, { input }, shop.customer);
    expect(createUpload.__typename).toBe('InvalidInput');
    const paths = createUpload.fields.map(({ path }: { path: string }) => path);
    expect(paths.toSorted()).toEqual(['filename', 'sha256']);
  });

  test('only who announced an upload completes it', async () => {
    const { shop, gatewayUrl } = given();
    const code = await shop.code(CREATE, { input: announced(TEXT) });
    expect(code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const { id, url } = await ticketFor(shop, announced(TEXT));
    await put(gatewayUrl, url, TEXT);
    const { completeUpload } = await shop.data(COMPLETE, { id }, shop.otherCustomer);
    expect(completeUpload).toMatchObject({ __typename: 'NotFound', id });
    const unknown = unknownId();
    expect(await complete(shop, unknown)).toMatchObject({ __typename: 'NotFound', id: unknown });
    expect(await shop.code(COMPLETE, { id: 'resume' }, shop.customer)).toBe('BAD_USER_INPUT');
  });
}

function readingBehaviour(given: Given): void {
  test('a resume is read by its owner and by staff, and by nobody else', async () => {
    const { shop } = given();
    const { id } = await uploaded(given());
    const own = await shop.data(ONE, { id }, shop.customer);
    expect(await shop.data(ONE, { id }, shop.staff)).toEqual(own);
    expect(await shop.code(ONE, { id }, shop.otherCustomer)).toBe('FORBIDDEN');
    expect(await shop.code(ONE, { id })).toBe('UNAUTHENTICATED');
  });

  test('a resume that does not exist is null, and what is no id is refused', async () => {
    const { shop } = given();
    expect((await shop.data(ONE, { id: unknownId() }, shop.customer)).resume).toBeNull();
    expect(await shop.code(ONE, { id: '1' }, shop.customer)).toBe('BAD_USER_INPUT');
  });

  test('people page through their own resumes, newest first, each once', async () => {
    const { shop } = given();
    for (let count = 0; count < 2; count++) await uploaded(given());
    const found = [];
    let total = 0;
    for (let after = null, more = true; more;) {
      const { me } = await shop.data(MINE, { first: 2, after }, shop.customer);
      found.push(...me.resumes.nodes);
      total = me.resumes.totalCount;
      more = me.resumes.pageInfo.hasNextPage;
      after = me.resumes.pageInfo.endCursor;
      for (const { owner } of me.resumes.nodes) expect(owner.id).toBe(me.id);
    }
    expect(found).toHaveLength(total);
    expect(new Set(found.map(({ id }) => id)).size).toBe(total);
    const times = found.map(({ uploadedAt }) => uploadedAt);
    expect(times).toEqual(newestFirst(times));
    expect(await shop.code(MINE, { after: 'x' }, shop.customer)).toBe('BAD_USER_INPUT');
    expect(await shop.code(MINE, { first: 0 }, shop.customer)).toBe('BAD_USER_INPUT');
  });

  test('a deleted resume is gone with its reviews; nobody else can delete it', async () => {
    const { shop } = given();
    const { id } = await uploaded(given());
    const review = await reviewOf(shop, { resumeId: id });
    const elsewhere = await shop.data(DELETE, { id }, shop.otherCustomer);
    expect(elsewhere.deleteResume).toEqual({ __typename: 'NotFound', id });
    const { deleteResume } = await shop.data(DELETE, { id }, shop.customer);
    expect(deleteResume).toEqual({ __typename: 'DeleteResumePayload', deletedId: id });
    expect((await shop.data(ONE, { id }, shop.customer)).resume).toBeNull();
    const gone = await shop.data(ONE_REVIEW, { id: review.id }, shop.customer);
    expect(gone.resumeReview).toBeNull();
    const again = await shop.data(DELETE, { id }, shop.customer);
    expect(again.deleteResume).toEqual({ __typename: 'NotFound', id });
  });
}

/** Asks for a review and waits until it has ended. */
async function reviewOf(shop: Shop, input: object) {
  const { requestResumeReview } = await shop.data(REQUEST, { input }, shop.customer);
  expect(requestResumeReview.__typename).toBe('ResumeReviewPayload');
  const { id } = requestResumeReview.review;
  for (let tries = 0; tries < 100; tries++) {
    const { resumeReview } = await shop.data(ONE_REVIEW, { id }, shop.customer);
    if (!['QUEUED', 'RUNNING'].includes(resumeReview.status)) return resumeReview;
    await wait(100);
  }
  throw new Error(`the review ${id} did not end`);
}

function reviewBehaviour(given: Given): void {
  test('a review has a score and, section by section, what was found, gravest first', async () => {
    const { shop } = given();
    const { id } = await uploaded(given());
    const review = await reviewOf(shop, { resumeId: id });
    expect(review).toMatchObject({
      status: 'COMPLETED',
      progress: 100,
      failureReason: null,
      jobDescription: null,
      resume: { id, filename: 'resume.txt' },
    });
    expect(review.overallScore).toBeGreaterThanOrEqual(0);
    expect(review.overallScore).toBeLessThanOrEqual(100);
    expect(Date.parse(review.completedAt)).toBeGreaterThanOrEqual(Date.parse(review.requestedAt));
    expect(review.sections.length).toBeGreaterThan(0);
    for (const { score, findings } of review.sections) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      const weights = findings.map(({ severity }: { severity: string }) =>
        SEVERITIES.indexOf(severity),
      );
      expect(weights).toEqual(weights.toSorted((one: number, other: number) => one - other));
    }
  });

  test.each([
    ['morgan-latex.pdf', 'application/pdf'],
    ['morgan-docx.docx', DOCX],
    ['larsen-odt.odt', 'application/vnd.oasis.opendocument.text'],
    ['tanaka-columns.pdf', 'application/pdf'],
  ])(
    '%s is read, and its review is that of the rules, word for word',
    async (name, contentType) => {
      const { shop } = given();
      const bytes = await readFile(join(import.meta.dirname, '../resumes/files', name));
      const { id } = await uploaded(given(), bytes, { filename: name, contentType });
      const jobDescription = 'We look for a lead who plans, negotiates and measures.';
      const review = await reviewOf(shop, { resumeId: id, jobDescription });
      const expected = reviewByRules(await readResumeFile(bytes, contentType), jobDescription);
      expect(review).toMatchObject({ status: 'COMPLETED', overallScore: expected.score });
      const whole = { evidence: null, suggestion: null };
      expect(review.sections).toEqual(
        expected.sections.map((section) => ({
          ...section,
          findings: section.findings.map((finding) => ({ ...whole, ...finding })),
        })),
      );
      const { resumeReview } = await shop.data(RUNS, { id: review.id }, shop.customer);
      expect(resumeReview.eventsUrl).toBeNull();
      const runs = resumeReview.agentRuns.map(
        ({ startedAt, durationMs, ...run }: { startedAt: string; durationMs: number }) => {
          expect([Date.parse(startedAt) > 0, durationMs >= 0]).toEqual([true, true]);
          return run;
        },
      );
      const spent = { inputTokens: 0, outputTokens: 0, costMicros: 0 };
      expect(runs).toEqual(
        ['structure', 'content', 'language', 'match'].map((agent) => ({
          attempt: 1,
          agent,
          ...spent,
          driver: 'rules',
          model: null,
          outcome: 'COMPLETED',
          message: null,
        })),
      );
    },
  );

  test.each([
    ['morgan-latex.pdf', 'application/pdf'],
    ['tanaka-txt.txt', 'text/plain'],
  ])('what was read of %s is given with the review, to whoever may see it', async (name, type) => {
    const { shop } = given();
    const bytes = await readFile(join(import.meta.dirname, '../resumes/files', name));
    const { id } = await uploaded(given(), bytes, { filename: name, contentType: type });
    const review = await reviewOf(shop, { resumeId: id });
    const expected = readingOf(await readResumeFile(bytes, type));
    expect(expected.spans.length).toBeGreaterThan(20);
    const { resumeReview } = await shop.data(READING, { id: review.id }, shop.customer);
    expect(resumeReview.reading).toEqual(expected);
    const { resume } = await shop.data(READINGS, { id }, shop.staff);
    expect(resume.reviews).toEqual([{ id: review.id, reading: { resume: expected.resume } }]);
    expect(await shop.code(READING, { id: review.id }, shop.otherCustomer)).toBe('FORBIDDEN');
    expect(await shop.code(READING, { id: review.id })).toBe('UNAUTHENTICATED');
    await shop.data(DELETE, { id }, shop.customer);
    const gone = await shop.data(READING, { id: review.id }, shop.customer);
    expect(gone.resumeReview).toBeNull();
  });

  test('a file that cannot be read has a review that says so', async () => {
    const { id } = await uploaded(given(), PDF, { contentType: 'application/pdf' });
    const { shop } = given();
    const review = await reviewOf(shop, { resumeId: id });
    const { resumeReview } = await shop.data(READING, { id: review.id }, shop.customer);
    expect(resumeReview).toEqual({ reading: null });
    expect(review).toMatchObject({
      status: 'FAILED',
      overallScore: null,
      sections: [],
      failureReason:
        'The PDF has no text, only pictures: export it from the program in which it was written, and upload it again.',
    });
  });

  test('asking again with the same key gives the same review, and with another job it is refused', async () => {
    const { shop } = given();
    const { id: resumeId } = await uploaded(given());
    const input = { resumeId, idempotencyKey: 'once and no more' };
    const [one, two] = [await reviewOf(shop, input), await reviewOf(shop, input)];
    expect(two).toEqual(one);
    for (const more of [{ jobDescription: 'Another job' }, { idempotencyKey: 'short' }]) {
      const { requestResumeReview } = await shop.data(
        REQUEST,
        { input: { ...input, ...more } },
        shop.customer,
      );
      expect(requestResumeReview.fields).toMatchObject([{ path: 'idempotencyKey' }]);
    }
  });

  test('what has ended cannot be cancelled, and what is not there or of somebody else is not found', async () => {
    const { shop } = given();
    const { id: resumeId } = await uploaded(given());
    const { id } = await reviewOf(shop, { resumeId });
    const late = await shop.data(CANCEL, { id }, shop.customer);
    expect(late.cancelResumeReview).toEqual({ __typename: 'ReviewEnded', review: { id } });
    for (const [caller, of] of [
      [shop.otherCustomer, id],
      [shop.customer, unknownId()],
    ] as const) {
      const { cancelResumeReview } = await shop.data(CANCEL, { id: of }, caller);
      expect(cancelResumeReview).toEqual({ __typename: 'NotFound', id: of });
    }
  });

  test('two reviews are compared', async () => {
    const { shop } = given();
    const [one, other] = [
      await uploaded(given()),
      await uploaded(given(), TEXT.replace(/\nEducation[^]*(?=\nSkills)/, '')),
    ];
    const before = await reviewOf(shop, { resumeId: other.id });
    const after = await reviewOf(shop, { resumeId: one.id });
    const ids = { before: before.id, after: after.id };
    const { resumeReviewComparison: found } = await shop.data(COMPARE, ids, shop.customer);
    expect(found.scoreChange).toBe(after.overallScore - before.overallScore);
    expect(found.scoreChange).toBeGreaterThan(0);
    expect(found.resolved).toContainEqual({
      severity: 'WARNING',
      message: 'No part on education was found.',
    });
    expect(found.added).toEqual([]);
    const elsewhere = await shop.data(COMPARE, ids, shop.otherCustomer);
    expect(elsewhere.resumeReviewComparison).toBeNull();
  });

  test('who follows a review by its events is told of its end, through the gateway', async () => {
    const { shop, gatewayUrl } = given();
    const { id: resumeId } = await uploaded(given());
    const ask = REQUEST.replace('status progress', 'status progress eventsUrl');
    const { requestResumeReview } = await shop.data(ask, { input: { resumeId } }, shop.customer);
    const { status, eventsUrl } = requestResumeReview.review;
    // A review that is written while its request waits has nothing to follow.
    expect([status, eventsUrl === null]).toEqual(
      eventsUrl === null ? ['COMPLETED', true] : ['QUEUED', false],
    );
    if (eventsUrl === null) return;
    const events = await (await fetch(gatewayUrl + eventsUrl)).text();
    expect(events.trimEnd()).toMatch(/event: end\ndata: \{"status":"COMPLETED","progress":100\}$/);
  });

  test('a better resume has a better score', async () => {
    const { shop } = given();
    const good = await uploaded(given());
    const poor = await uploaded(given(), 'I am a nice person who wants a job.\n');
    const [better, worse] = [
      await reviewOf(shop, { resumeId: good.id }),
      await reviewOf(shop, { resumeId: poor.id }),
    ];
    expect(better.overallScore).toBeGreaterThan(worse.overallScore);
  });

  test('the reviews of a resume come newest first, each with the job description that it was held against', async () => {
    const { shop } = given();
    const { id } = await uploaded(given());
    const first = await reviewOf(shop, { resumeId: id });
    await wait(5);
    const jobDescription = 'We look for a warehouse lead who knows SQL and forecasting.';
    const second = await reviewOf(shop, { resumeId: id, jobDescription });
    expect(second.jobDescription).toBe(jobDescription);
    const { resume } = await shop.data(ONE, { id }, shop.customer);
    const ids = resume.reviews.map((review: { id: string }) => review.id);
    expect(ids).toEqual([second.id, first.id]);
  });

  test('a review is asked for by the owner of the resume, and read by the owner and staff', async () => {
    const { shop } = given();
    const { id: resumeId } = await uploaded(given());
    const input = { resumeId };
    const { requestResumeReview } = await shop.data(REQUEST, { input }, shop.otherCustomer);
    expect(requestResumeReview).toMatchObject({ __typename: 'NotFound', id: resumeId });
    expect(await shop.code(REQUEST, { input })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const { id } = await reviewOf(shop, input);
    expect((await shop.data(ONE_REVIEW, { id }, shop.staff)).resumeReview.id).toBe(id);
    expect(await shop.code(ONE_REVIEW, { id }, shop.otherCustomer)).toBe('FORBIDDEN');
    expect(await shop.code(ONE_REVIEW, { id })).toBe('UNAUTHENTICATED');
  });

  test('unknown ids, ids that are none, and too long a job description', async () => {
    const { shop } = given();
    const unknown = unknownId();
    expect((await shop.data(ONE_REVIEW, { id: unknown }, shop.customer)).resumeReview).toBeNull();
    const nothing = await shop.data(REQUEST, { input: { resumeId: unknown } }, shop.customer);
    expect(nothing.requestResumeReview).toMatchObject({ __typename: 'NotFound', id: unknown });
    const noId = { input: { resumeId: 'mine' } };
    expect(await shop.code(REQUEST, noId, shop.customer)).toBe('BAD_USER_INPUT');
    const { id: resumeId } = await uploaded(given());
    const input = { resumeId, jobDescription: 'x'.repeat(20_001) };
    const long = await shop.data(REQUEST, { input }, shop.customer);
    expect(long.requestResumeReview.fields).toMatchObject([{ path: 'jobDescription' }]);
  });
}

import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { createLog } from '#platform/log.ts';
import { ruleBasedReviewer } from '../../subgraphs/resume-review/agents/rule-based/reviewer.ts';
import { sweep } from '../../subgraphs/resume-review/service/sweep.ts';
import { localDisk } from '../../subgraphs/resume-review/storage/local-disk.ts';
import { reviews } from '../../subgraphs/resume-review/tables.ts';
import {
  customer,
  DELETE,
  REQUEST,
  REVIEW,
  startResumeServer,
  upload,
  UPLOAD_SECRET,
  type ResumeServer,
} from './resume-server.ts';

const TEXT = 'Casey Morgan, casey@example.com\n\nExperience\n- Led a team of 12\n';
const owner = customer();

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const request = async (resumeId: string, jobDescription?: string) =>
  (await server.data(REQUEST, { input: { resumeId, jobDescription } }, owner)).requestResumeReview;

describe('a review that cannot be written is stored and says why', () => {
  test('of a type that cannot be read', async () => {
    const id = await upload(server, owner, '%PDF-1.7', { contentType: 'application/pdf' });
    const { review } = await request(id);
    expect(review).toMatchObject({
      status: 'FAILED',
      progress: 100,
      overallScore: null,
      sections: [],
      failureReason:
        'Only plain text and Markdown can be read so far: upload the resume in one of these forms.',
    });
    const { resumeReview } = await server.data(REVIEW, { id: review.id }, owner);
    expect(resumeReview).toEqual({ ...review, resume: { id } });
  });

  test('of a file that is missing', async () => {
    const id = await upload(server, owner, TEXT);
    await rm(join(server.directory, 'kept', id.slice(0, 2), id));
    expect((await request(id)).review).toMatchObject({
      status: 'FAILED',
      failureReason: 'The file of this resume is missing: upload it again.',
    });
  });

  test('of a file that the disk does not give', async () => {
    const id = await upload(server, owner, TEXT);
    const path = join(server.directory, 'kept', id.slice(0, 2), id);
    await rm(path);
    await mkdir(path);
    expect((await request(id)).review).toMatchObject({
      status: 'FAILED',
      failureReason: 'The review could not be written: ask for it again.',
    });
  });
});

describe('a job description', () => {
  test('is kept without the blanks around it; a blank one is none', async () => {
    const id = await upload(server, owner, TEXT);
    expect((await request(id, '  Team lead \n')).review.jobDescription).toBe('Team lead');
    expect((await request(id, ' \n ')).review.jobDescription).toBeNull();
    expect((await request(id, '💡'.repeat(20_000))).__typename).toBe('ResumeReviewPayload');
  });

  test.each([
    ['x'.repeat(20_001), 'must be at most 20,000 characters long'],
    ['a\0b', 'must not hold the character U+0000'],
  ])('that breaks a rule is refused', async (jobDescription, message) => {
    const id = await upload(server, owner, TEXT);
    expect((await request(id, jobDescription)).fields).toEqual([
      { path: 'jobDescription', message },
    ]);
  });
});

describe('what a crash leaves behind', () => {
  const sweepNow = () =>
    sweep({
      db: server.database.db,
      ownership: ownershipHere(server.database.db, 'new'),
      storage: localDisk(server.directory),
      reviewer: ruleBasedReviewer(),
      uploadSecret: UPLOAD_SECRET,
      log: createLog('test', 'silent'),
    });

  test('reviews that were asked for and never written are written by the sweep, recent ones left alone', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const { review } = await request(resumeId);
    const left = (['QUEUED', 'RUNNING', 'QUEUED'] as const).map((status, index) => ({
      id: randomUUID(),
      resumeId,
      status,
      requestedAt: new Date(Date.now() - (index === 2 ? 0 : 600_000)),
    }));
    await server.database.db.insert(reviews).values(left);
    const read = async () =>
      Promise.all(
        left.map(async ({ id }) => (await server.data(REVIEW, { id }, owner)).resumeReview),
      );
    expect((await read()).map(({ status, progress }) => [status, progress])).toEqual([
      ['QUEUED', 0],
      ['RUNNING', 0],
      ['QUEUED', 0],
    ]);
    await sweepNow();
    const [one, two, three] = await read();
    for (const written of [one, two]) {
      expect(written).toMatchObject({
        status: 'COMPLETED',
        progress: 100,
        sections: review.sections,
      });
    }
    expect(three.status).toBe('QUEUED');
  });

  test('the reviews of a deleted resume go with it, in whatever state', async () => {
    const resumeId = await upload(server, owner, TEXT);
    await request(resumeId);
    await server.database.db
      .insert(reviews)
      .values({ id: randomUUID(), resumeId, status: 'QUEUED', requestedAt: new Date(0) });
    await server.data(DELETE, { id: resumeId }, owner);
    const { rows } = await server.database.pool.query('select from reviews where resume_id = $1', [
      resumeId,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('the reviewer', () => {
  test('quotes whole characters only, however long the line', async () => {
    const id = await upload(server, owner, `- ${'x'.repeat(198)}💡${'y'.repeat(50)}\n`);
    const { review } = await request(id);
    expect(review.status).toBe('COMPLETED');
    expect(JSON.stringify(review.sections)).toContain('\ufffd…');
  });
});

import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reviews } from '../../subgraphs/resume-review/tables.ts';
import { PDF } from '../setup/documents.ts';
import {
  announced,
  customer,
  DELETE,
  REVIEW,
  reviewOf,
  startResumeServer,
  upload,
  type ResumeServer,
} from './resume-server.ts';

const TEXT = 'Casey Morgan, casey@example.com\n\nExperience\n- Led a team of 12\n';
const owner = customer();

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const request = (resumeId: string, jobDescription?: string) =>
  reviewOf(server, owner, { resumeId, jobDescription });

const keptPath = (text: string) => {
  const { sha256 } = announced(text);
  return join(server.directory, 'kept', sha256.slice(0, 2), sha256);
};

describe('a review that cannot be written is stored and says why', () => {
  test('of a file that cannot be read', async () => {
    const id = await upload(server, owner, PDF, { contentType: 'application/pdf' });
    const { review } = await request(id);
    expect(review).toMatchObject({
      status: 'FAILED',
      progress: 100,
      overallScore: null,
      sections: [],
      failureReason:
        'The PDF has no text, only pictures: export it from the program in which it was written, and upload it again.',
    });
    const { resumeReview } = await server.data(REVIEW, { id: review.id }, owner);
    expect(resumeReview).toEqual(review);
  });

  test('of a file that is missing', async () => {
    const text = `${TEXT}missing`;
    const id = await upload(server, owner, text);
    await rm(keptPath(text));
    expect((await request(id)).review).toMatchObject({
      status: 'FAILED',
      failureReason: 'The file of this resume is missing: upload it again.',
    });
  });

  test('of a file that the disk does not give', async () => {
    const text = `${TEXT}not given`;
    const id = await upload(server, owner, text);
    const path = keptPath(text);
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
  test('reviews without a job are queued again, once for all replicas; recent ones, and what has a job, are left alone', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const { review } = await request(resumeId);
    const old = new Date(Date.now() - 1_800_000);
    const left = [
      { status: 'QUEUED', requestedAt: old },
      { status: 'RUNNING', requestedAt: old },
      { status: 'QUEUED', requestedAt: new Date() },
      { status: 'QUEUED', requestedAt: old, job: ['reviews', 'created'] },
      { status: 'RUNNING', requestedAt: old, job: ['reviews', 'active'] },
      { status: 'QUEUED', requestedAt: old, job: ['dead-reviews', 'retry'] },
    ] as const;
    const ids: string[] = [];
    for (const { status, requestedAt, ...more } of left) {
      const id = randomUUID();
      ids.push(id);
      await server.database.db.insert(reviews).values({ id, resumeId, status, requestedAt });
      if (!('job' in more)) continue;
      await server.database.pool.query(
        `insert into jobs.job (name, state, data, start_after, started_on)
         values ($1, $2, jsonb_build_object('reviewId', $3::text), now() + interval '1 hour', now())`,
        [...more.job, id],
      );
    }
    const read = () =>
      Promise.all(ids.map(async (id) => (await server.data(REVIEW, { id }, owner)).resumeReview));
    await Promise.all([server.queueLost(), server.queueLost(), server.sweep()]);
    await expect
      .poll(async () => (await read()).map(({ status }) => status), { timeout: 10_000 })
      .toEqual(['COMPLETED', 'COMPLETED', ...left.slice(2).map(({ status }) => status)]);
    expect((await read())[0].sections).toEqual(review.sections);
    const { rows } = await server.database.pool.query(
      `select data ->> 'reviewId' as id, count(*)::int from jobs.job where data ->> 'reviewId' = any($1) group by 1`,
      [ids],
    );
    const jobs = ids.map((id) => rows.find((row) => row.id === id)?.count ?? 0);
    expect(jobs).toEqual([1, 1, 0, 1, 1, 1]);
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
    const id = await upload(server, owner, `Experience\n- ${'x'.repeat(198)}💡${'y'.repeat(50)}\n`);
    const { review } = await request(id);
    expect(review.status).toBe('COMPLETED');
    expect(JSON.stringify(review.sections).isWellFormed()).toBe(true);
    expect(JSON.stringify(review.sections)).toContain('xxx');
  });
});

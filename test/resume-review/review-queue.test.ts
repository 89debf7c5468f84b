import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#platform/database/pool.ts';
import type { AgentRun } from '#platform/resumes/rules/agent-run.ts';
import type { Chief } from '../../subgraphs/resume-review/agents/chief.ts';
import { openReviewQueue } from '../../subgraphs/resume-review/jobs/review-queue.ts';
import { recordRun, standOfReviews } from '../../subgraphs/resume-review/repository/reviews.ts';
import { writeQueuedReview } from '../../subgraphs/resume-review/service/review-writing.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import {
  customer,
  DELETE,
  REQUEST,
  REVIEW,
  reviewOf,
  startResumeServer,
  upload,
  type ResumeServer,
} from './resume-server.ts';
import { forged } from '../setup/forged.ts';

const TEXT = 'Casey Morgan, casey@example.com\n\nExperience\n- Led a team of 12\n';
const CANCEL = `mutation ($id: ID!) { cancelResumeReview(input: { id: $id }) { __typename
  ... on ResumeReviewPayload { review { id status progress completedAt } } ... on ReviewEnded { message review { status } }
  ... on NotFound { id } } }`;
const COMPARE = `query ($before: ID!, $after: ID!) { resumeReviewComparison(before: $before, after: $after) {
  scoreChange sections { name before after } resolved { message } added { message } remaining { message } } }`;
const owner = customer();

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const ask = async (input: object) =>
  (await server.data(REQUEST, { input }, owner)).requestResumeReview;
const read = async (id: string) => (await server.data(REVIEW, { id }, owner)).resumeReview;
const stored = async (id: string, status: string, age = 0) =>
  server.database.pool.query(
    `insert into reviews (id, resume_id, status, requested_at) values (gen_random_uuid(), $1, $2, now() - make_interval(secs => $3)) returning id`,
    [id, status, age],
  );

describe('a review that is asked for', () => {
  test('is queued, written, and says what each agent did', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const { review } = await ask({ resumeId });
    expect(review.status).toBe('QUEUED');
    expect(review.eventsUrl).toMatch(/^\/reviews\/resume-review\//);
    const { review: done } = await reviewOf(server, owner, {
      resumeId,
      jobDescription: 'Lead a team.',
    });
    expect(done).toMatchObject({ status: 'COMPLETED', progress: 100, eventsUrl: null });
    expect(
      done.agentRuns.map(({ agent, driver, outcome }: Record<string, string>) => [
        agent,
        driver,
        outcome,
      ]),
    ).toEqual(
      ['structure', 'content', 'language', 'match'].map((agent) => [agent, 'rules', 'COMPLETED']),
    );
  });

  test('twice with the same key is one, also at the same time; with another job it is refused', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const input = { resumeId, idempotencyKey: 'key-of-mine' };
    const asked = await Promise.all(Array.from({ length: 5 }, () => ask(input)));
    expect(new Set(asked.map(({ review }) => review.id)).size).toBe(1);
    const other = await ask({ ...input, jobDescription: 'Another job' });
    expect(other.fields).toMatchObject([{ path: 'idempotencyKey' }]);
    expect((await ask({ ...input, idempotencyKey: 'short' })).fields).toMatchObject([
      { path: 'idempotencyKey' },
    ]);
  });

  test('is tried again, and says so in the end', async () => {
    const resumeId = await upload(server, owner, TEXT);
    await server.database.pool.query(
      'alter table reviews add constraint never check (overall_score is null or overall_score < 0) not valid',
    );
    try {
      const { review } = await reviewOf(server, owner, { resumeId });
      expect(review).toMatchObject({
        status: 'FAILED',
        failureReason: 'The review could not be written: ask for it again.',
      });
      const agents = ['structure', 'content', 'language'];
      expect(
        review.agentRuns.map(({ attempt, agent }: Record<string, unknown>) => [attempt, agent]),
      ).toEqual([1, 2].flatMap((attempt) => agents.map((agent) => [attempt, agent])));
      const { rows } = await server.database.pool.query(
        `select name, state::text, retry_count, output from jobs.job where data ->> 'reviewId' = $1 order by name`,
        [review.id],
      );
      expect(rows).toMatchObject([
        { name: 'dead-reviews' },
        { name: 'reviews', state: 'failed', retry_count: 1 },
      ]);
      expect(JSON.stringify(rows)).toContain('overall_score');
    } finally {
      await server.database.pool.query('alter table reviews drop constraint never');
    }
  });

  test('keeps what was done in the tries before, of which its progress knows nothing, and no more than some', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const run: AgentRun = {
      agent: 'structure',
      driver: 'anthropic',
      model: 'a-model',
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      inputTokens: 1,
      outputTokens: 2,
      costMicros: 3,
      outcome: 'FAILED',
      message: 'why',
    };
    const { rows } = await stored(resumeId, 'RUNNING');
    const { id } = rows[0] as { id: string };
    const { db } = server.database;
    const note = (attempt?: number) => recordRun(db, id, attempt ? { ...run, attempt } : run);
    expect([await note(), await note()]).toEqual([true, true]);
    expect(await read(id)).toMatchObject({ progress: 50, agentRuns: [{ attempt: 1 }, {}] });
    await note(2);
    expect(await read(id)).toMatchObject({
      progress: 25,
      agentRuns: [{ attempt: 1, message: 'why' }, { attempt: 1 }, { attempt: 2, costMicros: 3 }],
    });
    expect(await standOfReviews(db, [id])).toMatchObject([{ runs: 1 }]);
    for (let count = 0; count < 250; count++) await note(3 + count);
    const { agentRuns } = await read(id);
    expect(agentRuns.map(({ attempt }: { attempt: number }) => attempt)).toEqual(
      Array.from({ length: 200 }, (_, index) => 53 + index),
    );
    await writeQueuedReview(server.desk, id, new AbortController().signal);
    const done = await read(id);
    expect(done).toMatchObject({ status: 'COMPLETED' });
    expect(done.agentRuns.at(-1)).toMatchObject({ attempt: 253, outcome: 'COMPLETED' });
    expect(await note()).toBe(false);
  });

  test('can be cancelled as long as it has not ended', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const { rows } = await stored(resumeId, 'QUEUED');
    const { id } = rows[0] as { id: string };
    const elsewhere = await server.data(CANCEL, { id }, customer());
    expect(elsewhere.cancelResumeReview.__typename).toBe('NotFound');
    for (let again = 0; again < 2; again++) {
      const { cancelResumeReview } = await server.data(CANCEL, { id }, owner);
      expect(cancelResumeReview.review).toMatchObject({ id, status: 'CANCELLED', progress: 100 });
    }
    const { review } = await reviewOf(server, owner, { resumeId });
    const late = await server.data(CANCEL, { id: review.id }, owner);
    expect(late.cancelResumeReview).toMatchObject({
      __typename: 'ReviewEnded',
      review: { status: 'COMPLETED' },
    });
  });

  test('survives that its server goes away, and is written once', async () => {
    const one = await startResumeServer({ like: server, settings: { REVIEWS_AT_ONCE: '1' } });
    const resumeId = await upload(server, owner, TEXT);
    const asked = await Promise.all(
      Array.from(
        { length: 30 },
        async () =>
          (await one.data(REQUEST, { input: { resumeId } }, owner)).requestResumeReview.review.id,
      ),
    );
    await one.close();
    for (const deadline = Date.now() + 20_000; ; await wait(100)) {
      const { rows } = await server.database.pool.query(
        'select status::text, count(*)::int, min(jsonb_array_length(agent_runs)) as runs from reviews where id = any($1) group by 1',
        [asked],
      );
      if (rows.length === 1 && rows[0].status === 'COMPLETED') {
        expect(rows).toEqual([{ status: 'COMPLETED', count: 30, runs: 3 }]);
        break;
      }
      expect(Date.now()).toBeLessThan(deadline);
    }
  });
});

describe('a job', () => {
  /** What is said of a job in the end, whose writer never writes. */
  async function reasonOf(
    write: (signal: AbortSignal) => Promise<void>,
    logged: readonly object[],
    longestJob = 60,
  ): Promise<string> {
    const url = await createEmptyDatabase();
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const database = openDatabase({ url, poolSize: 1, applicationName: 'test', log });
    const { promise, resolve } = Promise.withResolvers<string>();
    const queue = await openReviewQueue({
      url,
      log,
      retries: 1,
      retryDelay: 0,
      longestJob,
      atOnce: 1,
      worker: {
        write: (_id, signal) => write(signal),
        bury: async (_id, reason) => resolve(reason),
      },
    });
    try {
      await queue.add(database.db, randomUUID());
      queue.wake();
      const reason = await promise;
      expect(lines.map((line) => JSON.parse(line))).toMatchObject(logged);
      expect(lines.join()).not.toContain('Casey');
      return reason;
    } finally {
      await queue.stop();
      await database.close();
    }
  }

  test('that failed each time says of what, and not what was to be stored', async () => {
    const cause = new Error('the disk is full');
    const error = new Error('Failed query: update reviews\nparams: Casey Morgan', { cause });
    const tried = { msg: 'a try to write a review failed', reason: 'the disk is full' };
    const reason = await reasonOf(() => Promise.reject(error), [tried, tried]);
    expect(reason).toBe('the disk is full');
  });

  test('that takes too long is told to stop, and then tried again', async () => {
    let stopped = 0;
    const reason = await reasonOf(
      async (signal) => {
        await once(signal, 'abort');
        stopped++;
      },
      [],
      1,
    );
    expect(stopped).toBe(2);
    expect(reason).toBe('handler execution exceeded 1s');
  });

  test('may take as long as the model may for all agents', async () => {
    const patient = await startResumeServer({ settings: { AI_TIMEOUT_SECONDS: '240' } });
    try {
      const { review } = await reviewOf(patient, owner, {
        resumeId: await upload(patient, owner, TEXT),
      });
      const { rows } = await patient.database.pool.query(
        'select expire_seconds from jobs.job where id = $1',
        [review.id],
      );
      expect(rows).toEqual([{ expire_seconds: 4 * 240 + 60 }]);
    } finally {
      await patient.close();
    }
  });

  test('whose file cannot be read ends with the review, and the log says why', async () => {
    const resumeId = await upload(server, owner, TEXT);
    await server.database.pool.query('update resumes set content_type = $2 where id = $1', [
      resumeId,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    const { rows } = await stored(resumeId, 'QUEUED');
    const { id } = rows[0] as { id: string };
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    await writeQueuedReview({ ...server.desk, log }, id, new AbortController().signal);
    expect(await read(id)).toMatchObject({
      status: 'FAILED',
      failureReason: expect.stringContaining('broken'),
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        review: id,
        msg: 'a file could not be read',
        reason: expect.stringContaining('broken'),
        // What the process in which the file was opened has thrown.
        err: { message: expect.stringContaining('nd of central directory') },
      },
    ]);
  });

  test('that was taken away does not end its review', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const { rows } = await stored(resumeId, 'QUEUED');
    const { id } = rows[0] as { id: string };
    const taken = new AbortController();
    const chief: Chief = {
      review: async (_task, { signal }) => {
        taken.abort(new Error('taken away'));
        expect(signal.aborted).toBe(true);
        return { review: { score: 1, sections: [] }, runs: [] };
      },
    };
    const writing = writeQueuedReview({ ...server.desk, chief }, id, taken.signal);
    await expect(writing).rejects.toThrow('taken away');
    expect((await read(id)).completedAt).toBeNull();
  });
});

describe('what follows from reviews', () => {
  test('two are compared: what is resolved, what is new, what remains', async () => {
    const worse = await upload(server, owner, TEXT);
    const better = await upload(
      server,
      owner,
      `${TEXT}\nEducation\nBSc, University of Oslo, 2018\n`,
    );
    const [before, after] = [
      await reviewOf(server, owner, { resumeId: worse }),
      await reviewOf(server, owner, { resumeId: better }),
    ];
    const ids = { before: before.review.id, after: after.review.id };
    const { resumeReviewComparison: found } = await server.data(COMPARE, ids, owner);
    expect(found.scoreChange).toBe(after.review.overallScore - before.review.overallScore);
    expect(found.scoreChange).toBeGreaterThan(0);
    expect(found.resolved).toContainEqual({ message: 'No part on education was found.' });
    expect(found.remaining).toContainEqual({ message: 'No part on skills was found.' });
    expect((await server.data(COMPARE, ids, customer())).resumeReviewComparison).toBeNull();
  });

  test('progress is followed by server-sent events until the end, by whoever has the signed URL', async () => {
    const resumeId = await upload(server, owner, TEXT);
    const { review } = await ask({ resumeId });
    const response = await fetch(server.url + review.eventsUrl);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const text = await response.text();
    expect(text).toContain('event: progress\ndata: {');
    expect(text.trimEnd().split('\n\n').at(-1)).toBe(
      'event: end\ndata: {"status":"COMPLETED","progress":100}',
    );
    expect((await fetch(server.url + forged(review.eventsUrl))).status).toBe(403);
    expect((await read(review.id)).eventsUrl).toBeNull();
  });

  test('deleting a resume deletes them, and the journal says so', async () => {
    const resumeId = await upload(server, owner, TEXT);
    await reviewOf(server, owner, { resumeId });
    await server.data(DELETE, { id: resumeId }, owner);
    const { rows } = await server.database.pool.query(
      'select * from deletions where resume_id = $1',
      [resumeId],
    );
    expect(rows).toMatchObject([
      {
        owner_id: owner.userId,
        deleted_by: owner.userId,
        reviews: 1,
        byte_size: Buffer.byteLength(TEXT),
      },
    ]);
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startModelStandIn, type ModelStandIn } from './model-stand-in.ts';
import { startResumeProcess, type ResumeProcess } from './resume-process.ts';
import { clientAt, customer, REQUEST, upload } from './resume-server.ts';

const TEXT = 'Casey Morgan, casey@example.com\n\nExperience\n- Led a team of 12\n';
/** Reviews, and how many of them a process writes at once. */
const [REVIEWS, AT_ONCE] = [8, 3];

let standIn: ModelStandIn;
let service: ResumeProcess;
beforeAll(async () => {
  standIn = await startModelStandIn();
  service = await startResumeProcess({
    AI_DRIVER: 'openai-compatible',
    AI_BASE_URL: standIn.url,
    AI_API_KEY: 'the-key',
    AI_MODEL: 'a-model',
    AI_INPUT_PRICE: '0',
    AI_OUTPUT_PRICE: '0',
    AI_RETRIES: '0',
    REVIEW_RETRY_SECONDS: '1',
    REVIEWS_AT_ONCE: String(AT_ONCE),
  });
  // Every end of a review, and every change of an end.
  await service.database.pool.query(`
    create table noted_end (review_id uuid not null);
    create function note_end() returns trigger language plpgsql as $$
      begin insert into noted_end values (new.id); return null; end $$;
    create trigger notes_its_end after update on reviews for each row
      when (new.completed_at is distinct from old.completed_at) execute function note_end()`);
});
afterAll(async () => {
  await service?.close();
  await standIn?.close();
});

const rows = async (sql: string) => (await service.database.pool.query(sql)).rows;
const stands = () => rows('select status::text, count(*)::int from reviews group by 1 order by 1');

async function until(holds: () => Promise<boolean> | boolean, seconds: number): Promise<void> {
  for (const deadline = Date.now() + seconds * 1_000; !(await holds()); await wait(50)) {
    if (Date.now() > deadline) throw new Error(`it never came: ${JSON.stringify(await stands())}`);
  }
}

test('reviews that a killed process was writing are taken over soon, and each ends once', async () => {
  const [client, owner] = [clientAt(service.url), customer()];
  // The model says nothing, so that what has begun is under way.
  standIn.answer = () => ({ wait: 600_000 });
  const resumeId = await upload(client, owner, TEXT);
  for (let asked = 0; asked < REVIEWS; asked++) {
    const { requestResumeReview } = await client.data(REQUEST, { input: { resumeId } }, owner);
    expect(requestResumeReview.review.status).toBe('QUEUED');
  }
  for (let kill = 1; kill <= 2; kill++) {
    await until(() => standIn.sent.length >= kill * AT_ONCE, 30);
    // In the end the model refuses, and the rules answer in its place.
    if (kill === 2) standIn.answer = () => ({ status: 400 });
    await service.killAndRestart();
  }
  await until(async () => (await stands()).every(({ status }) => status === 'COMPLETED'), 60);
  expect(await stands()).toEqual([{ status: 'COMPLETED', count: REVIEWS }]);
  expect(
    await rows('select count(*)::int, count(distinct review_id)::int as reviews from noted_end'),
  ).toEqual([{ count: REVIEWS, reviews: REVIEWS }]);
  const jobs = () => rows('select name, state::text, count(*)::int from jobs.job group by 1, 2');
  await expect
    .poll(jobs, { timeout: 10_000 })
    .toEqual([{ name: 'reviews', state: 'completed', count: REVIEWS }]);
}, 150_000);

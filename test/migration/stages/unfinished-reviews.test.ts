import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { pastMoving } from '#platform/moves/past-moving.ts';
import { flip } from '../../../migration/flip/run-flip.ts';
import { unfinishedReviews } from '../../../migration/moves/unfinished-reviews.ts';
import { parkedOf } from '../../../migration/stages/facts.ts';
import { readFacts } from '../../../migration/stages/read-facts.ts';
import { rollback } from '../../../migration/stages/rollback.ts';
import { verifyMove } from '../../../migration/verification/verify-move.ts';
import { moveSite, type MoveSite } from '../move-site.ts';

// Reviews go back to the monolith, which has no place for one that has not ended.

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite();
  await site.bring('upload', 'cutover');
  await site.bring('ai', 'cutover');
}, 120_000);
afterAll(() => site?.close());
const fresh = () => site.moves.placesOf('ai').new;
/** As the service does it: what changes sides at this moment is waited for. */
const ending = (change: string, values: readonly unknown[] = []) =>
  pastMoving(10_000, () =>
    fresh().pool.query(`update reviews set completed_at = now(), ${change}`, [...values]),
  );
const endAll = () => ending(`status = 'CANCELLED' where completed_at is null`);
afterEach(endAll);

/** Asks for reviews of one resume, a minute apart. @returns their ids, the oldest first, and the bucket of their user */
async function ask(count = 1): Promise<{ ids: string[]; bucket: number }> {
  const { rows } = await fresh().pool.query<{ id: string; owner_id: string }>(
    `with resume as (select id, owner_id from resumes order by id limit 1),
       asked as (insert into reviews (id, resume_id, status, requested_at)
         select gen_random_uuid(), id, 'QUEUED', '2026-01-01'::timestamptz + n * interval '1 minute'
         from resume, generate_series(1, $1::integer) n returning id, requested_at)
     select asked.id, owner_id from asked, resume order by requested_at`,
    [count],
  );
  return { ids: rows.map(({ id }) => id), bucket: bucketOf('ai', rows[0]?.owner_id ?? '') };
}

const flipTo = (to: 'legacy' | 'new', buckets: readonly number[]) =>
  site.work('ai', ({ flipper }) => flip(flipper, buckets, to));

test('a review that has not ended holds up the bucket of its user, and no other', async () => {
  const { ids, bucket } = await ask();
  const other = (bucket + 1) % 1_024;
  await flipTo('legacy', [other]);
  await expect(flipTo('legacy', [bucket])).rejects.toThrow(
    `ai stays where it was: ai: 1 review is unfinished: ${ids[0]} (QUEUED). The resume-review service ends them`,
  );
  await flipTo('new', [other]);
});

test('it is no fault of the move: it does not count as parked, and a verification says nothing of it', async () => {
  await ask();
  await site.carry('ai');
  const { rows } = await fresh().pool.query('select reason from move.parked');
  expect(rows).toEqual([{ reason: expect.stringContaining('is still being written') as string }]);
  expect(parkedOf(await readFacts(site.moves, 'ai'))).toEqual({ count: 0, names: [] });
  const { differing, unmappable } = await verifyMove(site.moves.placesOf('ai'), {});
  expect({ differing, unmappable }).toEqual({ differing: [], unmappable: [] });
});

test('the five oldest are named, and the others counted; where nothing runs, it is said what to start', async () => {
  const { ids } = await ask(7);
  const named = ids.slice(0, 5).map((id) => `${id} (QUEUED)`);
  const said = await unfinishedReviews(fresh().db);
  expect(said).toContain(`ai: 7 reviews are unfinished: ${named.join(', ')}, and 2 more. `);
  for (const hint of ['USE_NEW_AI=true', 'completed_at is null', 'run this again']) {
    expect(said).toContain(hint);
  }
  await endAll();
  expect(await unfinishedReviews(fresh().db)).toBeNull();
});

test('a rollback waits until it has ended, and takes it along', { timeout: 90_000 }, async () => {
  const { ids } = await ask();
  const rolled = site.work('ai', (work) => rollback(work, 'shadow'));
  await wait(3_000);
  expect((await site.owned('ai')).new).toBeGreaterThan(0);
  await ending(`status = 'COMPLETED', overall_score = 70 where id = $1`, [ids[0]]);
  await rolled;
  expect(await site.owned('ai')).toEqual({ legacy: 1_024, new: 0, moving: 0 });
  const { rows } = await site.moves
    .placesOf('ai')
    .legacy.pool.query('select state, score from ai_reviews where review_id = $1', [ids[0]]);
  expect(rows).toEqual([{ state: 'DONE', score: 70 }]);
});

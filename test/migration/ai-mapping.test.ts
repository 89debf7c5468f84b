import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aiMove } from '../../migration/moves/ai.ts';
import { uploadMove } from '../../migration/moves/upload.ts';
import * as monolith from '../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';
import {
  carry,
  empty,
  expectEqualSides,
  expectNothingLostOfAny,
  expectUntouched,
  type Sides,
} from './mapped-rows.ts';
import {
  anyReviewStates,
  openResumeSides,
  resumeOf,
  reviewOf,
  type LegacyReview,
} from './resume-rows.ts';

let sides: Sides;
let resumeIds: readonly [string, string];

beforeAll(async () => {
  const opened = await openResumeSides();
  sides = opened.sides;
  await sides.legacy.pool.query('alter table ai_reviews drop constraint ai_reviews_state');
  resumeIds = opened.userIds;
});
afterAll(async () => {
  await sides?.legacy.close();
  await sides?.new.close();
});
beforeEach(async () => {
  await empty(uploadMove, 'legacy', sides.legacy);
  await empty(uploadMove, 'new', sides.new);
  await empty(aiMove, 'new', sides.new);
  const { rows } = await sides.legacy.pool.query('select user_id from app_users limit 1');
  const resumes = [resumeOf(rows[0].user_id), resumeOf(rows[0].user_id)] as const;
  await sides.legacy.db.insert(monolith.resumes).values([...resumes]);
  resumeIds = [resumes[0].resumeId, resumes[1].resumeId];
});

const toNew = () => carry(aiMove, sides, 'new');
const toLegacy = () => carry(aiMove, sides, 'legacy');
const legacyReviews = () =>
  sides.legacy.db.select().from(monolith.aiReviews).orderBy(asc(monolith.aiReviews.reviewId));
const newReviews = () =>
  sides.new.db.select().from(resumeReview.reviews).orderBy(asc(resumeReview.reviews.id));

async function fill(rows: readonly LegacyReview[]): Promise<void> {
  await empty(aiMove, 'legacy', sides.legacy);
  if (rows.length > 0) await sides.legacy.db.insert(monolith.aiReviews).values([...rows]);
}

describe('the mapping of reviews', () => {
  test('loses nothing of whatever the tables can hold, over whatever was there before', async () => {
    await expect(
      expectNothingLostOfAny(aiMove, sides, anyReviewStates(resumeIds), { fill, numRuns: 20 }),
    ).resolves.toBeUndefined();
  }, 120_000);

  test('says in the words of the new side what the monolith says', async () => {
    const finding = { level: 'HINT' as const, text: 'Say more.', quote: 'Casey', advice: 'Write.' };
    const sections = [
      { name: 'A', score: 1, findings: [finding, { ...finding, level: 'PRAISE' as const }] },
    ];
    await fill([reviewOf(resumeIds[0], { state: 'ERR', errorMsg: 'No.', sections })]);
    await toNew();
    const same = { message: 'Say more.', evidence: 'Casey', suggestion: 'Write.' };
    expect(await newReviews()).toMatchObject([
      {
        status: 'FAILED',
        failureReason: 'No.',
        sections: [
          {
            name: 'A',
            score: 1,
            findings: [
              { severity: 'HINT', ...same },
              { severity: 'PRAISE', ...same },
            ],
          },
        ],
      },
    ]);
  });

  test.each([
    ['state', `state = 'RUN'`],
    ['sections', `sections = 'null'`],
    ['sections', `sections = '{}'`],
    ['sections', `sections = '[null]'`],
    ['sections', `sections = '[[{"name": "A", "score": 1, "findings": []}]]'`],
    ['sections', `sections = '[{"name": "A", "score": "1", "findings": []}]'`],
    ['sections', `sections = '[{"name": "A", "score": 1.5, "findings": []}]'`],
    ['sections', `sections = '[{"name": ["A"], "score": 1, "findings": []}]'`],
    ['sections', `sections = '[{"name": "A", "score": 1}]'`],
    ['sections', `sections = '[{"name": "A", "score": 1, "findings": {}}]'`],
    ['sections', `sections = '[{"name": "A", "score": 1, "findings": [], "more": 1}]'`],
    ['sections', `sections = '[{"name": "A", "score": 1, "findings": [null]}]'`],
    [
      'sections',
      `sections = '[{"name": "A", "score": 1, "findings": [[{"level": "HINT", "text": ""}]]}]'`,
    ],
    [
      'sections',
      `sections = '[{"name": "A", "score": 1, "findings": [{"level": "BAD", "text": ""}]}]'`,
    ],
    [
      'sections',
      `sections = '[{"name": "A", "score": 1, "findings": [{"level": ["HINT"], "text": ""}]}]'`,
    ],
    ['sections', `sections = '[{"name": "A", "score": 1, "findings": [{"level": "HINT"}]}]'`],
    [
      'sections',
      `sections = '[{"name": "A", "score": 1, "findings": [{"level": "HINT", "text": "", "quote": 1}]}]'`,
    ],
    [
      'sections',
      `sections = '[{"name": "A", "score": 1, "findings": [{"level": "HINT", "text": "", "severity": ""}]}]'`,
    ],
    ['reading', `reading = 'null'`],
    ['reading', `reading = '[]'`],
    ['reading', `reading = '{"resume": {}, "spans": []}'`],
    ['reading', `reading = '{"resume": [], "spans": [], "text": ""}'`],
    ['reading', `reading = '{"resume": {}, "spans": {}, "text": ""}'`],
    ['reading', `reading = '{"resume": {}, "spans": [], "text": null}'`],
    ['reading', `reading = '{"resume": {}, "spans": [], "text": "", "more": 1}'`],
    ['reading', `reading = '{"resume": {}, "spans": [null], "text": ""}'`],
    [
      'reading',
      `reading = '{"resume": {}, "spans": [{"pointer": "", "start": 0.5, "end": 1}], "text": ""}'`,
    ],
    ['reading', `reading = '{"resume": {}, "spans": [{"pointer": "", "start": 0}], "text": ""}'`],
    [
      'reading',
      `reading = '{"resume": {}, "spans": [{"pointer": "", "start": 0, "end": 1, "more": 1}], "text": ""}'`,
    ],
    ['requested_at', `requested_at = 'infinity'`],
    ['finished_at', `finished_at = '-infinity'`],
  ])(
    'what the new side has no word for is unmappable, and named: %s, %s',
    async (column, change) => {
      const row = reviewOf(resumeIds[0]);
      await fill([row]);
      await sides.legacy.pool.query(`update ai_reviews set ${change}`);
      expect(await toNew()).toEqual([
        {
          kind: 'review',
          written: 0,
          removed: 0,
          unmappable: [
            expect.stringContaining(`ai_reviews.${column} of ${row.reviewId} in the monolith: `),
          ],
        },
      ]);
    },
  );

  test('optional members of a finding may be null, and stay so', async () => {
    await fill([reviewOf(resumeIds[0])]);
    await sides.legacy.pool.query(
      `update ai_reviews set sections = '[{"name": "A", "score": 1, "findings": [{"level": "HINT", "text": "", "quote": null}]}]'`,
    );
    await toNew();
    const [review] = await newReviews();
    expect(review?.sections).toEqual([
      { name: 'A', score: 1, findings: [{ severity: 'HINT', message: '', evidence: null }] },
    ]);
    expectUntouched(await toLegacy());
  });

  test.each(['QUEUED', 'RUNNING'])(
    'a review that is %s stays where it is until it has ended',
    async (status) => {
      const row = reviewOf(resumeIds[0]);
      await fill([row]);
      await toNew();
      await fill([]);
      const inWork = `update reviews set status = '${status}', completed_at = null`;
      await sides.new.pool.query(inWork);
      expect(await toLegacy()).toEqual([
        {
          kind: 'review',
          written: 0,
          removed: 0,
          unmappable: [
            `reviews.status of ${row.reviewId} in the resume-review database: "${status}" is still being written, and the monolith knows only reviews that have ended: wait until it has`,
          ],
        },
      ]);
      await sides.new.pool.query(`update reviews set status = 'COMPLETED', completed_at = now()`);
      expect(await toLegacy()).toMatchObject([{ written: 1, unmappable: [] }]);
    },
  );

  test.each([
    [null, 'The review was cancelled.'],
    ['', 'The review was cancelled. '],
    ['No time.', 'The review was cancelled. No time.'],
  ])(
    'a review that was cancelled has failed in the monolith, and is cancelled again on the way back: %j',
    async (reason, errorMsg) => {
      await fill([reviewOf(resumeIds[0], { state: 'ERR' })]);
      await toNew();
      await sides.new.db
        .update(resumeReview.reviews)
        .set({ status: 'CANCELLED', failureReason: reason });
      const cancelled = await newReviews();
      await toLegacy();
      expect(await legacyReviews()).toMatchObject([{ state: 'ERR', errorMsg }]);
      await expectEqualSides(aiMove, sides);
      await empty(aiMove, 'new', sides.new);
      await toNew();
      expect(await newReviews()).toEqual(cancelled);
    },
  );

  test('a review that failed for that very reason could not be told from one that was cancelled', async () => {
    await fill([reviewOf(resumeIds[0], { state: 'ERR' })]);
    await toNew();
    await sides.new.db
      .update(resumeReview.reviews)
      .set({ failureReason: 'The review was cancelled.' });
    expect((await toLegacy())[0]?.unmappable).toEqual([
      expect.stringContaining('this one failed: give another reason'),
    ]);
  });

  test('a resume that was deleted on the new side does not hold up its reviews on their way there', async () => {
    await fill([reviewOf(resumeIds[0])]);
    await carry(uploadMove, sides, 'new');
    await sides.new.db
      .delete(resumeReview.resumes)
      .where(eq(resumeReview.resumes.id, resumeIds[0]));
    await toNew();
    expect(await newReviews()).toHaveLength(1);
    // And the resume is deleted in the monolith too, with them.
    await carry(uploadMove, sides, 'legacy');
    expect(await legacyReviews()).toEqual([]);
    await toNew();
    expect(await newReviews()).toEqual([]);
  });
});

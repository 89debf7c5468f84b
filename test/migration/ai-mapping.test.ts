import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyMove } from '../../migration/copy-move.ts';
import { aiMove } from '../../migration/moves/ai.ts';
import { uploadMove } from '../../migration/moves/upload.ts';
import * as monolith from '../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';
import { legacyReview, openSides, resumeOf, reviewOf } from './resume-rows.ts';

type Rows = Record<string, unknown>;
const [aggregate] = aiMove.aggregates;
const toNewRow = (row: Rows): Rows => aggregate?.toNew(row) ?? {};
const toLegacyRow = (row: Rows): Rows => aggregate?.toLegacy?.(row) ?? {};

let sides: Awaited<ReturnType<typeof openSides>>;
beforeAll(async () => {
  sides = await openSides();
});
afterAll(() => sides?.close());
beforeEach(async () => {
  await sides.legacy.db.delete(monolith.resumes);
  await sides.fresh.db.delete(resumeReview.reviews);
  await sides.fresh.db.delete(resumeReview.resumes);
});

const copy = (move: typeof aiMove, to: 'legacy' | 'new') =>
  to === 'new'
    ? copyMove(move, sides.legacy, sides.fresh, to)
    : copyMove(move, sides.fresh, sides.legacy, to);
const legacyReviews = () =>
  sides.legacy.db.select().from(monolith.aiReviews).orderBy(asc(monolith.aiReviews.reviewId));
const newReviews = () =>
  sides.fresh.db.select().from(resumeReview.reviews).orderBy(asc(resumeReview.reviews.id));

async function addResume(): Promise<string> {
  const row = resumeOf(sides.userId);
  await sides.legacy.db.insert(monolith.resumes).values(row);
  return row.resumeId;
}

describe('the mapping of reviews', () => {
  test('brings every review there and back as it was, its findings in their order', () => {
    fc.assert(
      fc.property(legacyReview, (row) => {
        expect(toLegacyRow(toNewRow({ ...row }))).toEqual(row);
      }),
      { numRuns: 500 },
    );
  });

  test('says in the words of the new side what the monolith says', () => {
    const finding = { level: 'HINT' as const, text: 'Say more.', quote: 'Casey', advice: 'Write.' };
    const row = reviewOf(randomUUID(), {
      state: 'ERR',
      errorMsg: 'No.',
      sections: [{ name: 'A', score: 1, findings: [finding] }],
    });
    expect(toNewRow({ ...row })).toMatchObject({
      status: 'FAILED',
      failureReason: 'No.',
      sections: [
        {
          name: 'A',
          score: 1,
          findings: [
            { severity: 'HINT', message: 'Say more.', evidence: 'Casey', suggestion: 'Write.' },
          ],
        },
      ],
    });
  });

  test.each([
    ['state', { state: 'RUN' }],
    ['sections', { sections: null }],
    ['sections', { sections: {} }],
    ['sections', { sections: [null] }],
    ['sections', { sections: [{ name: 'A', score: '1', findings: [] }] }],
    ['sections', { sections: [{ name: 'A', score: 1 }] }],
    ['sections', { sections: [{ name: 'A', score: 1, findings: [], more: 1 }] }],
    ['sections', { sections: [{ name: 'A', score: 1, findings: [null] }] }],
    ['sections', { sections: [{ name: 'A', score: 1, findings: [{ level: 'BAD', text: '' }] }] }],
    ['sections', { sections: [{ name: 'A', score: 1, findings: [{ level: 'HINT' }] }] }],
    [
      'sections',
      {
        sections: [{ name: 'A', score: 1, findings: [{ level: 'HINT', text: '', severity: '' }] }],
      },
    ],
    ['requested_at', { requestedAt: new Date(Number.NaN) }],
    ['finished_at', { finishedAt: new Date(Number.NaN) }],
  ])('what the new side has no word for is refused, and named: %s %j', (column, change) => {
    const row = reviewOf(randomUUID());
    const map = () => toNewRow({ ...row, ...change });
    expect(map).toThrow(`ai_reviews.${column} of ${row.reviewId} in the monolith: `);
    expect(map).toThrow(expect.objectContaining({ code: 'UNMAPPABLE_ROW' }));
  });

  test.each([
    ['QUEUED', 'The review was not written: ask for it again.'],
    ['RUNNING', 'The review was not written: ask for it again.'],
  ])('a review that is %s cannot go on in the monolith: there it says so', (status, errorMsg) => {
    const row = { ...toNewRow({ ...reviewOf(randomUUID()) }), status, completedAt: null };
    expect(toLegacyRow(row)).toMatchObject({
      state: 'ERR',
      errorMsg,
      finishedAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  test('a review that was cancelled is one that failed, in the monolith', () => {
    const row = { ...toNewRow({ ...reviewOf(randomUUID()) }), status: 'CANCELLED' };
    expect(toLegacyRow(row)).toMatchObject({ state: 'ERR', errorMsg: 'The review was cancelled.' });
  });
});

describe('copying reviews between real databases', () => {
  test('there and back loses nothing of whatever the tables can hold', async () => {
    const resumeId = await addResume();
    const rows = fc.uniqueArray(legacyReview, { maxLength: 10, selector: (row) => row.reviewId });
    await fc.assert(
      fc.asyncProperty(rows, async (some) => {
        await sides.legacy.db.delete(monolith.aiReviews);
        for (const row of some) {
          await sides.legacy.db.insert(monolith.aiReviews).values({ ...row, resumeId });
        }
        const before = await legacyReviews();
        expect(before).toHaveLength(some.length);
        await copy(aiMove, 'new');
        await sides.legacy.db.delete(monolith.aiReviews);
        await copy(aiMove, 'legacy');
        expect(await legacyReviews()).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test('a resume that was deleted on the new side does not hold up its reviews on their way there', async () => {
    const resumeId = await addResume();
    await sides.legacy.db.insert(monolith.aiReviews).values(reviewOf(resumeId));
    await copy(uploadMove, 'new');
    await sides.fresh.db.delete(resumeReview.resumes).where(eq(resumeReview.resumes.id, resumeId));
    await copy(aiMove, 'new');
    expect(await newReviews()).toHaveLength(1);
    // And the resume is deleted in the monolith too, with them.
    await copy(uploadMove, 'legacy');
    expect(await legacyReviews()).toEqual([]);
    await copy(aiMove, 'new');
    expect(await newReviews()).toEqual([]);
  });

  test('a resume that was deleted in the monolith takes its reviews on the new side along', async () => {
    const [goes, stays] = [await addResume(), await addResume()];
    const rows = [reviewOf(goes), reviewOf(stays)];
    await sides.legacy.db.insert(monolith.aiReviews).values(rows);
    await copy(uploadMove, 'new');
    await copy(aiMove, 'new');
    await sides.legacy.db.delete(monolith.resumes).where(eq(monolith.resumes.resumeId, goes));
    await copy(uploadMove, 'new');
    expect((await newReviews()).map(({ resumeId }) => resumeId)).toEqual([stays]);
    await copy(aiMove, 'legacy');
    expect((await legacyReviews()).map(({ resumeId }) => resumeId)).toEqual([stays]);
  });
});

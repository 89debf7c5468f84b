import { expect, test } from 'vitest';
import { verdictOf, type OwnerRow } from '../../../migration/relay/verdict.ts';

const says = (...rows: readonly [bucket: number, owner: OwnerRow['owner'], epoch: number][]) =>
  new Map(rows.map(([bucket, owner, epoch]) => [bucket, { bucket, owner, epoch: String(epoch) }]));

/** The relay from legacy, of an aggregate that is in bucket 1 on both sides and is marked there. */
const inOne = { marked: [1], atSource: 1, atTarget: 1 };

test.each([
  ['both say that the source owns', says([1, 'legacy', 4]), says([1, 'legacy', 4]), 'carry'],
  ['the source is being left', says([1, 'moving', 4]), says([1, 'legacy', 4]), 'carry'],
  ['the target is open', says([1, 'moving', 4]), says([1, 'new', 5]), 'leave'],
  ['two flips were between', says([1, 'legacy', 4]), says([1, 'legacy', 6]), 'leave'],
  ['the target is not closed yet', says([1, 'legacy', 5]), says([1, 'moving', 4]), 'leave'],
  ['the target owns', says([1, 'new', 5]), says([1, 'new', 5]), 'foreign'],
  ['the target is being left', says([1, 'new', 5]), says([1, 'moving', 5]), 'foreign'],
  ['the target does not know the bucket', says([1, 'legacy', 4]), says(), 'leave'],
] as const)('where %s', (_, source, target, expected) => {
  expect(verdictOf('legacy', inOne, source, target).is).toBe(expected);
});

/** Bucket 1 is legacy's, bucket 2 the new side's, for both. */
const agreed = says([1, 'legacy', 4], [2, 'new', 5]);

test.each([
  ['was moved out of a bucket that is owned', { marked: [1], atSource: 2, atTarget: 2 }, 'foreign'],
  [
    'was made anew in a bucket of the target',
    { marked: [1], atSource: null, atTarget: 2 },
    'foreign',
  ],
  ['is in buckets of both', { marked: [1], atSource: 1, atTarget: 2 }, 'leave'],
  ['is gone from both', { marked: [1], atSource: null, atTarget: null }, 'carry'],
  ['is new', { marked: [1], atSource: 1, atTarget: null }, 'carry'],
  [
    'is only marked, where the target owns',
    { marked: [2], atSource: null, atTarget: null },
    'foreign',
  ],
  [
    'has an old marker of a bucket of the target',
    { marked: [1, 2], atSource: 1, atTarget: 1 },
    'carry',
  ],
] as const)('an aggregate that %s', (_, facts, expected) => {
  expect(verdictOf('legacy', facts, agreed, agreed).is).toBe(expected);
});

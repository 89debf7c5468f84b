import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUCKETS, bucketOf, coveredBuckets } from '#platform/moves/bucket.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';

const SQL = `('x' || encode(substr(sha256(convert_to(move || ':' || key, 'UTF8')), 1, 2), 'hex'))::bit(16)::integer & 1023`;

const users = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

describe('buckets', () => {
  test('never change: these are written down in databases', () => {
    expect(bucketOf('order', '00000000-0000-4000-8000-000000000001')).toBe(264);
    expect(bucketOf('ai', '00000000-0000-4000-8000-000000000001')).toBe(702);
    expect(bucketOf('order', '')).toBe(200);
  });

  test('take their share of subjects each, as evenly as chance does', () => {
    const counts = Array.from({ length: BUCKETS }, () => 0);
    for (const user of users(102_400)) counts[bucketOf('order', user)]! += 1;
    // Chi-square with 1,023 degrees of freedom: mean 1,023, standard deviation 45. Five of them never happen by chance.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(Math.abs(chiSquare - 1_023)).toBeLessThan(5 * Math.sqrt(2 * 1_023));
  });

  test('of two moves have nothing to do with each other', () => {
    const covered = coveredBuckets(10);
    const everybody = users(100_000);
    const inBoth = everybody.filter(
      (user) => bucketOf('order', user) < covered && bucketOf('upload', user) < covered,
    );
    // A tenth of a tenth: 1,000 of them, standard deviation 31.
    expect(Math.abs(inBoth.length - 1_000)).toBeLessThan(5 * 32);
  });
});

describe('a percentage', () => {
  test('covers none at 0, all at 100, and rounds to whole buckets between', () => {
    expect([0, 0.04, 0.05, 0.1, 10, 50, 99.9, 99.96, 100].map(coveredBuckets)).toEqual([
      0, 0, 1, 1, 102, 512, 1_023, 1_024, 1_024,
    ]);
  });

  test('that rises only adds subjects', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(percent, percent, fc.uuid(), (one, other, key) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const bucket = bucketOf('order', key);
        expect(coveredBuckets(low)).toBeLessThanOrEqual(coveredBuckets(high));
        if (bucket < coveredBuckets(low)) expect(bucket).toBeLessThan(coveredBuckets(high));
      }),
    );
  });
});

describe('PostgreSQL', () => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ connectionString: await createEmptyDatabase() });
    await client.connect();
  });
  afterAll(() => client.end());

  test('computes the same bucket for every text that it can hold', async () => {
    const text = fc
      .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.uuid())
      .filter((key) => !key.includes('\0'));
    const pairs = fc.sample(fc.tuple(text, text), { numRuns: 5_000 });
    const { rows } = await client.query<{ bucket: number }>(
      `select ${SQL} as bucket from unnest($1::text[], $2::text[]) with ordinality as t(move, key, n) order by n`,
      [pairs.map(([move]) => move), pairs.map(([, key]) => key)],
    );
    expect(rows.map(({ bucket }) => bucket)).toEqual(
      pairs.map(([move, key]) => bucketOf(move, key)),
    );
  });

  test('counts half of a surrogate pair as U+FFFD, which is how it is stored', async () => {
    const { rows } = await client.query(
      `select ${SQL} as bucket from (values ($1::text, $2::text)) t(move, key)`,
      ['order', 'half \uD83D'],
    );
    expect(rows).toEqual([{ bucket: bucketOf('order', 'half \uD83D') }]);
    expect(bucketOf('order', 'half \uD83D')).toBe(bucketOf('order', 'half \uFFFD'));
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOf } from '#platform/resumes/documents/document.ts';
import { readPlainText } from '#platform/resumes/documents/plain-text.ts';
import { reviewByRules, RULES } from '#platform/resumes/rules/review.ts';
import { JOB, MATCH_WORSENING, NEUTRAL, WORSENINGS } from './worsenings.ts';

const BASE = readFileSync(join(import.meta.dirname, 'files/morgan-txt.txt'), 'utf8');
const reviewOf = (text: string, job: string | null = null) =>
  reviewByRules(documentOf(readPlainText(text)), job);
const messagesOf = ({ sections }: ReturnType<typeof reviewOf>) =>
  sections.flatMap(({ findings }) => findings.map(({ message }) => message));

describe('a resume that was worsened in one way', () => {
  test.each(WORSENINGS)('scores lower, and the review names it: $name', ({ worsen, says }) => {
    const worse = worsen(BASE);
    expect(worse).not.toBe(BASE);
    const [before, after] = [reviewOf(BASE), reviewOf(worse)];
    expect(messagesOf(before).filter((message) => message.startsWith(says))).toEqual([]);
    expect(messagesOf(after).filter((message) => message.startsWith(says))).not.toEqual([]);
    expect(after.score).toBeLessThan(before.score);
  });

  test('scores lower against a job whose words it has lost', () => {
    const [before, after] = [reviewOf(BASE, JOB), reviewOf(MATCH_WORSENING.worsen(BASE), JOB)];
    expect(after.score).toBeLessThan(before.score);
    expect(messagesOf(after).some((message) => message.startsWith(MATCH_WORSENING.says))).toBe(
      true,
    );
    expect(messagesOf(before).some((message) => message.startsWith(MATCH_WORSENING.says))).toBe(
      false,
    );
  });

  test('there are at least thirty ways', () => {
    expect(WORSENINGS.length + 1).toBeGreaterThanOrEqual(30);
  });
});

describe('name, gender, age and nationality', () => {
  test.each(Object.entries(NEUTRAL))('do not change any score: %s', (_name, change) => {
    const other = change(BASE);
    expect(other).not.toBe(BASE);
    const scoresOf = ({ score, sections }: ReturnType<typeof reviewOf>) => [
      score,
      ...sections.map((one) => [one.name, one.score]),
    ];
    // Poor resumes have scores that could change more easily than those of a good one.
    const poor = (text: string) =>
      text.replace(/^- (.*)$/gm, '- Responsible for $1').replace(/[\d.,]+%/g, 'some');
    for (const job of [null, JOB]) {
      expect(scoresOf(reviewOf(other, job))).toEqual(scoresOf(reviewOf(BASE, job)));
      expect(scoresOf(reviewOf(poor(other), job))).toEqual(scoresOf(reviewOf(poor(BASE), job)));
    }
  });
});

describe('a review', () => {
  test('of any text has whole scores from 0 to 100, says why where it takes points off, and quotes what stands there', () => {
    const line = fc.oneof(
      fc.constantFrom(...BASE.split('\n'), '職務経歴', '- ', '2019 – 2018', '\t', '- I I am'),
      fc.string({ maxLength: 260 }),
      fc.lorem({ maxCount: 12 }),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.option(fc.lorem({ maxCount: 30 })),
        (lines, job) => {
          const document = documentOf(readPlainText(lines.join('\n')));
          const review = reviewByRules(document, job);
          for (const { score, findings } of [
            { score: review.score, findings: [] },
            ...review.sections,
          ]) {
            expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
            const text = document.text.replaceAll('\t', '  ');
            for (const { evidence } of findings) {
              // A point that goes over several lines is quoted as one.
              const quote = (evidence ?? '').replace(/…$/, '');
              expect([
                quote,
                text.includes(quote) || text.replaceAll('\n', ' ').includes(quote),
              ]).toEqual([quote, true]);
            }
          }
          for (const { score, findings } of review.sections) {
            if (score < 100)
              expect(findings.some(({ severity }) => severity !== 'PRAISE')).toBe(true);
          }
          expect(reviewByRules(document, job)).toEqual(review);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('of the longest text that is read takes a bounded time, however it is made', () => {
    for (const hostile of [
      '2019 – ',
      'a@',
      '1 ',
      '((((',
      '* ',
      'a.b.c.',
      '- - ',
      '现在至',
      'Languages: ',
      '+1',
      'x'.repeat(5_000) + ' ',
    ]) {
      for (const end of ['', '\n']) {
        const text = (hostile + end).repeat(Math.ceil(60_000 / (hostile.length + end.length)));
        const before = process.cpuUsage();
        reviewOf(text, text.slice(0, 20_000));
        const { user } = process.cpuUsage(before);
        expect([hostile.slice(0, 10), end, user < 4_000_000]).toEqual([
          hostile.slice(0, 10),
          end,
          true,
        ]);
      }
    }
  });

  test('rests on rules that each name who says so', () => {
    const docs = readFileSync('docs/reviews.md', 'utf8').split('\n');
    const rows = docs.map((line) => line.split('|').slice(1, -1));
    const listed = rows.map((cells) => cells.map((cell) => cell.trim()));
    for (const { id, agent, source, weight } of RULES) {
      expect(listed).toContainEqual([`\`${id}\``, agent, String(weight), source]);
      expect([id, source.length > 20, weight > 0]).toEqual([id, true, true]);
    }
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });
});

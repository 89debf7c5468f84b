import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleBasedReviewer as monolithReviewer } from '../../../subgraphs/legacy/monolith/reviews/rule-based-reviewer.ts';
import { ruleBasedReviewer } from '../../../subgraphs/resume-review/agents/rule-based/reviewer.ts';

/** The words of the monolith for what this side says. */
const asMonolith = async (text: string, jobDescription: string | null) => {
  const { score, sections } = await ruleBasedReviewer().review({ text, jobDescription });
  return {
    score,
    sections: sections.map(({ findings, ...section }) => ({
      ...section,
      findings: findings.map(({ severity, message, evidence, suggestion }) => ({
        level: severity,
        text: message,
        quote: evidence ?? undefined,
        advice: suggestion ?? undefined,
      })),
    })),
  };
};

test('the reviewer says of any text what that of the monolith says', async () => {
  const line = fc.oneof(
    fc.constantFrom(...LINES),
    fc.lorem({ maxCount: 12 }),
    fc.string({ maxLength: 260 }),
    fc.integer({ min: 1, max: 400 }).map((count) => 'word '.repeat(count)),
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([lines, end]) => lines.join(end));
  const job = fc.option(fc.oneof(fc.lorem({ maxCount: 40 }), text));
  await fc.assert(
    fc.asyncProperty(text, job, async (resume, jobDescription) => {
      const task = { text: resume, jobDescription };
      expect(await asMonolith(resume, jobDescription)).toEqual(
        await monolithReviewer().review(task),
      );
    }),
    { numRuns: 300 },
  );
});

const LINES = [
  'SUMMARY',
  'EXPERIENCE',
  'Work history:',
  '## Education',
  '**Skills**',
  '職務経歴',
  'スキル',
  'casey@example.com | +1 206 555 0100',
  '03-1234-5678',
  '2019 – present',
  'Mar 2024 - Jan 2020',
  '2019/04～現在',
  '- Led a team of 12 and cut errors by 38%',
  '- Responsible for various tasks',
  '• worked on things',
  '1. Doubled revenue',
  '- 倉庫を管理した',
  'Warehouse manager, Polar Freight, who led a team of pickers for years',
  '',
  '   ',
];

import type { StoredFinding } from '../../../tables.ts';
import type { Judgement, ReviewRule } from '../rule.ts';

const MUCH_TOO_SHORT = 60;
const TOO_SHORT = 150;
/** About two pages. */
const TOO_LONG = 1_000;
const MUCH_TOO_LONG = 2_000;

/** Long enough to say something, short enough to be read. */
export const lengthRule: ReviewRule = {
  section: 'Structure',
  weight: 1,
  judge: ({ words: { length: count } }) => {
    if (count < MUCH_TOO_SHORT) {
      return judgement(10, {
        severity: 'CRITICAL',
        message: `The resume has only ${count} words: there is little to judge it by.`,
        suggestion: 'Describe for each position what you did and what came of it.',
      });
    }
    if (count < TOO_SHORT) {
      return judgement(60, {
        severity: 'HINT',
        message: `The resume is short: ${count} words.`,
        suggestion: 'Add the results of your latest positions.',
      });
    }
    if (count > MUCH_TOO_LONG) {
      return judgement(20, {
        severity: 'WARNING',
        message: `The resume is far too long: ${count} words.`,
        suggestion: 'Cut it to two pages.',
      });
    }
    if (count > TOO_LONG) {
      return judgement(60, {
        severity: 'HINT',
        message: `The resume is long: ${count} words.`,
        suggestion: 'Shorten what is older than ten years.',
      });
    }
    return judgement(100, {
      severity: 'PRAISE',
      message: `The length is right: ${count} words.`,
    });
  },
};

const judgement = (score: number, finding: StoredFinding): Judgement => ({
  score,
  findings: [finding],
});

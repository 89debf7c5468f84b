import type { Finding, ReviewRule, RuleResult } from '../rule.ts';

const MUCH_TOO_SHORT = 60;
const TOO_SHORT = 150;
/** About two pages. */
const TOO_LONG = 1_000;
const MUCH_TOO_LONG = 2_000;

/** Long enough to say something, short enough to be read. */
export const lengthRule: ReviewRule = {
  section: 'Structure',
  weight: 1,
  judge({ words }) {
    const count = words.length;
    const say = (score: number, finding: Finding): RuleResult => ({ score, findings: [finding] });
    if (count < MUCH_TOO_SHORT) {
      const text = `The resume has only ${count} words: there is little to judge it by.`;
      const advice = 'Describe for each position what you did and what came of it.';
      return say(10, { level: 'CRITICAL', text, advice });
    }
    if (count < TOO_SHORT) {
      const advice = 'Add the results of your latest positions.';
      return say(60, { level: 'HINT', text: `The resume is short: ${count} words.`, advice });
    }
    if (count > MUCH_TOO_LONG) {
      const text = `The resume is far too long: ${count} words.`;
      return say(20, { level: 'WARNING', text, advice: 'Cut it to two pages.' });
    }
    if (count > TOO_LONG) {
      const advice = 'Shorten what is older than ten years.';
      return say(60, { level: 'HINT', text: `The resume is long: ${count} words.`, advice });
    }
    return say(100, { level: 'PRAISE', text: `The length is right: ${count} words.` });
  },
};

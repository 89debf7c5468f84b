import { quoted } from '../document.ts';
import { scoreOf, type Finding, type ReviewRule } from '../rule.ts';

const YEAR = /\b(?:19|20)\d{2}\b/g;
const FIGURE = /\d|\b(?:double|doubled|triple|tripled|halved|half)\b/i;
/** The share of statements with a figure from which on more would be too many. */
const ENOUGH = 0.5;

const hasFigure = (statement: string) => FIGURE.test(statement.replace(YEAR, ''));

/** What was done is believed when it is measured. */
export const resultsRule: ReviewRule = {
  section: 'Experience',
  weight: 3,
  judge({ statements }) {
    if (statements.length === 0) {
      const text = 'There are no bullet points that say what was done.';
      const advice = 'Give each position two to five bullet points.';
      return { score: 0, findings: [{ level: 'WARNING', text, advice }] };
    }
    const measured = statements.filter(hasFigure);
    const bare = statements.find((statement) => !hasFigure(statement));
    const share = measured.length / statements.length;
    const findings: Finding[] = [];
    if (measured[0] !== undefined) {
      const text = `${measured.length} of ${statements.length} bullet points give a figure.`;
      findings.push({ level: 'PRAISE', text, quote: quoted(measured[0]) });
    }
    if (bare !== undefined && share < ENOUGH) {
      findings.push({
        level: measured.length === 0 ? 'WARNING' : 'HINT',
        text: 'Most bullet points do not say what came of the work.',
        quote: quoted(bare),
        advice: 'Say how much, how many or how fast: "cut picking errors by 30%".',
      });
    }
    return { score: scoreOf(share, ENOUGH), findings };
  },
};

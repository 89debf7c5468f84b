import type { StoredFinding } from '../../../tables.ts';
import { quoted } from '../document.ts';
import { scoreOf, type ReviewRule } from '../rule.ts';

const YEAR = /\b(?:19|20)\d{2}\b/g;
const FIGURE = /\d|\b(?:double|doubled|triple|tripled|halved|half)\b/i;
/** The share of statements with a figure from which on more would be too many. */
const ENOUGH = 0.5;

const NO_STATEMENTS: StoredFinding = {
  severity: 'WARNING',
  message: 'There are no bullet points that say what was done.',
  suggestion: 'Give each position two to five bullet points.',
};

/** What was done is believed when it is measured. */
export const resultsRule: ReviewRule = {
  section: 'Experience',
  weight: 3,
  judge: ({ statements }) => {
    if (statements.length === 0) return { score: 0, findings: [NO_STATEMENTS] };
    const measured = statements.filter(hasFigure);
    const bare = statements.find((statement) => !hasFigure(statement));
    const share = measured.length / statements.length;
    const findings: StoredFinding[] = [];
    if (measured[0] !== undefined) {
      findings.push({
        severity: 'PRAISE',
        message: `${measured.length} of ${statements.length} bullet points give a figure.`,
        evidence: quoted(measured[0]),
      });
    }
    if (bare !== undefined && share < ENOUGH) {
      findings.push({
        severity: measured.length === 0 ? 'WARNING' : 'HINT',
        message: 'Most bullet points do not say what came of the work.',
        evidence: quoted(bare),
        suggestion: 'Say how much, how many or how fast: "cut picking errors by 30%".',
      });
    }
    return { score: scoreOf(share, ENOUGH), findings };
  },
};

/** Whether a statement measures something. A year is no measure. */
const hasFigure = (statement: string) => FIGURE.test(statement.replace(YEAR, ''));

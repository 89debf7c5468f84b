import { quoted, quotedLine, scoreOf, SOURCES, type Finding, type ReviewRule } from './rule.ts';

const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)/g;
const FIGURE =
  /\p{N}|(?<!\p{L})(?:doubled?|tripled?|halved|half|verdoppelt|halbiert|doublé|duplic\w+|удвоил\p{L}*|вдвое)(?!\p{L})|[一二两三四五六七八九十百千万]+(?:个|名|人|倍|次|年|项)/iu;
/** The share of points with a figure from which on more would be too many. */
const ENOUGH = 0.5;

const NO_STATEMENTS: Finding = {
  severity: 'WARNING',
  message: 'There are no bullet points that say what was done.',
  suggestion: 'Give each position two to five bullet points.',
};

/** What was done is believed when it is measured. */
export const resultsRule: ReviewRule = {
  id: 'results',
  agent: 'content',
  section: 'Experience',
  weight: 5,
  source: SOURCES.google,
  judge: ({ statements, neutral }) => {
    if (statements.length === 0) return { score: 0, findings: [NO_STATEMENTS] };
    // A year is no measure.
    const hasFigure = (text: string) => FIGURE.test(neutral(text).replace(YEAR, ''));
    const measured = statements.filter(({ text }) => hasFigure(text));
    const bare = statements.find(({ text }) => !hasFigure(text));
    const share = measured.length / statements.length;
    const findings: Finding[] = [];
    if (measured[0]) {
      findings.push({
        severity: 'PRAISE',
        message: `${measured.length} of ${statements.length} bullet points give a figure.`,
        evidence: quoted(measured[0].text),
      });
    }
    if (bare && share < ENOUGH) {
      findings.push({
        severity: measured.length === 0 ? 'WARNING' : 'HINT',
        message: 'Most bullet points do not say what came of the work.',
        evidence: quoted(bare.text),
        suggestion: 'Say how much, how many or how fast: "cut picking errors by 30%".',
      });
    }
    return { score: scoreOf(share, ENOUGH), findings };
  },
};

/** Each position says what was done there. */
export const pointsRule: ReviewRule = {
  id: 'points',
  agent: 'content',
  section: 'Experience',
  weight: 2,
  source: SOURCES.harvard,
  judge: (resume) => {
    const {
      structure: { work },
    } = resume;
    if (work.length === 0) return null;
    const empty = work.filter(({ highlights }) => highlights.length === 0);
    const crowded = work.filter(({ highlights }) => highlights.length > 9);
    const findings: Finding[] = [];
    if (empty[0]) {
      findings.push({
        severity: 'WARNING',
        message: 'A position does not say what you did there.',
        evidence: quotedLine(resume, empty[0].title ?? empty[0].name),
        suggestion: 'Give each position two to five bullet points; older ones need one.',
      });
    }
    if (crowded[0]) {
      findings.push({
        severity: 'HINT',
        message: `A position has ${crowded[0].highlights.length} bullet points: nobody reads so many.`,
        evidence: quoted(crowded[0].highlights[0]?.value ?? ''),
        suggestion: 'Keep the five that matter most.',
      });
    }
    return {
      score: Math.round(100 * (1 - (empty.length + crowded.length / 2) / work.length)),
      findings,
    };
  },
};

import { quoted, scoreOf, SOURCES, type Finding, type Judgement, type ReviewRule } from './rule.ts';

/** Words of a resume: from, score, severity, what is said, what to do. The last line that begins at or below the count holds. */
const LENGTHS: readonly (readonly [number, number, Finding['severity'], string, string | null])[] =
  [
    [
      0,
      10,
      'CRITICAL',
      'The resume has only # words: there is little to judge it by.',
      'Describe for each position what you did and what came of it.',
    ],
    [60, 60, 'HINT', 'The resume is short: # words.', 'Add the results of your latest positions.'],
    [90, 100, 'PRAISE', 'The length is right: # words.', null],
    [1_000, 60, 'HINT', 'The resume is long: # words.', 'Shorten what is older than ten years.'],
    [2_000, 20, 'WARNING', 'The resume is far too long: # words.', 'Cut it to two pages.'],
  ];

/** Long enough to say something, short enough to be read. */
export const lengthRule: ReviewRule = {
  id: 'length',
  agent: 'structure',
  section: 'Structure',
  weight: 2,
  source: SOURCES.harvard,
  judge: ({ words: { length: count } }) => {
    const [, score, severity, message, suggestion] =
      LENGTHS.findLast(([from]) => count >= from) ?? LENGTHS[0]!;
    return {
      score,
      findings: [{ severity, message: message.replace('#', String(count)), suggestion }],
    };
  },
};

/** Words of a point. A sign of Chinese or Japanese text counts as half of one. */
const [SHORT, LONG] = [3, 35];

/** A point is one or two lines. */
export const pointLengthRule: ReviewRule = {
  id: 'point-length',
  agent: 'language',
  section: 'Language',
  weight: 2,
  source: SOURCES.plain,
  judge: ({ statements, neutral }): Judgement | null => {
    if (statements.length === 0) return null;
    const lengths = statements.map(({ text }) => ({ text, words: lengthOf(neutral(text)) }));
    const long = lengths.filter(({ words }) => words > LONG);
    const short = lengths.filter(({ words }) => words < SHORT);
    const findings: Finding[] = [];
    if (long[0]) {
      findings.push({
        severity: 'WARNING',
        message: `A point has ${long[0].words} words, and is hard to read.`,
        evidence: quoted(long[0].text),
        suggestion: `Say one thing in each point, in at most ${LONG} words.`,
      });
    }
    if (short[0]) {
      findings.push({
        severity: 'HINT',
        message: 'A point is too short to say anything.',
        evidence: quoted(short[0].text),
        suggestion: 'Say what you did and what came of it, or leave it out.',
      });
    }
    return {
      score: scoreOf(1 - (long.length * 1.5 + short.length) / statements.length, 1),
      findings,
    };
  },
};

const lengthOf = (text: string) => {
  const signs = text.match(/[\u3040-\u30ff\u4e00-\u9fff]/gu)?.length ?? 0;
  return (
    Math.round(signs / 2) +
    (text.match(/[\p{L}\p{N}][^\s\u3040-\u30ff\u4e00-\u9fff]*/gu)?.length ?? 0)
  );
};

import { quoted, SOURCES, type Finding, type ReviewRule } from './rule.ts';

const IRREGULAR = new Set(
  'led built cut drove grew ran rebuilt oversaw rewrote sold taught won wrote made held kept spent sent set brought began chose found gave took met'.split(
    ' ',
  ),
);
/** Verbs that are the same then and now say nothing. */
const EITHER = new Set(['cut', 'set', 'put', 'read']);
const PRESENT =
  /^(?:lead|build|drive|grow|run|oversee|write|sell|teach|manage|design|develop|plan|create|coordinate|deliver|maintain|supervise|train|test|negotiate|direct|analy[sz]e|support|improve|reduce|organi[sz]e|mentor|coach|own|handle|provide|prepare|ensure|conduct|move|serve|introduce)s?$/i;

/** What is over stands in the past tense; what goes on may stand in the present, but not in both. English only. */
export const tenseRule: ReviewRule = {
  id: 'tense',
  agent: 'language',
  section: 'Language',
  weight: 2,
  source: SOURCES.mit,
  judge: ({ statements, structure: { language } }) => {
    if (language !== 'en') return null;
    const past = statements.filter(({ isCurrent }) => isCurrent === false);
    const known = past
      .map(({ text }) => ({ text, tense: tenseOf(text) }))
      .filter(({ tense }) => tense !== null);
    if (known.length === 0) return null;
    const wrong = known.filter(({ tense }) => tense === 'present');
    if (!wrong[0]) return { score: 100, findings: [] };
    const finding: Finding = {
      severity: 'HINT',
      message: 'What you did in a former position stands in the present tense.',
      evidence: quoted(wrong[0].text),
      suggestion: 'Use the past tense for what is over: "led", not "lead".',
    };
    return {
      score: Math.max(0, 65 - Math.round((65 * wrong.length) / known.length)),
      findings: [finding],
    };
  },
};

function tenseOf(text: string): 'past' | 'present' | null {
  const first = /^[A-Za-z]+/.exec(text)?.[0].toLowerCase() ?? '';
  if (EITHER.has(first)) return null;
  if (IRREGULAR.has(first) || /[a-z]{2}ed$/.test(first)) return 'past';
  return PRESENT.test(first) ? 'present' : null;
}

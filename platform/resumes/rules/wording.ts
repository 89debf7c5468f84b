import { quoted, SOURCES, type Finding, type ReviewRule } from './rule.ts';

/** One way of writing that a reader stumbles over, and how much of the score it takes. */
interface Stumble {
  readonly pattern: RegExp;
  readonly points: number;
  readonly finding: Finding;
}

const STUMBLES: readonly Stumble[] = [
  {
    pattern:
      /(?<![\p{L}-])(?:hard[- ]working|team player|go[- ]getter|think(?:ing)? outside the box|synergy|synergies|results[- ]driven|results[- ]oriented|detail[- ]oriented|self[- ]starter|dynamic individual|proven track record|best of breed|thought leader|people person|guru|ninja|rockstar|teamfähig und belastbar|dynamique et motivée?|proactivo y dinámico)(?![\p{L}-])/iu,
    points: 35,
    finding: {
      severity: 'HINT',
      message: 'A phrase that everybody writes says nothing about you.',
      suggestion: 'Leave it out, or say what you did that shows it.',
    },
  },
  {
    pattern: /(?<![\p{L}'’-])(?:I|I'm|I’m|my|myself|me)(?![\p{L}-])(?!\/)/u,
    points: 30,
    finding: {
      severity: 'HINT',
      message: 'Sentences speak in the first person.',
      suggestion: 'Leave out "I" and "my": everybody knows whose resume it is.',
    },
  },
  {
    pattern: /(?<![\p{L}\p{N}])(\p{L}{2,}) \1(?![\p{L}\p{N}])/iu,
    points: 35,
    finding: {
      severity: 'HINT',
      message: 'A word stands there twice in a row.',
      suggestion: 'Read the resume aloud once: what is doubled is heard.',
    },
  },
  {
    pattern: /[!?]{1,}\s*$|!{2,}|\?{2,}/u,
    points: 25,
    finding: {
      severity: 'HINT',
      message: 'A sentence calls out.',
      suggestion: 'End it with a full stop, or with nothing.',
    },
  },
  {
    pattern:
      /(?<!\p{L})(?:recieve|seperate|definately|managment|responsable for|experiance|acheived|occured|sucessful|succesful|developement|enviroment|buisness|accomodate|maintainance|refered|comittee|liason|independant)(?!\p{L})/iu,
    points: 35,
    finding: {
      severity: 'WARNING',
      message: 'A word is spelt wrong.',
      suggestion: 'Let a spelling checker read the resume.',
    },
  },
  {
    pattern: /(?:\p{Lu}{2,}[ ,]+){4,}\p{Lu}{2,}/u,
    points: 25,
    finding: {
      severity: 'HINT',
      message: 'A sentence is set in capitals, which is slow to read.',
      suggestion: 'Write it as any other sentence.',
    },
  },
];

/** Lines that are prose: headings, skills and contact data are not read for style. */
export const wordingRule: ReviewRule = {
  id: 'wording',
  agent: 'language',
  section: 'Language',
  weight: 3,
  source: SOURCES.plain,
  judge: ({ structure: { sections }, statements }) => {
    const summary = sections.filter(({ name }) => name === 'summary').flatMap(({ lines }) => lines);
    const prose = [...summary, ...statements].map(({ text }) => text);
    if (prose.length === 0) return null;
    let score = 100;
    const findings: Finding[] = [];
    for (const { pattern, points, finding } of STUMBLES) {
      const line = prose.find((text) => pattern.test(text));
      if (line === undefined) continue;
      score -= points;
      findings.push({ ...finding, evidence: quoted(line) });
    }
    return { score: Math.max(0, score), findings };
  },
};

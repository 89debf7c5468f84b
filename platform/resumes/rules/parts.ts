import { SOURCES, type Finding, type ReviewRule } from './rule.ts';

/** What a part is worth, and what is said where it is missing. */
const PARTS = [
  [
    'experience',
    45,
    'CRITICAL',
    'Add a part with the heading "Experience": position, employer, from when to when.',
  ],
  ['education', 20, 'WARNING', 'Add a part with the heading "Education", be it one line.'],
  ['skills', 20, 'WARNING', 'Add a part with the heading "Skills" that names tools and methods.'],
  [
    'summary',
    15,
    'HINT',
    'Begin with two or three sentences on who you are and what you look for.',
  ],
] as const;

/** The parts that every reader looks for, under headings that a program finds as well. */
export const partsRule: ReviewRule = {
  id: 'parts',
  agent: 'structure',
  section: 'Structure',
  weight: 4,
  source: SOURCES.europass,
  judge: ({ structure: { sections } }) => {
    const there = new Map(
      sections
        .filter(({ lines }) => lines.length > 0)
        .map(({ name, heading }) => [name, heading.value]),
    );
    const missing = PARTS.filter(([name]) => !there.has(name));
    if (missing.length === 0) {
      const titles = [...there]
        .filter(([name]) => PARTS.some(([part]) => part === name))
        .map(([, title]) => title)
        .join(', ');
      return {
        score: 100,
        findings: [{ severity: 'PRAISE', message: `Every part is there: ${titles}.` }],
      };
    }
    const findings = missing.map(([name, , severity, suggestion]): Finding => ({
      severity,
      message: `No part on ${name} was found.`,
      suggestion,
    }));
    return { score: missing.reduce((score, [, points]) => score - points, 100), findings };
  },
};

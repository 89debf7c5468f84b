import type { PartName } from '../document.ts';
import type { Finding, ReviewRule } from '../rule.ts';

interface Part {
  readonly name: PartName;
  /** How much of the score it is. */
  readonly points: number;
  readonly level: Finding['level'];
  readonly advice: string;
}

const PARTS: readonly Part[] = [
  {
    name: 'experience',
    points: 45,
    level: 'CRITICAL',
    advice: 'Add a part with the heading "Experience": position, employer, from when to when.',
  },
  {
    name: 'education',
    points: 20,
    level: 'WARNING',
    advice: 'Add a part with the heading "Education", be it one line.',
  },
  {
    name: 'skills',
    points: 20,
    level: 'WARNING',
    advice: 'Add a part with the heading "Skills" that names tools and methods.',
  },
  {
    name: 'summary',
    points: 15,
    level: 'HINT',
    advice: 'Begin with two or three sentences on who you are and what you look for.',
  },
];

/** The parts that every reader looks for, under headings that a program finds as well. */
export const partsRule: ReviewRule = {
  section: 'Structure',
  weight: 2,
  judge({ headings }) {
    const missing = PARTS.filter(({ name }) => !headings.has(name));
    const lost = missing.reduce((sum, { points }) => sum + points, 0);
    const findings = missing.map(({ name, level, advice }) => ({
      level,
      text: `No part on ${name} was found.`,
      advice,
    }));
    if (missing.length > 0) return { score: 100 - lost, findings };
    const text = `Every part is there: ${[...headings.values()].join(', ')}.`;
    return { score: 100, findings: [{ level: 'PRAISE', text }] };
  },
};

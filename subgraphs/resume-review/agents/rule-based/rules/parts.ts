import type { StoredFinding } from '../../../tables.ts';
import type { PartName } from '../document.ts';
import type { ReviewRule } from '../rule.ts';

/** What a part is worth, and what is said where it is missing. */
interface Part {
  readonly name: PartName;
  /** How much of the score it is. */
  readonly points: number;
  readonly severity: StoredFinding['severity'];
  readonly suggestion: string;
}

const PARTS: readonly Part[] = [
  {
    name: 'experience',
    points: 45,
    severity: 'CRITICAL',
    suggestion: 'Add a part with the heading "Experience": position, employer, from when to when.',
  },
  {
    name: 'education',
    points: 20,
    severity: 'WARNING',
    suggestion: 'Add a part with the heading "Education", be it one line.',
  },
  {
    name: 'skills',
    points: 20,
    severity: 'WARNING',
    suggestion: 'Add a part with the heading "Skills" that names tools and methods.',
  },
  {
    name: 'summary',
    points: 15,
    severity: 'HINT',
    suggestion: 'Begin with two or three sentences on who you are and what you look for.',
  },
];

/** The parts that every reader looks for, under headings that a program finds as well. */
export const partsRule: ReviewRule = {
  section: 'Structure',
  weight: 2,
  judge: ({ headings }) => {
    const missing = PARTS.filter(({ name }) => !headings.has(name));
    if (missing.length === 0) {
      const message = `Every part is there: ${[...headings.values()].join(', ')}.`;
      return { score: 100, findings: [{ severity: 'PRAISE', message }] };
    }
    const findings = missing.map(({ name, severity, suggestion }) => ({
      severity,
      message: `No part on ${name} was found.`,
      suggestion,
    }));
    return { score: missing.reduce((score, { points }) => score - points, 100), findings };
  },
};

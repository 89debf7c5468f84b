import type { Span } from '../documents/document.ts';
import type { ReviewedResume } from './reviewed-resume.ts';

/** How much a finding matters, gravest first. */
export const SEVERITIES = ['CRITICAL', 'WARNING', 'HINT', 'PRAISE'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that was found. */
export interface Finding {
  readonly severity: Severity;
  readonly message: string;
  /** The passage of the resume that it is about, as it stands there. */
  readonly evidence?: string | null;
  /** What to do about it. */
  readonly suggestion?: string | null;
}

/** What a rule says about a resume. */
export interface Judgement {
  /** 0 to 100. Whoever gives less than 100 says in a finding why. */
  readonly score: number;
  readonly findings: readonly Finding[];
}

/** Who of the agents applies a rule. */
export const AGENT_NAMES = ['structure', 'content', 'language', 'match'] as const;
export type AgentName = (typeof AGENT_NAMES)[number];

/** One thing that is looked at. */
export interface ReviewRule {
  readonly id: string;
  readonly agent: AgentName;
  /** The section of the review that it belongs to. */
  readonly section: string;
  /** How much its score counts. */
  readonly weight: number;
  /** Who says so. */
  readonly source: string;
  /** @returns null where the rule cannot say anything about this resume */
  readonly judge: (resume: ReviewedResume, jobDescription: string | null) => Judgement | null;
}

/** Advice that many rules rest on, as it is cited. */
export const SOURCES = {
  harvard: 'Harvard University, Mignone Center for Career Success: Create a Strong Resume',
  mit: 'MIT, Career Advising & Professional Development: Resumes',
  europass: 'European Union, Europass: Create your CV, guidance',
  plain: 'Plain Language Action and Information Network: Federal Plain Language Guidelines, 2011',
  jones:
    'K. Spärck Jones: A statistical interpretation of term specificity, Journal of Documentation 28 (1972)',
  google:
    'L. Bock: My Personal Formula for a Winning Resume (2014): accomplished X as measured by Y by doing Z',
} as const;

/** A share of good things as a score: from `enough` on all is well. */
export const scoreOf = (share: number, enough: number) =>
  Math.round(Math.min(1, share / enough) * 100);

const LONGEST_QUOTE = 200;

/** A passage of the resume, short enough to be quoted. */
export function quoted(line: string): string {
  const passage = line.replaceAll('\t', '  ');
  return passage.length <= LONGEST_QUOTE
    ? passage
    : `${passage.slice(0, LONGEST_QUOTE - 1).toWellFormed()}…`;
}

/** The line that something was read from, short enough to be quoted; null: it was not found. */
export function quotedLine(
  { lines }: ReviewedResume,
  found: Span | null | undefined,
): string | null {
  const line = found && lines.find(({ start, end }) => start <= found.start && found.start < end);
  return line ? quoted(line.text) : null;
}

import type { StoredFinding } from '../../tables.ts';
import type { ResumeDocument } from './document.ts';

/** What a rule says about a resume. */
export interface Judgement {
  /** 0 to 100. */
  readonly score: number;
  readonly findings: readonly StoredFinding[];
}

/** One thing that is looked at. */
export interface ReviewRule {
  /** The section of the review that it belongs to. */
  readonly section: string;
  /** How much its score counts. */
  readonly weight: number;
  /** @returns null where the rule cannot say anything about this resume */
  readonly judge: (resume: ResumeDocument, jobDescription: string | null) => Judgement | null;
}

/** A share of good things as a score: from `enough` on all is well. */
export function scoreOf(share: number, enough: number): number {
  return Math.round(Math.min(1, share / enough) * 100);
}

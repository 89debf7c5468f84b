import type { StoredReviewSection } from '../tables.ts';
import type { ResumeDocument } from './document.ts';

export type Finding = StoredReviewSection['findings'][number];

/** What a rule says about a resume. */
export interface RuleResult {
  /** 0 to 100. */
  readonly score: number;
  readonly findings: readonly Finding[];
}

/** One thing that is looked at. */
export interface ReviewRule {
  /** The section of the review that it belongs to. */
  readonly section: string;
  /** How much its score counts. */
  readonly weight: number;
  /** @returns null where the rule cannot say anything about this resume */
  judge(resume: ResumeDocument, jobDescription: string | null): RuleResult | null;
}

/** A share of good things as a score: from `enough` on everything is well. */
export function scoreOf(share: number, enough: number): number {
  return Math.round(Math.min(1, share / enough) * 100);
}

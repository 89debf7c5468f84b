import type { ReviewSection } from '../schema.generated.ts';
import type { ReviewRow } from './rows.ts';
import { SEVERITIES } from './words.ts';

/** The sections of a review, the findings of each gravest first. */
export function reviewSections(row: ReviewRow): ReviewSection[] {
  return row.sections.map(({ name, score, findings }) => ({
    name,
    score,
    findings: findings
      .toSorted((one, other) => SEVERITIES.indexOf(one.level) - SEVERITIES.indexOf(other.level))
      .map(({ level, text, quote, advice }) => ({
        severity: level,
        message: text,
        evidence: quote ?? null,
        suggestion: advice ?? null,
      })),
  }));
}

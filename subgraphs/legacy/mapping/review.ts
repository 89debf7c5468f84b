import type { Finding } from '#platform/resumes/rules/rule.ts';
import type { AgentRun, ReviewFinding, ReviewSection } from '../schema.generated.ts';
import type { ReviewRow } from './rows.ts';
import { fromMonolith, REVIEW_STATES, SEVERITIES } from './words.ts';

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

/** A review that is complete, in the form in which reviews are compared; null: it is none. */
export function comparableReview(row: ReviewRow | null) {
  return row?.score == null ? null : { overallScore: row.score, sections: reviewSections(row) };
}

export const reviewFindings = (findings: readonly Finding[]): ReviewFinding[] =>
  findings.map(({ severity, message, evidence, suggestion }) => ({
    severity,
    message,
    evidence: evidence ?? null,
    suggestion: suggestion ?? null,
  }));

export const agentRuns = ({ agent_runs }: ReviewRow): AgentRun[] =>
  agent_runs.map(({ startedAt, attempt = 1, ...run }) => ({
    ...run,
    attempt,
    startedAt: new Date(startedAt),
  }));

/** What the monolith says of a review that was cancelled elsewhere; a reason follows after a blank (migration/moves/ai.ts). */
const CANCELLED = 'The review was cancelled.';
const wasCancelled = ({ state, error_msg }: ReviewRow) =>
  state === 'ERR' && (error_msg === CANCELLED || (error_msg?.startsWith(`${CANCELLED} `) ?? false));

export const reviewStatus = (row: ReviewRow) =>
  wasCancelled(row) ? ('CANCELLED' as const) : fromMonolith(REVIEW_STATES, row.state);

export const failureReason = (row: ReviewRow): string | null =>
  wasCancelled(row) ? (row.error_msg ?? '').slice(CANCELLED.length + 1) || null : row.error_msg;

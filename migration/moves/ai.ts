import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';
import { instant } from './instant.ts';
import { aggregate, UnmappableRow, type Move } from './move.ts';

type LegacyReview = typeof legacy.aiReviews.$inferSelect;
type NewReview = typeof resumeReview.reviews.$inferSelect;
type LegacyFinding = legacy.StoredReviewSection['findings'][number];

/** Reviews. They refer to resumes, so the monolith must have those first: move `upload` before. */
export const aiMove: Move = {
  name: 'ai',
  aggregates: [
    aggregate({
      name: 'reviews',
      legacyTable: legacy.aiReviews,
      newTable: resumeReview.reviews,
      key: { legacy: [legacy.aiReviews.reviewId], new: [resumeReview.reviews.id] },
      toNew: reviewToNew,
      toLegacy: reviewToLegacy,
    }),
  ],
};

function reviewToNew(row: LegacyReview): Required<typeof resumeReview.reviews.$inferInsert> {
  const where = (column: string) => `ai_reviews.${column} of ${row.reviewId} in the monolith`;
  return {
    id: row.reviewId,
    resumeId: row.resumeId,
    jobDescription: row.jobDesc,
    status: statusOf(row.state, where('state')),
    overallScore: row.score,
    sections: sectionsToNew(row.sections, where('sections')),
    failureReason: row.errorMsg,
    requestedAt: instant(row.requestedAt, where('requested_at')),
    completedAt: instant(row.finishedAt, where('finished_at')),
  };
}

function reviewToLegacy(row: NewReview): Required<typeof legacy.aiReviews.$inferInsert> {
  const where = (column: string) => `reviews.${column} of ${row.id} in the resume-review database`;
  return {
    reviewId: row.id,
    resumeId: row.resumeId,
    jobDesc: row.jobDescription,
    state: row.status === 'COMPLETED' ? 'DONE' : 'ERR',
    score: row.overallScore,
    sections: sectionsToLegacy(row.sections, where('sections')),
    errorMsg: row.failureReason ?? UNFINISHED[row.status] ?? null,
    requestedAt: instant(row.requestedAt, where('requested_at')),
    finishedAt: instant(row.completedAt ?? row.requestedAt, where('completed_at')),
  };
}

// ---- values

/** The monolith knows only reviews that were written while their request waited: what it is told of others. */
const UNFINISHED: Partial<Record<NewReview['status'], string>> = {
  QUEUED: 'The review was not written: ask for it again.',
  RUNNING: 'The review was not written: ask for it again.',
  CANCELLED: 'The review was cancelled.',
};

function statusOf(state: string, where: string): NewReview['status'] {
  if (state === 'DONE') return 'COMPLETED';
  if (state === 'ERR') return 'FAILED';
  throw new UnmappableRow(where, `"${state}" is none of DONE, ERR: mend the row`);
}

/** The members of a finding on both sides. An optional one that is absent stays absent. */
const MEMBERS = [
  ['level', 'severity'],
  ['text', 'message'],
  ['quote', 'evidence'],
  ['advice', 'suggestion'],
] as const;
const SEVERITIES = new Set<unknown>(['PRAISE', 'HINT', 'WARNING', 'CRITICAL']);

function sectionsToNew(sections: unknown, where: string): resumeReview.StoredSection[] {
  const names = MEMBERS.map(([old, fresh]) => [old, fresh] as const);
  return renamed<resumeReview.StoredFinding>(sections, names, where);
}

function sectionsToLegacy(sections: unknown, where: string): legacy.StoredReviewSection[] {
  const names = MEMBERS.map(([old, fresh]) => [fresh, old] as const);
  return renamed<LegacyFinding>(sections, names, where);
}

interface Section<Finding> {
  name: string;
  score: number;
  findings: Finding[];
}

/** Sections whose findings have other names for their members. @throws UnmappableRow for what is none */
function renamed<Finding>(
  sections: unknown,
  names: readonly (readonly [from: string, to: string])[],
  where: string,
): Section<Finding>[] {
  const fault = () =>
    new UnmappableRow(
      where,
      `must be a JSON array of sections {name, score, findings}, with findings {${names.map(([from]) => from).join(', ')}} and nothing else`,
    );
  const list = (value: unknown): unknown[] => {
    if (Array.isArray(value)) return value;
    throw fault();
  };
  return list(sections).map((section) => {
    const { name, score, findings, ...rest } = Object(section) as Record<string, unknown>;
    const isSection = typeof name === 'string' && Number.isInteger(score) && isEmpty(rest);
    if (!isSection) throw fault();
    const members = list(findings).map((finding) => {
      if (!isFinding(finding, names)) throw fault();
      return Object.fromEntries(
        names.flatMap(([from, to]) => (from in finding ? [[to, finding[from]]] : [])),
      ) as Finding;
    });
    return { name, score: score as number, findings: members };
  });
}

function isFinding(
  given: unknown,
  names: readonly (readonly [from: string, to: string])[],
): given is Record<string, unknown> {
  if (typeof given !== 'object' || given === null) return false;
  const known = names.map(([from]) => from);
  const values = given as Record<string, unknown>;
  const [severity, message, ...optional] = known.map((name) => values[name]);
  return (
    Object.keys(values).every((name) => known.includes(name)) &&
    SEVERITIES.has(severity) &&
    typeof message === 'string' &&
    optional.every((text) => text == null || typeof text === 'string')
  );
}

const isEmpty = (object: object) => Object.keys(object).length === 0;

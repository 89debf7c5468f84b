import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { anyHash, anyInteger, anyText, anyTime, ids } from './any-rows.ts';
import { openSides, type Sides } from './mapped-rows.ts';

export type LegacyUpload = typeof legacy.uploads.$inferSelect;
export type LegacyResume = typeof legacy.resumes.$inferSelect;
export type LegacyReview = typeof legacy.aiReviews.$inferSelect;

/** The content of the tables. */
export interface FileState {
  readonly uploads: readonly LegacyUpload[];
  readonly resumes: readonly LegacyResume[];
}

const file = {
  fileName: anyText(200),
  mimeType: anyText(100),
  sizeBytes: anyInteger,
  sha256: anyHash,
};
const anyUpload = fc.record({ ...file, createdAt: anyTime, expiresAt: anyTime });
const anyResume = fc.record({ ...file, uploadedAt: anyTime });

const many = <T>(one: fc.Arbitrary<T>, count: number) =>
  fc.array(one, { minLength: count, maxLength: count });

/** States of the same few uploads and resumes, some of one id: an upload becomes a resume, a resume an old upload. */
export function anyFileStates(
  userIds: readonly string[],
): fc.Arbitrary<readonly [older: FileState, present: FileState]> {
  const pool = ids(6);
  const owner = fc.constantFrom(...userIds);
  const state = fc
    .tuple(
      fc.subarray(pool),
      fc.subarray(pool),
      many(fc.tuple(anyUpload, owner), 6),
      many(fc.tuple(anyResume, owner), 6),
    )
    .map(([someUploads, someResumes, announced, kept]): FileState => ({
      uploads: someUploads.map((uploadId, n) => {
        const [fact, userId] = announced[n] as (typeof announced)[number];
        return { ...fact, uploadId, userId };
      }),
      resumes: someResumes.map((resumeId, n) => {
        const [fact, userId] = kept[n] as (typeof kept)[number];
        return { ...fact, resumeId, userId };
      }),
    }));
  return fc.tuple(state, state);
}

const finding = fc.record(
  {
    level: fc.constantFrom(
      'PRAISE' as const,
      'HINT' as const,
      'WARNING' as const,
      'CRITICAL' as const,
    ),
    text: anyText(80),
    quote: anyText(80),
    advice: anyText(80),
  },
  { requiredKeys: ['level', 'text'], noNullPrototype: true },
);

const CANCELLED = 'The review was cancelled.';

const AGENT_RUN: LegacyReview['agentRuns'][number] = {
  agent: 'structure',
  driver: 'anthropic',
  model: 'a "model"',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 12,
  inputTokens: 3,
  outputTokens: 4,
  costMicros: 5,
  outcome: 'FAILED',
  message: 'why',
};

const anyReading = fc.record(
  {
    resume: fc.constant({
      basics: { name: 'Casey "C" Morgan' },
      work: [{ highlights: ['a\tb'] }],
      education: [],
      skills: [],
      projects: [],
      languages: [],
    }),
    spans: fc.array(
      fc.record(
        { pointer: anyText(40), start: fc.nat(50_000), end: fc.nat(50_000) },
        { noNullPrototype: true },
      ),
      { maxLength: 5 },
    ),
    text: anyText(200),
  },
  { noNullPrototype: true },
);

const anyReview = fc.record({
  jobDesc: fc.option(anyText(200)),
  state: fc.constantFrom('DONE', 'ERR'),
  score: fc.option(fc.integer({ min: -32_768, max: 32_767 })),
  sections: fc.array(
    fc.record(
      { name: anyText(40), score: fc.integer(), findings: fc.array(finding, { maxLength: 5 }) },
      { noNullPrototype: true },
    ),
    { maxLength: 5 },
  ),
  errorMsg: fc.option(
    fc.oneof(
      anyText(80),
      fc.constantFrom(CANCELLED, `${CANCELLED} `, `${CANCELLED} why`, `${CANCELLED}!`),
    ),
  ),
  requestedAt: anyTime,
  finishedAt: anyTime,
  idemKey: fc.constant(null),
  agentRuns: fc.constantFrom<LegacyReview['agentRuns']>([], [AGENT_RUN]),
  reading: fc.option(anyReading),
});

/** States of the same few reviews, which also change resumes. */
export function anyReviewStates(
  resumeIds: readonly string[],
): fc.Arbitrary<readonly [older: readonly LegacyReview[], present: readonly LegacyReview[]]> {
  const pool = ids(6);
  const state = fc
    .tuple(fc.subarray(pool), many(fc.tuple(anyReview, fc.constantFrom(...resumeIds)), 6))
    .map(([some, facts]) =>
      some.map((reviewId, n): LegacyReview => {
        const [fact, resumeId] = facts[n] as (typeof facts)[number];
        return { ...fact, reviewId, resumeId };
      }),
    );
  return fc.tuple(state, state);
}

/** A whole resume of the monolith. */
export const resumeOf = (userId: string, more: Partial<LegacyResume> = {}): LegacyResume => ({
  resumeId: randomUUID(),
  userId,
  fileName: 'resume.txt',
  mimeType: 'text/plain',
  sizeBytes: 5,
  sha256: '0'.repeat(64),
  uploadedAt: new Date('2026-01-01T00:00:00Z'),
  ...more,
});

/** A whole review of the monolith. */
export const reviewOf = (resumeId: string, more: Partial<LegacyReview> = {}): LegacyReview => ({
  reviewId: randomUUID(),
  resumeId,
  jobDesc: null,
  state: 'DONE',
  score: 50,
  sections: [{ name: 'Contact', score: 50, findings: [{ level: 'HINT', text: 'Say more.' }] }],
  errorMsg: null,
  requestedAt: new Date('2026-01-01T00:00:00Z'),
  finishedAt: new Date('2026-01-01T00:00:01Z'),
  idemKey: null,
  agentRuns: [],
  reading: null,
  ...more,
});

/** Fresh databases of both sides, the monolith's with two accounts. */
export async function openResumeSides(): Promise<{
  sides: Sides;
  userIds: readonly [string, string];
}> {
  const sides = await openSides('resume-review');
  const userIds = [randomUUID(), randomUUID()] as const;
  const now = new Date();
  await sides.legacy.db.insert(legacy.appUsers).values(
    userIds.map((userId, n) => ({
      userId,
      email: `${n}@example.com`,
      pwdHash: 'hash',
      fullName: 'Casey',
      createdAt: now,
      updatedAt: now,
    })),
  );
  return { sides, userIds };
}

import { setTimeout as wait } from 'node:timers/promises';
import type { AgentRun } from '#platform/resumes/rules/agent-run.ts';
import { requireCaller } from '../caller.ts';
import { ApiError, notFound } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  type InvalidInput,
  type Owner,
  type Problem,
} from '../forwarding.ts';
import type { Identity } from '#platform/identity/identity.ts';
import type { Forward } from '../owner.ts';
import type { StoredReviewSection } from '../tables.ts';
import { askedOf, findReviewRow, reviewAnswer, type ReviewBody } from './service.ts';

// Reviews of accounts whose reviews the resume-review service owns.

interface GraphReview {
  readonly id: string;
  readonly resume: { readonly id: string };
  readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly overallScore: number | null;
  readonly sections: readonly {
    readonly name: string;
    readonly score: number;
    readonly findings: readonly {
      readonly severity: StoredReviewSection['findings'][number]['level'];
      readonly message: string;
      readonly evidence: string | null;
      readonly suggestion: string | null;
    }[];
  }[];
  readonly agentRuns: readonly Required<AgentRun>[];
  readonly jobDescription: string | null;
  readonly failureReason: string | null;
  readonly requestedAt: string;
  readonly completedAt: string | null;
}

const REVIEW = `id resume { id } status overallScore
  sections { name score findings { severity message evidence suggestion } }
  agentRuns { attempt agent driver model startedAt durationMs inputTokens outputTokens costMicros outcome message }
  jobDescription failureReason requestedAt completedAt`;
const REQUEST = `mutation ($input: RequestResumeReviewInput!) {
  result: requestResumeReview(input: $input) { __typename ${INVALID_INPUT}
    ... on ResumeReviewPayload { review { ${REVIEW} } } } }`;
const ONE = `query ($input: ID!) { result: resumeReview(id: $input) { ${REVIEW} } }`;
/** Milliseconds for which REST clients, who know no reviews that are still being written, wait for one. */
const LONGEST_REVIEW = 25_000;
/** Milliseconds between two looks: at first, and at most. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;
const NAMES = { jobDescription: 'job_desc', idempotencyKey: 'idem_key' };

/** `POST /api/reviews` */
export const requestReviewThere: Forward = async (deps, request, reply) => {
  requireCaller(request);
  const body = request.body as ReviewBody;
  const { jobDesc, idemKey } = askedOf(body);
  const input = { resumeId: body.resume_id, jobDescription: jobDesc, idempotencyKey: idemKey };
  type Result =
    | { readonly __typename: 'ResumeReviewPayload'; readonly review: GraphReview }
    | Problem<'NotFound'>
    | InvalidInput;
  const owner = { name: 'resume-review', client: deps.domains.resumeReview };
  const result = await mutate<Result>(owner, REQUEST, input, callerOf(request));
  if (result.__typename === 'NotFound') throw notFound('resume');
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  const review = await ended(owner, result.review, callerOf(request));
  const row = await mirrored(() => findReviewRow(deps.db, review.id));
  reply.status(201);
  return reviewAnswer(row ?? rowOf(review));
};

/** Waits until a review has ended. @throws 503 where that takes too long: it goes on, and is among the reviews of the resume later */
async function ended(owner: Owner, asked: GraphReview, identity: Identity): Promise<GraphReview> {
  const began = performance.now();
  let review: GraphReview | null = asked;
  for (let waited = 0; review?.completedAt === null && waited < LONGEST_REVIEW;) {
    // A tenth of what has gone by: nobody waits much longer than it takes.
    const planned = Math.min(Math.max(FIRST_PAUSE, waited / 10), LONGEST_PAUSE);
    await wait(Math.min(planned, LONGEST_REVIEW - waited));
    review = await mutate<GraphReview | null>(owner, ONE, asked.id, identity);
    waited = performance.now() - began;
  }
  if (review === null) throw notFound('resume');
  if (review.completedAt !== null) return review;
  throw new ApiError(
    503,
    'UNAVAILABLE',
    'The review takes long: look for it among the reviews of the resume later.',
  );
}

/** A review of the graph as the monolith keeps it. */
function rowOf(review: GraphReview): Parameters<typeof reviewAnswer>[0] {
  return {
    reviewId: review.id,
    resumeId: review.resume.id,
    jobDesc: review.jobDescription,
    state: review.status === 'COMPLETED' ? 'DONE' : 'ERR',
    score: review.overallScore,
    sections: review.sections.map(({ name, score, findings }) => ({
      name,
      score,
      findings: findings.map(({ severity: level, message: text, evidence, suggestion }) => ({
        level,
        text,
        ...(evidence !== null && { quote: evidence }),
        ...(suggestion !== null && { advice: suggestion }),
      })),
    })),
    errorMsg: review.failureReason,
    idemKey: null,
    agentRuns: review.agentRuns.map(({ attempt, ...run }) =>
      attempt === 1 ? run : { ...run, attempt },
    ),
    requestedAt: new Date(review.requestedAt),
    finishedAt: new Date(review.completedAt ?? review.requestedAt),
  };
}

import { requireCaller } from '../caller.ts';
import { notFound } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  type InvalidInput,
  type Problem,
} from '../forwarding.ts';
import type { Forward } from '../owner.ts';
import type { StoredReviewSection } from '../tables.ts';
import { findReviewRow, jobDescriptionOf, reviewAnswer } from './service.ts';

// Reviews of accounts whose reviews the resume-review service owns.

interface GraphReview {
  readonly id: string;
  readonly resume: { readonly id: string };
  /** The others are of reviews that are still being written: the service answers when it has written them. */
  readonly status: 'COMPLETED' | 'FAILED' | 'CANCELLED';
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
  readonly jobDescription: string | null;
  readonly failureReason: string | null;
  readonly requestedAt: string;
  readonly completedAt: string | null;
}

const REQUEST = `mutation ($input: RequestResumeReviewInput!) {
  result: requestResumeReview(input: $input) { __typename ${INVALID_INPUT}
    ... on ResumeReviewPayload { review { id resume { id } status overallScore
      sections { name score findings { severity message evidence suggestion } }
      jobDescription failureReason requestedAt completedAt } } } }`;
const NAMES = { jobDescription: 'job_desc' };

/** `POST /api/reviews` */
export const requestReviewThere: Forward = async (deps, request, reply) => {
  requireCaller(request);
  const body = request.body as { resume_id: string; job_desc?: string | null };
  const input = { resumeId: body.resume_id, jobDescription: jobDescriptionOf(body) };
  type Result =
    | { readonly __typename: 'ResumeReviewPayload'; readonly review: GraphReview }
    | Problem<'NotFound'>
    | InvalidInput;
  const owner = { name: 'resume-review', client: deps.domains.resumeReview };
  const result = await mutate<Result>(owner, REQUEST, input, callerOf(request));
  if (result.__typename === 'NotFound') throw notFound('resume');
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  const { review } = result;
  const row = await mirrored(() => findReviewRow(deps.db, review.id));
  reply.status(201);
  return reviewAnswer(row ?? rowOf(review));
};

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
    requestedAt: new Date(review.requestedAt),
    finishedAt: new Date(review.completedAt ?? review.requestedAt),
  };
}

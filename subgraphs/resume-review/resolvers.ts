import { connectionOf, pageFrom } from '#platform/graph/connection.ts';
import { DateTime } from '#platform/graph/date-time.ts';
import {
  graphError,
  requireCaller,
  requireSelfOrStaff,
  requireUser,
} from '#platform/graph/errors.ts';
import { isUuid, uuidArgument } from '#platform/graph/ids.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { attemptOf, runsOfLastAttempt } from '#platform/resumes/rules/agent-run.ts';
import { compareReviews } from '#platform/resumes/rules/compare.ts';
import { SEVERITIES } from '#platform/resumes/rules/rule.ts';
import { notingNotFound } from '#platform/subgraph-server/not-found-here.ts';
import type { Context } from './context.ts';
import { signedEventsPath } from './events/events-url.ts';
import { progressOf } from './events/review-progress.ts';
import { createLoaders } from './loaders.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  Resolvers,
  ResumeResolvers,
  ResumeReviewResolvers,
  ReviewFinding,
  UserResolvers,
} from './schema.generated.ts';
import { completeUpload } from './service/completion.ts';
import { deleteResume, downloadLink } from './service/resumes.ts';
import { cancelReview, requestReview } from './service/reviews.ts';
import { createUpload } from './service/uploads.ts';
import type { StoredFinding } from './tables.ts';

/** Names the order of lists of resumes; clients keep it in cursors. */
const NEWEST = 'resumes';

const Query: QueryResolvers = {
  resume: async (_root, { id }, { identity, loaders }) => {
    requireCaller(identity);
    const resume = await loaders.resumes.load(uuidArgument('id', id));
    requireOwner(identity, resume, 'Only the account itself and staff may see a resume.');
    return resume;
  },
  resumeReview: async (_root, { id }, { identity, loaders }) => {
    requireCaller(identity);
    const review = await loaders.reviews.load(uuidArgument('id', id));
    requireOwner(identity, review, 'Only the account of the resume and staff may see a review.');
    return review;
  },
  resumeReviewComparison: async (_root, { before, after }, { identity, loaders }) => {
    requireCaller(identity);
    const ids = [uuidArgument('before', before), uuidArgument('after', after)] as const;
    const [one, other] = await Promise.all(
      ids.map(async (id) => seen(identity, await loaders.reviews.load(id))),
    );
    if (one?.overallScore == null || other?.overallScore == null) return null;
    const { resolved, added, remaining, ...scores } = compareReviews(
      { ...one, overallScore: one.overallScore },
      { ...other, overallScore: other.overallScore },
    );
    const lists = {
      resolved: resolved.map(findingOf),
      added: added.map(findingOf),
      remaining: remaining.map(findingOf),
    };
    return { ...scores, ...lists };
  },
};

const Resume: ResumeResolvers = {
  __resolveReference: async ({ id }, { identity, loaders }) =>
    isUuid(id) ? seen(identity, await loaders.resumes.load(id.toLowerCase())) : null,
  owner: ({ ownerId }) => ({ id: ownerId }),
  file: (resume, _arguments, { desk }) => downloadLink(desk, resume),
  reviews: async ({ id }, _arguments, { loaders }) => [...(await loaders.reviewsOfResume.load(id))],
};

const ResumeReview: ResumeReviewResolvers = {
  __resolveReference: async ({ id }, { identity, loaders }) =>
    isUuid(id) ? seen(identity, await loaders.reviews.load(id.toLowerCase())) : null,
  resume: ({ resumeId }, _arguments, { loaders }) => loaders.resumes.load(resumeId),
  progress: ({ status, jobDescription, agentRuns }) =>
    progressOf({
      status,
      hasJob: jobDescription !== null,
      runs: runsOfLastAttempt(agentRuns).length,
    }),
  agentRuns: ({ agentRuns }) =>
    agentRuns.map((run) => ({
      ...run,
      attempt: attemptOf(run),
      startedAt: new Date(run.startedAt),
    })),
  // Who polls a review that is being written costs no statement more.
  reading: async ({ id, status }, _arguments, { loaders }) =>
    status === 'COMPLETED' ? ((await loaders.readings.load(id))?.reading ?? null) : null,
  eventsUrl: ({ id, completedAt }, _arguments, { desk }) =>
    completedAt === null ? signedEventsPath(id, desk.uploadSecret) : null,
  sections: ({ sections }) =>
    sections.map(({ name, score, findings }) => ({
      name,
      score,
      findings: findings.map(findingOf).toSorted(byGravity),
    })),
};

const User: UserResolvers = {
  __resolveReference: ({ id }) => (isUuid(id) ? { id: id.toLowerCase() } : null),
  resumes: async ({ id }, page, { identity, loaders }) => {
    requireSelfOrStaff(identity, id, 'its resumes');
    const asked = pageFrom(page, NEWEST, ['time', 'uuid']);
    const result = await loaders.resumesOfOwner(id, asked);
    return connectionOf(asked, result, NEWEST, (resume) => [
      resume.uploadedAt.getTime(),
      resume.id,
    ]);
  },
};

const Mutation: MutationResolvers = {
  createUpload: forUsers('upload', (input, userId, { desk }) => createUpload(desk, userId, input)),
  completeUpload: forUsers('upload', (input, userId, { desk }) =>
    completeUpload(desk, userId, uuidArgument('input.id', input.id)),
  ),
  deleteResume: forUsers('upload', (input, _userId, { desk, identity }) =>
    deleteResume(desk, identity, uuidArgument('input.id', input.id)),
  ),
  requestResumeReview: forUsers('ai', (input, _userId, { desk, identity }) =>
    requestReview(desk, identity, {
      resumeId: uuidArgument('input.resumeId', input.resumeId),
      jobDescription: input.jobDescription ?? null,
      idempotencyKey: input.idempotencyKey ?? null,
    }),
  ),
  cancelResumeReview: forUsers('ai', (input, _userId, { desk, identity }) =>
    cancelReview(desk, identity, uuidArgument('input.id', input.id)),
  ),
};

/** A mutation of a move, for accounts. It begins with new loaders: what they have read before may be about to change. */
function forUsers<Input, Result extends object>(
  move: MoveName,
  mutate: (input: Input, userId: string, context: Context) => Promise<Result>,
): (root: unknown, given: { input: Input }, context: Context) => Promise<Result> {
  return async (_root, { input }, context) => {
    const userId = requireUser(context.identity);
    context.loaders = createLoaders(context.desk.db);
    return notingNotFound(context, move, await mutate(input, userId, context));
  };
}

interface Owned {
  readonly ownerId: string;
}

/** @throws FORBIDDEN where something is there, but of somebody else */
function requireOwner(identity: Identity, owned: Owned | null, message: string): void {
  if (owned && !maySeeUser(identity, owned.ownerId)) throw graphError('FORBIDDEN', message);
}

/** What a reference stands for: nothing, where the caller may not see it. */
function seen<Row extends Owned>(identity: Identity, row: Row | null): Row | null {
  return row && maySeeUser(identity, row.ownerId) ? row : null;
}

function findingOf({ severity, message, evidence, suggestion }: StoredFinding): ReviewFinding {
  return { severity, message, evidence: evidence ?? null, suggestion: suggestion ?? null };
}

const byGravity = (one: ReviewFinding, other: ReviewFinding) =>
  SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);

export const resolvers: Resolvers = { DateTime, Query, Mutation, Resume, ResumeReview, User };

import { bareContentType } from '#platform/documents/document-types.ts';
import { pageFrom, type ConnectionArguments } from '#platform/graph/connection.ts';
import { requireCaller, requireSelfOrStaff, requireUser } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { notFound } from '#platform/graph/problems.ts';
import { compareReviews } from '#platform/resumes/rules/compare.ts';
import type { Context } from '../context.ts';
import { connection } from '../mapping/connection.ts';
import {
  resumeSource,
  reviewSource,
  type ResumeSource,
  type ReviewSource,
} from '../mapping/entities.ts';
import { pageBody } from '../mapping/page.ts';
import { problem, refusedInput, uploadRefused } from '../mapping/problems.ts';
import {
  agentRuns,
  comparableReview,
  failureReason,
  reviewFindings,
  reviewSections,
  reviewStatus,
} from '../mapping/review.ts';
import { instant } from '../mapping/time.ts';
import { answerOrNull, outcome, unexpected } from '../monolith-client/answer.ts';
import type { Resolvers } from '../schema.generated.ts';
import { referenceResolver } from './reference.ts';
import { rowOf } from './row.ts';

const resumeRow = (resume: ResumeSource, { loaders }: Context) =>
  rowOf(resume, loaders.resumes, 'resume');
const reviewRow = (review: ReviewSource, { loaders }: Context) =>
  rowOf(review, loaders.reviews, 'review');

export const resumeQueries: Resolvers['Query'] = {
  // A lookup leaves out what the caller may not see. Only then is it worth asking for the one, which tells.
  resume: async (_root, args, { identity, loaders, monolith }) => {
    requireCaller(identity);
    const id = uuidArgument('id', args.id);
    const found =
      (await loaders.resumes.load(id)) ??
      (await answerOrNull(monolith.reads.GET('/api/resumes/{id}', { params: { path: { id } } })));
    return found && resumeSource(found);
  },
  resumeReview: async (_root, args, { identity, loaders, monolith }) => {
    requireCaller(identity);
    const id = uuidArgument('id', args.id);
    const found =
      (await loaders.reviews.load(id)) ??
      (await answerOrNull(monolith.reads.GET('/api/reviews/{id}', { params: { path: { id } } })));
    return found && reviewSource(found);
  },
  resumeReviewComparison: async (_root, { before, after }, { identity, loaders }) => {
    requireCaller(identity);
    const ids = [uuidArgument('before', before), uuidArgument('after', after)] as const;
    const [one, other] = await Promise.all(
      ids.map(async (id) => comparableReview(await loaders.reviews.load(id))),
    );
    if (!one || !other) return null;
    const { resolved, added, remaining, ...scores } = compareReviews(one, other);
    const lists = {
      resolved: reviewFindings(resolved),
      added: reviewFindings(added),
      remaining: reviewFindings(remaining),
    };
    return { ...scores, ...lists };
  },
};

export const resumeTypes = {
  Resume: {
    __resolveReference: referenceResolver('Resume', ({ resumes }) => resumes, resumeSource, []),
    owner: async (resume, _args, context) => ({ id: (await resumeRow(resume, context)).user_id }),
    filename: async (resume, _args, context) => (await resumeRow(resume, context)).file_name,
    contentType: async (resume, _args, context) => (await resumeRow(resume, context)).mime_type,
    byteSize: async (resume, _args, context) => (await resumeRow(resume, context)).size_bytes,
    sha256: async (resume, _args, context) => (await resumeRow(resume, context)).sha256,
    uploadedAt: async (resume, _args, context) =>
      instant((await resumeRow(resume, context)).uploaded_at),
    file: async ({ id }, _args, { loaders }) => {
      const link = await loaders.fileLinks.load(id);
      return link && { downloadUrl: link.url, expiresAt: instant(link.expires_at) };
    },
    reviews: async ({ id }, _args, { loaders }) =>
      (await loaders.reviewsOfResume(id, {})).items.map(reviewSource),
  },
  ResumeReview: {
    __resolveReference: referenceResolver(
      'ResumeReview',
      ({ reviews }) => reviews,
      reviewSource,
      [],
    ),
    resume: async (review, _args, context) => ({
      id: (await reviewRow(review, context)).resume_id,
    }),
    status: async (review, _args, context) => reviewStatus(await reviewRow(review, context)),
    // The monolith writes a review while its request waits: whoever sees one sees it ended.
    progress: () => 100,
    overallScore: async (review, _args, context) => (await reviewRow(review, context)).score,
    sections: async (review, _args, context) => reviewSections(await reviewRow(review, context)),
    jobDescription: async (review, _args, context) => (await reviewRow(review, context)).job_desc,
    failureReason: async (review, _args, context) =>
      failureReason(await reviewRow(review, context)),
    requestedAt: async (review, _args, context) =>
      instant((await reviewRow(review, context)).requested_at),
    completedAt: async (review, _args, context) =>
      instant((await reviewRow(review, context)).finished_at),
    agentRuns: async (review, _args, context) => agentRuns(await reviewRow(review, context)),
    reading: ({ id }, _args, { loaders }) => loaders.readings.load(id),
    // Nobody can follow what has ended.
    eventsUrl: () => null,
  },
  User: {
    resumes: async (user, args: ConnectionArguments, { identity, loaders }) => {
      requireSelfOrStaff(identity, user.id, 'its resumes');
      const page = pageFrom(args, 'resumes', ['time', 'uuid']);
      const list = await loaders.resumesOfUser(user.id, pageBody(page));
      return connection(page, list, 'resumes', resumeSource);
    },
  },
} satisfies Resolvers;

export const resumeMutations: Resolvers['Mutation'] = {
  createUpload: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const body = {
      file_name: input.filename,
      mime_type: input.contentType,
      size_bytes: input.byteSize,
      sha256: input.sha256,
    };
    const result = await outcome(monolith.writes.POST('/api/uploads/tickets', { body }));
    if (!result.refused) {
      const { upload_id, url, expires_at } = result.data;
      const headers = [{ name: 'content-type', value: bareContentType(input.contentType) }];
      const expiresAt = instant(expires_at);
      const upload = { id: upload_id, url, headers, isResumable: true, expiresAt };
      return { __typename: 'CreateUploadSuccess' as const, upload };
    }
    if (result.refused.code === 'UPLOAD_REFUSED') return uploadRefused(result.refused);
    if (result.refused.code === 'VALIDATION') return refusedInput(result.refused);
    throw unexpected(result);
  },
  completeUpload: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const id = uuidArgument('input.id', input.id);
    const params = { path: { id } };
    const result = await outcome(monolith.writes.POST('/api/uploads/{id}/complete', { params }));
    if (!result.refused) {
      return { __typename: 'CompleteUploadSuccess' as const, resume: resumeSource(result.data) };
    }
    if (result.status === 404) return notFound('upload', id);
    if (result.refused.code === 'UPLOAD_REFUSED') return uploadRefused(result.refused);
    if (result.refused.code !== 'UPLOAD_INCOMPLETE') throw unexpected(result);
    const receivedBytes = Number(result.refused['received_bytes']);
    return { ...problem('UploadIncomplete', result.refused), receivedBytes };
  },
  deleteResume: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const id = uuidArgument('input.id', input.id);
    const params = { path: { id } };
    const result = await outcome(monolith.writes.DELETE('/api/resumes/{id}', { params }));
    if (!result.refused) return { __typename: 'DeleteResumePayload' as const, deletedId: id };
    if (result.status === 404) return notFound('resume', id);
    throw unexpected(result);
  },
  requestResumeReview: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const resume_id = uuidArgument('input.resumeId', input.resumeId);
    const body = {
      resume_id,
      job_desc: input.jobDescription ?? null,
      idem_key: input.idempotencyKey ?? null,
    };
    const result = await outcome(monolith.writes.POST('/api/reviews', { body }));
    if (!result.refused) {
      return { __typename: 'ResumeReviewPayload' as const, review: reviewSource(result.data) };
    }
    if (result.status === 404) return notFound('resume', resume_id);
    if (result.refused.code === 'VALIDATION') return refusedInput(result.refused);
    throw unexpected(result);
  },
  cancelResumeReview: async (_root, { input }, { identity, loaders }) => {
    requireUser(identity);
    const id = uuidArgument('input.id', input.id);
    const found = await loaders.reviews.load(id);
    if (!found) return notFound('review', id);
    // The monolith writes a review while its request waits, so there is none that could be cancelled. What was cancelled elsewhere is.
    const review = reviewSource(found);
    if (reviewStatus(found) === 'CANCELLED')
      return { __typename: 'ResumeReviewPayload' as const, review };
    const message = 'This review has ended: there is nothing to cancel.';
    return { __typename: 'ReviewEnded' as const, message, review };
  },
};

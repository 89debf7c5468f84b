import { createReadStream } from 'node:fs';
import type { MonolithDeps } from '../app.ts';
import { requireCaller, requireLogin } from '../caller.ts';
import { notFound } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  PROBLEM,
  type InvalidInput,
  type Problem,
} from '../forwarding.ts';
import type { Forward } from '../owner.ts';
import { jstText } from '../times.ts';
import { sendBytesElsewhere } from './bytes-elsewhere.ts';
import type { WholeFile } from './file-field.ts';
import type { TicketBody } from './schemas.ts';
import { findResumes, resumeAnswer } from './service.ts';
import { signedUploadUrl } from './signed-url.ts';
import { checkAnnouncement, mediaTypeOf } from './tickets.ts';
import { uploadIncomplete, uploadRefused } from './verification.ts';

// Resumes of accounts whose uploads the resume-review service owns.

interface GraphResume {
  readonly id: string;
  readonly owner: { readonly id: string };
  readonly filename: string;
  readonly contentType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly uploadedAt: string;
}

type Request = Parameters<Forward>[1];
type Refused = Problem<'UploadRefused'> & { readonly reason: string };

const ownerOf = ({ domains }: MonolithDeps) => ({
  name: 'resume-review',
  client: domains.resumeReview,
});

const CREATE = `mutation ($input: CreateUploadInput!) { result: createUpload(input: $input) { __typename
  ... on CreateUploadSuccess { upload { id expiresAt } } ... on UploadRefused { reason } ${PROBLEM} ${INVALID_INPUT} } }`;
const NAMES = { filename: 'file_name', contentType: 'mime_type', byteSize: 'size_bytes' };

/** `POST /api/uploads/tickets` */
export const createTicketThere: Forward = async (deps, request, reply) => {
  requireLogin(request);
  const body = request.body as TicketBody;
  checkAnnouncement(body, deps.config);
  const { id, expiresAt } = await announce(deps, request, body);
  reply.status(201);
  // Our own URL, as ever: the bytes are passed on.
  const url = signedUploadUrl(id, expiresAt, deps.config.UPLOAD_SECRET);
  return { upload_id: id, url, expires_at: jstText(expiresAt) };
};

async function announce(deps: MonolithDeps, request: Request, file: TicketBody) {
  const { file_name, mime_type, size_bytes, sha256 } = file;
  const input = { filename: file_name, contentType: mime_type, byteSize: size_bytes, sha256 };
  type Result =
    | { __typename: 'CreateUploadSuccess'; upload: { id: string; expiresAt: string } }
    | Refused
    | InvalidInput;
  const result = await mutate<Result>(ownerOf(deps), CREATE, input, callerOf(request));
  if (result.__typename === 'UploadRefused') throw uploadRefused(result);
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  return { id: result.upload.id, expiresAt: new Date(result.upload.expiresAt) };
}

const COMPLETE = `mutation ($input: CompleteUploadInput!) { result: completeUpload(input: $input) { __typename
  ... on CompleteUploadSuccess { resume { id owner { id } filename contentType byteSize sha256 uploadedAt } }
  ... on UploadIncomplete { receivedBytes } ... on UploadRefused { reason } ${PROBLEM} } }`;

/** `POST /api/uploads/{id}/complete` */
export const completeUploadThere: Forward = async (deps, request) => {
  requireLogin(request);
  return complete(deps, request, (request.params as { id: string }).id);
};

async function complete(deps: MonolithDeps, request: Request, id: string) {
  type Result =
    | { readonly __typename: 'CompleteUploadSuccess'; readonly resume: GraphResume }
    | (Problem<'UploadIncomplete'> & { readonly receivedBytes: number })
    | Refused
    | Problem<'NotFound'>;
  const result = await mutate<Result>(ownerOf(deps), COMPLETE, { id }, callerOf(request));
  if (result.__typename === 'NotFound') throw notFound('upload');
  if (result.__typename === 'UploadRefused') throw uploadRefused(result);
  if (result.__typename === 'UploadIncomplete') {
    throw uploadIncomplete(result.receivedBytes, result.message);
  }
  return asMirrored(deps, result.resume);
}

/** The resume as the monolith has it once that has been carried over; until then as the service gave it. */
async function asMirrored({ db }: MonolithDeps, resume: GraphResume) {
  const row = await mirrored(async () => (await findResumes(db, [resume.id]))[0]);
  return resumeAnswer(
    row ?? {
      resumeId: resume.id,
      userId: resume.owner.id,
      fileName: resume.filename,
      mimeType: resume.contentType,
      sizeBytes: resume.byteSize,
      sha256: resume.sha256,
      uploadedAt: new Date(resume.uploadedAt),
    },
  );
}

/** `POST /api/uploads`, whose bytes have come. @throws OwnershipRefused */
export async function uploadThere(
  deps: MonolithDeps,
  request: Request,
  { name, mimeType, draft }: WholeFile,
) {
  const mime = mediaTypeOf(name, mimeType);
  const { size, sha256 } = draft;
  const announced = { file_name: name, mime_type: mime, size_bytes: size, sha256 };
  checkAnnouncement(announced, deps.config);
  const { id, expiresAt } = await announce(deps, request, announced);
  const expires = Math.floor(expiresAt.getTime() / 1_000);
  const bytes = createReadStream(draft.path);
  await sendBytesElsewhere(deps, { uploadId: id, expires, bytes, size, requestId: request.id });
  return complete(deps, request, id);
}

const DELETE = `mutation ($input: DeleteResumeInput!) { result: deleteResume(input: $input) { __typename } }`;

/** `DELETE /api/resumes/{id}` */
export const deleteResumeThere: Forward = async (deps, request) => {
  requireCaller(request);
  const id = (request.params as { id: string }).id.toLowerCase();
  type Result = { readonly __typename: 'DeleteResumePayload' | 'NotFound' };
  const result = await mutate<Result>(ownerOf(deps), DELETE, { id }, callerOf(request));
  if (result.__typename === 'NotFound') throw notFound('resume');
  await mirrored(async () => ((await findResumes(deps.db, [id])).length === 0 ? true : null));
  return { deleted_id: id };
};

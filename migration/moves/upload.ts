import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';
import { time } from './kit/codecs.ts';
import { same } from './kit/field.ts';
import { rootedKind } from './kit/kind.ts';
import type { CapturedTable, MoveMapping, TakenAlong } from './mapping.ts';
import { bringKeptFiles, bringReceivedFiles } from './upload-files.ts';
import { uploadStorages } from './upload-storages.ts';

const PLACE = 'in the resume-review database';

/** What both tables of a side say of a file. */
function fileFields(there: typeof legacy.uploads | typeof legacy.resumes, here: NewFiles) {
  return {
    ownerId: same(there.userId, here.ownerId),
    filename: same(there.fileName, here.filename),
    contentType: same(there.mimeType, here.contentType),
    byteSize: same(there.sizeBytes, here.byteSize),
    sha256: same(there.sha256, here.sha256),
  };
}
type NewFiles = Readonly<
  Record<'ownerId' | 'filename' | 'contentType' | 'byteSize' | 'sha256', PgColumn>
>;

function captured(
  table: PgTable,
  id: string,
  user: string,
  takesAlong?: TakenAlong,
): CapturedTable {
  const key = `r.${user}::text`;
  return { table, aggregate: `r.${id}`, key, reader: key, ...(takesAlong && { takesAlong }) };
}

const upload = rootedKind({
  name: 'upload',
  place: PLACE,
  fields: {
    id: same(legacy.uploads.uploadId, resumeReview.uploads.id),
    ...fileFields(legacy.uploads, resumeReview.uploads),
    createdAt: time(legacy.uploads.createdAt, resumeReview.uploads.createdAt),
    expiresAt: time(legacy.uploads.expiresAt, resumeReview.uploads.expiresAt),
  },
  captured: {
    legacy: [captured(legacy.uploads, 'upload_id', 'user_id')],
    new: [captured(resumeReview.uploads, 'id', 'owner_id')],
  },
  beforeWrite: (incoming, to, config) => bringReceivedFiles(incoming, to, uploadStorages(config)),
});

const resume = rootedKind({
  name: 'resume',
  place: PLACE,
  fields: {
    id: same(legacy.resumes.resumeId, resumeReview.resumes.id),
    ...fileFields(legacy.resumes, resumeReview.resumes),
    uploadedAt: time(legacy.resumes.uploadedAt, resumeReview.resumes.uploadedAt),
  },
  captured: {
    legacy: [
      captured(legacy.resumes, 'resume_id', 'user_id', {
        move: 'ai',
        kind: 'review',
        ids: 'select v.review_id from public.ai_reviews v where v.resume_id = r.resume_id',
      }),
    ],
    new: [
      captured(resumeReview.resumes, 'id', 'owner_id', {
        move: 'ai',
        kind: 'review',
        ids: 'select v.id from public.reviews v where v.resume_id = r.id',
      }),
    ],
  },
  beforeWrite: (incoming, to, config, target) =>
    bringKeptFiles(incoming, to, uploadStorages(config), target),
});

/** Resumes and the uploads that may become some, with their files. */
export const uploadMove: MoveMapping = { name: 'upload', kinds: [upload, resume] };

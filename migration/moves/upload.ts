import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as resumeReview from '../../subgraphs/resume-review/tables.ts';
import { instant } from './instant.ts';
import { aggregate, type Move } from './move.ts';

const uploads = aggregate({
  name: 'uploads',
  legacyTable: legacy.uploads,
  newTable: resumeReview.uploads,
  key: { legacy: [legacy.uploads.uploadId], new: [resumeReview.uploads.id] },
  toNew: (row) => {
    const where = (column: string) => `uploads.${column} of ${row.uploadId} in the monolith`;
    return {
      id: row.uploadId,
      ...fileToNew(row),
      createdAt: instant(row.createdAt, where('created_at')),
      expiresAt: instant(row.expiresAt, where('expires_at')),
    };
  },
  toLegacy: (row) => {
    const where = (column: string) =>
      `uploads.${column} of ${row.id} in the resume-review database`;
    return {
      uploadId: row.id,
      ...fileToLegacy(row),
      createdAt: instant(row.createdAt, where('created_at')),
      expiresAt: instant(row.expiresAt, where('expires_at')),
    };
  },
});

const resumes = aggregate({
  name: 'resumes',
  legacyTable: legacy.resumes,
  newTable: resumeReview.resumes,
  key: { legacy: [legacy.resumes.resumeId], new: [resumeReview.resumes.id] },
  toNew: (row) => ({
    id: row.resumeId,
    ...fileToNew(row),
    uploadedAt: instant(row.uploadedAt, `resumes.uploaded_at of ${row.resumeId} in the monolith`),
  }),
  toLegacy: (row) => ({
    resumeId: row.id,
    ...fileToLegacy(row),
    uploadedAt: instant(
      row.uploadedAt,
      `resumes.uploaded_at of ${row.id} in the resume-review database`,
    ),
  }),
});

/** Resumes and the uploads that may become some. The files themselves are copied by `upload-files.ts`. */
export const uploadMove: Move = { name: 'upload', aggregates: [uploads, resumes] };

/** What both tables of the monolith say of a file. */
type LegacyFile = Pick<
  typeof legacy.resumes.$inferSelect,
  'userId' | 'fileName' | 'mimeType' | 'sizeBytes' | 'sha256'
>;
/** The same on the new side. */
type NewFile = Pick<
  typeof resumeReview.resumes.$inferSelect,
  'ownerId' | 'filename' | 'contentType' | 'byteSize' | 'sha256'
>;

function fileToNew(row: LegacyFile): NewFile {
  return {
    ownerId: row.userId,
    filename: row.fileName,
    contentType: row.mimeType,
    byteSize: row.sizeBytes,
    sha256: row.sha256,
  };
}

function fileToLegacy(row: NewFile): LegacyFile {
  return {
    userId: row.ownerId,
    fileName: row.filename,
    mimeType: row.contentType,
    sizeBytes: row.byteSize,
    sha256: row.sha256,
  };
}

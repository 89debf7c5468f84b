import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '#platform/database/pool.ts';
import { invalidInput, notFound } from '#platform/graph/problems.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import type { Desk } from '../desk.ts';
import { bareContentType, inspect, isAllowedType, typeName } from '../file-types.ts';
import { uploadIncomplete, uploadRefused } from '../problems.ts';
import { countOfOwner, insertResume, resumesByIds, type ResumeRow } from '../repository/resumes.ts';
import {
  countUploads,
  deleteUploads,
  insertUpload,
  lockOwner,
  lockUpload,
  touchUpload,
  uploadById,
  type UploadRow,
} from '../repository/uploads.ts';
import { brokenFileRules, MAX_BYTES, MAX_RESUMES } from '../rules.ts';
import { TooManyBytes } from '../storage/storage.ts';
import { signedUploadPath } from '../upload-url.ts';
import { GRACE, UPLOAD_LIFETIME } from './sweep.ts';

/** A file that is about to be sent. */
export interface Announcement {
  readonly filename: string;
  readonly contentType: string;
  readonly byteSize: number;
  readonly sha256: string;
}

/** Gives permission to send one file. */
export async function createUpload(desk: Desk, ownerId: string, file: Announcement) {
  await desk.ownership.require('upload', ownerId);
  const broken = brokenFileRules(file);
  if (broken.length > 0) return invalidInput(broken);
  const contentType = bareContentType(file.contentType);
  if (!isAllowedType(contentType)) {
    return uploadRefused(
      'This type of file is not allowed: send PDF, DOCX, ODT, plain text or Markdown.',
    );
  }
  if (file.byteSize < 1 || file.byteSize > MAX_BYTES) {
    return uploadRefused('A file must have 1 to 10,485,760 bytes.');
  }
  const createdAt = new Date();
  const upload: UploadRow = {
    id: randomUUID(),
    ownerId,
    filename: file.filename.trim(),
    contentType,
    byteSize: file.byteSize,
    sha256: file.sha256.toLowerCase(),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + UPLOAD_LIFETIME),
  };
  const isRoom = await desk.db.transaction((tx) => insertWhereRoom(tx, upload));
  if (!isRoom) return uploadRefused('An account holds at most 50 resumes: delete one first.');
  const { id, expiresAt } = upload;
  const url = signedUploadPath(id, expiresAt, desk.uploadSecret);
  return { __typename: 'CreateUploadSuccess' as const, upload: { id, url, expiresAt } };
}

async function insertWhereRoom(tx: Db, upload: UploadRow): Promise<boolean> {
  const { ownerId, createdAt } = upload;
  await lockOwner(tx, ownerId);
  const taken = (await countOfOwner(tx, ownerId)) + (await countUploads(tx, ownerId, createdAt));
  if (taken >= MAX_RESUMES) return false;
  await insertUpload(tx, upload);
  return true;
}

/** Milliseconds for which bytes that have come wait while their account changes sides, and between two tries. */
const MOVING = 2_000;
const MOVING_PAUSE = 25;

/**
 * Takes the bytes of an announced file. They come once, so they are stored before it is known who owns the upload.
 *
 * @param announcedLength how many bytes the sender says it sends; null where it does not say
 * @returns whether there is such an upload
 * @throws TooManyBytes, SenderGone, OwnershipRefused: the bytes are where nobody looks for them
 */
export async function receiveBytes(
  { db, storage, ownership }: Pick<Desk, 'db' | 'storage' | 'ownership'>,
  id: string,
  bytes: Readable,
  announcedLength: number | null,
): Promise<boolean> {
  const upload = await uploadById(db, id);
  if (!upload || isOver(upload)) return false;
  if ((announcedLength ?? 0) > upload.byteSize) throw new TooManyBytes(upload.byteSize);
  await storage.receive(id, bytes, upload.byteSize);
  for (const deadline = Date.now() + MOVING; ;) {
    try {
      await ownership.require('upload', upload.ownerId);
      await touchUpload(db, id);
      return true;
    } catch (error) {
      if (ownershipRefusal(error)?.code !== 'MOVING' || Date.now() > deadline) throw error;
    }
    await wait(MOVING_PAUSE);
  }
}

const isOver = ({ expiresAt }: UploadRow) => expiresAt.getTime() + GRACE <= Date.now();

const completed = (resume: ResumeRow) => ({
  __typename: 'CompleteUploadSuccess' as const,
  resume,
});

/**
 * Turns a received file into a resume of the same id; doing it again gives the same resume. A file that is not
 * the announced one is removed, and can be sent again.
 */
export async function completeUpload(desk: Desk, ownerId: string, id: string) {
  await desk.ownership.require('upload', ownerId);
  return desk.db.transaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (!upload) {
      const [resume] = await resumesByIds(tx, [id]);
      return resume?.ownerId === ownerId ? completed(resume) : notFound('upload', id);
    }
    if (upload.ownerId !== ownerId || isOver(upload)) return notFound('upload', id);
    // The file is about to be kept: from here on its owner stays the same.
    await desk.ownership.hold(tx, 'upload', ownerId);
    const problem = await problemOfFile(desk, upload);
    if (problem) return problem;
    const { createdAt: _createdAt, expiresAt: _expiresAt, ...file } = upload;
    const resume = { ...file, uploadedAt: new Date() };
    await insertResume(tx, resume);
    await deleteUploads(tx, [id]);
    return completed(resume);
  });
}

/** The file is kept before it is read: what is sent from now on cannot change what was verified. */
async function problemOfFile({ storage }: Desk, upload: UploadRow) {
  const bytes = (await storage.keep(upload.id)) ? await storage.read(upload.id) : null;
  if (!bytes) {
    return uploadIncomplete(0, 'No file has been received: PUT its bytes to the URL first.');
  }
  const { byteSize, sha256, fitsType } = await inspect(bytes, upload.contentType);
  const fault =
    byteSize !== upload.byteSize
      ? `${byteSize} of ${upload.byteSize} announced bytes were received: send the file again.`
      : sha256 !== upload.sha256
        ? 'The SHA-256 differs from the announced one: send the file again.'
        : fitsType
          ? null
          : `The file is not ${typeName(upload.contentType)}: send the file that was announced.`;
  if (fault === null) return null;
  await storage.remove(upload.id);
  return uploadIncomplete(byteSize, fault);
}

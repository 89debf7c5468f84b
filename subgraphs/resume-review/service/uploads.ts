import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Db } from '#platform/database/pool.ts';
import { bareContentType, documentType } from '#platform/documents/document-types.ts';
import { roomFault, sizeFault, type UploadLimits } from '#platform/documents/upload-limits.ts';
import { invalidInput } from '#platform/graph/problems.ts';
import { pastMoving } from '#platform/moves/past-moving.ts';
import { TooManyBytes } from '#platform/storage/storage.ts';
import type { Desk } from '../desk.ts';
import { uploadRefused } from '../problems.ts';
import {
  insertUpload,
  lockOwner,
  touchUpload,
  uploadById,
  uploadLoad,
  type UploadRow,
} from '../repository/uploads.ts';
import { brokenFileRules } from '../rules.ts';
import { signedPath, uploadPath } from '../uploads/signed-path.ts';
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
  if (!documentType(contentType)) return uploadRefused(TYPE_NOT_ALLOWED);
  const tooLarge = sizeFault(file.byteSize, desk.limits);
  if (tooLarge) return uploadRefused(tooLarge);
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
  const noRoom = await desk.db.transaction((tx) => insertWhereRoom(tx, upload, desk.limits));
  if (noRoom) return uploadRefused(noRoom);
  return { __typename: 'CreateUploadSuccess' as const, upload: await permissionFor(desk, upload) };
}

const TYPE_NOT_ALLOWED = {
  reason: 'TYPE_NOT_ALLOWED',
  message: 'This type of file is not allowed: send PDF, DOCX, ODT, plain text or Markdown.',
} as const;

async function insertWhereRoom(tx: Db, upload: UploadRow, limits: UploadLimits) {
  const { ownerId, createdAt, byteSize } = upload;
  await lockOwner(tx, ownerId);
  const fault = roomFault(byteSize, await uploadLoad(tx, ownerId, createdAt), limits);
  if (fault === null) await insertUpload(tx, upload);
  return fault;
}

/**
 * Where the bytes are sent. Straight to the bucket only where no other side may own the account tomorrow: what comes
 * to us is carried over with the account.
 */
async function permissionFor(
  { storage, ownership, uploadSecret }: Desk,
  { id, expiresAt, byteSize, contentType }: UploadRow,
) {
  const headers = [{ name: 'content-type', value: contentType }];
  if (storage.direct && !(await ownership.mayBeElsewhere('upload'))) {
    const seconds = UPLOAD_LIFETIME / 1_000;
    const url = await storage.direct.uploadUrl(id, { byteSize, contentType }, seconds);
    return { id, url, headers, isResumable: false, expiresAt };
  }
  const url = signedPath('PUT', uploadPath(id), expiresAt, uploadSecret);
  return { id, url, headers, isResumable: true, expiresAt };
}

/** Milliseconds for which bytes that have come wait while their account changes sides. */
const MOVING = 2_000;

type ReceivingDesk = Pick<Desk, 'db' | 'storage' | 'ownership'>;

/** How much of a file has come. */
export interface UploadProgress {
  /** The bytes that have come, without a gap, from the first on. */
  readonly offset: number;
  /** All bytes of the file. */
  readonly byteSize: number;
}

/** How much of an announced file has come. @returns null where there is no such upload @throws OwnershipRefused */
export async function uploadProgress(
  { db, storage, ownership }: ReceivingDesk,
  id: string,
): Promise<UploadProgress | null> {
  const upload = await openUpload(db, id);
  if (!upload) return null;
  await ownership.require('upload', upload.ownerId);
  return { offset: await storage.receivedSize(id), byteSize: upload.byteSize };
}

/** What somebody sends. */
export interface SentBytes {
  readonly bytes: Readable;
  /** How many the sender says it sends; null where it does not say. */
  readonly announced: number | null;
  /** The bytes before these, where the rest of a file is sent; null where all of it is. */
  readonly offset: number | null;
}

/** The rest of a file begins elsewhere. */
export class WrongOffset extends Error {
  readonly code = 'WRONG_OFFSET';
  /** Where it begins. */
  readonly offset: number;

  constructor(offset: number) {
    super(`the rest of the file begins at byte ${offset}`);
    this.name = 'WrongOffset';
    this.offset = offset;
  }
}

/**
 * Takes the bytes of an announced file. They come once, so they are stored before it is known who owns the upload.
 *
 * @returns the bytes before these and these; null where there is no such upload
 * @throws TooManyBytes, SenderGone, WrongOffset, OwnershipRefused: the bytes are where nobody looks for them
 */
export async function receiveBytes(
  desk: ReceivingDesk,
  id: string,
  { bytes, announced, offset }: SentBytes,
): Promise<number | null> {
  const { db, storage } = desk;
  const upload = await openUpload(db, id);
  if (!upload) return null;
  const limit = upload.byteSize - (offset ?? 0);
  if (offset !== null) {
    const here = await storage.receivedSize(id);
    if (here !== offset) throw new WrongOffset(here);
  }
  if ((announced ?? 0) > limit) throw new TooManyBytes(upload.byteSize);
  const part = { offset: offset ?? 0, limit, mayBreakOff: offset !== null };
  const stored = await storage.receive(id, bytes, part);
  await noteArrival(desk, upload);
  return part.offset + stored;
}

/** Where the account moves, the mover hears that there are bytes to be carried over. @throws OwnershipRefused */
async function noteArrival(
  { db, ownership }: ReceivingDesk,
  { id, ownerId }: UploadRow,
): Promise<void> {
  await pastMoving(MOVING, async () => {
    await ownership.require('upload', ownerId);
    await touchUpload(db, id);
  });
}

/** An upload for which bytes are taken, and that can be completed. */
async function openUpload(db: Db, id: string): Promise<UploadRow | null> {
  const upload = await uploadById(db, id);
  return upload && !isOver(upload) ? upload : null;
}

/** Whether an upload can be completed no more. */
export const isOver = ({ expiresAt }: UploadRow) => expiresAt.getTime() + GRACE <= Date.now();

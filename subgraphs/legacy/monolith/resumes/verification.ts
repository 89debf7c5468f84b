import { ApiError } from '../errors.ts';
import type { uploads } from '../tables.ts';
import { inspectFile, MEDIA_TYPES, type InspectedFile } from './media-types.ts';
import type { ResumeStorage } from './storage.ts';

type UploadRow = typeof uploads.$inferSelect;

/**
 * Keeps the file of an upload and makes sure that it is the one that was announced; drops it where it is not.
 * It is kept before it is read: what is sent from now on cannot change what was verified.
 *
 * @throws 409 UPLOAD_INCOMPLETE
 */
export async function keepVerified(storage: ResumeStorage, upload: UploadRow): Promise<void> {
  const { uploadId, mimeType, sizeBytes, sha256 } = upload;
  const bytes = (await storage.keep(uploadId)) ? await storage.read(uploadId) : null;
  if (!bytes)
    throw uploadIncomplete(0, 'No file has been received: PUT its bytes to the URL first.');
  const found = await inspectFile(bytes, mimeType);
  const fault = faultOf(found, sizeBytes, sha256, mimeType);
  if (fault === null) return;
  await storage.remove(uploadId);
  throw uploadIncomplete(found.size, fault);
}

function faultOf(
  found: InspectedFile,
  sizeBytes: number,
  sha256: string,
  mimeType: string,
): string | null {
  if (found.size !== sizeBytes) {
    return `${found.size} of ${sizeBytes} announced bytes were received: send the file again.`;
  }
  if (found.sha256 !== sha256)
    return 'The SHA-256 differs from the announced one: send the file again.';
  if (found.looksRight) return null;
  const type = MEDIA_TYPES.get(mimeType);
  const text = type?.beginning === null ? ' in UTF-8' : '';
  return `The file is not ${type?.name}${text}: send the file that was announced.`;
}

/** 409: what has been received is not what was announced. */
export const uploadIncomplete = (receivedBytes: number, message: string) =>
  new ApiError(409, 'UPLOAD_INCOMPLETE', message, { received_bytes: receivedBytes });

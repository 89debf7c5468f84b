import { documentFault } from '#platform/documents/inspect-document.ts';
import { arrivedFile } from '#platform/storage/arrived-file.ts';
import type { FileStorage } from '#platform/storage/storage.ts';
import { ApiError } from '../errors.ts';
import type { uploads } from '../tables.ts';

type UploadRow = typeof uploads.$inferSelect;

/**
 * Keeps the file of an upload, if it is the one that was announced.
 *
 * @returns why the file cannot be taken, as often as it may be sent; null where it is kept
 * @throws 409 UPLOAD_INCOMPLETE
 */
export async function keepVerified(
  storage: FileStorage,
  upload: UploadRow,
): Promise<ApiError | null> {
  const { uploadId, mimeType, sizeBytes: byteSize, sha256 } = upload;
  const arrived = await arrivedFile(storage, uploadId, { byteSize, sha256 });
  if ('isWrong' in arrived) {
    if (arrived.isWrong) await storage.dropReceived(uploadId);
    throw uploadIncomplete(arrived.receivedBytes, arrived.message);
  }
  try {
    const fault = await documentFault(arrived, mimeType);
    if (fault) return uploadRefused(fault);
    await storage.keep(uploadId, arrived);
    return null;
  } finally {
    await arrived.discard();
  }
}

/** 409: this file is not taken. */
export const uploadRefused = ({
  reason,
  message,
}: {
  readonly reason: string;
  readonly message: string;
}) => new ApiError(409, 'UPLOAD_REFUSED', message, { reason });

/** 409: what has been received is not what was announced. */
export const uploadIncomplete = (receivedBytes: number, message: string) =>
  new ApiError(409, 'UPLOAD_INCOMPLETE', message, { received_bytes: receivedBytes });

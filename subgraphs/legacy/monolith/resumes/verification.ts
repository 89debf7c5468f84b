import { documentFault } from '#platform/documents/inspect-document.ts';
import { TooManyBytes, type FileStorage } from '#platform/storage/storage.ts';
import { ApiError } from '../errors.ts';
import type { uploads } from '../tables.ts';

type UploadRow = typeof uploads.$inferSelect;

/**
 * Keeps the file of an upload, if it is the one that was announced. It is copied before it is checked: what is sent from now
 * on cannot change what is kept.
 *
 * @returns why the file cannot be taken, as often as it may be sent; null where it is kept
 * @throws 409 UPLOAD_INCOMPLETE
 */
export async function keepVerified(
  storage: FileStorage,
  upload: UploadRow,
): Promise<ApiError | null> {
  const { uploadId, mimeType, sizeBytes, sha256 } = upload;
  const received = await storage.openReceived(uploadId);
  if (!received) {
    throw uploadIncomplete(0, 'No file has been received: PUT its bytes to the URL first.');
  }
  const draft = await storage.draft(received, sizeBytes).catch(async (error: unknown) => {
    if (!(error instanceof TooManyBytes)) throw error;
    await storage.dropReceived(uploadId);
    throw uploadIncomplete(
      sizeBytes,
      'More bytes were received than announced: send the file again.',
    );
  });
  try {
    if (draft.size < sizeBytes) {
      const message = `${draft.size} of ${sizeBytes} announced bytes were received: send the rest, or the file again.`;
      throw uploadIncomplete(draft.size, message);
    }
    if (draft.sha256 !== sha256) {
      await storage.dropReceived(uploadId);
      const message = 'The SHA-256 differs from the announced one: send the file again.';
      throw uploadIncomplete(draft.size, message);
    }
    const fault = await documentFault(draft, mimeType);
    if (fault) return uploadRefused(fault);
    await storage.keep(uploadId, draft);
    return null;
  } finally {
    await draft.discard();
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

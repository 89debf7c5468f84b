import type { Draft } from './draft.ts';
import { TooManyBytes, type FileStorage } from './storage.ts';

/** What has come is not the file that was announced. */
export interface NotArrived {
  readonly receivedBytes: number;
  /** For a person: what is wrong, and what to do about it. */
  readonly message: string;
  /** It is wrong, and not merely unfinished: whoever asked removes it, so that all can be sent again. */
  readonly isWrong: boolean;
}

/**
 * Copies what has come for an upload, if it is what was announced. What is sent from now on changes nothing of the copy.
 *
 * @returns a draft, which whoever asked discards in the end; or what is wrong
 */
export async function arrivedFile(
  storage: FileStorage,
  id: string,
  { byteSize, sha256 }: { readonly byteSize: number; readonly sha256: string },
): Promise<Draft | NotArrived> {
  const received = await storage.openReceived(id);
  if (!received) {
    return unfinished(0, 'No file has been received: PUT its bytes to the URL first.');
  }
  const draft = await storage.draft(received, byteSize).catch((error: unknown) => {
    // We take no more bytes than were announced; a bucket might.
    if (error instanceof TooManyBytes) return null;
    throw error;
  });
  if (!draft) {
    return wrong(byteSize, 'More bytes were received than announced: send the file again.');
  }
  if (draft.size === byteSize && draft.sha256 === sha256) return draft;
  await draft.discard();
  return draft.size < byteSize
    ? unfinished(
        draft.size,
        `${draft.size} of ${byteSize} announced bytes were received: send the rest, or the file again.`,
      )
    : wrong(byteSize, 'The SHA-256 differs from the announced one: send the file again.');
}

const unfinished = (receivedBytes: number, message: string) => ({
  receivedBytes,
  message,
  isWrong: false,
});
const wrong = (receivedBytes: number, message: string) => ({
  receivedBytes,
  message,
  isWrong: true,
});

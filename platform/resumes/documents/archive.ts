import { fromBufferPromise } from 'yauzl';
import { MAX_ENTRIES, MAX_UNPACKED } from '#platform/documents/archive.ts';
import { UnreadableFile } from './document.ts';

const BROKEN = 'The file is broken and cannot be opened: save it again, and upload it anew.';
const TOO_MUCH = 'The file unpacks to too much: save it without pictures, and upload it again.';
const ENCRYPTED = 'The file is encrypted: save it without a password, and upload it again.';

/**
 * Unpacks those files of a zip archive that are asked for.
 *
 * @param bytes the archive
 * @param wanted whether a file is, by its path in the archive
 * @returns their bytes by their paths
 * @throws UnreadableFile where the archive is broken, encrypted, or unpacks to too much
 */
export async function unpack(
  bytes: Buffer,
  wanted: (path: string) => boolean,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let sum = 0;
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
    for await (const entry of zip.eachEntry()) {
      // What an archive says of its sizes may be wrong, but yauzl holds it to that.
      sum += entry.uncompressedSize;
      if (sum > MAX_UNPACKED || zip.entryCount > MAX_ENTRIES) throw new UnreadableFile(TOO_MUCH);
      if (entry.isEncrypted()) throw new UnreadableFile(ENCRYPTED);
      if (!wanted(entry.fileName)) continue;
      const stream = await zip.openReadStreamPromise(entry);
      files.set(entry.fileName, Buffer.concat((await stream.toArray()) as Buffer[]));
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(BROKEN, error);
  }
  return files;
}

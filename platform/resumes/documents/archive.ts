import { fromBufferPromise } from 'yauzl';
import { entriesOf } from '#platform/documents/archive.ts';
import { UnreadableFile } from './document.ts';

const BROKEN = 'The file is broken and cannot be opened: save it again, and upload it anew.';

/**
 * Unpacks those files of a zip archive that are asked for: all of each, unlike the inspection of an upload, which looks at
 * every entry and keeps little of it. What an archive may be is said there.
 *
 * @param bytes the archive
 * @param name of the type of file, for messages
 * @param wanted whether a file is, by its path in the archive
 * @returns their bytes by their paths
 * @throws UnreadableFile where the archive is broken, encrypted, or unpacks to too much
 */
export async function unpack(
  bytes: Buffer,
  name: string,
  wanted: (path: string) => boolean,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    const entries = await entriesOf(zip, name);
    if ('reason' in entries) throw new UnreadableFile(entries.message);
    for (const entry of entries.filter(({ fileName }) => wanted(fileName))) {
      const stream = await zip.openReadStreamPromise(entry);
      files.set(entry.fileName, Buffer.concat((await stream.toArray()) as Buffer[]));
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(BROKEN, error);
  }
  return files;
}

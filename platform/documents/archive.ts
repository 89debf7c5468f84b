import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { broken, encrypted, unpacksToTooMuch, type DocumentFault } from './fault.ts';

/** Bytes that all entries of an archive may unpack to: 50 MiB. Pictures do not grow, and text of a resume is small. */
const MAX_UNPACKED = 52_428_800;
/** Entries that an archive may have. */
const MAX_ENTRIES = 2_000;
/** Bytes of an entry that are handed to whoever asked for its text. */
const MAX_TEXT = 1_048_576;

/** The entries that were asked for, as text; those longer than a megabyte are cut off. */
export type ArchiveTexts = ReadonlyMap<string, string>;

/**
 * Reads a ZIP archive through (APPNOTE 6.3.10): first what its central directory says, then every entry, unpacked for
 * real, counted and held against its CRC-32.
 *
 * @param name of the type of file, for messages
 * @param wanted the names of the entries whose texts are returned
 */
export async function readArchive(
  path: string,
  name: string,
  wanted: readonly string[],
): Promise<DocumentFault | ArchiveTexts> {
  let archive: ZipFile | undefined;
  try {
    archive = await openPromise(path, { autoClose: false });
    const entries = await entriesOf(archive, name);
    return Array.isArray(entries) ? await unpack(archive, entries, name, wanted) : entries;
  } catch (error) {
    // Faults of the disk are ours, all others those of the archive.
    if (error instanceof Error && 'syscall' in error) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return message.includes('strong encryption') ? encrypted(name) : broken(name, message);
  } finally {
    archive?.close();
  }
}

/**
 * What the central directory of an archive says, or why it is not worth while to unpack anything. What it says of the sizes
 * of entries may be wrong, but yauzl holds them to it.
 *
 * @param name of the type of file, for messages
 * @throws where the directory is broken
 */
export async function entriesOf(archive: ZipFile, name: string): Promise<Entry[] | DocumentFault> {
  if (archive.entryCount > MAX_ENTRIES) {
    return unpacksToTooMuch(name, `${archive.entryCount} entries`);
  }
  const entries: Entry[] = [];
  for await (const entry of archive.eachEntry()) entries.push(entry);
  if (entries.some((entry) => entry.isEncrypted())) return encrypted(name);
  const claimed = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  return claimed > MAX_UNPACKED ? tooMuch(name) : entries;
}

async function unpack(
  archive: ZipFile,
  entries: readonly Entry[],
  name: string,
  wanted: readonly string[],
): Promise<DocumentFault | ArchiveTexts> {
  const texts = new Map<string, string>();
  let unpacked = 0;
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue;
    const kept: Buffer[] = [];
    let sum = 0;
    let size = 0;
    // It throws at more bytes than the directory claims.
    const stream = await archive.openReadStreamPromise(entry, {});
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > MAX_UNPACKED) return tooMuch(name);
      if (wanted.includes(entry.fileName) && size < MAX_TEXT) kept.push(chunk);
      size += chunk.length;
      sum = crc32(chunk, sum);
    }
    if (sum !== entry.crc32) return broken(name, `${entry.fileName} is damaged`);
    if (wanted.includes(entry.fileName)) texts.set(entry.fileName, Buffer.concat(kept).toString());
  }
  return texts;
}

const tooMuch = (name: string) =>
  unpacksToTooMuch(name, `more than ${MAX_UNPACKED / 1_048_576} MiB`);

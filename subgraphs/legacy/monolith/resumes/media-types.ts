import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ReceivedFile } from './storage.ts';

interface MediaType {
  /** For people. */
  readonly name: string;
  /** The file name extension. */
  readonly extension: string;
  /** What every such file begins with; null for text, which is UTF-8 without U+0000. */
  readonly beginning: Buffer | null;
}

const ZIP = Buffer.from('PK\u0003\u0004');

/** What a resume may be, by its media type. */
export const MEDIA_TYPES: ReadonlyMap<string, MediaType> = new Map([
  ['application/pdf', { name: 'PDF', extension: '.pdf', beginning: Buffer.from('%PDF-') }],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    { name: 'DOCX', extension: '.docx', beginning: ZIP },
  ],
  ['application/vnd.oasis.opendocument.text', { name: 'ODT', extension: '.odt', beginning: ZIP }],
  ['text/plain', { name: 'plain text', extension: '.txt', beginning: null }],
  ['text/markdown', { name: 'Markdown', extension: '.md', beginning: null }],
]);

/** A media type as it is stored: lower case, without parameters such as the charset. */
export function bareMediaType(given: string): string {
  return given.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The media type that a file name speaks for, for clients that send none. */
export function mediaTypeOfName(fileName: string): string | undefined {
  const name = fileName.toLowerCase();
  return [...MEDIA_TYPES].find(([, { extension }]) => name.endsWith(extension))?.[0];
}

/** What the bytes of a file say about it. */
export interface InspectedFile extends ReceivedFile {
  /** Whether it is, as far as can be told, of the type that was announced. */
  readonly looksRight: boolean;
}

/** Reads a file through once. */
export async function inspectFile(bytes: Readable, mimeType: string): Promise<InspectedFile> {
  const beginning = MEDIA_TYPES.get(mimeType)?.beginning ?? null;
  const hash = createHash('sha256');
  const isText = textTest();
  let size = 0;
  let head = Buffer.alloc(0);
  let looksRight = true;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    size += chunk.length;
    hash.update(chunk);
    if (beginning === null) looksRight &&= isText(chunk);
    else if (head.length < beginning.length) head = Buffer.concat([head, chunk]);
  }
  if (beginning === null) looksRight &&= isText();
  else looksRight = head.subarray(0, beginning.length).equals(beginning);
  return { size, sha256: hash.digest('hex'), looksRight };
}

/** A test that is given the chunks of a text one after the other, and nothing at the end. */
function textTest(): (chunk?: Buffer) => boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      return !decoder.decode(chunk, { stream: chunk !== undefined }).includes('\0');
    } catch {
      return false;
    }
  };
}

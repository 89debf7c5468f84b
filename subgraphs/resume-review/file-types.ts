import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

interface FileType {
  /** For people. */
  readonly name: string;
  /** What every such file begins with; null for text, which is UTF-8 without U+0000. */
  readonly magic: Buffer | null;
}

const ZIP = Buffer.from('PK\u0003\u0004');

const FILE_TYPES: ReadonlyMap<string, FileType> = new Map([
  ['application/pdf', { name: 'PDF', magic: Buffer.from('%PDF-') }],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    { name: 'DOCX', magic: ZIP },
  ],
  ['application/vnd.oasis.opendocument.text', { name: 'ODT', magic: ZIP }],
  ['text/plain', { name: 'plain text', magic: null }],
  ['text/markdown', { name: 'Markdown', magic: null }],
]);

/** A media type as it is stored: lower case, without parameters such as the charset. */
export function bareContentType(given: string): string {
  return given.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether a resume may be of this type. */
export const isAllowedType = (contentType: string) => FILE_TYPES.has(contentType);

/** Whether a file of this type is text that can be read as it is. */
export const isTextType = (contentType: string) => FILE_TYPES.get(contentType)?.magic === null;

/** The type for people, such as `PDF` or `plain text in UTF-8`. */
export function typeName(contentType: string): string {
  const type = FILE_TYPES.get(contentType);
  return `${type?.name ?? contentType}${isTextType(contentType) ? ' in UTF-8' : ''}`;
}

/** What the bytes of a file say about it. */
export interface Inspection {
  readonly byteSize: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** Whether it is, as far as can be told, of the announced type. */
  readonly fitsType: boolean;
}

/** Reads a file through once. */
export async function inspect(bytes: Readable, contentType: string): Promise<Inspection> {
  const hash = createHash('sha256');
  const judge = isTextType(contentType) ? textJudge() : magicJudge(contentType);
  let byteSize = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    byteSize += chunk.length;
    hash.update(chunk);
    judge.read(chunk);
  }
  return { byteSize, sha256: hash.digest('hex'), fitsType: judge.fits() };
}

/** Is given the chunks of a file one after the other. */
interface Judge {
  read(chunk: Buffer): void;
  fits(): boolean;
}

function magicJudge(contentType: string): Judge {
  const magic = FILE_TYPES.get(contentType)?.magic ?? Buffer.alloc(0);
  let head = Buffer.alloc(0);
  return {
    read: (chunk) => {
      if (head.length < magic.length) head = Buffer.concat([head, chunk.subarray(0, magic.length)]);
    },
    fits: () => head.subarray(0, magic.length).equals(magic),
  };
}

function textJudge(): Judge {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isText = true;
  const decode = (chunk?: Buffer) => {
    try {
      isText &&= !decoder.decode(chunk, { stream: chunk !== undefined }).includes('\0');
    } catch {
      isText = false;
    }
  };
  return {
    read: decode,
    fits: () => {
      // A character may have begun and never ended.
      decode();
      return isText;
    },
  };
}

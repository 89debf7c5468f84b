import { open, type FileHandle } from 'node:fs/promises';
import { broken, encrypted, typeDiffers, type DocumentFault } from './fault.ts';

/** Where the end of a PDF is looked for: readers take so much after it, too. */
const TAIL = 2_048;
/** The most bytes of a cross-reference section that are read to find its dictionary. */
const MAX_SECTION = 4_194_304;

/**
 * What is wrong with a PDF as far as its frame shows it (ISO 32000-2, 7.5): the header, the end, and whether the last
 * trailer, be it a dictionary or that of a cross-reference stream, says that it is encrypted.
 */
export async function pdfFault(path: string, size: number): Promise<DocumentFault | null> {
  const file = await open(path);
  try {
    if ((await textAt(file, 0, 5)) !== '%PDF-') return typeDiffers('PDF');
    const tail = await textAt(file, Math.max(0, size - TAIL), TAIL);
    const start = /startxref\s+(\d+)\s+%%EOF(?![\s\S]*startxref)/.exec(tail)?.[1];
    if (start === undefined) return broken('PDF', 'its end is missing');
    return (await saysEncrypted(file, Number(start), size)) ? encrypted('PDF') : null;
  } finally {
    await file.close();
  }
}

async function saysEncrypted(file: FileHandle, start: number, size: number): Promise<boolean> {
  const length = Math.min(MAX_SECTION, Math.max(0, size - start));
  const section = await textAt(file, start, length);
  const dictionary = /^\s*xref\s/.test(section)
    ? section.slice(Math.max(0, section.indexOf('trailer'))).split('startxref', 1)[0]
    : /^\s*\d+\s+\d+\s+obj\b/.test(section)
      ? section.split('stream', 1)[0]
      : // The offset is wrong, which readers mend by looking for trailers.
        (await textAt(file, Math.max(0, size - 65_536), 65_536)).split('trailer').at(-1);
  return /\/Encrypt[\s<]/.test(dictionary ?? '');
}

/** Bytes of a file, each as the character with its number. */
async function textAt(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}

import { readDocx } from './docx.ts';
import { UnreadableFile, type DocumentLine } from './document.ts';
import { readOdt } from './odt.ts';
import { readPdf } from './pdf.ts';
import type { ReadingAnswer } from './reading-answer.ts';

// The process that opens files which may be hostile: bytes on standard input, lines as JSON on standard output.

const READERS: Readonly<Record<string, (bytes: Buffer) => Promise<DocumentLine[]>>> = {
  pdf: (bytes) => readPdf(new Uint8Array(bytes)),
  docx: readDocx,
  odt: readOdt,
};

async function answer(): Promise<ReadingAnswer> {
  try {
    const bytes = Buffer.concat((await process.stdin.toArray()) as Buffer[]);
    const read = READERS[process.argv[2] ?? ''];
    if (!read) throw new TypeError(`no reader of ${process.argv[2]}`);
    return { lines: await read(bytes) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { refusal: error.message };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// Libraries write warnings where the answer goes.
console.log = console.warn = console.info = () => {};
process.stdout.end(JSON.stringify(await answer()));

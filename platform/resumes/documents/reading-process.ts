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
    if (!(error instanceof UnreadableFile)) return { fault: complaintOf(error) };
    const { message: refusal, cause } = error;
    // What a library threw may be its fault, or ours, and not the file's: the log is to tell.
    return cause === undefined ? { refusal } : { refusal, cause: complaintOf(cause) };
  }
}

function complaintOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = `${error.name}: ${error.message}`;
  // The errors of pdf.js have the stack of a place where none of them was thrown.
  return error.stack?.startsWith(said) ? error.stack : `${said}\n${error.stack}`;
}

// Libraries write warnings where the answer goes.
console.log = console.warn = console.info = () => {};
process.stdout.end(JSON.stringify(await answer()));

import { spawn, type ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UnreadableFile, type DocumentLine } from './document.ts';
import type { ReadingAnswer } from './reading-answer.ts';

/** What the reading of one file may take. */
export interface ReadingLimits {
  /** Milliseconds. */
  readonly time: number;
  /** Bytes of memory that the process has at most, before it is ended. */
  readonly memory: number;
}

const LIMITS: ReadingLimits = { time: 20_000, memory: 512 * 1_048_576 };
/** Bytes of an answer: the longest text, and what JSON adds. */
const LONGEST_ANSWER = 32 * 1_048_576;
/** Files that are opened at once; others wait for their turn. */
const AT_ONCE = 2;
/** Milliseconds between two looks at the memory of a process. */
const LOOK_EVERY = 20;

const PROGRAM = join(import.meta.dirname, 'reading-process.ts');
/** What the process may read: our code, and that of packages, also where that is a link to another place. */
const READABLE = ['platform', 'node_modules', 'package.json'].flatMap((name) => {
  const path = join(import.meta.dirname, '../../..', name);
  return [...new Set([path, realpathSync(path)])];
});

const TOO_LONG =
  'Reading the file takes too long: save it anew, with fewer pages and pictures, and upload it again.';
const TOO_LARGE =
  'Reading the file takes too much memory: save it anew, with fewer pages and pictures, and upload it again.';
const BROKEN = 'The file is broken and cannot be read: save it again, and upload it anew.';

/** What V8 writes when it ends a process whose heap is full. */
const HEAP_FULL = /out of memory/i;
/** Characters of what a process says of its faults that are kept. */
const LONGEST_COMPLAINT = 4_000;

/** What is left of a process. */
interface Ended {
  readonly answer: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to its standard error. */
  readonly complaint: string;
}

const waiting: (() => void)[] = [];
let running = 0;

/**
 * Opens a file in a process of its own, which has no settings, may read our own code only, and may not write.
 *
 * @param reader which of the process's readers
 * @throws UnreadableFile where it is the file's fault; any other error where the process ended, so that it may be tried again
 */
export async function readApart(
  reader: string,
  bytes: Buffer,
  limits: Partial<ReadingLimits> = {},
): Promise<readonly DocumentLine[]> {
  if (running >= AT_ONCE) await new Promise<void>((resume) => waiting.push(resume));
  else running++;
  try {
    return await read(reader, bytes, { ...LIMITS, ...limits });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

async function read(reader: string, bytes: Buffer, limits: ReadingLimits) {
  const heap = Math.ceil(limits.memory / 2 / 1_048_576);
  const child = spawn(
    process.execPath,
    [
      '--permission',
      ...READABLE.map((path) => `--allow-fs-read=${path}`),
      '--no-warnings',
      `--max-old-space-size=${heap}`,
      PROGRAM,
      reader,
    ],
    { env: {}, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const over = new AbortController();
  const verdict: { text?: string } = {};
  const end = (text: string) => {
    verdict.text ??= text;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => end(TOO_LONG), limits.time);
  const watching = watchMemory(child, limits.memory, over.signal, () => end(TOO_LARGE));
  try {
    return linesOf(await answerOf(child, bytes, () => end(TOO_LARGE)), verdict.text);
  } finally {
    clearTimeout(timer);
    over.abort();
    child.kill('SIGKILL');
    await watching;
  }
}

/** What a process answers, and how it ends. */
function answerOf(child: ChildProcess, bytes: Buffer, tooMuch: () => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LONGEST_ANSWER) tooMuch();
      else chunks.push(chunk);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-LONGEST_COMPLAINT);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ answer: Buffer.concat(chunks).toString('utf8'), code, signal, complaint });
    });
    // A process that ends early closes its input.
    child.stdin?.on('error', () => {});
    child.stdin?.end(bytes);
  });
}

function linesOf(ended: Ended, verdict: string | undefined): readonly DocumentLine[] {
  const { answer, code, signal, complaint } = ended;
  if (verdict !== undefined) throw new UnreadableFile(verdict);
  if (code !== 0 || answer === '') {
    if (HEAP_FULL.test(complaint)) throw new UnreadableFile(TOO_LARGE);
    // It was killed by somebody else, or could not begin: no fault of the file.
    throw new Error(
      `the process that reads files ended with ${signal ?? `code ${code}`}: ${complaint.trim() || 'it said nothing'}`,
    );
  }
  const read = JSON.parse(answer) as ReadingAnswer;
  if ('lines' in read) return read.lines;
  if ('refusal' in read) throw new UnreadableFile(read.refusal, read.cause && faultOf(read.cause));
  throw new UnreadableFile(BROKEN, faultOf(read.fault));
}

/** What the process says went wrong in it. */
const faultOf = (said: string) => new Error(said.slice(0, LONGEST_COMPLAINT));

/** Linux alone says what memory another process has; elsewhere the limits of its heap and of time hold. */
async function watchMemory(
  { pid }: ChildProcess,
  limit: number,
  over: AbortSignal,
  exceeded: () => void,
): Promise<void> {
  while (!over.aborted) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
    if (status === null) return;
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    if (kilobytes * 1_024 > limit) return exceeded();
    await wait(LOOK_EVERY, undefined, { signal: over }).catch(() => {});
  }
}

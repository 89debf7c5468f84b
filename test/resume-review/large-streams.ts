import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { ResumeProcess } from './resume-process.ts';
import { COMPLETE, CREATE, customer, graphqlAt, NOBODY } from './resume-server.ts';

const CHUNK = Buffer.alloc(65_536, 'Casey Morgan, carpenter. ');

/** What sending large files at once did to the service. */
export interface StreamReport {
  /** What became of each. */
  readonly outcomes: readonly string[];
  /** Bytes of memory that it took more than before. */
  readonly grownBy: number;
  /** Milliseconds that others waited at most for an answer meanwhile. */
  readonly longestWait: number;
}

/** Sends files of a size at once, none of which is anywhere in memory. @param chunks of 64 KiB */
export async function largeStreams(
  service: ResumeProcess,
  files: number,
  chunks: number,
): Promise<StreamReport> {
  const before = await service.peakMemory();
  const over = new AbortController();
  const waiting = askMeanwhile(service.url, over.signal);
  const outcomes = await Promise.all(
    Array.from({ length: files }, () => sendLarge(service.url, chunks)),
  );
  over.abort();
  const longestWait = await waiting;
  return { outcomes, grownBy: (await service.peakMemory()) - before, longestWait };
}

async function sendLarge(url: string, chunks: number): Promise<string> {
  const owner = customer();
  const ask = async (query: string, variables: Record<string, unknown>) =>
    (await graphqlAt(url)(query, variables, owner)).body.data;
  const hash = createHash('sha256');
  for (let n = 0; n < chunks; n++) hash.update(CHUNK);
  const byteSize = chunks * CHUNK.length;
  const file = {
    filename: 'cv.txt',
    contentType: 'text/plain',
    byteSize,
    sha256: hash.digest('hex'),
  };
  const { createUpload } = await ask(CREATE, { input: file });
  const { id, url: path } = createUpload.upload;
  const bytes = Readable.from(
    (function* () {
      for (let n = 0; n < chunks; n++) yield CHUNK;
    })(),
  );
  const sent = await fetch(url + path, {
    method: 'PUT',
    body: Readable.toWeb(bytes) as BodyInit,
    duplex: 'half',
  } as RequestInit);
  if (sent.status !== 204) return String(sent.status);
  return (await ask(COMPLETE, { id })).completeUpload.__typename;
}

/** Asks for something small again and again. @returns the longest that an answer took, in milliseconds */
async function askMeanwhile(url: string, signal: AbortSignal): Promise<number> {
  let longest = 0;
  while (!signal.aborted) {
    const began = performance.now();
    await graphqlAt(url)('{ __typename }', {}, NOBODY);
    longest = Math.max(longest, performance.now() - began);
    await wait(20);
  }
  return longest;
}

import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sweep } from '../../subgraphs/resume-review/service/sweep.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import type { ResumeProcess } from './resume-process.ts';
import { COMPLETE, CREATE, customer, graphqlAt, type Someone } from './resume-server.ts';

/** What came of many uploads at once. */
export interface StormReport {
  readonly completed: number;
  readonly kills: number;
  /** Resumes whose file is not there, or is another one. */
  readonly wrongFiles: readonly string[];
  /** Completed uploads that are no resume of their owner. */
  readonly lost: readonly string[];
  /** What is there after the sweep and belongs to nothing. */
  readonly leftOver: readonly string[];
  readonly seconds: number;
}

export interface Storm {
  readonly uploads: number;
  /** How often the service is killed, at equal distances of completed uploads. */
  readonly kills: number;
  /** Bytes of the largest file. */
  readonly largest: number;
}

/** Sends files at once, each over and over until it is a resume, while the service is killed and started again. */
export async function uploadStorm(service: ResumeProcess, storm: Storm): Promise<StormReport> {
  const began = performance.now();
  const completed: { readonly id: string; readonly sha256: string }[] = [];
  const killing = killAlong(service, storm, () => completed.length);
  const sendOne = async () => {
    const bytes = Buffer.from(randomBytes(randomInt(1_000, storm.largest / 2)).toString('hex'));
    completed.push(await uploadUntilDone(service.url, bytes));
  };
  await Promise.all([killing, ...Array.from({ length: storm.uploads }, sendOne)]);
  const seconds = (performance.now() - began) / 1_000;
  await sweepAsIfLater(service);
  return {
    completed: completed.length,
    kills: storm.kills,
    ...(await lookAround(service, completed)),
    seconds,
  };
}

async function killAlong(service: ResumeProcess, storm: Storm, done: () => number): Promise<void> {
  for (let kill = 1; kill <= storm.kills; kill++) {
    while (done() < (storm.uploads * kill) / (storm.kills + 1)) await wait(5);
    await service.killAndRestart();
  }
}

/** As a client that gives up for nothing. */
async function uploadUntilDone(url: string, bytes: Buffer) {
  const owner = customer();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { filename: 'cv.txt', contentType: 'text/plain', byteSize: bytes.length, sha256 };
  for (;;) {
    const created = await answered(url, CREATE, { input: file }, owner);
    const { id, url: path } = created.createUpload.upload as { id: string; url: string };
    for (let isDone = false; !isDone;) {
      await sendRest(url + path, bytes);
      const { completeUpload } = await answered(url, COMPLETE, { id }, owner);
      if (completeUpload.__typename === 'CompleteUploadSuccess') return { id, sha256 };
      isDone = completeUpload.__typename !== 'UploadIncomplete';
    }
  }
}

/** In pieces, each from where the one before ended. */
async function sendRest(url: string, bytes: Buffer): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch(url, { method: 'HEAD' });
      // It is a resume by now: completing it tells.
      if (answer.status === 404) return;
      const offset = Number(answer.headers.get('upload-offset') ?? Number.NaN);
      if (offset === bytes.length) return;
      const piece = bytes.subarray(offset, offset + Math.ceil(bytes.length / 2));
      const sent = await fetch(url, {
        method: 'PATCH',
        body: piece as BodyInit,
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
      });
      await sent.arrayBuffer();
    } catch {
      await wait(50);
    }
  }
}

async function answered(
  url: string,
  query: string,
  variables: object,
  caller: Someone,
): Promise<NonNullable<GraphqlReply['body']['data']>> {
  for (;;) {
    try {
      const { body } = await graphqlAt(url)(query, { ...variables }, caller);
      if (!body.errors) return body.data;
    } catch {
      // It is away, and comes back.
    }
    await wait(50);
  }
}

/** What the sweep does when everything has run out. */
async function sweepAsIfLater({ desk, database, directory }: ResumeProcess): Promise<void> {
  await database.pool.query(`update uploads set expires_at = now() - interval '1 hour'`);
  const anHourAgo = Date.now() / 1_000 - 3_600;
  for (const folder of ['received', 'drafts']) {
    for (const name of await readdir(join(directory, folder))) {
      await utimes(join(directory, folder, name), anHourAgo, anHourAgo).catch(() => {});
    }
  }
  await sweep(desk);
}

async function lookAround(
  { database, desk, directory }: ResumeProcess,
  completed: readonly { readonly id: string; readonly sha256: string }[],
) {
  const { rows } = await database.pool.query<{ id: string; sha256: string }>(
    'select id, sha256 from resumes',
  );
  const hashes = new Map(rows.map(({ id, sha256 }) => [id, sha256]));
  const wrongFiles: string[] = [];
  for (const { id, sha256 } of rows) {
    const bytes = await desk.storage.open(sha256);
    const hash = createHash('sha256');
    for await (const chunk of bytes ?? []) hash.update(chunk as Buffer);
    if (hash.digest('hex') !== sha256) wrongFiles.push(id);
  }
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const used = new Set(rows.map(({ sha256 }) => sha256));
  const unused = files.filter((file) => file.isFile() && !used.has(basename(file.name)));
  const left = await database.pool.query<{ what: string }>(
    `select 'upload ' || id as what from uploads union all select 'discarded ' || sha256 from discarded_files`,
  );
  return {
    wrongFiles,
    lost: completed.filter(({ id, sha256 }) => hashes.get(id) !== sha256).map(({ id }) => id),
    leftOver: [
      ...unused.map((file) => join(file.parentPath, file.name)),
      ...left.rows.map(({ what }) => what),
    ],
  };
}

import { randomUUID } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { createLog } from '#platform/log.ts';
import { ruleBasedReviewer } from '../../subgraphs/resume-review/agents/rule-based/reviewer.ts';
import { sweep } from '../../subgraphs/resume-review/service/sweep.ts';
import { localDisk } from '../../subgraphs/resume-review/storage/local-disk.ts';
import {
  announce,
  announced,
  COMPLETE,
  customer,
  DELETE,
  STAFF,
  startResumeServer,
  upload,
  UPLOAD_SECRET,
  type ResumeServer,
  type Someone,
} from './resume-server.ts';

const TEXT = 'Casey Morgan, casey@example.com\n';

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const complete = async (id: string, owner: Someone) =>
  (await server.data(COMPLETE, { id }, owner)).completeUpload;
const keptPath = (id: string) => join(server.directory, 'kept', id.slice(0, 2), id);
const received = async () => readdir(join(server.directory, 'received'));

describe('completing an upload', () => {
  test('other bytes of the same size are dropped, and the right ones can be sent again', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    await server.put(url, TEXT.toUpperCase());
    expect(await complete(id, owner)).toEqual({
      __typename: 'UploadIncomplete',
      receivedBytes: TEXT.length,
      message: 'The SHA-256 differs from the announced one: send the file again.',
    });
    expect((await complete(id, owner)).receivedBytes).toBe(0);
    await server.put(url, TEXT.slice(1));
    expect((await complete(id, owner)).message).toBe(
      `${TEXT.length - 1} of ${TEXT.length} announced bytes were received: send the file again.`,
    );
    await server.put(url, TEXT);
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });

  test.each([
    ['application/pdf', 'plain text', 'The file is not PDF'],
    ['application/vnd.oasis.opendocument.text', '%PDF-1.7', 'The file is not ODT'],
    ['text/plain', Buffer.from([0x41, 0xff, 0xfe]), 'The file is not plain text in UTF-8'],
    ['text/plain', Buffer.from([0x41, 0xe3, 0x81]), 'The file is not plain text in UTF-8'],
    ['text/markdown', 'a\0b', 'The file is not Markdown in UTF-8'],
  ])('what is announced as %s must look like it', async (contentType, bytes, message) => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(bytes, { contentType }));
    await server.put(url, bytes);
    const result = await complete(id, owner);
    expect(result.__typename).toBe('UploadIncomplete');
    expect(result.message).toContain(message);
  });

  test('a large file comes through byte for byte', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(10_485_755, 7)]);
    const id = await upload(server, customer(), bytes, { contentType: 'application/pdf' });
    expect((await readFile(keptPath(id))).equals(bytes)).toBe(true);
  });

  test('done many times at once it gives one resume', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    await server.put(url, TEXT);
    const results = await Promise.all(Array.from({ length: 8 }, () => complete(id, owner)));
    for (const { resume } of results)
      expect(resume).toMatchObject({ id, owner: { id: owner.userId } });
  });

  test('what is sent afterwards does not change the resume', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    await server.put(url, TEXT);
    await complete(id, owner);
    expect((await server.put(url, TEXT.toUpperCase())).status).toBe(404);
    expect(await readFile(keptPath(id), 'utf8')).toBe(TEXT);
  });

  test('nobody else completes it', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    await server.put(url, TEXT);
    for (const other of [customer(), STAFF]) {
      expect(await complete(id, other)).toMatchObject({ __typename: 'NotFound', id });
    }
    await complete(id, owner);
    expect((await complete(id, customer())).__typename).toBe('NotFound');
  });
});

describe('what goes away', () => {
  test('a deleted resume takes its file along; staff may delete any', async () => {
    const owner = customer();
    const [one, other] = [await upload(server, owner, TEXT), await upload(server, owner, TEXT)];
    for (const [id, caller] of [
      [one, owner],
      [other, STAFF],
    ] as const) {
      const { deleteResume } = await server.data(DELETE, { id }, caller);
      expect(deleteResume).toEqual({ __typename: 'DeleteResumePayload', deletedId: id });
      await expect(readFile(keptPath(id))).rejects.toThrow('ENOENT');
    }
    const { rows } = await server.database.pool.query('select from uploads where id = any($1)', [
      [one, other],
    ]);
    expect(rows).toEqual([]);
  });

  test('uploads that ran out are swept with what was received; others stay', async () => {
    const owner = customer();
    const [old, grace, fresh] = [
      await announce(server, owner, announced(TEXT)),
      await announce(server, owner, announced(TEXT)),
      await announce(server, owner, announced(TEXT)),
    ];
    for (const { url } of [old, grace, fresh]) await server.put(url, TEXT);
    const age = (id: string, minutes: number) =>
      server.database.pool.query(
        `update uploads set expires_at = now() - make_interval(mins => $2) where id = $1`,
        [id, minutes],
      );
    await age(old.id, 16);
    await age(grace.id, 14);
    const leftover = join(server.directory, 'received', `${randomUUID()}.${randomUUID()}`);
    await writeFile(leftover, 'half');
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(leftover, hourAgo, hourAgo);
    await sweep({
      db: server.database.db,
      ownership: ownershipHere(server.database.db, 'new'),
      storage: localDisk(server.directory),
      reviewer: ruleBasedReviewer(),
      uploadSecret: UPLOAD_SECRET,
      log: createLog('test', 'silent'),
    });
    const names = await received();
    expect([old, grace, fresh].map(({ id }) => names.includes(id))).toEqual([false, true, true]);
    expect(names.filter((name) => leftover.endsWith(name))).toEqual([]);
    expect((await complete(old.id, owner)).__typename).toBe('NotFound');
    expect((await complete(grace.id, owner)).__typename).toBe('CompleteUploadSuccess');
  });
});

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdFile } from '../../subgraphs/resume-review/repository/files.ts';
import { ODT_TYPE, PDF } from '../setup/documents.ts';
import {
  announce,
  announced,
  COMPLETE,
  customer,
  DELETE,
  STAFF,
  startResumeServer,
  upload,
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
const keptPath = (bytes: string | Uint8Array) => {
  const { sha256 } = announced(bytes);
  return join(server.directory, 'kept', sha256.slice(0, 2), sha256);
};
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
      `${TEXT.length - 1} of ${TEXT.length} announced bytes were received: send the rest, or the file again.`,
    );
    await server.put(url, TEXT);
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });

  test.each([
    ['application/pdf', 'plain text', 'The file is not PDF'],
    [ODT_TYPE, '%PDF-1.7', 'The file is not ODT'],
    ['text/plain', Buffer.from([0x41, 0xff, 0xfe]), 'The file is not plain text in UTF-8'],
    ['text/plain', Buffer.from([0x41, 0xe3, 0x81]), 'The file is not plain text in UTF-8'],
    ['text/markdown', 'a\0b', 'The file is not Markdown in UTF-8'],
  ])(
    'what is announced as %s must be it, else the upload ends',
    async (contentType, bytes, message) => {
      const owner = customer();
      const { id, url } = await announce(server, owner, announced(bytes, { contentType }));
      await server.put(url, bytes);
      const result = await complete(id, owner);
      expect(result).toMatchObject({ __typename: 'UploadRefused', reason: 'TYPE_DIFFERS' });
      expect(result.message).toContain(message);
      expect((await complete(id, owner)).__typename).toBe('NotFound');
      expect(await received()).not.toContain(id);
    },
  );

  test('a large file comes through byte for byte', async () => {
    const bytes = Buffer.concat([
      PDF.subarray(0, 9),
      Buffer.alloc(10_485_760 - PDF.length, 7),
      PDF.subarray(9),
    ]);
    await upload(server, customer(), bytes, { contentType: 'application/pdf' });
    expect((await readFile(keptPath(bytes))).equals(bytes)).toBe(true);
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
    expect(await readFile(keptPath(TEXT), 'utf8')).toBe(TEXT);
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
  test('a deleted resume takes its file along, unless another resume has the same; staff may delete any', async () => {
    const owner = customer();
    const bytes = `${TEXT}only here`;
    const ids = [await upload(server, owner, bytes), await upload(server, customer(), bytes)];
    for (const [id, caller] of [
      [ids[0], owner],
      [ids[1], STAFF],
    ] as const) {
      expect(await readFile(keptPath(bytes), 'utf8')).toBe(bytes);
      const { deleteResume } = await server.data(DELETE, { id }, caller);
      expect(deleteResume).toEqual({ __typename: 'DeleteResumePayload', deletedId: id });
    }
    await expect(readFile(keptPath(bytes))).rejects.toThrow('ENOENT');
  });

  test('what a crash leaves of a deletion is swept, and so is what it leaves of a completion', async () => {
    const owner = customer();
    const [deleted, completing] = [`${TEXT}deleted`, `${TEXT}completing`];
    const id = await upload(server, owner, deleted);
    // The resume is gone, and nobody came to remove the file.
    await server.database.pool.query('delete from resumes where id = $1', [id]);
    const { id: uploadId } = await announce(server, owner, announced(completing));
    // The file is kept, and the transaction was never committed.
    await mkdir(dirname(keptPath(completing)), { recursive: true });
    await writeFile(keptPath(completing), completing);
    await server.sweep();
    await expect(readFile(keptPath(deleted))).rejects.toThrow('ENOENT');
    expect(await readFile(keptPath(completing), 'utf8')).toBe(completing);
    await server.database.pool.query(
      `update uploads set expires_at = now() - interval '16 minutes' where id = $1`,
      [uploadId],
    );
    await server.sweep();
    await expect(readFile(keptPath(completing))).rejects.toThrow('ENOENT');
    const { rows } = await server.database.pool.query('select from discarded_files');
    expect(rows).toEqual([]);
  });

  test('a file that somebody is about to use is left to the next sweep', async () => {
    const bytes = `${TEXT}about to be used`;
    const { sha256 } = announced(bytes);
    const id = await upload(server, customer(), bytes);
    await server.database.pool.query('delete from resumes where id = $1', [id]);
    await server.database.db.transaction(async (tx) => {
      await holdFile(tx, sha256);
      await server.sweep();
      expect(await readFile(keptPath(bytes), 'utf8')).toBe(bytes);
    });
    await server.sweep();
    await expect(readFile(keptPath(bytes))).rejects.toThrow('ENOENT');
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
    const leftover = join(server.directory, 'received', `${randomUUID()}.7`);
    await writeFile(leftover, 'half');
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(leftover, hourAgo, hourAgo);
    await server.sweep();
    const names = await received();
    expect([old, grace, fresh].map(({ id }) => names.includes(id))).toEqual([false, true, true]);
    expect(names.filter((name) => leftover.endsWith(name))).toEqual([]);
    expect((await complete(old.id, owner)).__typename).toBe('NotFound');
    expect((await complete(grace.id, owner)).__typename).toBe('CompleteUploadSuccess');
  });
});

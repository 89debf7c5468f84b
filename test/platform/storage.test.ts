import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { s3Bucket, type Bucket } from '#platform/storage/s3.ts';
import { savedAs } from '#platform/storage/saved-as.ts';
import { bucketUrl, openStorage } from '#platform/storage/settings.ts';
import type { FileStorage } from '#platform/storage/storage.ts';
import { startS3Server, type S3Server } from '../setup/s3-server.ts';
import { storageContract } from './storage-contract.ts';

const bucketOf = (text: string) =>
  readConfig('test', { UPLOAD_BUCKET: bucketUrl() }, { UPLOAD_BUCKET: text }).UPLOAD_BUCKET;

/** Takes two parts of a file. @returns the id of the upload */
async function receiveParts(storage: FileStorage): Promise<string> {
  const id = randomUUID();
  for (const offset of [0, 3]) {
    const part = { offset, limit: 9, mayBreakOff: true };
    await storage.receive(id, Readable.from([Buffer.from('Ada')]), part);
  }
  return id;
}

describe('files on a local disk', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'storage-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const storage = () => openStorage(directory, undefined);

  storageContract(storage);

  test('are named by their content, and nothing else is left', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'storage-'));
    const here = openStorage(empty, undefined);
    const draft = await here.draft(Readable.from([Buffer.from('Ada')]), 9);
    await here.keep(draft.sha256, draft);
    await draft.discard();
    const names = await readdir(empty, { recursive: true });
    expect(names.toSorted()).toEqual(
      [
        'drafts',
        'kept',
        `kept/${draft.sha256.slice(0, 2)}`,
        `kept/${draft.sha256.slice(0, 2)}/${draft.sha256}`,
      ].toSorted(),
    );
    expect(here.placeOf(draft.sha256)).toBe(
      join(empty, 'kept', draft.sha256.slice(0, 2), draft.sha256),
    );
    await rm(empty, { recursive: true });
  });

  test('have a folder for the parts of each upload, so that none looks at those of others', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'storage-'));
    const here = openStorage(empty, undefined);
    const received = async () =>
      (await readdir(join(empty, 'received'), { recursive: true })).toSorted();
    const [one, other] = [await receiveParts(here), await receiveParts(here)];
    const namesOf = (id: string) => [id, `parts-of-${id}`, `parts-of-${id}/3`];
    expect(await received()).toEqual([...namesOf(one), ...namesOf(other)].toSorted());
    await here.dropReceived(one);
    expect(await received()).toEqual(namesOf(other));
    // As parts were named before they had folders.
    await writeFile(join(empty, 'received', `${one}.3`), 'Ada');
    await here.removeLeftovers(new Date(Date.now() + 60_000));
    expect(await received()).toEqual([]);
    await rm(empty, { recursive: true });
  });

  test('are not ready where nothing can be written', async () => {
    // Not even root can make a folder in a file.
    const file = join(directory, 'not-a-folder');
    await writeFile(file, '');
    await expect(openStorage(join(file, 'here'), undefined).check()).rejects.toThrow('ENOTDIR');
  });

  test('a fault of the disk is thrown as it is, and leaves nothing', async () => {
    const file = join(directory, 'no-folder');
    await writeFile(file, '');
    await expect(
      openStorage(file, undefined).draft(Readable.from([Buffer.from('x')]), 9),
    ).rejects.toMatchObject({ syscall: expect.any(String) });
  });
});

describe('files in a bucket', () => {
  let server: S3Server;
  let bucket: FileStorage;
  beforeAll(async () => {
    server = await startS3Server('resumes', false);
    bucket = openStorage('/nowhere', bucketOf(server.bucketUrl));
  });
  afterAll(() => server?.close());

  storageContract(() => bucket);

  test('are sent and read without us, by URLs for one file each, the sent one of the announced size', async () => {
    const strict = await startS3Server('resumes', true);
    const bucket = openStorage('/nowhere', bucketOf(strict.bucketUrl));
    const id = '7c0e7a1c-6f0e-4f0e-8f0e-7c0e7a1c6f0e';
    const file = { byteSize: 3, contentType: 'text/plain', filename: 'cv of Ada.txt' };
    const url = (await bucket.direct?.uploadUrl(id, file, 60)) ?? '';
    expect(url).toContain('X-Amz-Expires=60');
    expect(url).toMatch(/X-Amz-SignedHeaders=content-length%3Bhost/);
    const put = (body: string, to = url) =>
      fetch(to, { method: 'PUT', body, headers: { 'content-type': file.contentType } });
    expect((await put('Ada', url.replace(/Signature=./, 'Signature=_'))).status).toBe(403);
    expect((await put('Adam')).status).toBe(403);
    expect((await put('Ada')).status).toBe(200);
    expect(await bucket.receivedSize(id)).toBe(3);
    const draft = await bucket.draft((await bucket.openReceived(id)) as Readable, 9);
    await bucket.keep(draft.sha256, draft);
    const read = await fetch((await bucket.direct?.downloadUrl(draft.sha256, file, 60)) ?? '');
    expect(await read.text()).toBe('Ada');
    expect(read.headers.get('content-disposition')).toBe(savedAs(file.filename));
    expect(read.headers.get('content-type')).toContain('text/plain');
    expect(bucket.placeOf(draft.sha256)).toBe(
      `s3://resumes/kept/${draft.sha256.slice(0, 2)}/${draft.sha256}`,
    );
    await strict.close();
  });

  test('are gone with the parts of an upload when it is dropped, or left over', async () => {
    const store = s3Bucket(bucketOf(server.bucketUrl) as Bucket);
    const [one, other] = [await receiveParts(bucket), await receiveParts(bucket)];
    const namesOf = (id: string) => [`received/${id}`, `received/parts-of-${id}/3`];
    const before = await store.list('received');
    expect(before).toEqual(expect.arrayContaining([...namesOf(one), ...namesOf(other)]));
    await bucket.dropReceived(one);
    expect(await store.list('received')).toEqual(before.filter((name) => !name.includes(one)));
    await bucket.removeLeftovers(new Date(Date.now() + 60_000));
    expect(await store.list('received')).toEqual([]);
  });

  test('are not ready where there is no such bucket', async () => {
    const other = bucketOf(server.bucketUrl.replace('@resumes', '@others'));
    await expect(openStorage('/nowhere', other).check()).rejects.toThrow();
  });

  test('are found by a URL, which says what is wrong with it', () => {
    expect(bucketOf('s3://resumes')).toEqual({ name: 'resumes' });
    expect(bucketOf('s3://id:se%2Fcret@resumes?region=eu-central-1')).toEqual({
      name: 'resumes',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'se/cret' },
    });
    for (const bad of ['resumes', 'http://resumes', 's3://', 's3://resumes?endpoint=host:9000']) {
      expect(() => bucketOf(bad)).toThrow('UPLOAD_BUCKET is not valid');
    }
  });
});

test('a file is saved under its own name, whatever is in it', () => {
  expect(savedAs('My CV (1).pdf')).toBe('attachment; filename="My CV (1).pdf"');
  expect(savedAs(`../"ü'\r\n(1)*`)).toBe(
    `attachment; filename="..___'__(1)*"; filename*=UTF-8''..%2F%22%C3%BC%27%0D%0A%281%29%2A`,
  );
});

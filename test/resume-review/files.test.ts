import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filePath, signedPath } from '../../subgraphs/resume-review/uploads/signed-path.ts';
import { docx, DOCX_TYPE, pdf } from '../setup/documents.ts';
import { startS3Server, type S3Server } from '../setup/s3-server.ts';
import {
  announce,
  announced,
  COMPLETE,
  CREATE,
  customer,
  DELETE,
  STAFF,
  startResumeServer,
  upload,
  UPLOAD_SECRET,
  type ResumeServer,
  type Someone,
} from './resume-server.ts';
import { forged } from '../setup/forged.ts';

const TEXT = 'Casey Morgan, casey@example.com\n';
const FILE = `query ($id: ID!) { resume(id: $id) { file { downloadUrl expiresAt } } }`;

const link = async (server: ResumeServer, id: string, caller: Someone) =>
  (await server.data(FILE, { id }, caller)).resume.file;
const complete = async (server: ResumeServer, id: string, owner: Someone) =>
  (await server.data(COMPLETE, { id }, owner)).completeUpload;

describe('the file of a resume', () => {
  let server: ResumeServer;
  beforeAll(async () => {
    server = await startResumeServer();
  });
  afterAll(() => server?.close());

  test('is had by a link for five minutes, by its owner and staff, to be saved and never shown', async () => {
    const owner = customer();
    const id = await upload(server, owner, TEXT, { filename: 'Lebenslauf – Ada.txt' });
    for (const caller of [owner, STAFF]) {
      const { downloadUrl, expiresAt } = await link(server, id, caller);
      const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
      expect(minutes).toBeGreaterThan(4.9);
      expect(minutes).toBeLessThanOrEqual(5);
      const answer = await fetch(server.url + downloadUrl);
      expect(await answer.text()).toBe(TEXT);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/plain',
        'content-length': String(TEXT.length),
        'content-disposition': `attachment; filename="Lebenslauf _ Ada.txt"; filename*=UTF-8''Lebenslauf%20%E2%80%93%20Ada.txt`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
    }
    const { body } = await server.graphql(FILE, { id }, customer());
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('is not had by a link for another, for sending, that is forged, too late, or of a deleted resume', async () => {
    const owner = customer();
    const [id, other] = [await upload(server, owner, TEXT), await upload(server, owner, TEXT)];
    const { downloadUrl } = await link(server, id, owner);
    const { url } = await announce(server, owner, announced(TEXT));
    const late = signedPath('GET', filePath(id), new Date(Date.now() - 1_000), UPLOAD_SECRET);
    for (const path of [
      downloadUrl.replace(id, other),
      forged(downloadUrl),
      downloadUrl.replace(/expires=\d+/, 'expires=99999999999'),
      url.replace(/\/[\da-f-]{36}\?/, `/${id}/file?`),
      late,
    ]) {
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 403]);
    }
    expect((await server.put(downloadUrl, TEXT)).status).toBe(404);
    await server.data(DELETE, { id }, owner);
    expect((await fetch(server.url + downloadUrl)).status).toBe(404);
    expect(
      await (await fetch(server.url + (await link(server, other, owner)).downloadUrl)).text(),
    ).toBe(TEXT);
  });
});

describe('files that are not taken', () => {
  let server: ResumeServer;
  beforeAll(async () => {
    server = await startResumeServer({
      settings: {
        UPLOAD_MAX_BYTES: '2000000',
        UPLOAD_MAX_FILES: '4',
        UPLOAD_MAX_ACCOUNT_BYTES: '3000000',
        UPLOAD_MAX_PENDING: '6',
        UPLOAD_MAX_PENDING_BYTES: '4000000',
      },
    });
  });
  afterAll(() => server?.close());
  const create = async (owner: Someone, byteSize: number) =>
    (await server.data(CREATE, { input: announced(TEXT, { byteSize }) }, owner)).createUpload;

  test.each([
    ['encrypted', pdf('/Encrypt 5 0 R '), 'application/pdf', 'ENCRYPTED'],
    ['broken', docx().subarray(0, 150), DOCX_TYPE, 'BROKEN'],
    [
      'a bomb',
      docx({ name: 'bomb', bytes: Buffer.alloc(70_000_000) }),
      DOCX_TYPE,
      'UNPACKS_TO_TOO_MUCH',
    ],
  ])('because one is %s leave nothing, and say why', async (_what, bytes, contentType, reason) => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(bytes, { contentType }));
    await server.put(url, bytes);
    expect(await complete(server, id, owner)).toMatchObject({
      __typename: 'UploadRefused',
      reason,
    });
    expect((await complete(server, id, owner)).__typename).toBe('NotFound');
    const files = await readdir(server.directory, { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile())).toEqual([]);
  });

  test('because of limits say which: of a file, of an account, of all accounts', async () => {
    const [one, other, third] = [customer(), customer(), customer()];
    expect(await create(one, 2_000_001)).toMatchObject({
      reason: 'SIZE_NOT_ALLOWED',
      message: 'A file must have 1 to 2,000,000 bytes.',
    });
    expect((await create(one, 2_000_000)).__typename).toBe('CreateUploadSuccess');
    expect(await create(one, 1_000_001)).toMatchObject({
      reason: 'ACCOUNT_FULL',
      message: 'The resumes of an account have at most 3,000,000 bytes: delete one first.',
    });
    // Of all accounts two million bytes are on their way.
    expect((await create(other, 1_999_999)).__typename).toBe('CreateUploadSuccess');
    expect((await create(third, 2)).reason).toBe('SERVER_FULL');
    for (let count = 0; count < 1; count++)
      expect((await create(third, 1)).__typename).toBe('CreateUploadSuccess');
    await server.database.pool.query('update uploads set byte_size = 1');
    for (let count = 0; count < 3; count++) await create(other, 1);
    expect((await create(other, 1)).reason).toBe('ACCOUNT_FULL');
    expect((await create(third, 1)).reason).toBe('SERVER_FULL');
    // What has run out takes no place.
    await server.database.pool.query(`update uploads set expires_at = now() - interval '1 minute'`);
    expect((await create(third, 1)).__typename).toBe('CreateUploadSuccess');
  });
});

describe('where files are in a bucket', () => {
  let bucket: S3Server;
  let server: ResumeServer;
  beforeAll(async () => {
    bucket = await startS3Server('resume-files', false);
    server = await startResumeServer({ settings: { UPLOAD_BUCKET: bucket.bucketUrl } });
  });
  afterAll(async () => {
    await server?.close();
    await bucket?.close();
  });

  test('they are sent straight to it, and had straight from it', async () => {
    const owner = customer();
    const announcement = announced(TEXT);
    const { id, url, headers, isResumable } = await announce(server, owner, announcement);
    expect(new URL(url).host).not.toBe(new URL(server.url).host);
    expect(isResumable).toBe(false);
    const given = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
    expect(given).toEqual({ 'content-type': 'text/plain' });
    expect((await complete(server, id, owner)).receivedBytes).toBe(0);
    const put = await fetch(url, { method: 'PUT', body: TEXT, headers: given });
    expect(put.status).toBe(200);
    expect(await complete(server, id, owner)).toMatchObject({
      __typename: 'CompleteUploadSuccess',
      resume: { id, sha256: announcement.sha256 },
    });
    // What is sent afterwards changes nothing.
    await fetch(url, { method: 'PUT', body: TEXT.toUpperCase(), headers: given });
    const { downloadUrl } = await link(server, id, owner);
    const read = await fetch(downloadUrl);
    expect(await read.text()).toBe(TEXT);
    expect(read.headers.get('content-disposition')).toContain('attachment');
    await server.data(DELETE, { id }, owner);
    expect((await fetch(downloadUrl)).status).toBe(404);
  });

  test('what is not the announced file is not kept', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    await fetch(url, { method: 'PUT', body: TEXT.toUpperCase() });
    expect((await complete(server, id, owner)).message).toContain('SHA-256 differs');
    await fetch(url, { method: 'PUT', body: TEXT });
    expect((await complete(server, id, owner)).__typename).toBe('CompleteUploadSuccess');
    expect(await readdir(server.directory)).toEqual([]);
  });
});

test('equal files of several resumes are kept once', async () => {
  const server = await startResumeServer();
  const ids = await Promise.all(Array.from({ length: 8 }, () => upload(server, customer(), TEXT)));
  expect(new Set(ids).size).toBe(8);
  const { sha256 } = announced(TEXT);
  const folder = join(server.directory, 'kept', sha256.slice(0, 2));
  expect(await readdir(folder)).toEqual([sha256]);
  expect(await readFile(join(folder, sha256), 'utf8')).toBe(TEXT);
  await server.close();
});

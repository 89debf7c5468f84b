import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedPath, uploadPath } from '../../subgraphs/resume-review/uploads/signed-path.ts';
import {
  announce,
  announced,
  COMPLETE,
  CREATE,
  customer,
  NOBODY,
  SERVICE,
  startResumeServer,
  upload,
  UPLOAD_SECRET,
  type ResumeServer,
  type Someone,
} from './resume-server.ts';
import { forged } from '../setup/forged.ts';

const TEXT = 'Casey Morgan, casey@example.com\n';

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const complete = async (id: string, owner: Someone) =>
  (await server.data(COMPLETE, { id }, owner)).completeUpload;
const create = async (input: object, owner: Someone = customer()) =>
  (await server.data(CREATE, { input }, owner)).createUpload;
const received = async () => readdir(join(server.directory, 'received'));
const drafts = async () => readdir(join(server.directory, 'drafts'));
const signedUploadPath = (id: string, expiresAt: Date, secret: string) =>
  signedPath('PUT', uploadPath(id), expiresAt, secret);
const errorOf = async (response: Response) =>
  [response.status, ((await response.json()) as { error: { code: string } }).error.code] as const;

describe('announcing a file', () => {
  test('gives a signed path that the gateway leads to this service, for a quarter of an hour', async () => {
    const { id, url, expiresAt } = await announce(server, customer(), announced(TEXT));
    expect(url).toMatch(
      new RegExp(`^/uploads/resume-review/${id}\\?expires=\\d+&signature=[\\w-]{43}$`),
    );
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14.5);
    expect(minutes).toBeLessThanOrEqual(15);
  });

  test.each([
    ['a name that leads upwards', '../../../etc/passwd'],
    ['an absolute name', '/etc/passwd'],
    ['a name of another system', 'C:\\Windows\\win.ini'],
    ['a name that is a folder', '..'],
    ['a name in another script', '履歴書 2026.txt'],
  ])('%s is kept as a name and never used as a path', async (_what, filename) => {
    const owner = customer();
    const id = await upload(server, owner, TEXT, { filename });
    const { resume } = await complete(id, owner);
    const { sha256 } = resume;
    expect(resume.filename).toBe(filename);
    expect(await readdir(join(server.directory, 'kept'), { recursive: true })).toEqual(
      expect.arrayContaining([join(sha256.slice(0, 2), sha256)]),
    );
  });

  test.each([
    [{ filename: '' }, ['filename']],
    [{ filename: 'a\nb' }, ['filename']],
    [{ filename: 'a\0b' }, ['filename']],
    [{ filename: 'x'.repeat(201) }, ['filename']],
    [{ sha256: 'g'.repeat(64), filename: ' ' }, ['filename', 'sha256']],
  ])('%j breaks rules', async (more, paths) => {
    const { __typename, fields } = await create(announced(TEXT, more));
    expect(__typename).toBe('InvalidInput');
    expect(fields.map(({ path }: { path: string }) => path)).toEqual(paths);
  });

  test.each([
    [{ contentType: 'image/png' }, 'This type of file is not allowed'],
    [{ contentType: '' }, 'This type of file is not allowed'],
    [{ byteSize: 0 }, 'A file must have 1 to 10,485,760 bytes.'],
    [{ byteSize: -1 }, 'A file must have 1 to 10,485,760 bytes.'],
    [{ byteSize: 10_485_761 }, 'A file must have 1 to 10,485,760 bytes.'],
  ])('%j is refused', async (more, message) => {
    const result = await create(announced(TEXT, more));
    expect(result.__typename).toBe('UploadRefused');
    expect(result.message).toContain(message);
  });

  test('the type is taken without its parameters, the hash in any case', async () => {
    const owner = customer();
    const file = announced(TEXT);
    const more = { contentType: 'Text/PLAIN; charset=utf-8', sha256: file.sha256.toUpperCase() };
    const id = await upload(server, owner, TEXT, more);
    expect((await complete(id, owner)).resume).toMatchObject({
      contentType: 'text/plain',
      sha256: file.sha256,
    });
  });

  test('an account has room for 50 resumes with those on their way, however many ask at once', async () => {
    const owner = customer();
    const results = await Promise.all(
      Array.from({ length: 60 }, () => create(announced(TEXT), owner)),
    );
    const accepted = results.filter(({ __typename }) => __typename === 'CreateUploadSuccess');
    expect(accepted).toHaveLength(50);
    expect((await create(announced(TEXT), owner)).message).toBe(
      'An account holds at most 50 resumes: delete one first.',
    );
    expect((await create(announced(TEXT))).__typename).toBe('CreateUploadSuccess');
  });

  test('nobody without an account may, a service neither', async () => {
    for (const caller of [NOBODY, SERVICE]) {
      const { body } = await server.graphql(CREATE, { input: announced(TEXT) }, caller);
      expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});

describe('sending the bytes', () => {
  test('a signature that is not ours, or of another upload, lets nothing in', async () => {
    const [one, other] = [
      await announce(server, customer(), announced(TEXT)),
      await announce(server, customer(), announced(TEXT)),
    ];
    const { searchParams } = new URL(one.url, 'http://x');
    const expires = Number(searchParams.get('expires'));
    const foreign = signedUploadPath(one.id, new Date(expires * 1_000), `${UPLOAD_SECRET}!`);
    for (const path of [
      one.url.replace(one.id, other.id),
      forged(one.url),
      one.url.replace(/expires=\d+/, `expires=${expires + 60}`),
      one.url.replace(/&signature=.*/, ''),
      one.url.replace(/\?.*/, ''),
      `${one.url}&signature=x`,
      `${one.url}&expires=${expires}`,
      foreign,
    ]) {
      expect([path, await errorOf(await server.put(path, TEXT))]).toEqual([
        path,
        [403, 'FORBIDDEN'],
      ]);
    }
    expect((await server.put(one.url, TEXT)).status).toBe(204);
  });

  test('a permission that has expired is none, and says what to do', async () => {
    const { id } = await announce(server, customer(), announced(TEXT));
    const response = await server.put(
      signedUploadPath(id, new Date(Date.now() - 1_000), UPLOAD_SECRET),
      TEXT,
    );
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('has expired');
  });

  test('a signed id that belongs to no upload is not found, and what is no id neither', async () => {
    const later = new Date(Date.now() + 60_000);
    for (const id of [randomUUID(), 'resume', '..%2f..%2fetc']) {
      const path = signedUploadPath(id, later, UPLOAD_SECRET);
      const response = await server.put(path, TEXT);
      expect([id, response.status >= 400 && response.status < 500]).toEqual([id, true]);
    }
    expect(
      await errorOf(await server.put(signedUploadPath(randomUUID(), later, UPLOAD_SECRET), 'x')),
    ).toEqual([404, 'NOT_FOUND']);
  });

  test('more bytes than announced are refused, whether the sender says so or not', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    expect(await errorOf(await server.put(url, `${TEXT}!`))).toEqual([413, 'TOO_LARGE']);
    const chunked = request(server.url + url, { method: 'PUT' });
    chunked.write(TEXT);
    chunked.end('!');
    const [response] = await once(chunked, 'response');
    response.resume();
    expect(response.statusCode).toBe(413);
    expect(await received()).not.toContain(id);
    expect(await complete(id, owner)).toMatchObject({
      __typename: 'UploadIncomplete',
      receivedBytes: 0,
    });
  });

  test('what breaks off leaves nothing, and what was received before is still there', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(TEXT));
    await server.put(url, TEXT);
    const broken = request(server.url + url, {
      method: 'PUT',
      headers: { 'content-length': Buffer.byteLength(TEXT) },
    });
    broken.on('error', () => {});
    broken.write(TEXT.slice(0, 5));
    await expect.poll(drafts).toHaveLength(1);
    broken.destroy();
    await expect.poll(drafts).toEqual([]);
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });
});

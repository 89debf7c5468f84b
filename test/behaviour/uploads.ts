import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { docx, DOCX_TYPE, pdf, PDF } from '../setup/documents.ts';
import type { Shop } from './shop.ts';
import { forged } from '../setup/forged.ts';

const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename
  ... on CreateUploadSuccess { upload { id url headers { name value } isResumable expiresAt } }
  ... on UploadRefused { reason message } } }`;
const COMPLETE = `mutation ($id: ID!) { completeUpload(input: { id: $id }) { __typename
  ... on CompleteUploadSuccess { resume { id sha256 file { downloadUrl expiresAt } } }
  ... on UploadIncomplete { receivedBytes message } ... on UploadRefused { reason message } } }`;
const DELETE = `mutation ($id: ID!) { deleteResume(input: { id: $id }) { __typename } }`;
const FILE = `query ($id: ID!) { resume(id: $id) { file { downloadUrl expiresAt } } }`;

const TEXT = 'Casey Morgan, casey.morgan@example.com, carpenter\n'.repeat(200);

type Given = () => { readonly shop: Shop; readonly gatewayUrl: string };

/** How files come, whole or in parts, are refused, and are had again, whichever side answers. */
export function fileBehaviour(given: Given): void {
  const announce = async (bytes: string | Buffer, contentType = 'text/plain') => {
    const { shop } = given();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { filename: 'Lebenslauf – Casey.txt', contentType, sha256 };
    const input = { ...file, byteSize: Buffer.byteLength(bytes) };
    return (await shop.data(CREATE, { input }, shop.customer)).createUpload;
  };
  const complete = async (id: string) => {
    const { shop } = given();
    return (await shop.data(COMPLETE, { id }, shop.customer)).completeUpload;
  };
  const send = (path: string, init: object) => fetch(given().gatewayUrl + path, init);
  const part = (path: string, bytes: string, offset: number) =>
    send(path, {
      method: 'PATCH',
      body: bytes,
      headers: {
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      },
    });
  const uploaded = async (bytes: string | Buffer, contentType?: string) => {
    const { upload } = await announce(bytes, contentType);
    const headers = Object.fromEntries(
      upload.headers.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect((await send(upload.url, { method: 'PUT', body: bytes, headers })).status).toBe(204);
    return complete(upload.id);
  };

  test('a file is sent with the headers that the permission names', async () => {
    const { upload } = await announce(TEXT, 'Text/Plain; charset=utf-8');
    expect(upload.headers).toEqual([{ name: 'content-type', value: 'text/plain' }]);
    expect(upload.isResumable).toBe(true);
    expect((await uploaded(PDF, 'application/pdf')).__typename).toBe('CompleteUploadSuccess');
    expect((await uploaded(docx(), DOCX_TYPE)).__typename).toBe('CompleteUploadSuccess');
  });

  test('an upload that broke off is gone on with where it stopped', async () => {
    const { upload } = await announce(TEXT);
    const told = await send(upload.url, { method: 'HEAD' });
    expect([
      told.status,
      told.headers.get('upload-offset'),
      told.headers.get('upload-length'),
      told.headers.get('tus-resumable'),
    ]).toEqual([200, '0', String(TEXT.length), '1.0.0']);
    const first = await part(upload.url, TEXT.slice(0, 4_000), 0);
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '4000']);
    expect(await complete(upload.id)).toMatchObject({
      __typename: 'UploadIncomplete',
      receivedBytes: 4_000,
    });
    const wrong = await part(upload.url, TEXT.slice(5_000), 5_000);
    expect([wrong.status, wrong.headers.get('upload-offset')]).toEqual([409, '4000']);
    expect((await part(upload.url, `${TEXT.slice(4_000)}!`, 4_000)).status).toBe(413);
    expect((await part(upload.url, TEXT.slice(4_000), 4_000)).status).toBe(204);
    expect((await complete(upload.id)).__typename).toBe('CompleteUploadSuccess');
    expect((await send(upload.url, { method: 'HEAD' })).status).toBe(404);
  });

  test('a file that cannot be taken ends its upload, and says why in a word for programs', async () => {
    const bomb = docx({ name: 'bomb', bytes: Buffer.alloc(60_000_000) });
    for (const [bytes, type, reason] of [
      ['Casey', 'application/pdf', 'TYPE_DIFFERS'],
      [pdf('/Encrypt 5 0 R '), 'application/pdf', 'ENCRYPTED'],
      [PDF.subarray(0, 99), 'application/pdf', 'BROKEN'],
      [bomb, DOCX_TYPE, 'UNPACKS_TO_TOO_MUCH'],
    ] as const) {
      const refused = await uploaded(bytes, type);
      expect(refused).toMatchObject({ __typename: 'UploadRefused', reason });
      expect(refused.message).toContain('send');
    }
    expect((await announce(TEXT, 'image/png')).reason).toBe('TYPE_NOT_ALLOWED');
    expect((await announce('')).reason).toBe('SIZE_NOT_ALLOWED');
  });

  test('the file of a resume is had by its owner and staff, for a while, to be saved under its name', async () => {
    const { shop } = given();
    const { resume } = await uploaded(TEXT);
    for (const caller of [shop.customer, shop.staff]) {
      const { file } = (await shop.data(FILE, { id: resume.id }, caller)).resume;
      expect(Date.parse(file.expiresAt)).toBeGreaterThan(Date.now());
      const answer = await send(file.downloadUrl, {});
      expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
      expect(answer.headers.get('content-type')).toBe('text/plain');
      expect(answer.headers.get('content-disposition')).toContain(
        `attachment; filename="Lebenslauf _ Casey.txt"; filename*=UTF-8''Lebenslauf%20%E2%80%93%20Casey.txt`,
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(await shop.code(FILE, { id: resume.id }, shop.otherCustomer)).toBe('FORBIDDEN');
    expect((await send(forged(resume.file.downloadUrl), {})).status).toBe(403);
  });

  test('of two resumes with the same file each is had until it is deleted itself', async () => {
    const { shop } = given();
    const [one, other] = [await uploaded(TEXT), await uploaded(TEXT)];
    expect(one.resume.sha256).toBe(other.resume.sha256);
    await shop.data(DELETE, { id: one.resume.id }, shop.customer);
    expect((await send(one.resume.file.downloadUrl, {})).status).toBe(404);
    expect((await send(other.resume.file.downloadUrl, {})).status).toBe(200);
    await shop.data(DELETE, { id: other.resume.id }, shop.customer);
    expect((await send(other.resume.file.downloadUrl, {})).status).toBe(404);
  });
}

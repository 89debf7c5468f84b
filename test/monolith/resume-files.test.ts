import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { startTestMonolith, STAFF, type TestMonolith } from './test-monolith.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import { forged } from '../setup/forged.ts';

type Who = Partial<Identity>;

const MINUTE = 60_000;
const TEXT = 'Ada Lovelace\nada@example.com\n\nEXPERIENCE\n';

let directory: string;
let monolith: TestMonolith;
let shop: TestShop;
let owner: Awaited<ReturnType<TestShop['newCustomer']>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'resumes-'));
  monolith = await startTestMonolith({ UPLOAD_DIRECTORY: directory });
  shop = await openTestShop(monolith);
});
beforeEach(async () => {
  owner = await shop.newCustomer();
});
afterAll(async () => {
  await monolith.close();
  await rm(directory, { recursive: true, force: true });
});

const api = (method: string, path: string, body?: unknown, identity: Who = owner) =>
  monolith.call(method, `/api${path}`, { body, identity });
const announce = (fileName = 'resume.txt') =>
  api('POST', '/uploads/tickets', {
    file_name: fileName,
    mime_type: 'text/plain',
    size_bytes: TEXT.length,
    sha256: createHash('sha256').update(TEXT).digest('hex'),
  });
const complete = (id: string) => api('POST', `/uploads/${id}/complete`);

describe('a part of a file', () => {
  const head = (url: string) => fetch(monolith.url + url, { method: 'HEAD' });
  const patch = (url: string, bytes: string, offset: number, headers: object = {}) =>
    fetch(monolith.url + url, {
      method: 'PATCH',
      body: bytes,
      headers: {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
        ...headers,
      },
    });

  test('follows what has come, and is refused where it does not', async () => {
    const { upload_id: id, url } = (await announce()).body;
    expect((await patch(url, TEXT.slice(0, 9), 0)).headers.get('upload-offset')).toBe('9');
    const wrong = await patch(url, TEXT, 0);
    expect([wrong.status, (await wrong.json()).error]).toMatchObject([
      409,
      { code: 'WRONG_OFFSET', offset: 9 },
    ]);
    expect(wrong.headers.get('upload-offset')).toBe('9');
    expect((await complete(id)).body.error).toMatchObject({ received_bytes: 9 });
    expect((await patch(url, `${TEXT.slice(9)}!`, 9)).status).toBe(413);
    expect((await patch(url, TEXT.slice(9), 9, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await patch(url, TEXT.slice(9), 9, { 'tus-resumable': '9' })).status).toBe(412);
    const told = await head(url);
    expect([
      told.status,
      told.headers.get('upload-offset'),
      told.headers.get('upload-length'),
    ]).toEqual([200, '9', String(TEXT.length)]);
    expect((await patch(url, TEXT.slice(9), 9)).status).toBe(204);
    expect((await complete(id)).status).toBe(200);
    expect((await head(url)).status).toBe(404);
    expect((await head(forged(url))).status).toBe(403);
  });
});

describe('the file of a resume', () => {
  test('is had by a link, which its owner and staff are given', async () => {
    const { upload_id: id, url: sendTo } = (await announce('Ada’s CV.txt')).body;
    await fetch(monolith.url + sendTo, { method: 'PUT', body: TEXT });
    expect((await complete(id)).status).toBe(200);
    const links = async (identity: Who) =>
      (await api('POST', '/resumes/file-links', { ids: [id, randomUUID()] }, identity)).body.items;
    expect([await links({}), await links(await shop.newCustomer())]).toEqual([[], []]);
    for (const caller of [owner, STAFF]) {
      const [link] = await links(caller);
      expect(link.resume_id).toBe(id);
      const answer = await fetch(monolith.url + link.url);
      expect(await answer.text()).toBe(TEXT);
      expect(answer.headers.get('content-type')).toBe('text/plain');
      expect(answer.headers.get('content-disposition')).toContain(
        "filename*=UTF-8''Ada%E2%80%99s%20CV.txt",
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    const [{ url }] = await links(owner);
    const { url: uploadUrl } = (await announce()).body;
    for (const wrong of [
      forged(url),
      url.replace(/expires=\d+/, 'expires=99999999999'),
      url.replace(/\?.*/, ''),
      uploadUrl.replace(/\/[\da-f-]{36}\?/, `/${id}/file?`),
    ]) {
      expect([wrong, (await fetch(monolith.url + wrong)).status]).toEqual([wrong, 403]);
    }
    monolith.passTime(6 * MINUTE);
    expect((await fetch(monolith.url + url)).status).toBe(403);
    const [{ url: later }] = await links(owner);
    await api('DELETE', `/resumes/${id}`);
    expect((await fetch(monolith.url + later)).status).toBe(404);
  });
});

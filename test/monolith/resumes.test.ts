import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#platform/database/pool.ts';
import type { Identity } from '#platform/identity/identity.ts';
import { createLog } from '#platform/log.ts';
import { resumeFiles } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { sweepUploads } from '../../subgraphs/legacy/monolith/resumes/upload-sweep.ts';
import { docx, DOCX_TYPE, odt, ODT_TYPE, PDF } from '../setup/documents.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { startTestMonolith, STAFF, type TestMonolith } from './test-monolith.ts';
import { openTestShop, SERVICE, type TestShop } from './test-shop.ts';
import { forged } from '../setup/forged.ts';

type Who = Partial<Identity>;

const MINUTE = 60_000;
const TEXT = 'Ada Lovelace\nada@example.com\n\nEXPERIENCE\n';

let directory: string;
let databaseUrl: string;
let monolith: TestMonolith;
let shop: TestShop;
let owner: Awaited<ReturnType<TestShop['newCustomer']>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'resumes-'));
  databaseUrl = await createEmptyDatabase();
  monolith = await startTestMonolith({ UPLOAD_DIRECTORY: directory, DATABASE_URL: databaseUrl });
  shop = await openTestShop(monolith);
});
beforeEach(async () => {
  owner = await shop.newCustomer();
});
afterAll(async () => {
  await monolith.close();
  await rm(directory, { recursive: true, force: true });
});

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

const api = (method: string, path: string, body?: unknown, identity: Who = owner) =>
  monolith.call(method, `/api${path}`, { body, identity });

const announce = (bytes: string | Buffer, extra: object = {}) =>
  api('POST', '/uploads/tickets', {
    file_name: 'resume.txt',
    mime_type: 'text/plain',
    size_bytes: Buffer.byteLength(bytes),
    sha256: sha256(bytes),
    ...extra,
  });

const put = (url: string, body: string | Buffer | ReadableStream) =>
  fetch(`${monolith.url}${url}`, { method: 'PUT', body, duplex: 'half' } as RequestInit);

const complete = (id: string, identity: Who = owner) =>
  api('POST', `/uploads/${id}/complete`, undefined, identity);

async function upload(bytes: string | Buffer = TEXT, extra: object = {}) {
  const ticket = await announce(bytes, extra);
  expect(ticket.status).toBe(201);
  expect((await put(ticket.body.url, bytes)).status).toBe(204);
  const reply = await complete(ticket.body.upload_id);
  expect(reply.status).toBe(200);
  return reply.body;
}

const form = async (bytes: string | Buffer, name: string, type: string, field = 'file') => {
  const body = new FormData();
  body.append('note', 'not a file');
  body.append(field, new Blob([new Uint8Array(Buffer.from(bytes))], { type }), name);
  const encoded = new Response(body);
  const contentType = encoded.headers.get('content-type') ?? '';
  return { bytes: Buffer.from(await encoded.arrayBuffer()), contentType };
};

/** Sends a multipart form as its owner. */
async function sendForm(bytes: string | Buffer, name: string, type: string, field?: string) {
  const { bytes: body, contentType } = await form(bytes, name, type, field);
  const token = await monolith.authToken(owner.userId, 'customer');
  const response = await fetch(`${monolith.url}/api/uploads`, {
    method: 'POST',
    headers: { 'content-type': contentType, authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  });
  return { status: response.status, body: await response.json() };
}

/** Every file below the upload directory that has to do with an id. */
async function filesOf(id: string): Promise<string[]> {
  return (await allFiles()).filter((path) => path.includes(id));
}

async function allFiles(): Promise<string[]> {
  const all = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile());
  return files.map((entry) => relative(directory, join(entry.parentPath, entry.name))).sort();
}

const drafts = async () => (await allFiles()).filter((path) => path.startsWith('drafts'));
const keptAt = (id: string) => join('resumes', id.slice(0, 2), id);

describe('an upload by ticket', () => {
  test('becomes a resume, with the same id, however often it is completed', async () => {
    const ticket = await announce(TEXT, { file_name: ' Lebenslauf – Ada.txt ' });
    expect(ticket.status).toBe(201);
    const { upload_id: id, url, expires_at } = ticket.body;
    expect(url).toMatch(new RegExp(`^/uploads/${id}\\?expires=\\d+&signature=[\\w-]+$`));
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(14 * MINUTE);
    expect((await put(url, TEXT)).status).toBe(204);
    const done = await Promise.all([complete(id), complete(id), complete(id)]);
    expect(done[0]).toMatchObject({
      status: 200,
      body: {
        resume_id: id,
        user_id: owner.userId,
        file_name: 'Lebenslauf – Ada.txt',
        mime_type: 'text/plain',
        size_bytes: TEXT.length,
        sha256: sha256(TEXT),
      },
    });
    expect(done.map(({ body }) => body)).toEqual([done[0].body, done[0].body, done[0].body]);
    expect(await filesOf(id)).toEqual([keptAt(id)]);
    expect(await readFile(join(directory, keptAt(id)), 'utf8')).toBe(TEXT);
  });

  test('takes the bytes of any type, in any number of pieces, of ten megabytes', async () => {
    const bytes = Buffer.alloc(10_485_760, 'x');
    const ticket = await announce(bytes);
    const pieces = Readable.toWeb(
      Readable.from([
        bytes.subarray(0, 7),
        bytes.subarray(7, 5_000_000),
        bytes.subarray(5_000_000),
      ]),
    );
    expect((await put(ticket.body.url, pieces as ReadableStream)).status).toBe(204);
    expect((await complete(ticket.body.upload_id)).body.size_bytes).toBe(10_485_760);
  });

  test('with more bytes than announced, however they came, is sent again', async () => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    await put(url, TEXT);
    await writeFile(join(directory, 'incoming', id), `${TEXT}and more`);
    const reply = await complete(id);
    expect([reply.status, reply.body.error.code]).toEqual([409, 'UPLOAD_INCOMPLETE']);
    expect(reply.body.error.message).toContain('More bytes');
    expect(await filesOf(id)).toEqual([]);
    await put(url, TEXT);
    expect((await complete(id)).status).toBe(200);
  });

  test.each([
    ['nothing was sent', null, 0, 'No file has been received'],
    ['too little was sent', TEXT.slice(1), TEXT.length - 1, 'announced bytes were received'],
    ['other bytes were sent', TEXT.replace('A', 'B'), TEXT.length, 'SHA-256 differs'],
  ])('is incomplete when %s, and can be mended', async (_what, bytes, received, message) => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    if (bytes !== null) await put(url, bytes);
    const refused = await complete(id);
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'UPLOAD_INCOMPLETE', received_bytes: received } },
    });
    expect(refused.body.error.message).toContain(message);
    await put(url, TEXT);
    expect((await complete(id)).status).toBe(200);
  });

  test.each([
    ['application/pdf', PDF, Buffer.from('PK\u0003\u0004')],
    [DOCX_TYPE, docx(), PDF],
    [ODT_TYPE, odt(), docx()],
    ['text/plain; charset=utf-8', Buffer.from('職務経歴書'), Buffer.from([0xc3, 0x28])],
    ['Text/Markdown', Buffer.from('# Ada'), Buffer.from('a\0b')],
  ])('of %s is what its bytes say it is, else it ends', async (mime_type, right, wrong) => {
    expect((await upload(right, { mime_type })).size_bytes).toBe(right.length);
    const { upload_id: id, url } = (await announce(wrong, { mime_type })).body;
    await put(url, wrong);
    const refused = await complete(id);
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'UPLOAD_REFUSED',
      reason: 'TYPE_DIFFERS',
      message: expect.stringContaining('The file is not '),
    });
    expect(await filesOf(id)).toEqual([]);
    expect((await complete(id)).status).toBe(404);
  });

  test('takes no more bytes than were announced, whether or not it is told how many come', async () => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    const tooLong = await put(url, `${TEXT}!`);
    expect(tooLong.status).toBe(413);
    expect(await tooLong.json()).toMatchObject({ error: { code: 'TOO_LARGE' } });
    const chunks = () => Readable.toWeb(Readable.from([Buffer.from(TEXT), Buffer.alloc(300_000)]));
    expect((await put(url, chunks() as ReadableStream)).status).toBe(413);
    expect(await filesOf(id)).toEqual([]);
    expect((await complete(id)).body.error.received_bytes).toBe(0);
  });

  test('leaves nothing behind when the sender goes away half-way', async () => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    const sending = request(`${monolith.url}${url}`, {
      method: 'PUT',
      headers: { 'content-length': TEXT.length },
    });
    sending.on('error', () => {});
    sending.write(TEXT.slice(0, 10));
    await expect.poll(drafts).toHaveLength(1);
    sending.destroy();
    await expect.poll(drafts).toEqual([]);
    expect(await filesOf(id)).toEqual([]);
  });

  test('needs the signature of its URL, and comes in time', async () => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    const other = (await announce(TEXT)).body;
    const wrong = [
      forged(url),
      url.replace(/expires=\d+/, 'expires=99999999999'),
      url.replace(/expires=\d+/, 'expires=soon'),
      url.replace(/&signature=.*/, ''),
      url.replace(/\?.*/, ''),
      other.url.replace(other.upload_id, id),
    ];
    for (const attempt of wrong) {
      const refused = await put(attempt, TEXT);
      expect([attempt, refused.status]).toEqual([attempt, 403]);
    }
    monolith.passTime(16 * MINUTE);
    const late = await put(url, TEXT);
    expect(late.status).toBe(403);
    expect(await late.text()).toContain('has expired');
    expect(await filesOf(id)).toEqual([]);
  });

  test('cannot change after it was completed', async () => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    await put(url, TEXT);
    await complete(id);
    expect((await put(url, TEXT.toUpperCase())).status).toBe(404);
    expect(await readFile(join(directory, keptAt(id)), 'utf8')).toBe(TEXT);
  });

  test('is nobody else’s to complete', async () => {
    const { upload_id: id, url } = (await announce(TEXT)).body;
    await put(url, TEXT);
    expect((await complete(id, await shop.newCustomer())).status).toBe(404);
    expect((await complete(id, {})).status).toBe(401);
    expect((await complete(id)).status).toBe(200);
    expect((await complete(id, await shop.newCustomer())).status).toBe(404);
  });

  test('never makes a path of a file name', async () => {
    const before = await readdir(tmpdir());
    const names = ['../../../tmp/evil.txt', '/etc/passwd', '..\\..\\evil.txt', '.'];
    for (const file_name of names) {
      const resume = await upload(TEXT, { file_name });
      expect(resume.file_name).toBe(file_name);
      expect(await filesOf(resume.resume_id)).toEqual([keptAt(resume.resume_id)]);
    }
    expect((await readdir(tmpdir())).includes('evil.txt')).toBe(before.includes('evil.txt'));
    const outside = resumeFiles(directory).receive('../outside', Readable.from(['x']), {
      offset: 0,
      limit: 9,
      mayBreakOff: false,
    });
    await expect(outside).rejects.toThrow('only a UUID');
  });

  test.each([
    [{ mime_type: 'application/zip' }, 'UPLOAD_REFUSED', 'type of file'],
    [{ size_bytes: 0 }, 'UPLOAD_REFUSED', '1 to 10,485,760'],
    [{ size_bytes: 10_485_761 }, 'UPLOAD_REFUSED', '1 to 10,485,760'],
    [{ file_name: ' ' }, 'VALIDATION', 'file_name'],
    [{ file_name: 'a\nb' }, 'VALIDATION', 'file_name'],
    [{ sha256: 'abc' }, 'VALIDATION', 'sha256'],
  ])('of %j is refused', async (extra, code, says) => {
    const { body } = await announce(TEXT, extra);
    expect(body.error.code).toBe(code);
    expect(JSON.stringify(body.error)).toContain(says);
  });

  test('is refused when the account holds fifty, also when the last two come at once', async () => {
    await monolith.sql(
      `insert into resumes select gen_random_uuid(), $1, 'x', 'text/plain', 1, repeat('0', 64), now()
       from generate_series(1, 49)`,
      [owner.userId],
    );
    const tickets = await Promise.all([announce(TEXT), announce(TEXT), announce(TEXT)]);
    const refused = tickets.filter(({ status }) => status !== 201);
    const codes = refused.map(({ body }) => body.error.code);
    expect(codes).toEqual(['UPLOAD_REFUSED', 'UPLOAD_REFUSED']);
  });
});

describe('an account that the monolith does not know', () => {
  const unknown = { code: 'ACCOUNT_UNKNOWN_HERE' };

  test('cannot upload yet, and is told why', async () => {
    owner = { userId: randomUUID(), role: 'customer' };
    expect(await announce(TEXT)).toMatchObject({ status: 409, body: { error: unknown } });
    const sent = await sendForm(TEXT, 'resume.txt', 'text/plain');
    expect(sent).toMatchObject({ status: 409, body: { error: unknown } });
  });
});

describe('an upload that was never completed', () => {
  test('is swept with its file, and so is what a crash left behind', async () => {
    const kept = await upload();
    const { upload_id: id, url, expires_at } = (await announce(TEXT)).body;
    const now = Date.parse(expires_at) - 15 * MINUTE;
    await put(url, TEXT);
    const leftovers = [join('drafts', randomUUID()), join('incoming', `${randomUUID()}.5`)];
    const anHourAgo = Date.now() / 1_000 - 3_600;
    for (const leftover of leftovers) {
      await writeFile(join(directory, leftover), 'half');
      await utimes(join(directory, leftover), anHourAgo, anHourAgo);
    }
    const database = openDatabase({
      url: databaseUrl,
      poolSize: 1,
      applicationName: 'sweep',
      log: createLog('sweep', 'silent'),
    });
    const sweep = (minutes: number) =>
      sweepUploads({
        db: database.db,
        ownership: ownershipHere(database.db, 'legacy'),
        storage: resumeFiles(directory),
        clock: () => new Date(now + minutes * MINUTE),
      });
    await sweep(29);
    expect(await filesOf(id)).toEqual([join('incoming', id)]);
    expect((await allFiles()).filter((path) => leftovers.includes(path))).toEqual([]);
    await sweep(31);
    await database.close();
    expect(await filesOf(id)).toEqual([]);
    expect((await complete(id)).status).toBe(404);
    expect((await api('GET', `/resumes/${kept.resume_id}`)).status).toBe(200);
    expect(await filesOf(kept.resume_id)).toHaveLength(1);
  });
});

describe('an upload as a form', () => {
  test('becomes a resume at once', async () => {
    const { status, body } = await sendForm(TEXT, 'ada.md', 'application/octet-stream');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      user_id: owner.userId,
      file_name: 'ada.md',
      mime_type: 'text/markdown',
      sha256: sha256(TEXT),
    });
    expect(await filesOf(body.resume_id)).toEqual([keptAt(body.resume_id)]);
  });

  test('goes to the disk while it comes', async () => {
    const content = Buffer.alloc(4_000_000, 'x');
    const { bytes, contentType } = await form(content, 'large.txt', 'text/plain');
    const token = await monolith.authToken(owner.userId, 'customer');
    const headers = { 'content-type': contentType, authorization: `Bearer ${token}` };
    const sent = request(`${monolith.url}/api/uploads`, { method: 'POST', headers });
    const answer = new Promise<number | undefined>((answered, failed) => {
      sent.on('response', (response) => answered(response.resume().statusCode));
      sent.on('error', failed);
    });
    sent.write(bytes.subarray(0, 3_000_000));
    await expect
      .poll(async () => {
        const sizes = (await drafts()).map(
          async (path) => (await stat(join(directory, path))).size,
        );
        return Math.max(0, ...(await Promise.all(sizes)));
      })
      .toBeGreaterThan(1_000_000);
    sent.end(bytes.subarray(3_000_000));
    expect(await answer).toBe(201);
    expect(await drafts()).toEqual([]);
  });

  test('is refused, and leaves nothing, when it is too large, empty or not what it says', async () => {
    const before = await allFiles();
    const large = await sendForm(Buffer.alloc(10_485_761, 'x'), 'a.txt', 'text/plain');
    expect([large.status, large.body.error.code]).toEqual([413, 'TOO_LARGE']);
    const refusals = [
      await sendForm('hello', 'a.pdf', 'application/pdf'),
      await sendForm('', 'a.txt', 'text/plain'),
      await sendForm('hello', 'a.exe', 'application/x-msdownload'),
    ];
    for (const { status, body } of refusals) {
      expect([status, body.error.code]).toEqual([409, 'UPLOAD_REFUSED']);
    }
    expect(await allFiles()).toEqual(before);
    const [left] = await monolith.sql('select count(*)::int from uploads where user_id = $1', [
      owner.userId,
    ]);
    expect(left.count).toBe(0);
  });

  test('that breaks off is refused, and leaves nothing', async () => {
    const before = await allFiles();
    const whole = await form('x'.repeat(100_000), 'a.txt', 'text/plain');
    const token = await monolith.authToken(owner.userId, 'customer');
    const headers = { 'content-type': whole.contentType, authorization: `Bearer ${token}` };
    for (const length of [50, 300, 50_000, whole.bytes.length - 5]) {
      const body = new Uint8Array(whole.bytes.subarray(0, length));
      const reply = await fetch(`${monolith.url}/api/uploads`, { method: 'POST', headers, body });
      expect([length, reply.status >= 400 && reply.status < 500]).toEqual([length, true]);
      const sending = request(`${monolith.url}/api/uploads`, {
        method: 'POST',
        headers: { ...headers, 'content-length': whole.bytes.length },
      });
      sending.on('error', () => {});
      sending.write(body);
      setTimeout(() => sending.destroy(), 100);
      await new Promise((resolve) => sending.on('close', resolve));
    }
    await expect.poll(allFiles).toEqual(before);
  });

  test('needs a login and the field "file"', async () => {
    const wrongField = await sendForm(TEXT, 'a.txt', 'text/plain', 'document');
    expect(wrongField.body.error.fields[0].field).toBe('file');
    expect((await api('POST', '/uploads', { file: 'x' })).status).toBe(422);
    const { bytes, contentType } = await form(TEXT, 'a.txt', 'text/plain');
    const response = await fetch(`${monolith.url}/api/uploads`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: new Uint8Array(bytes),
    });
    expect(response.status).toBe(401);
  });
});

describe('a resume', () => {
  const get = (id: string, identity: Who = owner) =>
    api('GET', `/resumes/${id}`, undefined, identity);

  test('is read by its owner and by staff', async () => {
    const { resume_id: id } = await upload();
    const stranger = await shop.newCustomer();
    expect((await get(id)).body).toEqual((await get(id, STAFF)).body);
    expect((await get(id, SERVICE)).status).toBe(200);
    expect((await get(id, stranger)).body.error.code).toBe('FORBIDDEN');
    expect((await get(randomUUID(), stranger)).body.error.code).toBe('NOT_FOUND');
    const lookUp = async (identity: Who) =>
      (await api('POST', '/resumes/lookup', { ids: [id] }, identity)).body.items.length;
    expect([await lookUp(owner), await lookUp(stranger), await lookUp({})]).toEqual([1, 0, 0]);
  });

  test('is deleted with its file and its reviews, by nobody else', async () => {
    const { resume_id: id } = await upload();
    const review = await api('POST', '/reviews', { resume_id: id });
    const remove = (identity: Who) => api('DELETE', `/resumes/${id}`, undefined, identity);
    expect((await remove(await shop.newCustomer())).status).toBe(404);
    expect((await remove(owner)).body).toEqual({ deleted_id: id });
    expect(await filesOf(id)).toEqual([]);
    expect((await get(id)).status).toBe(404);
    expect((await api('GET', `/reviews/${review.body.review_id}`)).status).toBe(404);
    expect((await remove(owner)).status).toBe(404);
    expect((await complete(id)).status).toBe(404);
    expect(await monolith.sql('select from uploads where upload_id = $1', [id])).toEqual([]);
    const noted =
      'select user_id, deleted_by, size_bytes, reviews from resume_deletions where resume_id = $1';
    const [user_id, size_bytes] = [owner.userId, TEXT.length];
    const row = { user_id, deleted_by: user_id, size_bytes, reviews: 1 };
    expect(await monolith.sql(noted, [id])).toEqual([row]);
  });

  test('stands in lists newest first, one page per account, by two statements', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.unshift((await upload()).resume_id);
    const mine = await api('GET', '/resumes/mine?limit=2');
    expect(mine.body).toMatchObject({ total: 3, has_more: true });
    const after = encodeURIComponent(JSON.stringify(mine.body.keys[1]));
    const rest = await api('GET', `/resumes/mine?limit=2&after_key=${after}`);
    const idsOf = (items: { resume_id: string }[]) => items.map((item) => item.resume_id);
    expect([...idsOf(mine.body.items), ...idsOf(rest.body.items)]).toEqual(ids);
    const other = await shop.newCustomer();
    const body = { user_ids: [other.userId, owner.userId], limit: 2 };
    const statements = await monolith.statementsOf(async () => {
      const { groups } = (await api('POST', '/resumes/by-users', body, STAFF)).body;
      expect(groups).toMatchObject([
        { owner_id: other.userId, items: [], total: 0, has_more: false },
        { owner_id: owner.userId, total: 3, has_more: true, keys: mine.body.keys },
      ]);
    });
    expect(statements).toBe(2);
    expect((await api('POST', '/resumes/by-users', body)).status).toBe(403);
  });
});

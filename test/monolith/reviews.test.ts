import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { documentOf } from '#platform/resumes/documents/document.ts';
import { readPlainText } from '#platform/resumes/documents/plain-text.ts';
import { readingOf } from '#platform/resumes/structure/json-resume.ts';
import { resumeFiles } from '../../subgraphs/legacy/monolith/resumes/storage.ts';
import { reviewOf } from '../../subgraphs/legacy/monolith/reviews/reviewer.ts';
import { turns } from '../../subgraphs/legacy/monolith/reviews/turns.ts';
import { PDF } from '../setup/documents.ts';
import { startTestMonolith, STAFF, type TestMonolith } from './test-monolith.ts';
import { openTestShop, SERVICE, type TestShop } from './test-shop.ts';

type Who = Partial<Identity>;

const GOOD = `Mika Tanaka
mika.tanaka@example.com | +81 3 1234 5678 | Yokohama

SUMMARY

Logistics lead with ten years in cold-chain warehouses who turns slow sites into reliable ones.

EXPERIENCE

Warehouse manager, Polar Freight, Yokohama
2019 – present
- Led 45 pickers on two shifts and cut picking errors by 38%
- Negotiated carrier contracts that saved 1.2 million yen a month
- Introduced a forecasting model in Python that lowered stock-outs from 9% to 2%

Shift supervisor, Harbour Lines, Kobe
2014 – 2019
- Trained 60 new staff and raised on-time dispatch from 81% to 97%
- Built the first safety programme: 700 days without an accident

EDUCATION

2014  BSc Industrial Engineering, Osaka

SKILLS

Warehouse management, forecasting, Python, SQL, negotiation, lean, cold chain
`;

const BAD = `Curriculum vitae

I am a hard worker and a team player.
- Responsible for various tasks in the warehouse
- Helped with other duties as needed
`;

const JOB = `We look for a warehouse manager for our cold chain site. You lead pickers on several shifts, negotiate with
carriers, improve forecasting and safety, and know SQL or Python.`;

let directory: string;
let monolith: TestMonolith;
let shop: TestShop;
let owner: Awaited<ReturnType<TestShop['newCustomer']>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reviews-'));
  monolith = await startTestMonolith({ UPLOAD_DIRECTORY: directory });
  shop = await openTestShop(monolith);
  owner = await shop.newCustomer();
});
afterAll(async () => {
  await monolith.close();
  await rm(directory, { recursive: true, force: true });
});

const api = (method: string, path: string, body?: unknown, identity: Who = owner) =>
  monolith.call(method, `/api${path}`, { body, identity });

async function upload(text: string, mime_type = 'text/plain'): Promise<string> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const file = { file_name: 'cv', mime_type, size_bytes: Buffer.byteLength(text), sha256 };
  const { upload_id, url } = (await api('POST', '/uploads/tickets', file)).body;
  await fetch(`${monolith.url}${url}`, { method: 'PUT', body: text });
  expect((await api('POST', `/uploads/${upload_id}/complete`)).status).toBe(200);
  return upload_id;
}

const review = async (text: string, job_desc?: string) =>
  (await api('POST', '/reviews', { resume_id: await upload(text), job_desc })).body;

interface Section {
  name: string;
  score: number;
  findings: { level: string; text: string; quote?: string; advice?: string }[];
}

const section = (from: { sections: Section[] }, name: string) =>
  from.sections.find((candidate) => candidate.name === name) as Section;

describe('a review', () => {
  test('puts a good resume well above a bad one, and quotes what it found', async () => {
    const [good, bad] = [await review(GOOD), await review(BAD)];
    expect(good).toMatchObject({ state: 'DONE', error_msg: null, job_desc: null });
    expect(good.score).toBeGreaterThanOrEqual(90);
    expect(bad.score).toBeLessThanOrEqual(40);
    const names = good.sections.map(({ name }: Section) => name);
    expect(names).toEqual(['Contact', 'Structure', 'Chronology', 'Experience', 'Language']);
    const praise = section(good, 'Experience').findings.map(({ quote }) => quote);
    expect(praise).toContain('Led 45 pickers on two shifts and cut picking errors by 38%');
    expect(section(bad, 'Contact').findings[0]).toMatchObject({
      level: 'CRITICAL',
      advice: 'Put your e-mail address below your name.',
    });
    expect(section(bad, 'Experience').findings).toContainEqual(
      expect.objectContaining({
        level: 'WARNING',
        quote: 'Responsible for various tasks in the warehouse',
      }),
    );
  });

  test('quotes nothing that the resume does not say, and names the gravest first', async () => {
    const gravity = ['CRITICAL', 'WARNING', 'HINT', 'PRAISE'];
    for (const text of [GOOD, BAD]) {
      for (const { name, findings } of (await review(text, JOB)).sections as Section[]) {
        const levels = findings.map(({ level }) => gravity.indexOf(level));
        expect(levels).toEqual(levels.toSorted((a, b) => a - b));
        for (const { quote } of findings) {
          if (quote !== undefined)
            expect([name, text]).toEqual([name, expect.stringContaining(quote)]);
        }
      }
    }
  });

  test('holds the resume against a job, where one is given', async () => {
    const fitting = await review(GOOD, JOB);
    const other = await review(GOOD, 'Pastry chef: bake bread, decorate cakes, order flour.');
    expect(section(fitting, 'Job match').score).toBeGreaterThanOrEqual(80);
    expect(section(other, 'Job match').score).toBeLessThanOrEqual(20);
    expect(fitting.score).toBeGreaterThan(other.score);
    expect(fitting.job_desc).toBe(JOB);
    const missing = section(other, 'Job match').findings.find(({ text }) =>
      text.includes('not in'),
    );
    expect(missing?.text).toContain('flour');
    expect((await review(GOOD, '  ')).job_desc).toBeNull();
  });

  test('finds the parts of a Japanese resume', async () => {
    const text = `山田花子\nhanako@example.jp | +81 90 1234 5678\n\n職務要約\n\n営業十年。\n\n職務経歴\n\n営業部長\n2015 – 現在\n- 売上を30%伸ばした\n\n学歴\n\n2014 東京大学\n\nスキル\n\nExcel`;
    const { sections } = await review(text);
    const praise = section({ sections }, 'Structure').findings.find(
      ({ level }) => level === 'PRAISE',
    );
    expect(praise?.text).toContain('職務要約, 職務経歴, 学歴, スキル');
    expect(section({ sections }, 'Experience').score).toBeGreaterThanOrEqual(90);
  });

  test('is the same for the same resume', async () => {
    const [one, two] = [await review(GOOD, JOB), await review(GOOD, JOB)];
    expect([two.score, two.sections]).toEqual([one.score, one.sections]);
  });

  test('says honestly what it cannot read', async () => {
    const pdf = await upload(PDF.toString(), 'application/pdf');
    const failed = (await api('POST', '/reviews', { resume_id: pdf })).body;
    expect(failed).toMatchObject({ state: 'ERR', score: null, sections: [] });
    expect(failed.error_msg).toContain('The PDF has no text');
    const lost = await upload(GOOD);
    await resumeFiles(directory).remove(lost);
    const missing = (await api('POST', '/reviews', { resume_id: lost })).body;
    expect(missing).toMatchObject({ state: 'ERR', score: null });
    expect(missing.error_msg).toContain('is missing');
  });
});

test('the log says what was behind a file that cannot be read', async () => {
  const resumeId = await upload(GOOD);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const resume = { resumeId, mimeType: 'application/pdf' };
  const { state, errorMsg } = await reviewOf(
    { storage: resumeFiles(directory), log },
    resume,
    null,
  );
  expect([state, errorMsg]).toEqual(['ERR', expect.stringContaining('The PDF is broken')]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      resume: resumeId,
      reason: errorMsg,
      err: { message: expect.stringContaining('InvalidPDFException') },
    },
  ]);
});

describe('what was read for a review', () => {
  const reading = (id: string, identity: Who = owner) =>
    api('GET', `/reviews/${id}/reading`, undefined, identity);

  test('is given to whoever may see the review', async () => {
    const { review_id } = await review(GOOD);
    const { status, body } = await reading(review_id);
    const expected = readingOf(documentOf(readPlainText(GOOD)));
    expect([status, body]).toEqual([200, { review_id, ...expected }]);
    expect(body.resume.basics).toMatchObject({ name: 'Mika Tanaka' });
    const lookup = (identity: Who) =>
      api('POST', '/reviews/readings', { ids: [review_id, randomUUID()] }, identity);
    expect((await lookup(owner)).body.items).toEqual([body]);
    expect((await lookup(STAFF)).body.items).toEqual([body]);
    const stranger = await shop.newCustomer();
    expect((await lookup(stranger)).body.items).toEqual([]);
    expect((await reading(review_id, stranger)).status).toBe(403);
    expect((await reading(review_id, {})).status).toBe(401);
    expect((await reading(randomUUID())).status).toBe(404);
  });

  test('is not there where nothing could be read', async () => {
    const pdf = await upload(PDF.toString(), 'application/pdf');
    const { review_id } = (await api('POST', '/reviews', { resume_id: pdf })).body;
    expect((await reading(review_id)).status).toBe(404);
    expect((await api('POST', '/reviews/readings', { ids: [review_id] })).body.items).toEqual([]);
  });

  test('is read for nobody who asks for reviews only', async () => {
    const written = await review(GOOD);
    await monolith.sql('alter table ai_reviews rename column reading to away');
    try {
      const ids = { ids: [written.review_id] };
      expect((await api('POST', '/reviews/lookup', ids)).body.items).toEqual([written]);
      const resumes = { resume_ids: [written.resume_id] };
      const { groups } = (await api('POST', '/reviews/by-resumes', resumes)).body;
      expect(groups[0].items).toEqual([written]);
      expect((await reading(written.review_id)).status).toBe(500);
    } finally {
      await monolith.sql('alter table ai_reviews rename column away to reading');
    }
  });
});

describe('reviews', () => {
  test('are asked for and read by the account of the resume and by staff', async () => {
    const resume_id = await upload(GOOD);
    const stranger = await shop.newCustomer();
    const ask = (identity: Who) => api('POST', '/reviews', { resume_id }, identity);
    expect((await ask(stranger)).status).toBe(404);
    expect((await ask({})).status).toBe(401);
    const { status, body } = await ask(owner);
    expect(status).toBe(201);
    const get = (identity: Who, id = body.review_id) =>
      api('GET', `/reviews/${id}`, undefined, identity);
    expect((await get(owner)).body).toEqual(body);
    expect((await get(STAFF)).body).toEqual(body);
    expect((await get(SERVICE)).body).toEqual(body);
    expect((await get(stranger)).status).toBe(403);
    expect((await get(stranger, randomUUID())).status).toBe(404);
    const ids = { ids: [body.review_id] };
    expect((await api('POST', '/reviews/lookup', ids)).body.items).toEqual([body]);
    expect((await api('POST', '/reviews/lookup', ids, stranger)).body.items).toEqual([]);
    const tooLong = await api('POST', '/reviews', { resume_id, job_desc: 'x'.repeat(20_001) });
    expect(tooLong.body.error.fields[0].field).toBe('job_desc');
    const keyed = { resume_id, idem_key: 'the same key' };
    const [one, two] = [await api('POST', '/reviews', keyed), await api('POST', '/reviews', keyed)];
    expect(two.body).toEqual(one.body);
    const other = await api('POST', '/reviews', { ...keyed, job_desc: 'Another job' });
    expect(other.body.error.fields[0].field).toBe('idem_key');
  });

  test('wait for their turn before any file is read, and more than can wait are refused', async () => {
    let mayRead = () => {};
    const gate = new Promise<void>((open) => (mayRead = open));
    let [opened, closed] = [0, 0];
    const inTurn = turns(2, 3);
    const read = async () => {
      opened++;
      await gate;
      closed++;
      return closed;
    };
    const all = Array.from({ length: 5 }, () => inTurn(read));
    expect(opened).toBe(2);
    await expect(inTurn(read)).rejects.toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    await expect(inTurn(read)).rejects.toThrow('ask again');
    expect(opened).toBe(2);
    mayRead();
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
    // One that fails gives its turn back, too.
    await expect(inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await Promise.all([inTurn(read), inTurn(read), inTurn(read)])).toEqual([6, 7, 8]);
  });

  test('of which too many are asked for at once are refused, the others written', async () => {
    const resume_id = await upload(PDF.toString(), 'application/pdf');
    const ask = () => api('POST', '/reviews', { resume_id });
    const answers = await Promise.all(Array.from({ length: 40 }, ask));
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body.error).toMatchObject({ code: 'UNAVAILABLE', retry_after: 5 });
    const written = answers.filter(({ status }) => status === 201);
    expect(written.length).toBeGreaterThanOrEqual(22);
    expect(written.length + refused.length).toBe(40);
  });

  test('of many resumes come with one statement, newest first', async () => {
    const [one, two] = [await upload(GOOD), await upload(BAD)];
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) {
      ids.unshift((await api('POST', '/reviews', { resume_id: one })).body.review_id);
    }
    const ask = (identity: Who) =>
      api('POST', '/reviews/by-resumes', { resume_ids: [two, one] }, identity);
    const { groups } = (await ask(owner)).body;
    expect(groups.map((group: { owner_id: string }) => group.owner_id)).toEqual([two, one]);
    expect(groups[0].items).toEqual([]);
    const found = groups[1].items.map((item: { review_id: string }) => item.review_id);
    expect(found).toEqual(ids);
    expect(await monolith.statementsOf(() => ask(owner))).toBe(1);
    const stranger = await shop.newCustomer();
    expect((await ask(stranger)).body.groups[1].items).toEqual([]);
  });
});

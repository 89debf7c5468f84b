import { createHash, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { notebook, writesOf, type Notebook } from './noted-calls.ts';
import { startTwoOwners, type TwoOwners } from './two-owners.ts';

// Two dozen calls, each of which waits until both sides hold what it wrote.
vi.setConfig({ testTimeout: 120_000 });

let owners: TwoOwners;
let customer: Partial<Identity>;
let other: Partial<Identity>;

beforeAll(async () => {
  owners = await startTwoOwners('upload', 'ai');
  const rows = await owners.sql(
    `select user_id from app_users where role_cd = 'CUST'
       and not exists (select from resumes where resumes.user_id = app_users.user_id) order by user_id limit 2`,
  );
  const [one, another] = rows.map(({ user_id }) => user_id as string);
  customer = { userId: one, role: 'customer' };
  other = { userId: another, role: 'customer' };
});
afterAll(() => owners?.close());

const TEXT = '# Ada Lovelace\nada@example.com\n\n## Experience\n- Wrote 1 program in 1843\n';
const announcement = (text: string) => ({
  file_name: 'resume.md',
  mime_type: 'text/markdown',
  size_bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
});

async function keepResumes({ call }: Notebook): Promise<void> {
  const ticketOf = (body: object, identity: Partial<Identity> | undefined = customer) =>
    call('POST', '/api/uploads/tickets', { body, identity });
  const { body: ticket } = await ticketOf(announcement(TEXT));
  await ticketOf({ ...announcement(TEXT), file_name: 'a\nb', sha256: 'x' });
  await ticketOf({ ...announcement(TEXT), mime_type: 'image/png' });
  await ticketOf({ ...announcement(TEXT), size_bytes: 5_000_000_000 });
  await ticketOf(announcement(TEXT), {});
  const complete = (id: string, identity = customer) =>
    call('POST', `/api/uploads/${id}/complete`, { identity });
  const put = (url: string, body: string) => call('PUT', url, { body });
  await complete(ticket.upload_id);
  await put(ticket.url, `${TEXT} and more`);
  await put(ticket.url.replace('signature=', 'signature=x'), TEXT);
  await put(ticket.url, TEXT.toUpperCase());
  await complete(ticket.upload_id);
  await put(ticket.url, TEXT);
  await complete(ticket.upload_id, other);
  const { body: resume } = await complete(ticket.upload_id);
  await complete(ticket.upload_id);
  await complete(randomUUID());
  await put(ticket.url, TEXT);
  await call('GET', `/api/resumes/${resume.resume_id}`, { identity: customer });

  const review = (body: object, identity: Partial<Identity> | undefined = customer) =>
    call('POST', '/api/reviews', { body, identity });
  const { body: done } = await review({ resume_id: resume.resume_id, job_desc: ' Programs ' });
  await call('GET', `/api/reviews/${done.review_id}`, { identity: customer });
  await call('GET', `/api/reviews/${done.review_id}/reading`, { identity: customer });
  await review({ resume_id: resume.resume_id, job_desc: 'x'.repeat(20_001) });
  await review({ resume_id: randomUUID() });
  await review({ resume_id: resume.resume_id }, other);
  await review({ resume_id: resume.resume_id }, {});

  const upload = (content: string, name: string, type: string) => {
    const form = new FormData();
    form.set('file', new Blob([content], { type }), name);
    return call('POST', '/api/uploads', { body: form, identity: customer });
  };
  const { body: atOnce } = await upload(TEXT, 'cv.md', 'application/octet-stream');
  await upload('no PDF', 'cv.pdf', 'application/pdf');
  await upload(TEXT, 'cv.png', 'image/png');
  await upload('', 'cv.txt', 'text/plain');
  await upload('x'.repeat(10_485_761), 'cv.txt', 'text/plain');

  const remove = (id: string, identity = customer) =>
    call('DELETE', `/api/resumes/${id}`, { identity });
  await remove(resume.resume_id, other);
  await remove(resume.resume_id);
  await remove(resume.resume_id);
  await remove(atOnce.resume_id);
  await call('GET', `/api/reviews/${done.review_id}`, { identity: customer });
}

async function requestsToService(): Promise<number> {
  const metrics = await fetch(`${owners.stack.url('resume-review')}/metrics`);
  const counts = (await metrics.text()).matchAll(/^http_requests_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('resumes that the resume-review service owns', () => {
  test('come in, are reviewed and go by the same calls with the same answers', async () => {
    const [here, there] = [notebook(owners), notebook(owners)];
    await keepResumes(here);
    await owners.give('new');
    await keepResumes(there);
    expect(here.calls.map(({ status }) => status)).toEqual([
      201, 422, 409, 409, 401, 409, 413, 403, 204, 409, 204, 404, 200, 200, 404, 404, 200, 201, 200,
      200, 422, 404, 404, 401, 201, 409, 409, 409, 413, 404, 200, 404, 200, 404,
    ]);
    expect(JSON.stringify(here.calls)).toContain('"pointer":"/basics/email"');
    expect(there.calls).toEqual(here.calls);

    await owners.pauseRelay(true);
    const alone = notebook(owners);
    await keepResumes(alone);
    expect(writesOf(alone.calls)).toEqual(writesOf(here.calls));
    await owners.pauseRelay(false);
  });

  test('are reviewed for as long as it takes, which is asked about ever more rarely', async () => {
    await owners.give('new');
    const form = new FormData();
    form.set('file', new File([TEXT], 'cv.txt', { type: 'text/plain' }));
    const { body } = await owners.call('POST', '/api/uploads', { identity: customer, body: form });
    const review = () =>
      owners.call('POST', '/api/reviews', {
        identity: customer,
        body: { resume_id: body.resume_id },
      });
    const there = new Client({ connectionString: owners.stack.databases.resume_review });
    await there.connect();
    await there.query(`create function take_long() returns trigger language plpgsql as $$
        begin perform pg_sleep(4); return new; end $$;
      create trigger takes_long before update on reviews for each row
        when (new.completed_at is not null) execute function take_long()`);
    const before = await requestsToService();
    const long = await review();
    const asked = (await requestsToService()) - before;
    await there.query('drop trigger takes_long on reviews; drop function take_long()');
    await there.end();
    expect([long.status, long.body.state]).toEqual([201, 'DONE']);
    // In four seconds at first ten times a second, and then for every tenth that has gone by.
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(30);
  });

  test('are received by the ticket of the side that owned them before', async () => {
    await owners.give('legacy');
    const ticket = await owners.call('POST', '/api/uploads/tickets', {
      identity: customer,
      body: announcement(TEXT),
    });
    await owners.give('new');
    expect((await owners.call('PUT', ticket.body.url, { body: TEXT })).status).toBe(204);
    const path = `/api/uploads/${ticket.body.upload_id}/complete`;
    expect((await owners.call('POST', path, { identity: customer })).status).toBe(200);
  });

  test('of which half had come are gone on with where the account is now, as far as they had come', async () => {
    await owners.give('legacy');
    const { body } = await owners.call('POST', '/api/uploads/tickets', {
      identity: customer,
      body: announcement(TEXT),
    });
    const part = (bytes: string, offset: number) =>
      fetch(owners.stack.gatewayUrl + body.url, {
        method: 'PATCH',
        body: bytes,
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
      });
    expect((await part(TEXT.slice(0, 20), 0)).status).toBe(204);
    await owners.give('new');
    // As a browser does: it follows, with the same method and the same bytes.
    const told = await fetch(owners.stack.gatewayUrl + body.url, { method: 'HEAD' });
    expect([new URL(told.url).pathname, told.headers.get('upload-offset')]).toEqual([
      `/uploads/resume-review/${body.upload_id}`,
      '20',
    ]);
    expect((await part(TEXT.slice(20), 20)).status).toBe(204);
    await owners.give('legacy');
    const whole = await fetch(told.url, { method: 'HEAD' });
    expect([new URL(whole.url).pathname, whole.headers.get('upload-offset')]).toEqual([
      `/uploads/${body.upload_id}`,
      String(Buffer.byteLength(TEXT)),
    ]);
    const path = `/api/uploads/${body.upload_id}/complete`;
    expect((await owners.call('POST', path, { identity: customer })).status).toBe(200);
  });
});

import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { startTwoOwners, type TwoOwners } from './two-owners.ts';

// What REST clients ask for while the data that it writes changes sides.

let owners: TwoOwners;
let identity: Partial<Identity>;
beforeAll(async () => {
  owners = await startTwoOwners('upload', 'ai');
  const [row] = await owners.sql(
    `select user_id from app_users where role_cd = 'CUST'
       and not exists (select from resumes where resumes.user_id = app_users.user_id) limit 1`,
  );
  identity = { userId: row.user_id, role: 'customer' };
});
afterAll(() => owners?.close());
beforeEach(() => owners.give('legacy'));

const TEXT = 'Ada Lovelace\nada@example.com\n\nExperience\n- Wrote 1 program in 1843\n';

async function announce(text: string): Promise<{ upload_id: string; url: string }> {
  const body = {
    file_name: 'resume.txt',
    mime_type: 'text/plain',
    size_bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  return (await owners.call('POST', '/api/uploads/tickets', { identity, body })).body;
}
const complete = async (id: string) =>
  (await owners.call('POST', `/api/uploads/${id}/complete`, { identity })).status;

/** Nobody owns the data of a move while something begins; then it is the monolith's again. */
async function whileMoving<Result>(move: string, act: () => Promise<Result>): Promise<Result> {
  const own = (owner: string) =>
    owners.sql('update move.ownership set owner = $1 where move = $2', [owner, move]);
  await own('moving');
  const done = act();
  await wait(300);
  await own('legacy');
  return done;
}

test('a resume is deleted though its reviews change sides at that moment', async () => {
  const form = new FormData();
  form.set('file', new File([TEXT], 'cv.txt', { type: 'text/plain' }));
  const { body } = await owners.call('POST', '/api/uploads', { identity, body: form });
  const id = body.resume_id;
  await owners.call('POST', '/api/reviews', { identity, body: { resume_id: id } });
  const remove = () => owners.call('DELETE', `/api/resumes/${id}`, { identity });
  expect((await whileMoving('ai', remove)).status).toBe(200);
});

test('bytes that come while their upload changes sides are taken once it has an owner', async () => {
  const { upload_id: id, url } = await announce(`${TEXT}1`);
  const put = () => owners.call('PUT', url, { body: `${TEXT}1` });
  expect((await whileMoving('upload', put)).status).toBe(204);
  expect(await complete(id)).toBe(200);
});

test('a file of one request is taken as well', async () => {
  const form = new FormData();
  form.set('file', new File([`${TEXT}2`], 'cv.txt', { type: 'text/plain' }));
  const upload = () => owners.call('POST', '/api/uploads', { identity, body: form });
  expect((await whileMoving('upload', upload)).status).toBe(201);
});

test('bytes for the new side find the monolith when the upload has come back to it', async () => {
  await owners.give('new');
  const token = await owners.stack.login('customer@example.com');
  const input = {
    filename: 'resume.txt',
    contentType: 'text/plain',
    byteSize: Buffer.byteLength(`${TEXT}3`),
    sha256: createHash('sha256').update(`${TEXT}3`).digest('hex'),
  };
  const graph = async (query: string, given: object) =>
    (await owners.stack.graphql(query, { input: given }, { token })).body.data.result;
  const { upload } = await graph(
    `mutation ($input: CreateUploadInput!) { result: createUpload(input: $input) {
      ... on CreateUploadSuccess { upload { id url } } } }`,
    input,
  );
  expect(upload.url).toContain('/uploads/resume-review/');
  await owners.give('legacy');
  const sent = await fetch(owners.stack.gatewayUrl + upload.url, {
    method: 'PUT',
    body: `${TEXT}3`,
  });
  expect([sent.status, sent.redirected]).toEqual([204, true]);
  const completed = await graph(
    `mutation ($input: CompleteUploadInput!) { result: completeUpload(input: $input) { __typename } }`,
    { id: upload.id },
  );
  expect(completed.__typename).toBe('CompleteUploadSuccess');
});

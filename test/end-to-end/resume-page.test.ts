import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type Stack } from '../stack.ts';
import { expectNoComplaints } from './complaints.ts';
import { codesOf } from './front-end/codes.ts';
import { createFrontEnd, type FrontEnd } from '../clients/front-end/front-end.ts';
import {
  CreateUploadDocument,
  DeleteResumeDocument,
  MyResumesDocument,
  RequestReviewDocument,
  ResumePageDocument,
  ReviewPageDocument,
  ReviewReadingDocument,
} from '../clients/resume/operations.generated.ts';
import { act, open, outcome, present, read } from './front-end/screen.ts';
import { announceFile, completeFile, putFile } from '../clients/resume/upload.ts';
import { SIDES } from './sides.ts';

const TEXT = `Casey Morgan
casey.morgan@example.com, +1 206 555 0100

Experience
Warehouse lead, Northwind, 2019 to 2024
- Led a team of 12 and cut picking errors by 38%.

Education
BSc in Logistics, 2018

Skills
SQL, TypeScript, forecasting
`;
let files = 0;
/** A file that nobody has sent before. */
const newFile = (type = 'text/plain') => new File([`${TEXT}${files++}\n`], 'resume.txt', { type });

describe.each(SIDES)('the resume page, answered %s', (_side, flags) => {
  let stack: Stack;
  let owner: FrontEnd;
  const visit = () => createFrontEnd({ url: stack.gatewayUrl, name: 'resume' });
  const enter = async (name: string) => {
    const frontEnd = visit();
    await frontEnd.login(`${name}@example.com`);
    return frontEnd;
  };
  beforeAll(async () => {
    stack = await startStack(flags);
    owner = await enter('customer');
  });
  afterAll(() => stack?.close());
  expectNoComplaints();

  /** Sends a file all the way. */
  const uploaded = async (file = newFile()) => {
    const { id, url } = await announceFile(owner, file);
    expect(await putFile(stack.gatewayUrl + url, file)).toBeLessThan(300);
    return outcome(await completeFile(owner, id), 'CompleteUploadSuccess').resume;
  };

  test('a file that was sent to its signed address stands first in the list of resumes', async () => {
    const screen = await open(owner, MyResumesDocument, { first: 3 });
    const before = present(screen.now().me?.resumes).totalCount;
    const file = newFile();
    const resume = await uploaded(file);
    expect(resume).toMatchObject({ filename: 'resume.txt', byteSize: file.size });
    const { me } = await screen.until((data) => data.me?.resumes?.totalCount === before + 1);
    expect(me?.resumes?.nodes[0]).toMatchObject({ ...resume, reviews: [] });
    screen.leave();
  });

  test('an upload that is not there yet, or is no resume, is an outcome that the page can show', async () => {
    const { id } = await announceFile(owner, newFile());
    expect(outcome(await completeFile(owner, id), 'UploadIncomplete').receivedBytes).toBe(0);
    await expect(announceFile(owner, newFile('image/png'))).rejects.toThrow(/PDF|type/);
  });

  test('an address that was tampered with takes no bytes', async () => {
    const file = newFile();
    const { id, url } = await announceFile(owner, file);
    // Not the last character: in base64 some of its bits stand for nothing.
    const changed = url.replace(/.(?=.{5}$)/, (one) => (one === '0' ? '1' : '0'));
    expect([401, 403]).toContain(await putFile(stack.gatewayUrl + changed, file));
    outcome(await completeFile(owner, id), 'UploadIncomplete');
  });

  test('a review is asked for, followed until it is complete, and read on the page of its resume', async () => {
    const { id: resumeId } = await uploaded();
    const jobDescription = 'We look for a warehouse lead who knows SQL.';
    const page = await open(owner, ResumePageDocument, { id: resumeId });
    expect(page.now().resume?.reviews).toEqual([]);
    const asked = await act(owner, RequestReviewDocument, { resumeId, jobDescription });
    const { id } = outcome(asked.requestResumeReview, 'ResumeReviewPayload').review;
    const screen = await open(owner, ReviewPageDocument, { id });
    for (let tries = 0; tries < 100 && screen.now().resumeReview?.completedAt === null; tries++) {
      await screen.reload();
    }
    const review = present(screen.now().resumeReview);
    expect(review).toMatchObject({
      status: 'COMPLETED',
      progress: 100,
      jobDescription,
      resume: { id: resumeId, owner: { displayName: expect.any(String) } },
    });
    expect(review.sections.length).toBeGreaterThan(0);
    await page.reload();
    const { resume: _resume, ...written } = review;
    expect(page.now().resume?.reviews).toEqual([written]);
    const { reading } = present((await read(owner, ReviewReadingDocument, { id })).resumeReview);
    const { resume, spans, text } = present(reading);
    expect(resume).toMatchObject({ basics: { name: 'Casey Morgan' } });
    const marked = spans.map(({ pointer, start, end }) => [pointer, text.slice(start, end)]);
    expect(marked).toContainEqual(['/work/0/position', 'Warehouse lead']);
    screen.leave();
    page.leave();
  });

  test('a deleted resume leaves every screen, and cannot be deleted twice', async () => {
    const { id } = await uploaded();
    const screen = await open(owner, MyResumesDocument, { first: 2 });
    await screen.reload();
    expect(screen.now().me?.resumes?.nodes[0]?.id).toBe(id);
    const { data } = await owner.client.mutate({
      mutation: DeleteResumeDocument,
      variables: { id },
      update: (cache) => {
        const resume = cache.identify({ __typename: 'Resume', id });
        if (resume !== undefined) cache.evict({ id: resume });
      },
    });
    expect(outcome(data?.deleteResume, 'DeleteResumePayload').deletedId).toBe(id);
    await screen.until(({ me }) => present(me?.resumes).nodes.every((node) => node.id !== id));
    expect((await read(owner, ResumePageDocument, { id })).resume).toBeNull();
    const again = await act(owner, DeleteResumeDocument, { id });
    expect(outcome(again.deleteResume, 'NotFound').message).not.toBe('');
    screen.leave();
  });

  test('a visitor is asked to log in, somebody else is refused, and staff may read', async () => {
    const { id } = await uploaded();
    const file = {
      filename: 'a.txt',
      contentType: 'text/plain',
      byteSize: 1,
      sha256: '0'.repeat(64),
    };
    const visitor = visit();
    expect((await read(visitor, MyResumesDocument, {})).me).toBeNull();
    expect(await codesOf(read(visitor, ResumePageDocument, { id }))).toEqual(['UNAUTHENTICATED']);
    // The gateway knows this one by its directive, and asks no subgraph.
    expect(await codesOf(act(visitor, CreateUploadDocument, { input: file }))).toEqual([
      'UNAUTHORIZED_FIELD_OR_TYPE',
    ]);
    expect(await codesOf(act(visitor, DeleteResumeDocument, { id }))).toEqual(['UNAUTHENTICATED']);
    const staff = await enter('staff');
    expect((await read(staff, ResumePageDocument, { id })).resume?.id).toBe(id);
    visitor.session.begin({ accessToken: 'nonsense', refreshToken: 'nonsense' });
    expect((await read(visitor, MyResumesDocument, {}, 'network-only')).me).toBeNull();
    expect(owner.faults).toEqual([]);
  });
});

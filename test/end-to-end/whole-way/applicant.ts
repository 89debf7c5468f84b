import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Actor, Setting } from './actor.ts';
import { Fault, type Announced, type Door, type Resume, type Review } from './door.ts';
import { expectEqual } from './findings.ts';

const TEXT = `Casey Morgan
casey.morgan@example.com, +1 206 555 0100

Experience
Warehouse lead, Northwind, 2019 to 2024
- Led a team of 12 and cut picking errors by 38%.

Education
BSc in Logistics, 2018
`;
/** Milliseconds within which a review is written, on a busy machine. */
const WRITTEN = 20_000;
/** Resumes that somebody keeps: an account may have 50. */
const KEPT = 30;

/** Sends resumes, in three requests each, has some reviewed, and deletes some. */
export async function applicant({ name, door, findings }: Setting): Promise<Actor> {
  const me = await door.register(`${name}@whole-way.example`, 'first-password', name);
  const { accessToken } = me;
  /** Newest first. */
  const resumes: Resume[] = [];
  const reviews: Review[] = [];
  let round = 0;

  async function upload(): Promise<Resume> {
    const file = fileOf(name, round);
    const { sendAtOnce } = door;
    const resume =
      sendAtOnce && round % 3 === 1
        ? await sendAtOnce(accessToken, file)
        : await inThreeSteps(file);
    const { filename, sha256, bytes } = file;
    expectEqual('sent', resume, { id: resume.id, filename, sha256, byteSize: bytes.length });
    resumes.unshift(resume);
    expectEqual('my resume', await door.resume(accessToken, resume.id), resume);
    findings.did(`${door.name}: upload`);
    return resume;
  }

  async function inThreeSteps(file: Announced): Promise<Resume> {
    const { id, url } = await door.announce(accessToken, file);
    await door.send(url, file);
    return door.complete(accessToken, id);
  }

  async function expectList(): Promise<void> {
    const page = await door.resumes(accessToken, 3);
    expectEqual('my resumes', page, { total: resumes.length, items: resumes.slice(0, 3) });
  }

  async function haveReviewed({ id: resumeId }: Resume): Promise<void> {
    const id = await door.requestReview(accessToken, resumeId);
    const deadline = Date.now() + WRITTEN;
    for (;;) {
      const review = await door.review(accessToken, id);
      if (review === null) throw new Fault(`the review ${id}, which I asked for, is not there`);
      expectEqual('the resume of my review', review.resumeId, resumeId);
      if (review.status === 'COMPLETED') {
        if (review.sections === 0) throw new Fault(`the review ${id} says nothing`);
        reviews.push(review);
        break;
      }
      if (review.status === 'FAILED' || Date.now() > deadline) {
        throw new Fault(`the review ${id} is not written: ${review.status}`);
      }
      await pause(50);
    }
    findings.did(`${door.name}: review`);
  }

  async function remove(resume: Resume): Promise<void> {
    await door.deleteResume(accessToken, resume.id);
    resumes.splice(resumes.indexOf(resume), 1);
    const kept = reviews.filter(({ resumeId }) => resumeId !== resume.id);
    reviews.splice(0, reviews.length, ...kept);
    expectEqual('what I deleted', await door.resume(accessToken, resume.id), null);
  }

  return {
    async act() {
      const resume = await upload();
      await expectList();
      if (round % 2 === 0) await haveReviewed(resume);
      if (round % 5 === 4) await haveReviewed(resumes.at(-1) as Resume);
      if (round % 3 === 2) {
        await remove(resumes[1] as Resume);
        await expectList();
      }
      if (resumes.length > KEPT) await remove(resumes.at(-1) as Resume);
      round += 1;
    },
    async review(by: Door) {
      const page = await by.resumes(accessToken, 100);
      const expected = { total: resumes.length, items: resumes.slice(0, 100) };
      expectEqual('all my resumes', page, expected);
      for (const review of reviews) {
        expectEqual('an old review', await by.review(accessToken, review.id), review);
      }
    },
  };
}

/** A file that nobody has sent before. */
function fileOf(name: string, round: number): Announced {
  const bytes = new TextEncoder().encode(`${TEXT}\nSkills\n${name} ${round}\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { filename: `resume-${round}.txt`, bytes, sha256 };
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { beginMoving } from '../../../migration/ownership/begin-moving.ts';
import { reopenBuckets, setOwner } from '../../../migration/ownership/owners.ts';
import { inTransaction, openPlaces, takeMarkers, type Place } from './places.ts';
import { aiMapping, uploadMapping } from './resume-mappings.ts';

let fresh: Place;
const owner = randomUUID();
const bucket = bucketOf('ai', owner);
let epoch = 1;

beforeAll(async () => {
  ({ resume_review: fresh } = await openPlaces('resume_review'));
  await installCapture(fresh, uploadMapping, 'new', { owner: 'new', epoch });
  await installCapture(fresh, aiMapping, 'new', { owner: 'new', epoch });
});
afterAll(() => fresh?.close());
beforeEach(async () => {
  await own('new');
  await takeMarkers(fresh, 'upload');
  await takeMarkers(fresh, 'ai');
});

async function own(side: 'legacy' | 'new') {
  await beginMoving(fresh, 'ai', [bucket], 'new').catch(() => {});
  epoch += 1;
  await setOwner(fresh, 'ai', [bucket], side, epoch);
}

/** A resume with a review, whose markers are gone. */
async function addResume(): Promise<{ resume: string; review: string }> {
  const [resume, review] = [randomUUID(), randomUUID()];
  await inTransaction(fresh, async (client) => {
    await client.query(`set local moves.relay = 'ai'`);
    await client.query(`insert into resumes values ($1, $2, 'f', 't', 1, 's', now())`, [
      resume,
      owner,
    ]);
    await client.query(
      `insert into reviews (id, resume_id, status, requested_at) values ($1, $2, 'QUEUED', now())`,
      [review, resume],
    );
  });
  await takeMarkers(fresh, 'upload');
  return { resume, review };
}

const removeResume = (id: string, tag = '') =>
  inTransaction(fresh, async (client) => {
    await client.query(`select set_config('moves.relay', $1, true)`, [tag]);
    await client.query('delete from resumes where id = $1', [id]);
  });

describe('deleting a resume', () => {
  test('marks the reviews that go with it, in their own move and bucket', async () => {
    const { resume, review } = await addResume();
    await removeResume(resume);
    const { rows } = await fresh.pool.query(
      'select aggregate_id, kind, bucket from move.dirty where move = $1',
      ['ai'],
    );
    expect(rows).toEqual([{ aggregate_id: review, kind: 'review', bucket }]);
    expect(await takeMarkers(fresh, 'upload')).toEqual([resume]);
  });

  test('marks them when the relay of the resumes does it too: they may have come here since', async () => {
    const { resume, review } = await addResume();
    await removeResume(resume, 'upload');
    expect(await takeMarkers(fresh, 'ai')).toEqual([review]);
    expect(await takeMarkers(fresh, 'upload')).toEqual([]);
  });

  test('is not refused where the other side owns the reviews, and marks none', async () => {
    const { resume } = await addResume();
    await own('legacy');
    await removeResume(resume);
    expect(await takeMarkers(fresh, 'ai')).toEqual([]);
    expect(
      (await fresh.pool.query('select from reviews where resume_id = $1', [resume])).rows,
    ).toEqual([]);
  });

  test('waits, by being refused, for the reviews that change sides at this moment', async () => {
    const { resume, review } = await addResume();
    await beginMoving(fresh, 'ai', [bucket], 'new');
    await expect(removeResume(resume)).rejects.toMatchObject({ code: 'MF002' });
    await reopenBuckets(fresh, 'ai', [bucket], 'new');
    await removeResume(resume);
    expect(await takeMarkers(fresh, 'ai')).toEqual([review]);
  });

  test('holds the bucket of the reviews until it is committed', async () => {
    const { resume } = await addResume();
    const client = await fresh.pool.connect();
    await client.query('begin');
    await client.query('delete from resumes where id = $1', [resume]);
    await expect(beginMoving(fresh, 'ai', [bucket], 'new', 150)).rejects.toMatchObject({
      code: 'OWNERSHIP_BUSY',
    });
    await client.query('commit');
    client.release();
  });
});

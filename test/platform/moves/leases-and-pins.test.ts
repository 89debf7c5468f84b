import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { awaitConfirmed, LEASE, writeLease } from '#platform/moves/leases.ts';
import { readMoveVersion } from '#platform/moves/move-state.ts';
import {
  pinnedSide,
  readPins,
  readRouting,
  releasePins,
  writePins,
  type Pin,
} from '#platform/moves/pins.ts';
import { createControlDatabase, query, writeState } from './control-database.ts';

let url: string;
let pool: Pool;
const db = () => drizzle({ client: pool });

beforeAll(async () => {
  url = await createControlDatabase();
  pool = new Pool({ connectionString: url });
  // The database is dropped under it.
  pool.on('error', () => {});
});
afterAll(() => pool.end());
beforeEach(() => query(url, 'delete from move_pin; delete from move_lease'));

const pin = (given: Partial<Pin>): Pin => ({ move: 'order', bucket: 7, side: 'legacy', ...given });

describe('a pin', () => {
  test('has a version of its own, and is read together with the states', async () => {
    const before = await readMoveVersion(db());
    const version = await writePins(db(), [pin({}), pin({ bucket: null, side: null })]);
    expect(version).toBeGreaterThan(before);
    const routing = await readRouting(db());
    expect(routing.version).toBe(version);
    expect(routing.pins.get('order')).toEqual({
      everybody: { move: 'order', bucket: null, side: null },
      byBucket: new Map([[7, 'legacy']]),
    });
  });

  test('that is made anew gets a number, and a version only where it says something else', async () => {
    const version = await writePins(db(), [pin({})]);
    const [first] = await readPins(db());
    expect(await writePins(db(), [pin({})])).toBe(version);
    const [second] = await readPins(db());
    expect(second?.number).toBeGreaterThan(first?.number ?? Infinity);
    await releasePins(db(), [first?.number ?? 0]);
    expect(await readPins(db())).toHaveLength(1);
    expect(await writePins(db(), [pin({ side: 'new' })])).toBe(version + 1);
    await releasePins(
      db(),
      (await readPins(db())).map(({ number }) => number),
    );
    expect((await readRouting(db())).pins.size).toBe(0);
    expect(await readMoveVersion(db())).toBe(version + 2);
  });

  test('can be made and released by many at once', async () => {
    const some = () =>
      Array.from({ length: 20 }, () => pin({ bucket: Math.floor(Math.random() * 40) }));
    const distinct = () => [...new Map(some().map((one) => [one.bucket, one])).values()];
    const make = Array.from({ length: 20 }, () => writePins(db(), distinct()));
    const release = Array.from({ length: 10 }, async () =>
      releasePins(
        db(),
        (await readPins(db())).map(({ number }) => number),
      ),
    );
    const before = await readMoveVersion(db());
    await Promise.all([...make, ...release]);
    expect(await readMoveVersion(db())).toBeGreaterThanOrEqual(before);
  });

  test('of the subject goes before that of everybody, which means the owner of each', async () => {
    await writeState(url, 'order', { stage: 'cutover', readPercent: 100, writePercent: 50 });
    const subjects = Array.from({ length: 50 }, (_, index) => `user-${index}`);
    const pinned = subjects[0] as string;
    await writePins(db(), [
      pin({ bucket: null, side: null }),
      pin({ bucket: bucketOf('order', pinned), side: 'legacy' }),
    ]);
    const routing = await readRouting(db());
    const state = routing.moves.get('order')!;
    for (const subject of subjects) {
      const owner = bucketOf('order', subject) < 512 ? 'new' : 'legacy';
      const isPinned = bucketOf('order', subject) === bucketOf('order', pinned);
      expect(pinnedSide(routing, state, () => subject)).toBe(isPinned ? 'legacy' : owner);
    }
    expect(pinnedSide({ pins: new Map() }, state, () => pinned)).toBeNull();
  });
});

describe('a version is confirmed', () => {
  test('when every replica with a lease has taken it up', async () => {
    await writeLease(db(), 'one', 3);
    await writeLease(db(), 'other', 2);
    expect(await awaitConfirmed(db(), 2, Date.now())).toBe(true);
    expect(await awaitConfirmed(db(), 3, Date.now() + 50)).toBe(false);
    const confirmed = awaitConfirmed(db(), 3, Date.now() + LEASE);
    await writeLease(db(), 'other', 3);
    expect(await confirmed).toBe(true);
  });

  test('when the lease of one that gives no sign of life has run out', async () => {
    await writeLease(db(), 'one', 1);
    const began = performance.now();
    expect(await awaitConfirmed(db(), 2, Date.now() + 5_000)).toBe(true);
    expect(performance.now() - began).toBeGreaterThan(LEASE - 200);
    expect(performance.now() - began).toBeLessThan(LEASE + 1_000);
  });
});

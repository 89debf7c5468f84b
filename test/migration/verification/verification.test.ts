import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { continueBackfill, startBackfill } from '../../../migration/backfill/backfill.ts';
import { readBackfill } from '../../../migration/backfill/progress.ts';
import { drain } from '../../../migration/relay/drain.ts';
import { pendingMarkers } from '../../../migration/relay/markers.ts';
import { startRelay } from '../../../migration/relay/start-relay.ts';
import {
  verifyMove,
  type VerificationProgress,
} from '../../../migration/verification/verify-move.ts';
import { log } from '../relay/places.ts';
import {
  addThing,
  contents,
  emptyStack,
  startRelayStack,
  USER,
  writeAtRandom,
  type RelayStack,
} from '../relay/relay-stack.ts';

let stack: RelayStack;

beforeAll(async () => {
  stack = await startRelayStack();
});
beforeEach(() => emptyStack(stack));
afterAll(() => stack.close());

const soon = () => ({ deadline: Date.now() + 20_000 });
const fill = (count: number) =>
  stack.on(
    'legacy',
    `insert into old_thing select gen_random_uuid(), '${USER}', 'code ' || n, null, n from generate_series(100, ${99 + count}) n`,
  );
/** As somebody would who goes round the guard. */
const tamper = (statement: string) =>
  stack.on('new', `begin; set local moves.relay = 'order'; ${statement}; commit`);

describe('a backfill', () => {
  test('brings what was there, and takes away what is not', async () => {
    await fill(5_000);
    await stack.on('legacy', 'delete from move.dirty');
    await tamper(
      `insert into new_thing values (gen_random_uuid(), '${USER}', 'nobody''s', null, 1)`,
    );
    await startBackfill(stack.places, 'legacy', { maxPending: 1_000, carries: true });
    await drain(stack.places, 'legacy', soon());
    expect(await contents(stack, 'new')).toEqual(await contents(stack, 'legacy'));
    const passes = await readBackfill(stack.places.legacy, 'order');
    expect(passes.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
    expect(passes.map(({ pass, kind, marked }) => `${pass} ${kind} ${marked}`).sort()).toEqual([
      'gone group 0',
      'gone thing 1',
      'source group 0',
      'source thing 5000',
    ]);
    expect(await stack.on('legacy', 'select from move.changed')).toEqual([]);
  });

  test('waits for the relay, can be stopped, and goes on from there', async () => {
    await fill(7_000);
    await stack.on('legacy', 'delete from move.dirty');
    const stop = new AbortController();
    const stopped = startBackfill(stack.places, 'legacy', {
      maxPending: 1_000,
      signal: stop.signal,
      onProgress: () => setTimeout(() => stop.abort(), 100),
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect((await pendingMarkers(stack.places.legacy.db, 'order')).count).toBe(2_000);
    const marked: number[] = [];
    const relay = startRelay(stack.places, { log });
    await continueBackfill(stack.places, 'legacy', {
      onProgress: (one) => marked.push(one.marked),
    });
    await relay.stop();
    await drain(stack.places, 'legacy', soon());
    expect(marked.slice(0, 3)).toEqual([4_000, 6_000, 7_000]);
    expect(await contents(stack, 'new')).toEqual(await contents(stack, 'legacy'));
  });

  test('lets live writes pass', async () => {
    await fill(4_000);
    await stack.on('legacy', 'delete from move.dirty');
    await startBackfill(stack.places, 'legacy');
    const relay = startRelay(stack.places, { log });
    await addThing(stack);
    const began = performance.now();
    expect(await relay.settled(5_000)).toMatchObject({ settled: true });
    const live = performance.now() - began;
    const { count } = await pendingMarkers(stack.places.legacy.db, 'order');
    await relay.stop();
    expect(count, `after ${live} ms`).toBeGreaterThan(0);
  });
});

describe('a verification', () => {
  beforeEach(async () => {
    await fill(3_000);
    await stack.on('legacy', 'insert into old_part select gen_random_uuid(), id, 1 from old_thing');
    await drain(stack.places, 'legacy', soon());
  });

  test('finds nothing where all is well, and forgets what was carried before', async () => {
    const verification = await verifyMove(stack.places, { chunkSize: 700 });
    expect(verification).toMatchObject({
      finished: true,
      checked: 3_000,
      differing: [],
      unmappable: [],
      pendingAtEnd: 0,
    });
    expect(await stack.on('legacy', 'select from move.changed')).toEqual([]);
  });

  test('finds one unit in one of three thousand, a row too many and a row too few, and names the fields', async () => {
    await tamper(`update new_thing set amount = amount + 1 where amount = 1234`);
    await tamper(
      `delete from new_part where thing_id = (select id from new_thing where amount = 1500)`,
    );
    await tamper(`delete from new_thing where amount = 2000`);
    await tamper(
      `insert into new_thing values (gen_random_uuid(), '${USER}', 'nobody''s', null, 1)`,
    );
    const { differing, pendingAtEnd } = await verifyMove(stack.places, { chunkSize: 1_000 });
    expect(pendingAtEnd).toBe(0);
    const named = differing.map(({ kind, owner, fields }) => ({ kind, owner, fields }));
    expect(named).toHaveLength(4);
    expect(named).toContainEqual({
      kind: 'thing',
      owner: 'legacy',
      fields: [{ path: 'amount', legacy: 1234, new: 1235 }],
    });
    expect(named).toContainEqual({
      kind: 'thing',
      owner: 'legacy',
      fields: [{ path: '', legacy: 'there', new: null }],
    });
    expect(named).toContainEqual({
      kind: 'thing',
      owner: 'legacy',
      fields: [{ path: '', legacy: null, new: 'there' }],
    });
    expect(named.map(({ fields }) => fields[0]?.path)).toContain('parts[0]');
  });

  test('names what has no words', async () => {
    const id = await addThing(stack, { amount: 13 });
    await drain(stack.places, 'legacy', soon());
    const { differing, unmappable } = await verifyMove(stack.places);
    expect(differing).toEqual([]);
    expect(unmappable).toEqual([
      { kind: 'thing', id, owner: 'legacy', reason: 'amount: 13 has no word' },
    ]);
  });

  test('raises no alarm while others write, and finds what is wrong among it', async () => {
    const relay = startRelay(stack.places, { log });
    const over = new AbortController();
    const writing = (async () => {
      while (!over.signal.aborted) await writeAtRandom(stack, 100);
    })();
    for (let round = 0; round < 4; round += 1) {
      expect(await verifyMove(stack.places, { chunkSize: 500 })).toMatchObject({
        finished: true,
        differing: [],
        pendingAtEnd: 0,
      });
    }
    await tamper(`update new_thing set amount = amount + 1 where amount = 1234`);
    const { differing } = await verifyMove(stack.places, { chunkSize: 500 });
    over.abort();
    await writing;
    await relay.stop();
    expect(differing).toHaveLength(1);
  });

  test('says what is on its way, where nobody carries it', async () => {
    await addThing(stack);
    expect(await verifyMove(stack.places, { patience: 100 })).toMatchObject({
      differing: [],
      pendingAtEnd: 1,
    });
  });

  test('can be stopped, kept as JSON, and resumed', async () => {
    await tamper(`update new_thing set amount = amount + 1`);
    await tamper(`update new_thing set amount = amount - 1 where amount > 110`);
    let kept = '';
    let rounds = 0;
    let checked = 0;
    for (let resume: VerificationProgress | undefined; ; rounds += 1) {
      const stop = new AbortController();
      const verification = await verifyMove(stack.places, {
        chunkSize: 500,
        signal: stop.signal,
        ...(resume ? { resume } : {}),
        onProgress: () => stop.abort(),
      });
      kept = JSON.stringify(verification);
      ({ checked } = verification);
      if (verification.finished) break;
      resume = JSON.parse(kept) as VerificationProgress;
    }
    expect(rounds).toBeGreaterThan(4);
    expect(checked).toBe(3_000);
    expect((JSON.parse(kept) as VerificationProgress).differing).toHaveLength(10);
  });

  test('can look at some buckets, some aggregates or a sample only', async () => {
    const id = await addThing(stack, { owner: '00000000-0000-4000-8000-000000000001' });
    await drain(stack.places, 'legacy', soon());
    await tamper('update new_thing set amount = amount + 1 where amount < 110');
    const bucket = bucketOf('order', '00000000-0000-4000-8000-000000000001');
    const ofBucket = await verifyMove(stack.places, { buckets: [bucket] });
    expect(ofBucket).toMatchObject({ checked: 1, differing: [{ id }] });
    const ofOne = await verifyMove(stack.places, { aggregates: [{ kind: 'thing', id }] });
    expect(ofOne).toMatchObject({ checked: 1, differing: [{ id }] });
    const sample = await verifyMove(stack.places, { sample: 0.5, chunkSize: 50 });
    expect(sample.checked).toBeGreaterThan(500);
    expect(sample.checked).toBeLessThan(2_500);
  });

  test('is right about each bucket where both sides own some', async () => {
    const bucket = bucketOf('order', USER);
    for (const side of ['legacy', 'new'] as const) {
      await stack.on(
        side,
        `update move.ownership set owner = 'new', epoch = 2 where bucket = ${bucket}`,
      );
    }
    const owner = ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003'];
    await addThing(stack, { owner: owner.find((id) => bucketOf('order', id) !== bucket) });
    await drain(stack.places, 'legacy', soon());
    await stack.on('new', 'update new_thing set amount = amount + 1 where amount = 200');
    expect(await verifyMove(stack.places, { patience: 0 })).toMatchObject({
      differing: [],
      pendingAtEnd: 1,
    });
    await drain(stack.places, 'new', soon());
    expect(await verifyMove(stack.places)).toMatchObject({ differing: [], pendingAtEnd: 0 });
    await tamper('update new_thing set amount = amount + 1 where amount = 300');
    expect((await verifyMove(stack.places)).differing).toMatchObject([{ owner: 'new' }]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { drain, DrainTimeout } from '../../../migration/relay/drain.ts';
import { pendingMarkers } from '../../../migration/relay/markers.ts';
import { relayBatch } from '../../../migration/relay/relay-batch.ts';
import { readParked, retryParked } from '../../../migration/relay/retry.ts';
import { startRelay } from '../../../migration/relay/start-relay.ts';
import { log } from './places.ts';
import {
  addThing,
  contents,
  emptyStack,
  startRelayStack,
  USER,
  waitUntil,
  writeAtRandom,
  type RelayStack,
} from './relay-stack.ts';

let stack: RelayStack;

beforeAll(async () => {
  stack = await startRelayStack();
});
beforeEach(() => emptyStack(stack));
afterAll(() => stack.close());

const soon = () => ({ deadline: Date.now() + 5_000 });
const pending = async () => (await pendingMarkers(stack.places.legacy.db, 'order')).count;
const expectEqual = async () =>
  expect(await contents(stack, 'new')).toEqual(await contents(stack, 'legacy'));

describe('a batch', () => {
  test('carries what was written, and says what it did', async () => {
    const thing = await addThing(stack);
    await stack.on('legacy', 'insert into old_part values ($1, $2, 1)', [randomUUID(), thing]);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ seen: 1, written: 1 });
    await expectEqual();
    expect(await pending()).toBe(0);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ seen: 0 });
  });

  test('leaves alone what is equal, and notes it for the flip', async () => {
    const thing = await addThing(stack);
    await relayBatch(stack.places, 'legacy');
    await stack.on('legacy', 'delete from move.changed');
    await stack.on('legacy', 'update old_thing set amount = amount where id = $1', [thing]);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({
      seen: 1,
      equal: 1,
      written: 0,
    });
    expect(await stack.on('legacy', 'select aggregate_id from move.changed')).toEqual([
      { aggregate_id: thing },
    ]);
  });

  test('deletes what is gone, and writes what was created anew under the same id', async () => {
    const thing = await addThing(stack);
    await relayBatch(stack.places, 'legacy');
    await stack.on('legacy', 'delete from old_thing where id = $1', [thing]);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ removed: 1 });
    await expectEqual();
    await addThing(stack, { id: thing });
    await stack.on('legacy', 'delete from old_thing where id = $1', [thing]);
    await addThing(stack, { id: thing, code: 'anew' });
    await relayBatch(stack.places, 'legacy');
    await expectEqual();
  });

  test('carries parts that went from one thing to another', async () => {
    const [one, other, part] = [await addThing(stack), await addThing(stack), randomUUID()];
    await stack.on('legacy', 'insert into old_part values ($1, $2, 1)', [part, one]);
    await drain(stack.places, 'legacy', soon());
    await stack.on('legacy', 'update old_part set thing_id = $2 where id = $1', [part, other]);
    // The two may come in different batches.
    for (let n = 0; n < 4; n += 1) await relayBatch(stack.places, 'legacy', { limit: 1 });
    expect(await pending()).toBe(0);
    await expectEqual();
  });

  test('lets unique values change places, also with what is not in the batch', async () => {
    const [a, b, c] = [
      await addThing(stack, { code: 'a' }),
      await addThing(stack, { code: 'b' }),
      await addThing(stack, { code: 'c' }),
    ];
    await drain(stack.places, 'legacy', soon());
    await stack.on(
      'legacy',
      `update old_thing set code = 'x' where id = '${a}'; update old_thing set code = 'a' where id = '${c}';
       update old_thing set code = 'c' where id = '${b}'; update old_thing set code = 'b' where id = '${a}'`,
    );
    const before = await pending();
    expect(before).toBeGreaterThan(1);
    // One marker, and the two others must come with it.
    expect(await relayBatch(stack.places, 'legacy', { limit: 1 })).toMatchObject({
      seen: 1,
      written: 3,
    });
    await expectEqual();
    await drain(stack.places, 'legacy', soon());
    await expectEqual();
  });

  test('carries the others where one does not fit', async () => {
    await Promise.all(Array.from({ length: 20 }, () => addThing(stack)));
    const bad = await addThing(stack, { amount: -1 });
    await Promise.all(Array.from({ length: 20 }, () => addThing(stack)));
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({
      seen: 41,
      written: 40,
      parked: 1,
    });
    const [parked] = await readParked(stack.places.legacy, 'order');
    expect(parked).toMatchObject({ kind: 'thing', id: bad });
    expect(parked?.reason).toContain('violates check constraint');
    expect(await pending()).toBe(0);
  });

  test('parks what cannot be said, by its reason, until its next change', async () => {
    const thing = await addThing(stack, { amount: 13 });
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ parked: 1 });
    expect(await readParked(stack.places.legacy, 'order')).toMatchObject([
      { kind: 'thing', id: thing, reason: 'amount: 13 has no word' },
    ]);
    await stack.on('legacy', 'update old_thing set amount = 14 where id = $1', [thing]);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ written: 1 });
    expect(await readParked(stack.places.legacy, 'order')).toEqual([]);
    await expectEqual();
  });

  test('tries what is parked again when told to', async () => {
    await addThing(stack, { amount: -1 });
    await relayBatch(stack.places, 'legacy');
    await stack.on('new', 'alter table new_thing drop constraint new_thing_amount_check');
    onTestFinished(async () => {
      await emptyStack(stack);
      await stack.on('new', 'alter table new_thing add check (amount >= 0)');
    });
    expect(await retryParked(stack.places.legacy, 'order')).toBe(1);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ written: 1 });
    expect(await readParked(stack.places.legacy, 'order')).toEqual([]);
    await expectEqual();
  });

  test('is heard of by the services of the target', async () => {
    const listener = await stack.places.new.pool.connect();
    const heard: string[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen moves_relayed');
    const thing = await addThing(stack);
    await relayBatch(stack.places, 'legacy');
    await waitUntil(() => heard.length > 0);
    listener.release(true);
    expect(JSON.parse(heard[0] ?? '')).toEqual({ move: 'order', kind: 'thing', ids: [thing] });
  });
});

describe('what waits', () => {
  test('a foreign key that is missing is tried again, and done when it is there', async () => {
    const group = randomUUID();
    await stack.on('legacy', 'insert into old_group values ($1, $2, $3)', [group, USER, 'g']);
    await stack.on('legacy', "delete from move.dirty where kind = 'group'");
    const thing = await addThing(stack, { group });
    const other = await addThing(stack);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ written: 1, deferred: 1 });
    expect(await stack.on('new', 'select id from new_thing')).toEqual([{ id: other }]);
    await expect(drain(stack.places, 'legacy', { deadline: Date.now() + 200 })).rejects.toThrow(
      /thing .* waits: .*foreign key/,
    );
    const relay = startRelay(stack.places, { log });
    // The group comes by a change of its own.
    await stack.on('legacy', "update old_group set label = 'h' where id = $1", [group]);
    await waitUntil(async () => (await pending()) === 0);
    await relay.stop();
    await expectEqual();
    expect(await stack.on('legacy', 'select from move.deferred')).toEqual([]);
    expect(thing).toBeTruthy();
  });

  test('a parent that is still referred to is deleted after its children', async () => {
    const group = randomUUID();
    await stack.on('legacy', 'insert into old_group values ($1, $2, $3)', [group, USER, 'g']);
    await addThing(stack, { group });
    await drain(stack.places, 'legacy', soon());
    await stack.on('legacy', 'delete from old_thing; delete from old_group');
    await stack.on(
      'legacy',
      `with first as (delete from move.dirty where kind = 'thing' returning move, kind, aggregate_id, bucket)
       insert into move.dirty (move, kind, aggregate_id, bucket) select * from first`,
    );
    expect(await relayBatch(stack.places, 'legacy', { limit: 1 })).toMatchObject({ deferred: 1 });
    while ((await pending()) > 0) await relayBatch(stack.places, 'legacy', { limit: 1 });
    await expectEqual();
  });

  test('what commits late is not passed over', async () => {
    const late = await stack.places.legacy.pool.connect();
    await late.query('begin');
    await late.query("insert into old_thing values ($1, $2, 'late', null, 1)", [
      randomUUID(),
      USER,
    ]);
    await addThing(stack);
    await drain(stack.places, 'legacy', soon());
    await addThing(stack);
    await drain(stack.places, 'legacy', soon());
    await late.query('commit');
    late.release();
    await drain(stack.places, 'legacy', soon());
    expect(await pending()).toBe(0);
    await expectEqual();
  });
});

describe('ownership', () => {
  const own = (side: 'legacy' | 'new', owner: string, epoch: number) =>
    stack.on(
      side,
      `update move.ownership set owner = '${owner}', epoch = ${epoch} where bucket = ${bucketOf('order', USER)}`,
    );

  test('a side that owns is not written', async () => {
    await addThing(stack);
    await own('new', 'new', 2);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ deferred: 1, written: 0 });
    expect(await stack.on('new', 'select from new_thing')).toEqual([]);
    expect(await pending()).toBe(1);
    await expect(drain(stack.places, 'legacy', { deadline: Date.now() + 50 })).rejects.toThrow(
      DrainTimeout,
    );
  });

  test('a side that is being left is drained, and markers wait where the epochs do not agree', async () => {
    await addThing(stack);
    await own('legacy', 'moving', 1);
    await own('new', 'legacy', 3);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ deferred: 1 });
    await own('new', 'legacy', 1);
    expect(await relayBatch(stack.places, 'legacy')).toMatchObject({ written: 1 });
    await expectEqual();
  });

  test('markers of a side that owns no more come to nothing', async () => {
    const thing = await addThing(stack);
    await drain(stack.places, 'legacy', soon());
    await own('legacy', 'new', 2);
    await own('new', 'new', 2);
    await stack.on('new', 'update new_thing set amount = 7');
    await stack.on(
      'legacy',
      "insert into move.dirty (move, kind, aggregate_id, bucket) values ('order', 'thing', $1, $2)",
      [thing, bucketOf('order', USER)],
    );
    await relayBatch(stack.places, 'legacy');
    expect(await pending()).toBe(0);
    expect(await stack.on('new', 'select amount from new_thing')).toEqual([{ amount: 7 }]);
    await drain(stack.places, 'new', soon());
    await expectEqual();
    // The relay's own writes have marked nothing.
    expect(await pending()).toBe(0);
  });

  test('a drain of some buckets leaves the others alone', async () => {
    await addThing(stack);
    const other = randomUUID();
    await addThing(stack, { owner: other });
    await drain(stack.places, 'legacy', { ...soon(), buckets: [bucketOf('order', other)] });
    expect(await stack.on('new', 'select owner from new_thing')).toEqual([{ owner: other }]);
    expect(await pending()).toBe(1);
  });
});

describe('a relay that runs', () => {
  test('settles what was committed before', async () => {
    const relay = startRelay(stack.places, { log });
    for (let n = 0; n < 5; n += 1) {
      await addThing(stack);
      expect(await relay.settled(2_000)).toEqual({ settled: true, readers: [] });
      await expectEqual();
    }
    await relay.stop();
  });

  test('names the readers of what does not settle', async () => {
    const relay = startRelay(stack.places, { log });
    await addThing(stack, { amount: 13 });
    const parked = await relay.settled(300);
    await stack.on('legacy', 'insert into old_group values ($1, $2, $3)', [USER, USER, 'g']);
    await relay.settled(1_000);
    await relay.stop();
    const readers = [bucketOf('order', USER)];
    // Where it was parked before it was asked for, nobody waits for it any more.
    expect([
      { settled: false, readers },
      { settled: true, readers: [] },
    ]).toContainEqual(parked);
    const idle = startRelay(stack.places, { log });
    const holder = await stack.places.new.pool.connect();
    await holder.query('begin; lock table new_thing');
    await addThing(stack);
    expect(await idle.settled(200)).toEqual({ settled: false, readers });
    await holder.query('rollback');
    holder.release();
    expect(await idle.settled(2_000)).toMatchObject({ settled: true });
    await idle.stop();
  });

  test('several at once, under writers who swap, move, delete and create, end with equal sides', async () => {
    const relays = [
      startRelay(stack.places, { log }),
      startRelay(stack.places, { log }),
      startRelay(stack.places, { log }),
    ];
    const written = await writeAtRandom(stack, 500);
    expect(written).toBeGreaterThan(200);
    await waitUntil(async () => (await pending()) === 0);
    await Promise.all(relays.map((relay) => relay.stop()));
    await expectEqual();
    expect(await stack.on('legacy', 'select from move.parked')).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import type { Database } from '#platform/database/pool.ts';
import { readPins, writePins } from '#platform/moves/pins.ts';
import type { OpenMoves } from '../../../migration/open-moves.ts';
import { releasePins } from '../../../migration/pins/release.ts';
import { settle } from '../../../migration/pins/settle.ts';
import { startRelay, type Relay } from '../../../migration/relay/start-relay.ts';
import type { Relays } from '../../../migration/relays.ts';
import { createControlDatabase, writeState } from '../../platform/moves/control-database.ts';
import { log, openAt } from '../relay/places.ts';
import { addThing, startRelayStack, USER, type RelayStack } from '../relay/relay-stack.ts';

// Something that the other side cannot hold must not cost everybody time, for as long as that is so.

let stack: RelayStack;
let relay: Relay;
let control: Database;
beforeAll(async () => {
  const url = await createControlDatabase();
  await writeState(url, 'order', { stage: 'canary', readPercent: 100 });
  control = openAt(url, 4);
  stack = await startRelayStack();
  relay = startRelay(stack.places, { log });
});
afterAll(async () => {
  await relay?.stop();
  await stack?.close();
  await control?.close();
});

const WITHIN = 1_500;
const WHILE = 10;
const PINNED = [{ move: 'order', side: 'legacy', readers: [bucketOf('order', USER)] }];

const moves = () => ({ placesOf: () => stack.places, control }) as unknown as OpenMoves;
const relays = () => ({ running: () => [['order', relay]] }) as unknown as Relays;

/** Settles as for a mutation that began some milliseconds ago. @returns what is open */
async function settleFor(since?: number) {
  return settle(moves(), relays(), ['order'], WITHIN, since);
}

/** A machine that is busy takes its time. */
const SOON = { timeout: 15_000 };

/** Longer than somebody's own write may take to be heard of. */
const later = () => sleep(1_500);

test('who writes what cannot be held is told; others are not, when it has been so for a while', async () => {
  const id = await addThing(stack, { amount: 13 });
  await expect.poll(() => stack.on('legacy', 'select from move.parked'), SOON).toHaveLength(1);
  expect(await settleFor(WHILE)).toEqual(PINNED);
  await later();
  await addThing(stack, { owner: randomUUID() });
  expect(await settleFor(WHILE)).toEqual([]);
  expect(await settleFor()).toEqual(PINNED);
  await stack.on('legacy', 'update old_thing set code = $2 where id = $1', [id, 'another']);
  expect(await settleFor(WHILE)).toEqual(PINNED);
  await stack.on('legacy', 'delete from old_thing where id = $1', [id]);
  await expect.poll(() => settleFor(), SOON).toEqual([]);
});

test('nobody waits for what waits itself, but who has written it', async () => {
  const group = randomUUID();
  await stack.on('legacy', 'insert into old_group values ($1, $2, $3)', [group, USER, 'g']);
  await settleFor();
  await stack.on('new', `begin; set local moves.relay = 'order'; delete from new_group; commit`);
  await addThing(stack, { group });
  await expect.poll(() => stack.on('legacy', 'select from move.deferred'), SOON).toHaveLength(1);
  expect(await settleFor(WHILE)).toEqual(PINNED);
  await later();
  await addThing(stack, { owner: randomUUID() });
  const began = performance.now();
  expect(await settleFor(WHILE)).toEqual([]);
  expect(performance.now() - began).toBeLessThan(WITHIN);
  expect(await settleFor()).toEqual(PINNED);
});

test('everybody who was pinned while the mover was away is released, but whose it is and who may have written it', async () => {
  const writer = 5;
  await addThing(stack, { amount: 13 });
  await expect.poll(() => stack.on('legacy', 'select from move.parked'), SOON).toHaveLength(1);
  await writePins(control.db, [
    { move: 'order', bucket: writer, side: 'legacy' },
    { move: 'order', bucket: null, side: null },
  ]);
  await later();
  await releasePins(moves(), relays());
  const left = await readPins(control.db);
  expect(left.map(({ bucket, side }) => [bucket, side])).toEqual([
    [writer, 'legacy'],
    [bucketOf('order', USER), 'legacy'],
  ]);
  await stack.on('legacy', 'delete from old_thing');
  const released = async () => {
    await releasePins(moves(), relays());
    return readPins(control.db);
  };
  await expect.poll(released, SOON).toEqual([]);
});

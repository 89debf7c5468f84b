import type { Side } from '#platform/moves/moves.ts';
import { note } from '../journal/journal.ts';
import { otherSide } from '../other-side.ts';
import { OwnershipElsewhere } from '../ownership/errors.ts';
import { readOwners, setOwner } from '../ownership/owners.ts';
import { lastEpoch, openFlip, recordEnd, type FlipRecord } from './flip-record.ts';
import type { Flipper } from './flipper.ts';

/**
 * Brings a flip to its end that somebody began and did not end: forward where its target is open, else back. Whoever
 * began it may still live, and go on at any moment: the epochs refuse what it does then.
 *
 * Where `control` is away nobody can have the lock, and writers would wait until it is back; what decides is in the
 * databases of the sides, so it is done all the same. The end is recorded by whoever has the lock next.
 *
 * @param why for the journal
 * @throws LockLost
 */
export async function settleFlip(
  flipper: Flipper,
  record: FlipRecord,
  why: string,
): Promise<'done' | 'reopened'> {
  const { buckets, toSide } = record;
  const from = otherSide(toSide);
  const lost = await lostWithControl(flipper);
  // Above the epoch that was given out: with that one nobody opens the target any more, however late they come.
  const isBack = await giveBack(flipper, buckets, from, record.epoch + 1);
  if (!isBack) await tellSource(flipper, record);
  if (lost !== null) throw lost;
  const step = isBack ? 'reopened' : 'done';
  await end(flipper, record, step, { why });
  return step;
}

/** @returns why the lock is lost, where that is because `control` is away @throws LockLost where somebody else has it */
async function lostWithControl({ lock, places }: Flipper): Promise<unknown> {
  try {
    await lock.check();
    return null;
  } catch (error) {
    const isAway = await places.control.ping().then(
      () => false,
      () => true,
    );
    if (isAway) return error;
    throw error;
  }
}

/**
 * Gives buckets back to the side that they were leaving. What decides is one row of the other side's database for each:
 * either that side is open, or it is barred by an epoch above all that were given out.
 *
 * @returns false where the other side is open
 * @throws LockLost where somebody else has gone on meanwhile
 */
async function giveBack(
  { places, reach, lock }: Flipper,
  buckets: readonly number[],
  side: Side,
  epoch: number,
): Promise<boolean> {
  const move = places.mapping.name;
  const barred = await setOwner(places[otherSide(side)], move, buckets, side, epoch).catch(
    (error: unknown) => {
      if (error instanceof OwnershipElsewhere) return null;
      throw error;
    },
  );
  reach('flip.fenced');
  if (barred === null) return false;
  if (barred.some(({ owner }) => owner !== side)) return false;
  const highest = Math.max(...barred.map((bucket) => bucket.epoch));
  // Somebody else has been here: they may have gone on.
  if (highest > epoch) await lock.check();
  await setOwner(places[side], move, buckets, side, highest);
  reach('flip.reopened');
  return true;
}

/**
 * Brings everything to an end that somebody left behind in the middle: a flip, and buckets that nobody flips and that
 * are closed all the same, because somebody who was stopped in a flip went on when it was over.
 *
 * @returns how the flip ended; null: there was none
 */
export async function settleMove(flipper: Flipper): Promise<'done' | 'reopened' | null> {
  const { places } = flipper;
  const move = places.mapping.name;
  const record = await openFlip(places.control.db, move);
  const end = record && (await settleFlip(flipper, record, 'left behind'));
  await giveBackStray(flipper);
  return end;
}

async function giveBackStray(flipper: Flipper): Promise<void> {
  const { places } = flipper;
  const move = places.mapping.name;
  const owners = {
    legacy: await readOwners(places.legacy.db, move),
    new: await readOwners(places.new.db, move),
  };
  for (const side of ['legacy', 'new'] as const) {
    const closed = owners[side].flatMap(({ bucket, owner }) =>
      owner === 'moving' ? [bucket] : [],
    );
    if (closed.length === 0) continue;
    const known = [...owners.legacy, ...owners.new].map(({ epoch }) => epoch);
    const epoch = Math.max(await lastEpoch(places.control.db, move), ...known) + 1;
    await giveBack(flipper, closed, side, epoch);
  }
}

/** The last steps of a flip whose target is open: the source is told, and the end recorded. */
export async function closeSource(
  flipper: Flipper,
  record: FlipRecord,
  evidence: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tellSource(flipper, record);
  await end(flipper, record, 'done', evidence);
  flipper.reach('flip.done');
}

async function tellSource({ places, reach }: Flipper, record: FlipRecord): Promise<void> {
  const { move, buckets, toSide } = record;
  // As the target has it: it may have been opened with a later epoch than the record says, or some have gone back since.
  const owners = await readOwners(places[toSide].db, move, buckets);
  const open = owners.filter(({ owner }) => owner === toSide);
  for (const [epoch, some] of Map.groupBy(open, (bucket) => bucket.epoch)) {
    const numbers = some.map(({ bucket }) => bucket);
    await setOwner(places[otherSide(toSide)], move, numbers, toSide, epoch);
  }
  reach('flip.closed');
}

async function end(
  { places, signature }: Flipper,
  record: FlipRecord,
  step: 'done' | 'reopened',
  evidence: Readonly<Record<string, unknown>>,
): Promise<void> {
  await places.control.db.transaction(async (tx) => {
    await recordEnd(tx, record, step, evidence);
    await note(tx, {
      ...signature,
      move: record.move,
      action: 'flip',
      step,
      evidence: { flip: record.id, to: record.toSide, epoch: record.epoch, ...evidence },
    });
  });
}

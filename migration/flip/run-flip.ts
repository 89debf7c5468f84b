import type { MoveName, Side } from '#platform/moves/moves.ts';
import { note } from '../journal/journal.ts';
import { otherSide } from '../other-side.ts';
import { beginMoving } from '../ownership/begin-moving.ts';
import { readOwners, setOwner, type BucketOwner } from '../ownership/owners.ts';
import { drain } from '../relay/drain.ts';
import { compareChanged, type Comparison } from './compare-changed.ts';
import { lastEpoch, openFlip, recordFlip, recordStep, type FlipRecord } from './flip-record.ts';
import type { Flipper } from './flipper.ts';
import { closeSource, settleFlip } from './settle-flip.ts';

/** A flip was given up: the buckets belong to whom they belonged to. The message says why. */
export class FlipRefused extends Error {
  readonly code = 'FLIP_REFUSED';
  readonly evidence: Readonly<Record<string, unknown>>;

  constructor(move: MoveName, why: string, evidence: Readonly<Record<string, unknown>> = {}) {
    super(`${move} stays where it was: ${why}`);
    this.name = 'FlipRefused';
    this.evidence = evidence;
  }
}

/** What a flip did. */
export interface FlipResult {
  readonly buckets: number;
  readonly epoch: number;
  /** Milliseconds in which nobody could write to the buckets. */
  readonly pausedMs: number;
  /** Aggregates that were compared before the target was opened. */
  readonly compared: number;
}

/**
 * Hands buckets to a side. Writes to them wait meanwhile; what was written before is carried over and compared before the
 * side is opened, so none is lost. Ended at any moment, `settleFlip` brings it to an end.
 *
 * @param buckets that belong to the other side
 * @throws FlipRefused when something differs, is parked or unfinished, DrainTimeout when it is not carried over in time,
 *   OwnershipBusy when a long transaction holds a bucket: the source is open again then. LockLost when somebody else has
 *   taken over
 */
export async function flip(
  flipper: Flipper,
  buckets: readonly number[],
  to: Side,
): Promise<FlipResult> {
  const { places, lock, reach } = flipper;
  const record = await begin(flipper, buckets, to);
  reach('flip.begun');
  const result = { buckets: buckets.length, epoch: record.epoch };
  let began = performance.now();
  let compared = 0;
  try {
    await lock.check();
    await stopWrites(flipper, record);
    began = performance.now();
    compared = await carryOver(flipper, record, Date.now() + flipper.pause);
    await lock.check();
    requireOpened(
      record,
      await setOwner(places[to], record.move, record.buckets, to, record.epoch),
    );
    reach('flip.opened');
  } catch (error) {
    if ((await settleFlip(flipper, record, reasonOf(error))) === 'reopened') throw error;
    return { ...result, compared, pausedMs: performance.now() - began };
  }
  const pausedMs = performance.now() - began;
  try {
    await recordStep(places.control, record, 'opened');
    reach('flip.opened.recorded');
  } finally {
    // Also where that could not be recorded: whoever comes to the source must hear who owns it.
    await closeSource(flipper, record, { pausedMs: Math.round(pausedMs), compared });
  }
  return { ...result, compared, pausedMs };
}

async function begin(
  { places, lock, signature }: Flipper,
  buckets: readonly number[],
  to: Side,
): Promise<FlipRecord> {
  const { control, mapping } = places;
  const move = mapping.name;
  await lock.check();
  const underWay = await openFlip(control.db, move);
  if (underWay) throw new FlipRefused(move, `flip ${underWay.id} is not settled yet`);
  const owners = [
    ...(await readOwners(places.legacy.db, move, buckets)),
    ...(await readOwners(places.new.db, move, buckets)),
  ];
  const stray = owners.find(({ owner }) => owner !== otherSide(to));
  if (stray) {
    const why = `bucket ${stray.bucket} belongs to ${stray.owner}, not to ${otherSide(to)}`;
    throw new FlipRefused(move, why, { stray });
  }
  const known = owners.map(({ epoch }) => epoch);
  // Above that with which the flip before may have been given up, too.
  const epoch = Math.max((await lastEpoch(control.db, move)) + 1, ...known) + 1;
  return control.db.transaction(async (tx) => {
    const { by, reason } = signature;
    const planned = { move, buckets: [...buckets], toSide: to, epoch, startedBy: by, reason };
    const record = await recordFlip(tx, planned);
    const evidence = { flip: record.id, to, epoch, buckets: describe(buckets) };
    await note(tx, { ...signature, move, action: 'flip', step: 'begun', evidence });
    return record;
  });
}

/** Milliseconds after which a flip is given up that somebody is in the way of: of fewer buckets, nobody may be. */
const BUSY_AFTER = 3_000;

/** Stops writes to the source. Whoever was stopped for long enough finds that the buckets have gone on without it. */
async function stopWrites({ places, reach }: Flipper, record: FlipRecord): Promise<void> {
  const from = otherSide(record.toSide);
  const owners = await beginMoving(places[from], record.move, record.buckets, from, BUSY_AFTER);
  reach('flip.moving');
  if (owners.some(({ epoch }) => epoch >= record.epoch)) {
    throw new FlipRefused(record.move, 'its buckets were handed on meanwhile');
  }
  await recordStep(places.control, record, 'moving');
  reach('flip.moving.recorded');
}

/** @returns how many aggregates were compared */
async function carryOver(
  { places, reach }: Flipper,
  record: FlipRecord,
  deadline: number,
): Promise<number> {
  const { move, buckets, toSide } = record;
  const from = otherSide(toSide);
  const unfinished = from === 'new' && (await places.mapping.unfinished?.(places.new.db, buckets));
  if (unfinished) throw new FlipRefused(move, unfinished, { unfinished });
  await drain(places, from, { buckets, deadline });
  await recordStep(places.control, record, 'drained');
  reach('flip.drained');
  const comparison = await compareChanged(places, from, buckets);
  requireEqual(move, comparison);
  await recordStep(places.control, record, 'compared');
  reach('flip.compared');
  return comparison.compared;
}

/** How many aggregates are named. */
const NAMED = 20;

function requireEqual(move: MoveName, { differing, parked, compared }: Comparison): void {
  if (parked.length > 0) {
    const why = `${named(parked)} could not be carried over. npm run move -- verify ${move} says why; mend them, then try again`;
    throw new FlipRefused(move, why, { parked: parked.slice(0, NAMED) });
  }
  if (differing.length > 0) {
    const why = `the sides differ in ${named(differing)}. npm run move -- verify ${move} says in which fields`;
    const evidence = { compared, differing: differing.slice(0, NAMED), differed: differing.length };
    throw new FlipRefused(move, why, evidence);
  }
}

function named(aggregates: readonly { kind: string; id: string }[]): string {
  const some = aggregates.slice(0, NAMED).map(({ kind, id }) => `${kind} ${id}`);
  const more = aggregates.length > NAMED ? ` and ${aggregates.length - NAMED} more` : '';
  return `${some.join(', ')}${more}`;
}

/** Whether the side was opened with this epoch; a later one means that somebody has taken over. */
function requireOpened(record: FlipRecord, owners: readonly BucketOwner[]): void {
  const isOpen = owners.every(
    ({ owner, epoch }) => owner === record.toSide && epoch === record.epoch,
  );
  if (!isOpen) throw new FlipRefused(record.move, 'somebody else has taken over');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `0-1023` for a run of buckets, else the first ones. */
function describe(buckets: readonly number[]): string {
  const first = buckets[0] ?? 0;
  const last = buckets.at(-1) ?? 0;
  if (last - first + 1 === buckets.length) return first === last ? `${first}` : `${first}-${last}`;
  return `${buckets.slice(0, 10).join(', ')}${buckets.length > 10 ? ', …' : ''}`;
}

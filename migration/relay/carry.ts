import { setTimeout as wait } from 'node:timers/promises';
import type { DatabaseError } from 'pg';
import type { MovePlaces } from '../move-places.ts';
import { otherSide } from '../other-side.ts';
import { acknowledge, deferAggregate, parkAggregate } from './acknowledge.ts';
import { failureOf, reasonOf } from './failures.ts';
import { holdersOfValue } from './holders.ts';
import { look, type Direction, type Sight, type Wanted } from './look.ts';
import { keyOf, type Marker } from './markers.ts';
import { addCounts, NOTHING, type RelayCount } from './relay-count.ts';
import { query } from './sessions.ts';
import { unmappableReason } from './unmappable.ts';
import { bringFiles, writeIncoming } from './write-incoming.ts';

/** What became of some aggregates. */
export interface Carried {
  readonly count: RelayCount;
  /** Buckets whose owner cannot be told at this moment. */
  readonly unsure: readonly number[];
  /** Whose reads miss what was parked: buckets of users. */
  readonly readers: readonly number[];
}

export const NOT_CARRIED: Carried = { count: NOTHING, unsure: [], readers: [] };

/** How often others may be in the way of one batch. */
const TRIES = 5;
/** How many aggregates a batch may take in because they hold values that its own want. */
const MOST_HOLDERS = 100;

/**
 * Brings aggregates to the other side. All at once; where one does not fit, in halves, so that it stops no other.
 *
 * @param wanted no aggregate twice
 * @param holders others that must change in the same transaction, because they hold unique values of these
 * @param isCareful false at first: most of what the target does not have has nothing in its way there
 * @throws where it is not the rows that failed: a connection that ended, a server without room
 */
export async function carry(
  places: MovePlaces,
  direction: Direction,
  wanted: readonly Wanted[],
  holders: readonly Wanted[] = [],
  isCareful = false,
): Promise<Carried> {
  for (let tries = 1, careful = isCareful; ; tries += 1) {
    try {
      return await attempt(places, direction, [...wanted, ...holders], careful);
    } catch (error) {
      const failure = failureOf(error);
      // Whoever opened the connections closes them, and their transactions with them.
      if (failure === 'whole' || (failure === 'again' && tries === TRIES)) throw error;
      await endTransactions(direction);
      if (failure === 'again') {
        await wait(Math.random() * 10 * 2 ** tries);
        continue;
      }
      if (failure === 'taken' && !careful) {
        careful = true;
        continue;
      }
      const more =
        failure === 'taken'
          ? await newHolders(places, direction, error, [...wanted, ...holders])
          : [];
      if (more.length > 0 && holders.length + more.length <= MOST_HOLDERS) {
        return carry(places, direction, wanted, [...holders, ...more], true);
      }
      return carryLess(places, direction, wanted, error);
    }
  }
}

/** After a failure that one of the rows is to blame for: looks for it, and puts it aside when it is alone. */
async function carryLess(
  places: MovePlaces,
  direction: Direction,
  wanted: readonly Wanted[],
  error: unknown,
): Promise<Carried> {
  if (wanted.length > 1) {
    // The first half has the kinds that others refer to.
    const middle = Math.ceil(wanted.length / 2);
    const first = await carry(places, direction, wanted.slice(0, middle), [], true);
    return join(first, await carry(places, direction, wanted.slice(middle), [], true));
  }
  const [one] = wanted;
  if (!one) throw error;
  const { source, move } = direction;
  const misfit = { ...one, bucket: one.markers[0]?.bucket ?? 0, reason: reasonOf(error) };
  if (failureOf(error) === 'never') {
    await parkAggregate(source, move, misfit, one.markers);
    return { count: { ...NOTHING, parked: 1 }, unsure: [], readers: readersOf(one.markers) };
  }
  await deferAggregate(source, move, misfit);
  return { ...NOT_CARRIED, count: { ...NOTHING, deferred: 1 } };
}

/** One transaction of the target, then what the source learns of it. */
async function attempt(
  places: MovePlaces,
  direction: Direction,
  wanted: readonly Wanted[],
  isCareful: boolean,
): Promise<Carried> {
  const { source, target, move } = direction;
  const sights = await look(direction, wanted);
  const { leave, foreign, equal, misfits, incoming } = sort(sights);
  // What changes no row, as a file that was received, may have changed all the same.
  await bringFiles(places, direction, [...equal, ...incoming]);
  if (incoming.length > 0) await writeIncoming(direction, incoming, isCareful);
  await target.query('commit');
  const done = [...foreign, ...equal, ...incoming];
  await acknowledge(source, move, {
    markers: done.flatMap(({ markers }) => markers),
    equal: [...equal, ...incoming],
    changed: [...equal, ...incoming].filter(isToBeCompared).map(inBucket),
  });
  for (const { sight, reason } of misfits) {
    await parkAggregate(source, move, { ...inBucket(sight), reason }, sight.markers);
  }
  return {
    count: {
      seen: 0,
      written: incoming.filter(({ source }) => source !== null).length,
      removed: incoming.filter(({ source }) => source === null).length,
      equal: equal.length,
      parked: misfits.length,
      deferred: leave.length,
    },
    unsure: sights.flatMap(({ verdict }) => (verdict.is === 'leave' ? verdict.buckets : [])),
    readers: misfits.flatMap(({ sight }) => readersOf(sight.markers)),
  };
}

/** Says of each aggregate what becomes of it. */
function sort(sights: readonly Sight[]) {
  const leave: Sight[] = [];
  const foreign: Sight[] = [];
  const equal: Sight[] = [];
  const incoming: Sight[] = [];
  const misfits: { sight: Sight; reason: string }[] = [];
  for (const sight of sights) {
    const reason = sight.source && unmappableReason(sight.source.form);
    if (sight.verdict.is === 'leave') leave.push(sight);
    else if (sight.verdict.is === 'foreign') foreign.push(sight);
    else if (reason !== null) misfits.push({ sight, reason });
    else if (sight.source?.form === sight.target?.form) equal.push(sight);
    else incoming.push(sight);
  }
  return { leave, foreign, equal, misfits, incoming };
}

/**
 * What a flip compares: all that live writes have changed. Where it is equal already, a relay that ended before it could
 * say so may have written it. What backfills write is for the full verification after them.
 */
const isToBeCompared = ({ markers, source, target }: Sight): boolean =>
  markers.some(({ backfill }) => !backfill) ||
  (markers.length === 0 && source?.form !== target?.form);

const inBucket = ({ kind, id, source, target, markers }: Sight) => ({
  kind,
  id,
  bucket: source?.bucket ?? target?.bucket ?? markers[0]?.bucket ?? 0,
});

async function newHolders(
  { mapping }: MovePlaces,
  { target, from }: Direction,
  error: unknown,
  known: readonly Wanted[],
): Promise<Wanted[]> {
  const holders = await holdersOfValue(target, mapping, otherSide(from), error as DatabaseError);
  const keys = new Set(known.map(keyOf));
  return holders
    .filter((holder) => !keys.has(keyOf(holder)))
    .map((one) => ({ ...one, markers: [] }));
}

async function endTransactions({ source, target }: Direction): Promise<void> {
  await query(target, { text: 'rollback' });
  await query(source, { text: 'rollback' });
}

export const join = (a: Carried, b: Carried): Carried => ({
  count: addCounts(a.count, b.count),
  unsure: [...a.unsure, ...b.unsure],
  readers: [...a.readers, ...b.readers],
});

const readersOf = (markers: readonly Marker[]): number[] =>
  markers.flatMap(({ reader, backfill }) => (reader === null || backfill ? [] : [reader]));

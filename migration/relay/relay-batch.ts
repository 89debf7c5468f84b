import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import { otherSide } from '../other-side.ts';
import { carry, join, NOT_CARRIED, type Carried } from './carry.ts';
import { kindStatements } from './kind-statements.ts';
import { stripeOf, type Direction, type Wanted } from './look.ts';
import { keyOf, peekMarkers, type Marker, type MarkerFilter } from './markers.ts';
import type { RelayCount } from './relay-count.ts';
import { withSessions, type Sessions } from './sessions.ts';
import { prepareIncoming } from './write-incoming.ts';

/** How many markers a batch takes. */
const LIMIT = 500;
/** The same where there are some of live writes, which wait for the end of the batch before theirs. */
const LIVE_LIMIT = 200;

/** A batch, for those who need to know more than its count. */
export interface Batch extends Carried {
  /** Whether it had all markers of live writes that were there when it began, and were not left out. */
  readonly tookAllLive: boolean;
}

/**
 * Carries what the next markers of a source stand for to the other side. Ended at any moment, it has either done nothing
 * that matters, or something that may be done again.
 *
 * @param options `buckets`: only these; `limit`: the most markers; `lanes`: in so many transactions at once, where all of
 *   it is of backfills
 * @throws where a database cannot be reached, or refuses a statement for reasons that no row is to blame for
 */
export async function relayBatch(
  places: MovePlaces,
  from: Side,
  options: { buckets?: readonly number[]; limit?: number; lanes?: number } = {},
): Promise<RelayCount> {
  const { lanes = 1, limit = LIMIT * lanes } = options;
  const { count } = await runBatch(places, from, options, limit, lanes);
  return count;
}

/** As {@link relayBatch}, and says what it left. */
export async function runBatch(
  places: MovePlaces,
  from: Side,
  filter: MarkerFilter = {},
  limit = LIMIT,
  lanes = 1,
): Promise<Batch> {
  const peeked = await peekMarkers(places[from].pool, places.mapping.name, filter, limit);
  const tookAllLive = peeked.length < limit || peeked.at(-1)?.backfill === true;
  const live = peeked.filter(({ backfill }) => !backfill).length;
  const markers = live === 0 ? peeked : peeked.slice(0, Math.max(live, LIVE_LIMIT));
  if (markers.length === 0) return { ...NOT_CARRIED, tookAllLive };
  const wanted = aggregatesOf(places, markers);
  const parts = live === 0 && lanes > 1 ? inLanes(wanted, lanes) : [wanted];
  const carried = await Promise.all(
    parts.map((part) =>
      withSessions(places, from, async (sessions) => {
        const direction = directionOf(places, from, sessions);
        await prepareIncoming(sessions.target, direction.atTarget);
        return carry(places, direction, part);
      }),
    ),
  );
  const { count, ...rest } = carried.reduce(join, NOT_CARRIED);
  return { ...rest, count: { ...count, seen: parts.flat().length }, tookAllLive };
}

/** Fewer aggregates than this are carried in one transaction: the first of a kind may be what others of it refer to. */
const LANE = 200;

/**
 * Parts of some aggregates that do not wait for each other: of the first kind only, because those of the next refer to
 * them, and apart by the digits that they are locked by on the target.
 */
function inLanes(wanted: readonly Wanted[], lanes: number): readonly (readonly Wanted[])[] {
  const first = wanted.filter(({ kind }) => kind === wanted[0]?.kind);
  if (first.length < LANE * lanes) return [wanted];
  const parts = Map.groupBy(first, ({ id }) => stripeOf(id) % lanes);
  return [...parts.values()];
}

/** One direction of a move, over connections that are open. */
export function directionOf({ mapping }: MovePlaces, from: Side, sessions: Sessions): Direction {
  return {
    ...sessions,
    move: mapping.name,
    from,
    atSource: kindStatements(mapping, from),
    atTarget: kindStatements(mapping, otherSide(from)),
  };
}

/** Every aggregate once, with all its markers; kinds that others refer to come first. */
function aggregatesOf({ mapping }: MovePlaces, markers: readonly Marker[]): Wanted[] {
  const order = new Map(mapping.kinds.map(({ name }, index) => [name, index]));
  const aggregates = Map.groupBy(markers, keyOf);
  const wanted = [...aggregates.values()].flatMap((markers) => {
    const [first] = markers;
    return first ? [{ kind: first.kind, id: first.id, markers }] : [];
  });
  const stranger = wanted.find(({ kind }) => !order.has(kind));
  if (stranger) {
    throw new Error(
      `The move ${mapping.name} has markers of the kind "${stranger.kind}", which migration/moves/ does not know: was capture installed by another version?`,
    );
  }
  return wanted.sort((a, b) => (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0));
}

import { sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import type { OpenMoves } from '../open-moves.ts';
import { pendingReaders } from '../relay/markers.ts';
import type { Settlement } from '../relay/start-relay.ts';
import type { Relays } from '../relays.ts';

/** What a side has that the other lacks. */
export interface Unsettled {
  readonly move: MoveName;
  /** Where it is. */
  readonly side: Side;
  /** The buckets of the users whose reads are concerned; null: nobody knows. */
  readonly readers: readonly number[] | null;
}

/**
 * Waits until each side of some moves holds what had been written to the other when this was called.
 *
 * @param within milliseconds
 * @param since milliseconds ago: whose writes began then need not hear of what has been parked, or has waited, for longer;
 *   absent: everything counts
 * @returns where that was too short, or cannot be; everything where no relay runs here, so nothing is known
 */
export async function settle(
  moves: OpenMoves,
  relays: Relays,
  names: readonly MoveName[],
  within: number,
  since?: number,
): Promise<Unsettled[]> {
  const running = new Map(relays.running());
  const asked = performance.now();
  const all = await Promise.all(
    names.map(async (move) => {
      const relay = running.get(move);
      if (!relay) return SIDES.map((side) => ({ move, side, readers: null }));
      const lately = () =>
        since === undefined ? undefined : since + LATE + (performance.now() - asked);
      const bySide = await relay.settledBySide(within, lately());
      const places = moves.placesOf(move);
      const open = SIDES.map((side) => openOn(places[side].db, move, side, bySide[side], lately()));
      return (await Promise.all(open)).flat();
    }),
  );
  return all.flat();
}

const SIDES = ['legacy', 'new'] as const;
/** Milliseconds on top, for the way here. */
const LATE = 1_000;

/** What is open on one side: nothing, or one. */
async function openOn(
  db: Db,
  move: MoveName,
  side: Side,
  { settled, readers }: Settlement,
  since: number | undefined,
): Promise<Unsettled[]> {
  try {
    const parked = await parkedReaders(db, move, since);
    if (settled && parked === null) return [];
    const pending = settled ? [] : await pendingReaders(db, move);
    return [{ move, side, readers: [...new Set([...readers, ...pending, ...(parked ?? [])])] }];
  } catch {
    return [{ move, side, readers: null }];
  }
}

/**
 * Whose reads are concerned by what the other side cannot hold: it has no markers any more, and is where it was written.
 * Null: there is nothing.
 *
 * @param since milliseconds ago: only what was parked, or parked anew, since then; absent: all
 */
async function parkedReaders(
  db: Db,
  move: MoveName,
  since: number | undefined,
): Promise<number[] | null> {
  const lately =
    since === undefined
      ? sql``
      : sql`and parked_at > clock_timestamp() - ${since} * interval '1 ms'`;
  const { rows } = await db.execute<{ bucket: number }>(
    sql`select distinct bucket from move.parked where move = ${move} ${lately}`,
  );
  if (rows.length === 0) return null;
  // Where writes go together, the bucket is that of all of them, and nobody's.
  return moveNamed(move)?.writes === 'together' ? [] : rows.map(({ bucket }) => bucket);
}

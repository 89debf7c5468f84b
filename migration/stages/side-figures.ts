import { sql } from 'drizzle-orm';
import type { Database } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { captureInstalled } from '../capture/install-capture.ts';
import { readOwners, type BucketOwner } from '../ownership/owners.ts';

/** What one database of a move shows. */
export interface SideFigures {
  readonly installed: boolean;
  readonly owners: readonly BucketOwner[];
  /** Changes that are not on the other side yet. */
  readonly pending: number;
  /** The age of the oldest of them, in milliseconds. */
  readonly lagMs: number;
  /** Markers of the backfill that are not carried over yet. */
  readonly backfillPending: number;
  /** Aggregates that could not be carried over, some by name. */
  readonly parked: number;
  readonly parkedNames: readonly string[];
  /** How many of them have been for a while: what waits for a row of another move is parked for a moment only. */
  readonly parkedLong: number;
  /** Whether all that was here before capture has been marked; false where that has not begun, too. */
  readonly backfilled: boolean;
  /** When the last backfill has ended; null: never. */
  readonly backfilledAt: Date | null;
  /** Rows that the backfill has marked. */
  readonly marked: number;
  /** Who has written here in the last seven days, by database role and application. */
  readonly writers: readonly string[];
}

/** Of a database that no move has anything to do with. */
export const NO_FIGURES: SideFigures = {
  installed: false,
  owners: [],
  pending: 0,
  lagMs: 0,
  backfillPending: 0,
  parked: 0,
  parkedNames: [],
  parkedLong: 0,
  backfilled: false,
  backfilledAt: null,
  marked: 0,
  writers: [],
};

/** How many parked aggregates are named. */
const NAMED = 5;
/** Seconds after which something is parked for long. */
const LONG = 10;

/**
 * @param kinds the names of the kinds of the move
 * @param passing words in the reasons of what is not counted as parked, because that passes by itself
 */
export async function readSideFigures(
  database: Database,
  move: MoveName,
  kinds: readonly string[],
  passing?: string,
): Promise<SideFigures> {
  if (!(await captureInstalled(database, move))) return NO_FIGURES;
  const isParked = sql`move = ${move} ${passing === undefined ? sql`` : sql`and position(${passing} in reason) = 0`}`;
  const { rows } = await database.db.execute<Figures & Record<string, unknown>>(sql`
    select
      (select count(*)::int from move.dirty where move = ${move} and not backfill) as "pending",
      (select count(*)::int from move.dirty where move = ${move} and backfill) as "backfillPending",
      coalesce((select extract(epoch from clock_timestamp() - min(noted_at)) * 1000
        from move.dirty where move = ${move} and not backfill), 0)::float8 as "lagMs",
      (select count(*)::int from move.parked where ${isParked}) as "parked",
      (select count(*)::int from move.parked where ${isParked}
        and parked_at < clock_timestamp() - ${LONG} * interval '1 second') as "parkedLong",
      coalesce((select array_agg(line) from (
        select kind || ' ' || aggregate_id || ': ' || reason as line from move.parked
        where ${isParked} order by parked_at, aggregate_id limit ${NAMED}) as lines), '{}') as "parkedNames",
      (select count(*) filter (where finished_at is not null)::int from move.backfill
        where move = ${move} and kind = any(${`{${kinds.join()}}`}::text[])) as "passes",
      (select extract(epoch from max(finished_at)) * 1000 from move.backfill where move = ${move})::float8 as "endedMs",
      coalesce((select sum(marked) from move.backfill where move = ${move}), 0)::float8 as "marked",
      coalesce((select array_agg(distinct application || ' as ' || role) from move.writer
        where move = ${move} and hour > now() - interval '7 days'), '{}') as "writers"`);
  const { passes, endedMs, ...figures } = rows[0] as Figures;
  return {
    ...figures,
    backfilledAt: endedMs === null ? null : new Date(endedMs),
    installed: true,
    owners: await readOwners(database.db, move),
    // Each kind has two: what is here, and what the other side has that is not here.
    backfilled: passes >= kinds.length * 2,
  };
}

interface Figures extends Omit<
  SideFigures,
  'installed' | 'owners' | 'backfilled' | 'backfilledAt'
> {
  readonly passes: number;
  readonly endedMs: number | null;
}

import { sql } from 'drizzle-orm';
import type { Database, Db } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { Aggregate, Move } from './moves/move.ts';
import { advanceNumbers, park, removeGone, stage, write, type Direction } from './staged-rows.ts';

/** What a copy did to the rows of one aggregate. */
export interface CopyCount {
  readonly aggregate: string;
  /** Rows that the source has. */
  readonly rows: number;
  /** Rows that were missing or different on the target. */
  readonly written: number;
  /** Rows that were on the target only. */
  readonly removed: number;
}

/**
 * Makes the target hold exactly the rows of the source, mapped: what is missing is inserted, what differs is
 * updated, what is gone is deleted. The source is read in one snapshot, the target written in one transaction,
 * so a copy that fails anywhere has changed nothing and may simply be run again.
 *
 * Rows are first staged in temporary tables. From there one statement per table writes them, whatever refers
 * to whatever inside the table, and unique values may change places between rows.
 *
 * @param to the side that is written
 * @throws UnmappableRow when a row cannot be said in the words of the other side
 * @throws CopyRefused when a row breaks a constraint of the target
 */
export async function copyMove(
  move: Move,
  source: Database,
  target: Database,
  to: Side,
): Promise<readonly CopyCount[]> {
  const directions = move.aggregates.flatMap((aggregate) => direction(aggregate, to) ?? []);
  return source.db.transaction(
    (reading) => target.db.transaction((writing) => copyAll(reading, writing, directions)),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function copyAll(
  reading: Db,
  writing: Db,
  directions: readonly Direction[],
): Promise<CopyCount[]> {
  // Ledgers forbid to change what was written, but for copies.
  await writing.execute(sql`set local moves.copying = 'on'`);
  const rows = new Map<Direction, number>();
  const removed = new Map<Direction, number>();
  const written = new Map<Direction, number>();
  for (const one of directions) rows.set(one, await stage(reading, writing, one));
  // What others refer to is written first.
  for (const one of directions) {
    await park(writing, one);
    written.set(one, await write(writing, one));
  }
  // By now no row refers any more to one that goes, but for rows that go themselves: those go first.
  for (const one of directions.toReversed()) {
    removed.set(one, await removeGone(writing, one));
  }
  for (const one of directions) await advanceNumbers(writing, one);
  return directions.map((one) => ({
    aggregate: one.name,
    rows: rows.get(one) ?? 0,
    written: written.get(one) ?? 0,
    removed: removed.get(one) ?? 0,
  }));
}

function direction(aggregate: Aggregate, to: Side): Direction | null {
  const { name, legacyTable, newTable, key, toLegacy, parked, numbered, readNew } = aggregate;
  if (to === 'legacy') {
    if (!toLegacy) return null;
    return {
      name,
      from: newTable,
      read: readNew,
      fromKey: key.new,
      derived: false,
      into: legacyTable,
      intoKey: key.legacy,
      parked: parked?.legacy ?? {},
      numbered: numbered?.legacy,
      map: (row) => [toLegacy(row)],
    };
  }
  return {
    name,
    from: legacyTable,
    fromKey: key.legacy,
    derived: toLegacy === null,
    into: newTable,
    intoKey: key.new,
    parked: parked?.new ?? {},
    numbered: numbered?.new,
    map: (row) => [aggregate.toNew(row)].flat(),
  };
}

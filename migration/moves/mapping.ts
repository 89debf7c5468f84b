import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { MigrationConfig } from '../config.ts';

/**
 * The data behind a move: how both sides keep it, said once, in SQL. Backfill, relay, verification, handover and tests
 * all use this. Rows pass through TypeScript only as the JSON text of canonical forms.
 */
export interface MoveMapping {
  readonly name: MoveName;
  /** What others refer to first: categories before products. */
  readonly kinds: readonly Kind[];
  /**
   * Looks for work that the new side has begun and that only its service can bring to an end, because the other side has
   * no place for it. Absent: there is never any.
   *
   * @param buckets that are about to leave, and are closed for writes, while everything runs; absent: all, and nothing runs
   * @returns what is unfinished and what to do, for a person; null: the data may leave the new side
   */
  readonly unfinished?: (newSide: Db, buckets?: readonly number[]) => Promise<string | null>;
  /**
   * Words in the reason why something cannot be carried over that mean that it passes by itself: it is being worked on. So
   * it is no fault, and is in nobody's way but that of {@link unfinished}.
   */
  readonly passing?: string;
}

/** A kind of aggregate: rows that change together and are compared as one. Its ids are UUIDs, equal on both sides. */
export interface Kind {
  /** In the singular: `account`. */
  readonly name: string;
  readonly sides: Readonly<Record<Side, KindOnSide>>;
  /**
   * Work outside the databases that must be done before the target's transaction commits: copying files. Repeatable. What it
   * locks by the target's session is held until then.
   */
  readonly beforeWrite?: (
    incoming: readonly IncomingAggregate[],
    to: Side,
    config: MigrationConfig,
    target: Pick<PoolClient, 'query'>,
  ) => Promise<void>;
  /** Members of the canonical form, at any depth, whose values are never shown: hashes of passwords and tokens. */
  readonly secrets?: readonly string[];
}

/** An aggregate on its way to the other side. */
export interface IncomingAggregate {
  readonly id: string;
  /** Null: the source has it no more. */
  readonly canonical: unknown;
  /** As the target has it until now; null: not at all. */
  readonly before: unknown;
}

/**
 * How a side keeps a kind. `incoming` is the name of a relation (id uuid primary key, canonical jsonb, null: is gone)
 * in the session of the target. Of a batch, all kinds are parked first, then written in order, then removed in reverse
 * order, in one transaction with `moves.copying` on.
 */
export interface KindOnSide {
  /** The table that has one row, or where nothing else is said several, per aggregate. */
  readonly root: PgTable;
  /** The id of the aggregate in `root`. */
  readonly rootId: PgColumn;
  readonly captured: readonly CapturedTable[];
  /**
   * `select … as id, … as canonical` for those of `ids` (SQL of a uuid[]) that exist. What the other side could not
   * hold stands in it as `{"unmappable": "<where, value, advice>"}`.
   */
  canonical(ids: SQL): SQL;
  /** Statements that take unique values out of the way which may change places between rows. */
  park(incoming: SQL): readonly SQL[];
  /**
   * Statements that make this side hold the canonical forms; rows that are right already are not touched. A row that
   * another aggregate holds here breaks the primary key (23505): that one must be written in the same batch.
   */
  write(incoming: SQL): readonly SQL[];
  /**
   * The same for aggregates of which this side has nothing yet, without looking for what is there: for backfills. What
   * is there all the same breaks a key (23505). Absent: {@link write} does it.
   */
  create?(incoming: SQL): readonly SQL[];
  /** Statements that delete aggregates that are gone, and rows that are gone from aggregates, where others refer to them. */
  remove(incoming: SQL): readonly SQL[];
  /** The identity column that both sides number: legacy odd, new even, while both are installed. */
  readonly numbered?: PgColumn;
}

/** A table whose changes make aggregates dirty. SQL is text over `r`, its row; functions are qualified or built in. */
export interface CapturedTable {
  readonly table: PgTable;
  /** The id of the row's aggregate. For an update both the old and the new row are asked: it may have moved. */
  readonly aggregate: string;
  /**
   * The partition key (a user id) of the bucket that owns writes; null: the move has one bucket, 0. Where the
   * expression gives null, the trigger skips the row: its parent goes, or is gone, and stands for it.
   */
  readonly key: string | null;
  /** The user whose reads are concerned; null: nobody's, as of products. */
  readonly reader: string | null;
  /**
   * Run before this parent row is deleted: the ids of aggregates of another move or kind that a cascade takes along,
   * and that could not find their bucket afterwards: the reviews of a resume. They have the parent's partition key.
   */
  readonly takesAlong?: TakenAlong;
}

export interface TakenAlong {
  readonly move: MoveName;
  readonly kind: string;
  /** SQL over `r` that selects one column of uuids. */
  readonly ids: string;
}

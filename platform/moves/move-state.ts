import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { BUCKETS, bucketOf, coveredBuckets } from './bucket.ts';
import { MOVES, moveNamed, type MoveName, type Side } from './moves.ts';
import { moveState, moveStateVersion } from './tables.ts';

/** Where a move stands, in order. */
export const STAGES = ['legacy', 'sync', 'shadow', 'canary', 'cutover', 'soak', 'sealed'] as const;
export type Stage = (typeof STAGES)[number];

/** Whether both sides answer queries of a move, so that each must have what was written on the other. */
export function isShared({ stage }: Pick<MoveProgress, 'stage'>): boolean {
  return stage === 'canary' || stage === 'cutover' || stage === 'soak';
}

/** The channel on which PostgreSQL tells of every change; what is sent is the version, as text. */
export const MOVE_STATE_CHANNEL = 'move_state';

/** How far a move is. */
export interface MoveProgress {
  readonly stage: Stage;
  /** The share of subjects whose queries the new side answers, 0 to 100. */
  readonly readPercent: number;
  /** The share of buckets whose writes the new side owns, 0 to 100; 0 or 100 where writes move together. */
  readonly writePercent: number;
}

/** How far a move is, as it is recorded. */
export interface MoveState extends MoveProgress {
  readonly move: MoveName;
  /** The version of all moves that this state came with. */
  readonly version: number;
  readonly updatedAt: Date;
  /** Who changed it last: a person's name, or the command that did. */
  readonly updatedBy: string;
}

/** The states of all moves at one moment. */
export interface MoveSnapshot {
  /** Rises with every change of any move. */
  readonly version: number;
  /** By name. A move that nobody has recorded yet is missing: it is legacy's. */
  readonly moves: ReadonlyMap<string, MoveState>;
}

/** Reads the states of all moves, all from the same moment. */
export async function readMoveSnapshot(control: Db): Promise<MoveSnapshot> {
  // One statement: two could see two moments.
  const rows = await control
    .select({ current: moveStateVersion.version, state: moveState })
    .from(moveStateVersion)
    .leftJoin(moveState, eq(moveStateVersion.only, true));
  const states = rows.flatMap(({ state }) => (state ? [Object.freeze(state)] : []));
  return snapshotOf(rows[0]?.current ?? 0, states);
}

/** Reads only the version: whoever has seen it has seen everything. */
export async function readMoveVersion(control: Db): Promise<number> {
  const rows = await control.select({ version: moveStateVersion.version }).from(moveStateVersion);
  return rows[0]?.version ?? 0;
}

/** What the targets `USE_NEW_…` alone say: each move whole on one side. */
export function snapshotOfTargets(targets: Readonly<Record<MoveName, Side>>): MoveSnapshot {
  const states = MOVES.map(({ name }) =>
    Object.freeze({
      move: name,
      ...wholeOn(targets[name]),
      version: 0,
      updatedAt: new Date(0),
      updatedBy: 'the environment',
    }),
  );
  return snapshotOf(0, states);
}

/**
 * The state of a move that is whole on one side. Data is copied by the handover only, so the stages are those
 * without a data move under way, and `soak` does not count hours yet.
 */
export function wholeOn(side: Side): MoveProgress {
  return side === 'new'
    ? { stage: 'soak', readPercent: 100, writePercent: 100 }
    : { stage: 'legacy', readPercent: 0, writePercent: 0 };
}

/** Whether the new side answers the queries of a subject. @param subject is asked for only where it matters */
export function readsNew(state: MoveState, subject: () => string): boolean {
  const covered = coveredBuckets(state.readPercent);
  return isWithin(covered, () => bucketOf(state.move, subject()));
}

/**
 * Whether the new side owns what a user writes. Both reads and writes go by the same buckets, so whoever is within
 * the percentage of one is among the first within that of the other.
 *
 * @param user the partition key of the write; asked for only where it matters
 */
export function writesNew(state: MoveState, user: () => string): boolean {
  const covered = coveredBuckets(state.writePercent);
  const isOneBucket = moveNamed(state.move)?.writes === 'together';
  return isWithin(covered, () => (isOneBucket ? 0 : bucketOf(state.move, user())));
}

function isWithin(covered: number, bucket: () => number): boolean {
  if (covered <= 0) return false;
  return covered >= BUCKETS || bucket() < covered;
}

/** Some states of moves, as one. */
export function snapshotOf(version: number, states: readonly MoveState[]): MoveSnapshot {
  return Object.freeze({ version, moves: new Map(states.map((state) => [state.move, state])) });
}

import { eq, inArray, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from '#platform/database/pool.ts';
import { bucketOf } from './bucket.ts';
import { snapshotOf, writesNew, type MoveSnapshot, type MoveState } from './move-state.ts';
import type { MoveName, Side } from './moves.ts';
import { movePin, moveState, moveStateVersion } from './tables.ts';

/** Readers of a move who are answered by one side for a while, because the other lacks what they must see. */
export interface Pin {
  readonly move: MoveName;
  /** Of subjects; null: everybody. */
  readonly bucket: number | null;
  /** Null: each reads where the writes of their own bucket are. */
  readonly side: Side | null;
}

/** The pins of one move. */
export interface MovePins {
  readonly everybody: Pick<Pin, 'side'> | null;
  readonly byBucket: ReadonlyMap<number, Side | null>;
}

/** What requests are routed by, all of one moment. */
export interface RoutingSnapshot extends MoveSnapshot {
  /** A move without pins is missing. */
  readonly pins: ReadonlyMap<string, MovePins>;
}

/** Reads everything that requests are routed by. */
export async function readRouting(control: Db): Promise<RoutingSnapshot> {
  // One statement: two could see two moments.
  const rows = await control
    .select({
      version: moveStateVersion.version,
      state: moveState,
      pins: sql<Pin[]>`(select coalesce(jsonb_agg(jsonb_build_object(
        'move', ${movePin.move}, 'bucket', ${movePin.bucket}, 'side', ${movePin.side})), '[]') from ${movePin})`,
    })
    .from(moveStateVersion)
    .leftJoin(moveState, eq(moveStateVersion.only, true));
  const states = rows.flatMap(({ state }) => (state ? [Object.freeze(state)] : []));
  return withPins(snapshotOf(rows[0]?.version ?? 0, states), rows[0]?.pins ?? []);
}

/** States of moves with pins. */
export function withPins(moves: MoveSnapshot, pins: readonly Pin[]): RoutingSnapshot {
  const byMove = Map.groupBy(pins, ({ move }) => move);
  const entries = [...byMove].map(([move, own]) => [move, pinsOfMove(own)] as const);
  return Object.freeze({ ...moves, pins: new Map<string, MovePins>(entries) });
}

function pinsOfMove(pins: readonly Pin[]): MovePins {
  const everybody = pins.find(({ bucket }) => bucket === null) ?? null;
  const others = pins.flatMap(({ bucket, side }) =>
    bucket === null ? [] : [[bucket, side] as const],
  );
  return { everybody, byBucket: new Map(others) };
}

/** How many pins there are. */
export function countPins({ pins }: Pick<RoutingSnapshot, 'pins'>): number {
  const counts = [...pins.values()].map(
    ({ everybody, byBucket }) => byBucket.size + (everybody === null ? 0 : 1),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The side that a subject is to be answered by because of a pin; null: none is for them. What somebody has written
 * themselves counts more than a pin for everybody.
 *
 * @param subject asked for only where it matters
 */
export function pinnedSide(
  { pins }: Pick<RoutingSnapshot, 'pins'>,
  state: MoveState,
  subject: () => string,
): Side | null {
  const ofMove = pins.get(state.move);
  if (!ofMove) return null;
  const { everybody, byBucket } = ofMove;
  const bucket = byBucket.size > 0 ? bucketOf(state.move, subject()) : -1;
  if (everybody === null && !byBucket.has(bucket)) return null;
  const side = byBucket.get(bucket) ?? everybody?.side ?? null;
  return side ?? (writesNew(state, subject) ? 'new' : 'legacy');
}

/**
 * Makes pins, or makes them anew. Of two pins of one bucket the later one says where it reads.
 *
 * @returns the version with which everybody knows them
 */
export async function writePins(control: NodePgDatabase, pins: readonly Pin[]): Promise<number> {
  return control.transaction(async (tx) => {
    await lockVersion(tx);
    const madeAt = new Date();
    await tx
      .insert(movePin)
      .values(pins.map((pin) => ({ ...pin, madeAt })))
      .onConflictDoUpdate({
        target: [movePin.move, movePin.bucket],
        set: { number: sql`excluded.number`, side: sql`excluded.side`, madeAt },
      });
    const rows = await tx.select({ version: moveStateVersion.version }).from(moveStateVersion);
    return rows[0]?.version ?? 0;
  });
}

/** The pins that there are now, each with the number by which {@link releasePins} knows it. */
export async function readPins(control: Db): Promise<(Pin & { readonly number: number })[]> {
  const { number, move, bucket, side } = movePin;
  return control.select({ number, move, bucket, side }).from(movePin);
}

/** Ends pins, but for those that have been made anew since they were read. */
export async function releasePins(
  control: NodePgDatabase,
  numbers: readonly number[],
): Promise<void> {
  if (numbers.length === 0) return;
  await control.transaction(async (tx) => {
    await lockVersion(tx);
    await tx.delete(movePin).where(inArray(movePin.number, [...numbers]));
  });
}

/** First, as everybody does who changes pins: in another order two of them could wait for each other. */
async function lockVersion(tx: Db): Promise<void> {
  await tx.execute(sql`select from move_state_version for update`);
}

import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrateDatabase } from '#platform/database/migrate.ts';
import type { Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { targetsFrom } from '#platform/moves/config.ts';
import { readMoveSnapshot, wholeOn, type MoveState } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { moveNamed } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import { DESTINATIONS, needsOf } from './destinations.ts';
import { lastEntry } from './journal/journal.ts';
import type { MovePlaces } from './move-places.ts';
import { openMoves, type OpenMoves } from './open-moves.ts';
import { addCounts, NOTHING, type RelayCount } from './relay/relay-count.ts';
import { drain } from './relay/drain.ts';
import { readTarget, recordTarget } from './sides.ts';
import { backfillNow } from './stages/backfill-now.ts';
import { changeState, sideOf } from './stages/change-state.ts';
import { install, isCaptured } from './stages/install.ts';
import { workOn, type MoveWork } from './stages/move-work.ts';
import { readSideFigures } from './stages/side-figures.ts';
import { StageRefused } from './stages/stage-refused.ts';
import { destinationOn, walk } from './stages/walk.ts';
import { otherSide } from './other-side.ts';

/** Any fixed number: two handovers take turns by it. */
const HANDOVER_LOCK = 7_243_010;
/** Nobody writes meanwhile, so nobody waits: what must be carried over may take its time. Milliseconds. */
const PAUSE = 600_000;
/** Milliseconds to wait for whoever is at work on a move. */
const PATIENCE = 60_000;

/** The monolith's database is not ready to be copied from. */
export class LegacyNotReady extends Error {
  readonly code = 'LEGACY_NOT_READY';

  constructor() {
    super(
      'the database of LEGACY_DATABASE_URL has no tables of the monolith: start the monolith once, which creates them, then run this again',
    );
    this.name = 'LegacyNotReady';
  }
}

/** Work that a new side has begun would be lost. Nothing was changed. */
export class MoveUnfinished extends Error {
  readonly code = 'MOVE_UNFINISHED';

  /** @param reasons a paragraph per move: what is unfinished, and what to do */
  constructor(reasons: readonly string[]) {
    super(`nothing was copied, and every move stays where it is. ${reasons.join('\n')}`);
    this.name = 'MoveUnfinished';
  }
}

/**
 * Brings every move to the side that its flag asks for, where the flag says something else than when it was followed last;
 * what people have done with commands since stays. A move that was never followed is brought in step, ready to be advanced
 * by command. Nothing is served meanwhile, so it goes through all stages at once; the same engine does it as while
 * everything runs, so it may be interrupted at any moment, and run again.
 *
 * @param say is told one line per move
 * @throws MoveUnfinished before anything is changed, LegacyNotReady, StageRefused, FlipRefused
 */
export async function handover(
  settings: MigrationConfig,
  say: (line: string) => void,
): Promise<void> {
  await migrateDatabase(settings.CONTROL_DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const config = { ...settings, FLIP_BUCKETS: 1_024 };
  const moves = openMoves(config, createLog('migration', 'warn'));
  try {
    const lock = await moves.control.pool.connect();
    try {
      await lock.query('set lock_timeout = 0');
      await lock.query('select pg_advisory_lock($1)', [HANDOVER_LOCK]);
      const plans = await plansOf(moves);
      if (plans.every(isSealed)) {
        say('every move is sealed: nothing is carried over, and the monolith is needed no more');
        return;
      }
      await requireTables(moves.legacy);
      for (const { url, migrations } of DESTINATIONS) {
        await migrateDatabase(url(config), join(import.meta.dirname, '..', migrations));
      }
      await requireFinished(moves, plans);
      for (const line of await handOverAll(moves, plans)) say(line);
    } finally {
      // The lock ends with its connection.
      lock.release(true);
    }
  } finally {
    await moves.close();
  }
}

/** What is done with a move. */
interface Plan {
  readonly move: MoveName;
  readonly target: Side;
  /** The side that the flag asked for before; null: it was never followed. */
  readonly before: Side | null;
  readonly state: MoveState | undefined;
}

async function plansOf({ control, config, all }: OpenMoves): Promise<Plan[]> {
  const { moves: states } = await readMoveSnapshot(control.db);
  const targets = targetsFrom(config);
  const plans: Plan[] = [];
  for (const { mapping } of all) {
    const move = mapping.name;
    const before = await readTarget(control.db, move);
    plans.push({ move, target: targets[move], before, state: states.get(move) });
  }
  return plans;
}

const isSealed = ({ state }: Plan): boolean => state?.stage === 'sealed';

/** The side that owns the data, or most of it. */
const sideBefore = ({ state, before }: Plan): Side =>
  state ? sideOf(state) : (before ?? 'legacy');

/** Asks every move that leaves its new side whether it may. @throws MoveUnfinished */
async function requireFinished(moves: OpenMoves, plans: readonly Plan[]): Promise<void> {
  const reasons: string[] = [];
  for (const plan of plans) {
    const isLeaving =
      sideBefore(plan) === 'new' && plan.target === 'legacy' && plan.before !== plan.target;
    const { mapping, new: fresh } = moves.placesOf(plan.move);
    const reason = isLeaving ? await mapping.unfinished?.(fresh.db) : null;
    if (reason) reasons.push(reason);
  }
  if (reasons.length > 0) throw new MoveUnfinished(reasons);
}

/**
 * What flows to the new sides flows at once: each has a database of its own. What flows back meets the foreign keys of the
 * monolith, so it goes one after the other, in their order.
 *
 * @returns what was done, a line per move
 */
async function handOverAll(moves: OpenMoves, plans: readonly Plan[]): Promise<string[]> {
  const running = new Map<MoveName, Promise<string>>();
  let back: Promise<unknown> = Promise.resolve();
  for (const plan of plans) {
    const needed = needsOf(plan.move).flatMap((other) => running.get(other) ?? []);
    const before: Promise<unknown>[] = [back, ...needed];
    const line = Promise.all(before).then(() => handOver(moves, plan));
    // Whoever fails is heard of below, when the others have come to their end.
    line.catch(() => {});
    running.set(plan.move, line);
    if (sideBefore(plan) === 'new') back = line;
  }
  await Promise.allSettled(running.values());
  return Promise.all(running.values());
}

/** @returns what was done, in one line */
async function handOver(moves: OpenMoves, plan: Plan): Promise<string> {
  const began = performance.now();
  const { move, target } = plan;
  const reason = `${moveNamed(move)?.flag}=${target === 'new'}`;
  const options = { signature: { by: 'handover', reason }, patience: PATIENCE, pause: PAUSE };
  const from = sideBefore(plan);
  const count = await workOn(moves, move, options, (work) => follow(work, plan, from));
  const { moves: states } = await readMoveSnapshot(moves.control.db);
  const side = sideOf(states.get(move) ?? wholeOn('legacy'));
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  return `${move}: ${side} has the data; copied from ${from} to ${otherSide(from)}: ${summary(count)}; ${seconds} s`;
}

async function follow(work: MoveWork, plan: Plan, from: Side): Promise<RelayCount> {
  const { places, move, signature } = work;
  const { target, before, state } = plan;
  const { control } = places;
  if (!state) await changeState(control, move, wholeOn(from), signature);
  const isKnown = await wasInstalled(work);
  const stage = state?.stage ?? wholeOn(from).stage;
  let count = NOTHING;
  if (stage === 'sealed') return count;
  const isFollowed = before === target && isKnown;
  if (!isFollowed || stage !== 'legacy') count = await bringInStep(work, from);
  if (!isFollowed && (before !== target || stage === 'legacy')) {
    await walk(work, destinationOn(target), false).catch((error: unknown) => {
      // Where the monolith goes on as it was, rows that the new side cannot hold are no reason not to start.
      if (!(error instanceof StageRefused && target === 'legacy' && from === 'legacy')) throw error;
    });
  }
  await recordTarget(control.db, move, target);
  return count;
}

/** Whether capture was ever on this move. What was recorded before there was any has none yet. */
async function wasInstalled({ places, move }: MoveWork): Promise<boolean> {
  return (
    (await isCaptured(places)) ||
    (await lastEntry(places.control.db, move, 'install', ['finished'])) !== null
  );
}

/** Makes the other side hold what the owner has: all of it the first time, later what was written since. */
async function bringInStep(
  { places, move, signature }: MoveWork,
  owner: Side,
): Promise<RelayCount> {
  const { control } = places;
  await install(places, owner, signature);
  const state = (await readMoveSnapshot(control.db)).moves.get(move);
  if (state?.stage === 'legacy') await changeState(control, move, { stage: 'sync' }, signature);
  let count = NOTHING;
  if (!(await isBackfilled(places))) {
    const copied = await backfillNow(places, owner, {
      signature,
      maxPending: AT_ONCE,
      batch: BATCH,
    });
    if (copied) count = addCounts(count, copied);
  }
  for (const side of ['legacy', 'new'] as const) {
    const deadline = Date.now() + PAUSE;
    count = addCounts(count, await drain(places, side, { deadline }));
  }
  return count;
}

/** Whether everything was copied once. The side that it was copied from has it recorded, whoever is the owner now. */
async function isBackfilled({ mapping, ...places }: MovePlaces): Promise<boolean> {
  const kinds = mapping.kinds.map(({ name }) => name);
  const sides = await Promise.all(
    (['legacy', 'new'] as const).map((side) => readSideFigures(places[side], mapping.name, kinds)),
  );
  return sides.some(({ backfilled }) => backfilled);
}

/** Markers that may wait, and that are carried at once: nobody else waits behind them. */
const AT_ONCE = 100_000;
const BATCH = 4_000;

function summary({ seen, written, removed, parked }: RelayCount): string {
  const gone = removed > 0 ? `, ${removed} removed` : '';
  const aside = parked > 0 ? `, ${parked} cannot be: npm run move -- status` : '';
  return `${seen} aggregates (${written} written${gone}${aside})`;
}

async function requireTables(legacy: Database): Promise<void> {
  const { rows } = await legacy.db.execute(
    sql`select to_regclass('app_users') is not null as ready`,
  );
  if (!rows[0]?.ready) throw new LegacyNotReady();
}

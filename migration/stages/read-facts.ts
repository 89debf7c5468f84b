import { setTimeout as sleep } from 'node:timers/promises';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveState, Stage } from '#platform/moves/move-state.ts';
import { readMoveSnapshot, wholeOn } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { inverse, needsOf, refersTo } from '../destinations.ts';
import { lastEntry } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import type { OpenMoves } from '../open-moves.ts';
import { moveChange } from '../tables.ts';
import { parkedOf, type MoveFacts, type Neighbour } from './facts.ts';
import { readVerified } from './read-verified.ts';
import { NO_FIGURES, readSideFigures } from './side-figures.ts';

/** How often what is parked is looked at before it counts, and the milliseconds between two looks. */
const [LOOKS, BETWEEN] = [6, 200];

/**
 * The same as {@link readFacts}, but what is parked for a moment only is waited for: what needs a row of another move.
 */
export async function readSteadyFacts(moves: OpenMoves, name: MoveName): Promise<MoveFacts> {
  let facts = await readFacts(moves, name);
  for (let look = 1; look < LOOKS && parkedOf(facts).count > 0; look++) {
    await sleep(BETWEEN);
    facts = await readFacts(moves, name);
  }
  return facts;
}

/** Reads everything that decides how a move may go on. */
export async function readFacts(moves: OpenMoves, name: MoveName): Promise<MoveFacts> {
  const places = moves.placesOf(name);
  const { control, config } = moves;
  const states = await readMoveSnapshot(control.db);
  const state = stateOf(states.moves.get(name), name);
  const limits = { soakHours: config.SOAK_HOURS, verifiedHours: config.VERIFIED_HOURS };
  const now = new Date();
  if (state.stage === 'sealed' && (await lastEntry(control.db, name, 'seal', ['finished']))) {
    // Nothing is to come, so no database of a service is asked: the monolith's may be gone.
    const verified = await readVerified(control.db, name);
    return { ...SEALED, move: name, now, state, verified, limits };
  }
  const { passing } = places.mapping;
  const kinds = places.mapping.kinds.map((kind) => kind.name);
  const neighbours = (relation: MoveName[]) =>
    Promise.all(relation.map((other) => neighbour(moves, other, states.moves.get(other)?.stage)));
  const [legacy, fresh, verified, soaking, needs, neededBy, referredBy] = await Promise.all([
    readSideFigures(places.legacy, name, kinds, passing),
    readSideFigures(places.new, name, kinds, passing),
    readVerified(control.db, name),
    readSoaking(control.db, state),
    neighbours(needsOf(name)),
    neighbours(inverse(needsOf, name)),
    neighbours(inverse(refersTo, name)),
  ]);
  return {
    move: name,
    now,
    state,
    legacy,
    new: fresh,
    verified,
    ...soaking,
    needs,
    neededBy,
    referredBy,
    limits,
  };
}

const SEALED = {
  legacy: NO_FIGURES,
  new: NO_FIGURES,
  soakingSince: null,
  breach: null,
  needs: [],
  neededBy: [],
  referredBy: [],
};

function stateOf(known: MoveState | undefined, move: MoveName): MoveState {
  const nobody = { version: 0, updatedAt: new Date(0), updatedBy: 'nobody' };
  return known ?? { move, ...wholeOn('legacy'), ...nobody };
}

async function neighbour(
  moves: OpenMoves,
  move: MoveName,
  stage: Stage = 'legacy',
): Promise<Neighbour> {
  const { mapping, legacy, new: fresh }: MovePlaces = moves.placesOf(move);
  const kinds = mapping.kinds.map(({ name }) => name);
  const figures = await Promise.all([
    readSideFigures(legacy, move, kinds),
    readSideFigures(fresh, move, kinds),
  ]);
  return { move, stage, backfilled: figures.some((side) => side.backfilled) };
}

async function readSoaking(
  control: Db,
  state: MoveState,
): Promise<Pick<MoveFacts, 'soakingSince' | 'breach'>> {
  if (state.stage !== 'soak') return { soakingSince: null, breach: null };
  const entered = await control
    .select({ at: moveChange.changedAt })
    .from(moveChange)
    .where(
      and(
        eq(moveChange.move, state.move),
        sql`${moveChange.after} ->> 'stage' = 'soak'`,
        sql`${moveChange.before} ->> 'stage' is distinct from 'soak'`,
      ),
    )
    .orderBy(desc(moveChange.id))
    .limit(1);
  const begin = entered[0]?.at ?? state.updatedAt;
  const breach = await lastEntry(control, state.move, 'breach', ['found']);
  if (!breach || breach.at < begin) return { soakingSince: begin, breach: null };
  return { soakingSince: breach.at, breach: breach.reason ?? 'a breach' };
}

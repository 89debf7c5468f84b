import { removeOldLeases } from '#platform/moves/leases.ts';
import { isShared, readMoveSnapshot } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { readPins, releasePins as deletePins, writePins } from '#platform/moves/pins.ts';
import type { OpenMoves } from '../open-moves.ts';
import type { Relays } from '../relays.ts';
import { settle } from './settle.ts';

/** Milliseconds that a look waits for the sides to be equal. */
const WITHIN = 1_000;

/**
 * Releases the readers who were pinned because of something that the other side lacked: when it has everything that had been
 * written by the time that their pins were seen, and so also what these were made for. Where it lacks only what it cannot
 * hold, everybody is released but those whose that is, and those who were pinned one by one: some of them have written it.
 */
export async function releasePins(moves: OpenMoves, relays: Relays): Promise<void> {
  const { db } = moves.control;
  const pins = await readPins(db);
  if (pins.length === 0) {
    await removeOldLeases(db);
    return;
  }
  const states = await readMoveSnapshot(db);
  const byMove = Map.groupBy(pins, ({ move }) => move);
  const released = [...byMove].map(async ([move, own]) => {
    const state = states.moves.get(move);
    const isOver = !state || !(isShared(state) || isCarried(relays, move));
    // In both directions: somebody may have written on one side first, and then on the other.
    const open = isOver ? [] : await settle(moves, relays, [move], WITHIN);
    if (open.length === 0) return deletePins(db, own.map(numberOf));
    const everybody = own.filter(({ bucket }) => bucket === null);
    if (everybody.length === 0) return;
    const isStuck = (await settle(moves, relays, [move], WITHIN, 0)).length === 0;
    if (!isStuck || open.some(({ readers }) => readers === null)) return;
    const concerned = open.flatMap(({ side, readers }) =>
      (readers ?? []).map((bucket) => ({ move, bucket, side })),
    );
    if (concerned.length > 0) await writePins(db, concerned);
    await deletePins(db, everybody.map(numberOf));
  });
  await Promise.all(released);
}

const numberOf = ({ number }: { readonly number: number }) => number;

const isCarried = (relays: Relays, move: MoveName) =>
  relays.running().some(([name]) => name === move);

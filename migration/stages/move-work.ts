import type { MoveName } from '#platform/moves/moves.ts';
import { flipFailpoint } from '../flip/failpoint.ts';
import type { Flipper } from '../flip/flipper.ts';
import { lockMove, type MoveLock } from '../flip/move-lock.ts';
import { settleMove } from '../flip/settle-flip.ts';
import type { Signature } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import type { OpenMoves } from '../open-moves.ts';
import { isCaptured } from './install.ts';
import { reconcile } from './reconcile.ts';

/** Told how far long work is. @param what such as `order` or `writes` */
export type Progress = (what: string, done: number, total: number) => void;

/** Somebody at work on a move, alone. */
export interface MoveWork {
  readonly moves: OpenMoves;
  readonly move: MoveName;
  readonly places: MovePlaces;
  readonly lock: MoveLock;
  readonly flipper: Flipper;
  readonly signature: Signature;
  readonly progress: Progress;
}

export interface WorkOptions {
  readonly signature: Signature;
  readonly progress?: Progress;
  /** Milliseconds to wait for somebody else who is at work on the move. */
  readonly patience?: number;
  /** Milliseconds that writers may wait in a flip; those of the settings where none are named. */
  readonly pause?: number;
}

/**
 * Takes the lock of a move, brings to an end what somebody has left behind in it, and works on it.
 *
 * @throws MoveBusy when somebody else is at work on it, and whatever `work` throws
 */
export async function workOn<Result>(
  moves: OpenMoves,
  move: MoveName,
  { signature, progress = () => {}, patience = 0, pause }: WorkOptions,
  work: (on: MoveWork) => Promise<Result>,
): Promise<Result> {
  const { config } = moves;
  const places = moves.placesOf(move);
  const lock = await lockMove(places, move, { patience, lease: config.FLIP_LEASE_MS });
  try {
    const flipper = {
      places,
      lock,
      signature,
      pause: pause ?? config.FLIP_PAUSE_MS,
      reach: flipFailpoint(config.MIGRATION_FAILPOINT),
    };
    if (await isCaptured(places)) {
      await settleMove(flipper);
      await reconcile(places);
    }
    return await work({ moves, move, places, lock, flipper, signature, progress });
  } finally {
    await lock.release();
  }
}

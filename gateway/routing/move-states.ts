import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import { withPins, type RoutingSnapshot } from '#platform/moves/pins.ts';

/** How well the states of the moves are known. */
export interface MoveStatesStatus {
  /**
   * `fixed`: by the environment. `unknown`: not read yet, so nothing can be answered. `confirmed`: as they are in the
   * database, less than a second ago. `unconfirmed`: as they were when the database was last there.
   */
  readonly knowledge: 'fixed' | 'unknown' | 'confirmed' | 'unconfirmed';
  /** The version in use; null where none is known. */
  readonly version: number | null;
  /** Seconds since the database last said so; null where it never has, or is not asked. */
  readonly secondsSinceConfirmed: number | null;
  /** What keeps the database from confirming; null where nothing does. */
  readonly problem: string | null;
  /**
   * `held`: whoever changes something waits for this gateway, so what it knows is what is. `lost`: it may have missed
   * something; queries of moves that both sides answer wait for up to two seconds, then go to the owner that it knows.
   */
  readonly lease: 'held' | 'lost' | 'not needed';
  /** Pins of readers to the side that has what they must see. */
  readonly pins: number;
}

/** The states of all moves, as one gateway knows them. */
export interface MoveStates {
  /** The states at this moment. It never changes: one request keeps one. @throws MoveStatesUnknown */
  current(): RoutingSnapshot;
  /** Whether nothing can have changed that this gateway has not taken up. */
  isCertain(): boolean;
  /** Waits for that, as long as it is worth while. */
  certainty(): Promise<void>;
  /** Resolves when the states are known for the first time. */
  readonly known: Promise<void>;
  status(): MoveStatesStatus;
  close(): Promise<void>;
}

/** The states of the moves have not been read yet, and are not guessed. */
export class MoveStatesUnknown extends Error {
  readonly code = 'MOVE_STATES_UNKNOWN';

  constructor(problem: string | null) {
    super(
      `the states of the moves are not known yet${problem === null ? '' : `: ${problem}`}. They are read from the database of CONTROL_DATABASE_URL`,
    );
    this.name = 'MoveStatesUnknown';
  }
}

/** States that never change: those of a gateway without a control database. */
export function fixedMoveStates(moves: MoveSnapshot): MoveStates {
  const snapshot = withPins(moves, []);
  return {
    current: () => snapshot,
    isCertain: () => true,
    certainty: async () => {},
    known: Promise.resolve(),
    status: () => ({
      knowledge: 'fixed',
      version: snapshot.version,
      secondsSinceConfirmed: null,
      problem: null,
      lease: 'not needed',
      pins: 0,
    }),
    close: async () => {},
  };
}

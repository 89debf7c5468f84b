import { STAGES, type MoveState, type Stage } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { SideFigures } from './side-figures.ts';

/** The last verification of a move, as the journal has it. */
export interface Verified {
  readonly began: Date;
  readonly at: Date;
  /** Whether all aggregates were compared. */
  readonly isFull: boolean;
  readonly checked: number;
  readonly differing: number;
  readonly unmappable: number;
}

/** Everything that decides how a move may go on, as it is at one moment. */
export interface MoveFacts {
  readonly move: MoveName;
  readonly now: Date;
  readonly state: MoveState;
  readonly legacy: SideFigures;
  readonly new: SideFigures;
  /** Null: never. */
  readonly verified: Verified | null;
  /** Since when the move has been whole on the new side without a breach; null: it is not. */
  readonly soakingSince: Date | null;
  /** The last breach, in words. */
  readonly breach: string | null;
  /** Moves that must be in step before this one can be: their data says whose this one's is. */
  readonly needs: readonly Neighbour[];
  /** Moves that need this one. */
  readonly neededBy: readonly Neighbour[];
  /** Moves whose tables in the monolith refer to this one's. */
  readonly referredBy: readonly Neighbour[];
  readonly limits: Limits;
}

export interface Neighbour {
  readonly move: MoveName;
  readonly stage: Stage;
  readonly backfilled: boolean;
}

export interface Limits {
  readonly soakHours: number;
  readonly verifiedHours: number;
}

/** Whether a stage comes before another. */
export function isBefore(stage: Stage, other: Stage): boolean {
  return STAGES.indexOf(stage) < STAGES.indexOf(other);
}

/** Whether capture is on both sides, so that each hears of what is written on the other. */
export function isInstalled(facts: Pick<MoveFacts, Side>): boolean {
  return facts.legacy.installed && facts.new.installed;
}

/** The buckets that a side accepts writes for, as its own database has it recorded. */
export function ownedBy(facts: Pick<MoveFacts, Side>, side: Side): number[] {
  return facts[side].owners.flatMap(({ bucket, owner }) => (owner === side ? [bucket] : []));
}

/** The side that most is written on, and that data flows from. */
export function mainOwner(facts: Pick<MoveFacts, Side>): Side {
  return ownedBy(facts, 'new').length > ownedBy(facts, 'legacy').length ? 'new' : 'legacy';
}

/** What is parked on both sides, in words. */
export function parkedOf({ legacy, new: fresh }: Pick<MoveFacts, Side>): {
  count: number;
  names: readonly string[];
} {
  return {
    count: legacy.parked + fresh.parked,
    names: [...legacy.parkedNames, ...fresh.parkedNames],
  };
}

export function hoursBetween(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / 3_600_000;
}

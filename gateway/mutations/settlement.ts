import { bucketOf } from '#platform/moves/bucket.ts';
import { isShared, writesNew, type MoveState } from '#platform/moves/move-state.ts';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import type { Pin } from '#platform/moves/pins.ts';
import type { MoveStates } from '../routing/move-states.ts';
import type { AskMover, Unsettled } from '#platform/moves/mover.ts';
import type { MakePins } from './pinner.ts';

/** What a mutation may have written: the data of a move, on a side. */
export interface Written {
  readonly move: MoveName;
  /** Null: on that which owns it, which only the subgraph knows. */
  readonly side: Side | null;
}

/** Waits until later queries see what was written, whichever side answers them. Undefined: there is nothing to wait for. */
export type Settle = (written: readonly Written[]) => Promise<void> | undefined;

/**
 * The same for one of several writers.
 *
 * @param subject whose write it was; asked for only where pins are made
 * @param began when the request began, by `performance.now()`; absent: nobody knows
 */
export type SettleFor = (
  written: readonly Written[],
  subject: () => string,
  began?: number,
) => Promise<void> | undefined;

/** What is counted of settling. */
export interface SettlementMetrics {
  /** @param outcome `settled`; `pinned`: readers were sent to the side that has it; `away`: the mover could not be asked, and everybody was */
  settled(outcome: 'settled' | 'pinned' | 'away', seconds: number): void;
}

export interface SettlementOptions {
  readonly states: MoveStates;
  readonly ask: AskMover;
  readonly pin: MakePins;
  readonly metrics: SettlementMetrics;
}

/**
 * Milliseconds in which a client asks again that has got no answer, and goes away: what it wrote the first time, and nobody
 * waited for, counts for its second request.
 */
const ASKS_AGAIN = 60_000;
/** The most readers who are pinned one by one; of more, everybody reads where their own writes are. */
const MOST_READERS = 32;

/**
 * What a mutation waits for before it is answered. Where both sides of a move answer queries, the mover is asked to carry
 * over what was written; what it cannot carry at once is left where it is, and readers who must see it are pinned there.
 *
 * An aggregate that the other side cannot hold concerns who writes it and reads it, and they were pinned when it was
 * written: a minute later other mutations do not wait for it.
 */
export function createSettlement(options: SettlementOptions): SettleFor {
  const { states, ask, pin, metrics } = options;
  async function settle(
    open: readonly OpenWrite[],
    subject: () => string,
    writer: number | undefined,
  ): Promise<void> {
    const began = performance.now();
    const moves = [...new Set(open.map(({ move }) => move))];
    const unsettled = await ask(
      moves,
      writer === undefined ? undefined : began - writer + ASKS_AGAIN,
    );
    const pins =
      unsettled === 'away' ? pinsForAll(open, subject) : pinsFor(open, unsettled, subject);
    if (pins.length > 0) await pin(pins);
    const outcome = unsettled === 'away' ? 'away' : pins.length > 0 ? 'pinned' : 'settled';
    metrics.settled(outcome, (performance.now() - began) / 1_000);
  }
  return (written, subject, writer) => {
    const { moves } = states.current();
    // What is not known for certain may be between canary and soak by now.
    const isOpen = states.isCertain() ? isShared : ({ stage }: MoveState) => stage !== 'sealed';
    const open = written.flatMap(({ move, side }) => {
      const state = moves.get(move);
      return state && isOpen(state) ? [{ move, side, state }] : [];
    });
    return open.length === 0 ? undefined : settle(open, subject, writer);
  };
}

interface OpenWrite extends Written {
  readonly state: MoveState;
}

/** Pins for what the mover could not carry over in time. */
function pinsFor(
  open: readonly OpenWrite[],
  unsettled: readonly Unsettled[],
  subject: () => string,
): Pin[] {
  const concerned = unsettled.filter(({ move, side }) =>
    open.some((own) => own.move === move && (own.side ?? side) === side),
  );
  return distinct(
    concerned.flatMap(({ move, side, readers }) => {
      const own = { move, bucket: bucketOf(move, subject()), side };
      if (readers === null || readers.length > MOST_READERS) return [own, everybody(move, side)];
      return [own, ...readers.map((bucket) => ({ move, bucket, side }))];
    }),
  );
}

/** Pins where nobody can say what was carried over, nor whom it concerns. */
function pinsForAll(open: readonly OpenWrite[], subject: () => string): Pin[] {
  return distinct(
    open.flatMap(({ move, side, state }) => {
      const known = side ?? (writesNew(state, subject) ? 'new' : 'legacy');
      return [{ move, bucket: bucketOf(move, subject()), side: known }, everybody(move, known)];
    }),
  );
}

/** Where writes go by user, what concerns somebody is with the owner of their own bucket. */
function everybody(move: MoveName, side: Side): Pin {
  const isTogether = moveNamed(move)?.writes === 'together';
  return { move, bucket: null, side: isTogether ? side : null };
}

/** One pin for each bucket: the last one, which is of the field that ran last. */
function distinct(pins: readonly Pin[]): Pin[] {
  return [...new Map(pins.map((pin) => [`${pin.move} ${pin.bucket}`, pin])).values()];
}

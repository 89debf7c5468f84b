import { writtenWith } from '#platform/moves/also-writes.ts';
import type { AskMover } from '#platform/moves/mover.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';

/**
 * Milliseconds that a REST client waits for what was written for it elsewhere. It reads here and nowhere else, so it is
 * worth more patience than the gateway has, which can send readers to where it is.
 */
export const SETTLE_WITHIN = 2_000;

/**
 * Waits until what was written for a move, and with it, has been carried here; not for ever. It never throws.
 *
 * @param since milliseconds ago that the request came
 */
export type SettleHere = (move: MoveName, since: number) => Promise<void>;

/** Where everything is owned here there is nothing to wait for. */
export function settleHere(ownership: OwnershipHere, ask: AskMover): SettleHere {
  return async (move, since) => {
    const elsewhere = await ownership.elsewhere(writtenWith(move)).catch(() => []);
    if (elsewhere.length > 0) await ask(elsewhere, since);
  };
}

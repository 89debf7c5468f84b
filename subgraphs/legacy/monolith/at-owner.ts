import { setTimeout as wait } from 'node:timers/promises';
import type { MoveName } from '#platform/moves/moves.ts';
import { ownershipRefusal, type OwnershipRefused } from '#platform/moves/ownership.ts';

/**
 * Milliseconds for which something is waited for while it changes sides: longer than a flip keeps writers waiting, with what
 * is done again meanwhile.
 */
const LONGEST_WAIT = 4_000;
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 250;

/**
 * Does something on the side that owns it: here, else where `elsewhere` does it, if anything does; while it changes sides it is waited
 * for. Each way is to do nothing where it is refused.
 *
 * @throws OwnershipRefused after four seconds, the last one, or where another move is what refuses
 */
export async function atOwner<Result>(
  move: MoveName,
  here: () => Promise<Result>,
  elsewhere: (() => Promise<Result>) | undefined,
): Promise<Result> {
  const deadline = performance.now() + LONGEST_WAIT;
  for (let turn = 0; ; turn++) {
    let outcome = await unlessRefused(move, here);
    if ('refusal' in outcome && outcome.refusal.code === 'NOT_OWNER') {
      if (!elsewhere) throw outcome.refusal;
      outcome = await unlessRefused(move, elsewhere);
    }
    if ('result' in outcome) return outcome.result;
    const left = deadline - performance.now();
    if (left <= 0) throw outcome.refusal;
    const planned = Math.min(FIRST_PAUSE * 2 ** turn, LONGEST_PAUSE) * (0.5 + Math.random());
    await wait(Math.min(planned, left));
  }
}

async function unlessRefused<Result>(
  move: MoveName,
  act: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly refusal: OwnershipRefused }> {
  try {
    return { result: await act() };
  } catch (error) {
    const refusal = ownershipRefusal(error);
    // What is written along with it may be what changes sides: that is over in a moment, too.
    if (refusal === null || (refusal.move !== move && refusal.code !== 'MOVING')) throw error;
    return { refusal };
  }
}

import type { MoveName } from '#platform/moves/moves.ts';
import { OwnershipRefused, ownershipRefusal } from '#platform/moves/ownership.ts';
import { pastMoving } from '#platform/moves/past-moving.ts';

/**
 * Milliseconds for which something is waited for while it changes sides: longer than a flip keeps writers waiting, with what
 * is done again meanwhile.
 */
const LONGEST_WAIT = 4_000;

/**
 * Does something on the side that owns it: here, else where `elsewhere` does it, if anything does; while it changes sides it is waited
 * for. Each way is to do nothing where it is refused.
 *
 * @throws OwnershipRefused, or what tells of it, after four seconds, or where another move is what refuses
 */
export function atOwner<Result>(
  move: MoveName,
  here: () => Promise<Result>,
  elsewhere: (() => Promise<Result>) | undefined,
): Promise<Result> {
  return pastMoving(LONGEST_WAIT, async () => {
    try {
      return await here();
    } catch (error) {
      if (!elsewhere || !isOwnedThere(move, error)) throw error;
    }
    try {
      return await elsewhere();
    } catch (error) {
      // Each says that the other owns it: it changed sides in between.
      throw isOwnedThere(move, error) ? new OwnershipRefused(move, 'moving', error) : error;
    }
  });
}

/** Whether an error says that the other side than the one that was asked owns what belongs to a move. */
function isOwnedThere(move: MoveName, error: unknown): boolean {
  const refusal = ownershipRefusal(error);
  return refusal?.code === 'NOT_OWNER' && refusal.move === move;
}

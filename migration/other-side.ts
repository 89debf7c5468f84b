import type { Side } from '#platform/moves/moves.ts';

/** The other side. */
export function otherSide(side: Side): Side {
  return side === 'legacy' ? 'new' : 'legacy';
}

import type { MoveName } from './moves.ts';

/** What a write of a move changes beside it: its side does that itself, wherever the owner of the other move is. */
const ALSO_WRITES: Partial<Record<MoveName, readonly MoveName[]>> = {
  // A product that comes or goes has stock that does, and an order reserves and releases it.
  product: ['inventory'],
  order: ['inventory'],
  // A resume takes its reviews along.
  upload: ['ai'],
};

/** A move, and those whose data its writes change as well. */
export const writtenWith = (move: MoveName): readonly MoveName[] => [
  move,
  ...(ALSO_WRITES[move] ?? []),
];

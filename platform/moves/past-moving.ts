import { setTimeout as wait } from 'node:timers/promises';
import { ownershipRefusal } from './ownership.ts';

/** Milliseconds between two tries: twice as many each time, and never the same, so that those who wait do not come together. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 250;

/**
 * Does something that can be done again, and waits where its data changes sides at the moment.
 *
 * @param patience milliseconds
 * @throws OwnershipRefused, or what tells of it, where it takes longer, or the other side owns the data
 */
export async function pastMoving<T>(patience: number, act: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (let turn = 0; ; turn++) {
    let left: number;
    try {
      return await act();
    } catch (error) {
      left = deadline - performance.now();
      if (ownershipRefusal(error)?.code !== 'MOVING' || left <= 0) throw error;
    }
    const planned = Math.min(FIRST_PAUSE * 2 ** turn, LONGEST_PAUSE) * (0.5 + Math.random());
    await wait(Math.min(planned, left));
  }
}

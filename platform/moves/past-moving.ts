import { setTimeout as wait } from 'node:timers/promises';
import { ownershipRefusal } from './ownership.ts';

/** Milliseconds between two tries. */
const PAUSE = 25;

/**
 * Does something that can be done again, and waits where its data changes sides at the moment.
 *
 * @param patience milliseconds
 * @throws OwnershipRefused, or what tells of it, where it takes longer, or the other side owns the data
 */
export async function pastMoving<T>(patience: number, act: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + patience; ;) {
    try {
      return await act();
    } catch (error) {
      if (ownershipRefusal(error)?.code !== 'MOVING' || Date.now() > deadline) throw error;
    }
    await wait(PAUSE);
  }
}

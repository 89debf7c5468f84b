import type { Signature } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import type { Reach } from './failpoint.ts';
import type { MoveLock } from './move-lock.ts';

/** Where and by whom flips are run. */
export interface Flipper {
  readonly places: MovePlaces;
  /** Held as long as the flip is run. */
  readonly lock: MoveLock;
  readonly signature: Signature;
  /** Milliseconds that writes may wait: within them everything is carried over, or the source is opened again. */
  readonly pause: number;
  readonly reach: Reach;
}

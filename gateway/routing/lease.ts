import { COUNTED_LEASE } from '#platform/moves/leases.ts';

/** Milliseconds for which queries wait for a lease that has run out. */
const LONGEST_WAIT = 2_000;
/** Milliseconds between two signs of life of this process to itself. */
const BEAT = 100;
/** Milliseconds without one after which it counts as having been stopped: what it knew by then says little. */
const STOPPED = 500;

/** Whether this replica may route by what it knows: others wait for it before they count on a change. */
export interface Lease {
  /** @param askedAt when it was asked for, by `performance.now()`: it is counted from then */
  granted(askedAt: number): void;
  isHeld(): boolean;
  /**
   * Waits until it is held, at most two seconds from when its loss is first noticed: whoever comes later, while the
   * control database is away, does not wait again.
   *
   * @returns whether it is held
   */
  wait(): Promise<boolean>;
  close(): void;
}

/** A lease that is not held yet. */
export function createLease(): Lease {
  let heldUntil = -Infinity;
  /** When somebody wanted to have it in vain. */
  let missedAt: number | null = null;
  let beatAt = performance.now();
  let waiting = Promise.withResolvers<void>();
  const beat = setInterval(() => {
    const now = performance.now();
    if (now - beatAt > STOPPED) missedAt = null;
    beatAt = now;
  }, BEAT).unref();
  const isHeld = () => performance.now() < heldUntil;
  return {
    isHeld,
    granted(askedAt) {
      heldUntil = Math.max(heldUntil, askedAt + COUNTED_LEASE);
      if (!isHeld()) return;
      missedAt = null;
      waiting.resolve();
      waiting = Promise.withResolvers();
    },
    async wait() {
      const now = performance.now();
      if (now - beatAt > STOPPED) missedAt = null;
      missedAt ??= now;
      const left = missedAt + LONGEST_WAIT - now;
      if (left <= 0 || isHeld()) return isHeld();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, left)));
      await Promise.race([waiting.promise, late]);
      clearTimeout(timer);
      return isHeld();
    },
    close: () => clearInterval(beat),
  };
}

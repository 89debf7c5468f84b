/** Whether an address of a subgraph answers, as far as the requests to it tell. */
export interface AddressHealth {
  /** Whether a request may be sent there now: it is well, or it is time to try it with one request. */
  isOpen(): boolean;
  /** A request is being sent. */
  started(): void;
  succeeded(): void;
  failed(): void;
  /** A request ended without telling anything: its client went away. */
  abandoned(): void;
}

/** Failures in a row after which an address is left out. */
const FAILURES = 5;
/** Milliseconds for which it is left out at first; twice as long each further time … */
const FIRST_PAUSE = 250;
/** … up to this: so long may a subgraph that is back be left out. */
const LONGEST_PAUSE = 2_000;

/**
 * A circuit breaker for one address: closed while it answers, open for a pause after failures in a row, then
 * half open: one request decides.
 *
 * @param now the time in milliseconds
 */
export function addressHealth(now: () => number = () => performance.now()): AddressHealth {
  let failures = 0;
  let pause = FIRST_PAUSE;
  let pausedUntil = 0;
  let isTrying = false;
  const leaveOut = (): void => {
    // Replicas that lost a subgraph at the same moment do not try it again at the same moment.
    pausedUntil = now() + pause * (0.75 + Math.random() / 2);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
  return {
    isOpen: () => failures < FAILURES || (!isTrying && now() >= pausedUntil),
    started: () => {
      if (failures >= FAILURES) isTrying = true;
    },
    succeeded: () => {
      failures = 0;
      pause = FIRST_PAUSE;
      isTrying = false;
    },
    failed: () => {
      failures += 1;
      // Of many requests under way that fail together, only the first opens the circuit.
      if (failures === FAILURES || isTrying) leaveOut();
      isTrying = false;
    },
    abandoned: () => {
      isTrying = false;
    },
  };
}

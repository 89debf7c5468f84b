/** Decides whether a failed request may be sent once more. */
export interface RetryBudget {
  /** A request is about to be sent for the first time. */
  deposit(): void;
  /** Whether there is enough left for one more attempt; takes it. */
  withdraw(): boolean;
}

/** One more attempt for each ten requests … */
const SHARE = 0.1;
/** … and these at once, so that a quiet gateway may try again too. */
const RESERVE = 10;

/**
 * Bounds retries to a share of the requests: a subgraph that fails because it is overloaded would otherwise get
 * several times its load. The idea is that of Finagle's retry budget.
 */
export function retryBudget(): RetryBudget {
  let left = RESERVE;
  return {
    deposit: () => {
      left = Math.min(RESERVE, left + SHARE);
    },
    withdraw: () => {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

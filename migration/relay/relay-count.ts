/** What a batch, or several of them, came to. Counts aggregates, not markers. */
export interface RelayCount {
  /** Aggregates whose markers were looked at. */
  readonly seen: number;
  /** Aggregates that were written to the target. */
  readonly written: number;
  /** Aggregates that were deleted from the target. */
  readonly removed: number;
  /** Aggregates that were as they should be. */
  readonly equal: number;
  /** Aggregates that cannot be held by the target as they are: see `move.parked`. */
  readonly parked: number;
  /** Aggregates whose markers stay: their rows do not fit yet, or their bucket changes its owner. */
  readonly deferred: number;
}

export const NOTHING: RelayCount = Object.freeze({
  seen: 0,
  written: 0,
  removed: 0,
  equal: 0,
  parked: 0,
  deferred: 0,
});

export function addCounts(a: RelayCount, b: RelayCount): RelayCount {
  return {
    seen: a.seen + b.seen,
    written: a.written + b.written,
    removed: a.removed + b.removed,
    equal: a.equal + b.equal,
    parked: a.parked + b.parked,
    deferred: a.deferred + b.deferred,
  };
}

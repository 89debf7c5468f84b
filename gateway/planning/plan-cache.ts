import { LRUCache } from 'lru-cache';
import type { KeptOperation } from './kept-operation.ts';
import type { PlanningMetrics } from './metrics.ts';

/** How much is kept. */
export interface CacheLimits {
  /** Operations, each with its plans for all states of labels. */
  readonly operations: number;
  /** Megabytes of plans, roughly. */
  readonly megabytes: number;
}

/** The operations of one supergraph that were asked for most lately. */
export interface PlanCache<T> {
  /** Counts as use: the operation is the last to go. */
  get(key: string): KeptOperation<T> | undefined;
  add(operation: KeptOperation<T>): void;
  /** Takes note that an operation has more plans than before. */
  grown(operation: KeptOperation<T>): void;
  /** The latest first. */
  latest(): Iterable<KeptOperation<T>>;
}

/** What a plan takes in memory, as objects and compiled, for each character of its JSON: an estimate. */
const BYTES_PER_CHARACTER = 8;

/** A cache that drops what was not asked for longest. */
export function createPlanCache<T>(limits: CacheLimits, metrics: PlanningMetrics): PlanCache<T> {
  const most = (limits.megabytes * 2 ** 20) / BYTES_PER_CHARACTER;
  const counted = new Map<KeptOperation<T>, { readonly plans: number; readonly size: number }>();
  let plans = 0;
  let size = 0;
  const isTooMuch = (): boolean => size > most;
  const count = (operation: KeptOperation<T>, now = { plans: 0, size: 0 }): void => {
    const before = counted.get(operation) ?? { plans: 0, size: 0 };
    plans += now.plans - before.plans;
    size += now.size - before.size;
    counted.set(operation, now);
    metrics.kept.set(plans);
  };
  const operations = new LRUCache<string, KeptOperation<T>>({
    max: limits.operations,
    dispose: (operation) => {
      count(operation);
      counted.delete(operation);
      metrics.evictions.inc();
    },
  });
  // Growing is no use: so it does not go through `set`, which would make the operation the latest.
  const grown = (operation: KeptOperation<T>): void => {
    if (operations.peek(operation.key) !== operation) return;
    count(operation, { plans: operation.plans, size: operation.size });
    while (isTooMuch() && operations.size > 0) operations.pop();
  };
  return {
    get: (key) => operations.get(key),
    add(operation) {
      operations.set(operation.key, operation);
      grown(operation);
    },
    grown,
    latest: () => operations.values(),
  };
}

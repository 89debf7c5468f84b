/** What planning counts: counters, gauges and histograms of prom-client fit. */
export interface PlanningMetrics {
  /** Look-ups of plans by requests. */
  readonly lookups: { inc(labels: { result: 'hit' | 'miss' }): void };
  /** Seconds that the planning worker took for one plan, by what it was for. */
  readonly seconds: { observe(labels: { purpose: PlanningPurpose }, value: number): void };
  /** Operations that could not be planned, by the code of the error. */
  readonly failures: { inc(labels: { code: string }): void };
  /** Operations whose plans were dropped because there was no room for them. */
  readonly evictions: { inc(): void };
  /** Plans that are kept. */
  readonly kept: { set(value: number): void };
  /** Operations of requests that wait to be planned. */
  readonly waiting: { set(value: number): void };
  /** Planning workers that had to be replaced. */
  readonly replacements: { inc(): void };
}

/** Whom a plan is made for; first come those of `request`, last those of `exploration`. */
export type PlanningPurpose = 'request' | 'warm-up' | 'exploration';

import type { PlanNode } from '@apollo/query-planner';
import type { LabelStates } from '../planning/planner.ts';
import type { FetchObserver, FetchTrace, SubgraphFetch } from '../transport/subgraph-fetch.ts';
import type { RequestTrace } from './request-trace.ts';
import type { TraceHeaders } from './trace-context.ts';
import type { FieldTrace } from './usage/field-trace.ts';
import type { RecordedUse } from './usage/used-operations.ts';

/**
 * How an operation ended: with all data, with some, without data, before it ran, or with a client that did not
 * wait for it.
 */
export type Outcome = 'ok' | 'partial' | 'failed' | 'refused' | 'cancelled';

/** A plan that ran, for those who may see it. */
export interface ShownPlan {
  /** undefined where nothing is fetched. */
  readonly plan: PlanNode | undefined;
  /** The labels that were read for it. */
  readonly states: LabelStates;
}

/** What a request is recorded with. */
export interface Recording {
  /** null: the request is not traced. */
  readonly trace: RequestTrace | null;
  /** Sent to subgraphs where fetches have no spans of their own. */
  readonly traceHeaders: TraceHeaders | null;
  readonly keepsPlans: boolean;
  /** Times the fields of the request; null: nobody wants to know. */
  readonly fieldTrace: FieldTrace | null;
}

/** What becomes known of one GraphQL request on its way. It is written to from the hot path, and costs one object. */
export class RequestRecord implements FetchObserver {
  /** Milliseconds of `performance.now()`. */
  readonly startedAt = performance.now();
  readonly trace: RequestTrace | null;
  readonly traceHeaders: TraceHeaders | null;
  readonly fieldTrace: FieldTrace | null;
  /** The plans that ran, one after the other; null where nobody asked for them. */
  readonly plans: ShownPlan[] | null;
  /** The labels that were on for any of them. */
  readonly labelsOn: string[] = [];
  type = 'unknown';
  operationName: string | null = null;
  /** null where no operation has ended. */
  outcome: Outcome | null = null;
  fetches = 0;
  /** Parts of the operation that the caller may not see. */
  denials = 0;
  /** What usage reports need; null where there are none. */
  used: RecordedUse | null = null;

  constructor({ trace, traceHeaders, keepsPlans, fieldTrace }: Recording) {
    this.trace = trace;
    this.traceHeaders = traceHeaders;
    this.fieldTrace = fieldTrace;
    this.plans = keepsPlans ? [] : null;
  }

  fetchBegan(fetch: SubgraphFetch): FetchTrace | null {
    this.fetches += 1;
    const span = this.trace === null ? null : this.trace.fetching(fetch);
    return this.fieldTrace === null ? span : this.fieldTrace.following(fetch, span);
  }

  labelIsOn(label: string): void {
    if (!this.labelsOn.includes(label)) this.labelsOn.push(label);
  }
}

import { DurationHistogram } from './duration-histogram.ts';

/** A field of an answer, as the subgraph that resolved it has measured. */
export interface FieldTime {
  readonly parentType: string;
  readonly name: string;
  /** As the schema writes it, such as `String!`. */
  readonly returnType: string;
  readonly nanoseconds: number;
  readonly errors: number;
}

/** The times of one field. Its properties are those of `FieldStat` of the protocol. */
export class FieldTotals {
  readonly returnType: string;
  readonly latencyCount = new DurationHistogram();
  errorsCount = 0;
  observedExecutionCount = 0;
  requestsWithErrorsCount = 0;
  /** With those requests that nobody looked at: a whole number only when it is written. */
  exactCount = 0;

  constructor(returnType: string) {
    this.returnType = returnType;
  }

  /** @param weight how many requests it stands for */
  add({ nanoseconds, errors }: FieldTime, weight: number): void {
    this.observedExecutionCount += 1;
    this.exactCount += weight;
    this.errorsCount += errors;
    this.requestsWithErrorsCount += errors > 0 ? 1 : 0;
    this.latencyCount.add(nanoseconds, weight);
  }

  merge(other: FieldTotals): void {
    this.observedExecutionCount += other.observedExecutionCount;
    this.exactCount += other.exactCount;
    this.errorsCount += other.errorsCount;
    this.requestsWithErrorsCount += other.requestsWithErrorsCount;
    this.latencyCount.merge(other.latencyCount);
  }
}

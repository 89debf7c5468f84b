/** Each bucket ends 10% later than the one before; the first ends at a microsecond. */
const GROWTH = Math.log(1.1);
const BUCKETS = 384;

/** Durations, counted in the buckets of Apollo's usage reports. */
export class DurationHistogram {
  readonly #counts: number[] = [];

  /** @param count how often; more than once where a sample stands for others */
  add(nanoseconds: number, count = 1): void {
    this.#addTo(bucketOf(nanoseconds), count);
  }

  merge(other: DurationHistogram): void {
    for (const [bucket, count] of other.#counts.entries()) this.#addTo(bucket, count);
  }

  /** The form of the protocol: a negative number stands for so many empty buckets. It is read when a report is written. */
  toArray(): number[] {
    const written: number[] = [];
    let empty = 0;
    for (const exact of this.#counts) {
      const count = Math.round(exact);
      if (count === 0) {
        empty += 1;
        continue;
      }
      if (empty > 0) written.push(empty === 1 ? 0 : -empty);
      empty = 0;
      written.push(count);
    }
    return written;
  }

  #addTo(bucket: number, count: number): void {
    while (this.#counts.length <= bucket) this.#counts.push(0);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
  }
}

function bucketOf(nanoseconds: number): number {
  const bucket = Math.ceil(Math.log(nanoseconds / 1_000) / GROWTH);
  return Math.min(Math.max(Number.isNaN(bucket) ? 0 : bucket, 0), BUCKETS - 1);
}

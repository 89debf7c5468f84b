import { isDeepStrictEqual } from 'node:util';
import { Fault } from './door.ts';

/** What clients have met that they should not have, and how much they have done. */
export interface Findings {
  /** What went wrong, oldest first: who, where the walk was, and what. */
  readonly faults: readonly string[];
  /** How often each thing was done. */
  readonly counts: Readonly<Record<string, number>>;
  /** How long some things took, on average: milliseconds. */
  durations(): Readonly<Record<string, number>>;
  /** Where the walk is, to be told with whatever goes wrong. */
  place: string;
  /** Counts something that was done. */
  did(what: string): void;
  /** Counts something, and how long it took. @param ms milliseconds */
  took(what: string, ms: number): void;
  /** Notes something that went wrong. */
  fault(who: string, error: unknown): void;
}

/** Nothing so far. */
export function createFindings(): Findings {
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  const began = performance.now();
  const spent: Record<string, number> = {};
  const did = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  return {
    faults,
    counts,
    durations: () =>
      Object.fromEntries(
        Object.entries(spent).map(([what, ms]) => [what, Math.round(ms / (counts[what] ?? 1))]),
      ),
    place: 'before the walk',
    did,
    took(what, ms) {
      did(what);
      spent[what] = (spent[what] ?? 0) + ms;
    },
    fault(who, error) {
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      const why = error instanceof Fault ? error.message : String((error as Error).stack);
      faults.push(`${seconds} s, ${this.place}: ${who}: ${why}`);
    },
  };
}

/** @throws Fault where an answer is not what its client was told before */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(plain(found), plain(expected))) return;
  throw new Fault(`${what}: ${JSON.stringify(found)}, and not ${JSON.stringify(expected)}`);
}

/** What a person, whose answers come as JSON, would compare. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

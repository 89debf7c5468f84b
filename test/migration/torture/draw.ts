/** Draws at random, always the same from the same seed. */
export interface Draw {
  /** 0 up to, and without, 1. */
  next(): number;
  /** A whole number from the first to the last, both included. */
  whole(first: number, last: number): number;
  /** @param probability 0 to 1 */
  chance(probability: number): boolean;
  /** @throws where there is nothing to draw from */
  one<T>(of: readonly T[]): T;
  /** Some different ones, as many as there are at most. */
  some<T>(of: readonly T[], count: number): T[];
  /** By weights. */
  weighted<T extends string>(of: Readonly<Record<T, number>>): T;
}

/** The generator is mulberry32, which is in the public domain. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (first: number, last: number) => first + Math.floor(next() * (last - first + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    one: (of) => {
      if (of.length === 0) throw new Error('There is nothing to draw from.');
      return of[whole(0, of.length - 1)] as (typeof of)[number];
    },
    some: (of, count) => {
      const left = [...of];
      const drawn = [];
      while (left.length > 0 && drawn.length < count) {
        drawn.push(...left.splice(whole(0, left.length - 1), 1));
      }
      return drawn;
    },
    weighted: (of) => {
      const entries = Object.entries(of) as [keyof typeof of, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return (entries.at(-1) as (typeof entries)[number])[0];
    },
  };
}

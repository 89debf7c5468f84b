/** Draws from a stream that a seed determines. */
export interface Random {
  /** A whole number from 0 to below the limit. */
  int(limit: number): number;
  /** Whether a share of 0 to 1 is hit. */
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A few different items in their order: at least one, where there is any. */
  some<T>(items: readonly T[], share: number): T[];
}

/** A stream of draws (mulberry32): equal seeds give equal draws on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 2 ** 32;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('There is nothing to pick from.');
    return items[int(items.length)] as T;
  };
  return {
    int,
    pick,
    chance: (share) => next() < share,
    some(items, share) {
      const some = items.filter(() => next() < share);
      return some.length > 0 || items.length === 0 ? some : [pick(items)];
    },
  };
}

/** A 32-bit number that the parts determine: what is drawn about a value whoever asks for it, and in which order. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('\u0000')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return mix(hash);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

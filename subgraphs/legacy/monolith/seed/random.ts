/** Changing it changes every row of the demo data. */
const SEED = 20_260_101;
/** Rounds after which sfc32 has mixed its seed. */
const WARM_UP = 12;

/** Numbers that look random and are the same on every machine. One for each kind of thing, so that kinds do not disturb one another. */
export interface Random {
  /** Begins anew for one row: a row always draws the same numbers, whatever was drawn for others. */
  row(index: number): void;
  /** 0 ≤ number < 1. */
  unit(): number;
  /** A whole number, 0 ≤ number < limit. */
  below(limit: number): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Replaces every `#` by a digit from 1 to 9. */
  digits(pattern: string): string;
  /** A version 4 UUID. */
  uuid(): string;
}

/** All four-digit hexadecimal numbers: twice as fast as converting each. */
const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'));

/**
 * Opens the numbers of one kind of thing.
 * The generator is sfc32: 128 bits of state, so that ids made of 122 of its bits do not meet.
 */
export function openRandom(kind: string): Random {
  const kindHash = hashOf(kind);
  let [a, b, c, counter] = [0, 0, 0, 0];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const unit = () => next() / 4_294_967_296;
  const below = (limit: number) => Math.floor(unit() * limit);
  return {
    row(index) {
      [a, b, c, counter] = [SEED, kindHash, index | 0, 1];
      for (let round = 0; round < WARM_UP; round++) next();
    },
    unit,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => unit() < probability,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    digits: (pattern) => pattern.replaceAll('#', () => String(1 + below(9))),
    uuid() {
      const [w, x, y, z] = [next(), next(), next(), next()];
      const version = (x & 0x0fff) | 0x4000;
      const variant = ((y >>> 16) & 0x3fff) | 0x8000;
      return `${HEX[w >>> 16]}${HEX[w & 0xffff]}-${HEX[x >>> 16]}-${HEX[version]}-${HEX[variant]}-${HEX[y & 0xffff]}${HEX[z >>> 16]}${HEX[z & 0xffff]}`;
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';

// Values that columns of both sides can hold, with all that people stumble over.

const ODD = [
  '',
  ' ',
  '  blanks around  ',
  '👩‍👩‍👧🫖',
  'e\u0301\u0323 combining',
  'עברית ועוד',
  '\u202eright to left\u202c',
  '東京都江東区',
  '\ufeff\ufffd\u0001\u007f\u00a0',
  '\u{10ffff}\ufffe',
  '"quoted" \\ \\u0041 {"unmappable": "not really"}',
  "'; drop table x; --",
  'line\r\nline\ttab',
  '~tilde',
];

/** Any text that PostgreSQL can keep, up to a number of characters; often as long as it may be. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const characters = fc.string({ unit: 'binary', maxLength, size: 'max' });
  const full = fc.constantFrom('🫖', 'é', 'ש', 'a').map((one) => one.repeat(maxLength));
  const odd = fc.constantFrom(...ODD).map((text) => Array.from(text).slice(0, maxLength).join(''));
  return fc.oneof(characters, full, odd).map((text) => text.replaceAll('\0', '␀').toWellFormed());
}

const at = (text: string) => new Date(text);

/** To the millisecond: the first and the last of both sides, before 1970, around midnight and new year in Tokyo. */
export const anyTime = fc.oneof(
  fc.date({
    min: at('1000-01-01T00:00:00Z'),
    max: at('9998-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  }),
  fc.constantFrom(
    at('1000-01-01T00:00:00.000Z'),
    at('9998-12-31T23:59:59.999Z'),
    at('1969-12-31T23:59:59.999Z'),
    at('1970-01-01T00:00:00.000Z'),
    at('1888-01-01T00:00:00.001Z'),
    at('2024-02-29T15:00:00.000Z'),
  ),
  fc.integer({ min: -5, max: 5 }).map((ms) => new Date(Date.UTC(2025, 11, 31, 15) + ms)),
);

/** Decimal dollars that both sides can hold. */
export const anyDollars = fc
  .oneof(
    fc.integer({ min: 0, max: 2_147_483_647 }),
    fc.constantFrom(0, 1, 9, 10, 29, 99, 100, 101, 110, 1_999, 2_147_483_647),
  )
  .map((minor) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`);

export const anyInteger = fc.oneof(
  fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  fc.constantFrom(-2_147_483_648, -1, 0, 1, 2_147_483_647),
);

export const anyCount = fc.integer({ min: 0, max: 2_147_483_647 });

export const anyHash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

/** Ids to draw from, so that two states of a table have many in common. */
export const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** Some of these, each with a value of its own from a pool of as many: between two states they change places. */
export function dealt<Key, Value>(
  keys: readonly Key[],
  values: readonly Value[],
): fc.Arbitrary<(readonly [Key, Value])[]> {
  return fc
    .tuple(fc.subarray([...keys]), fc.shuffledSubarray([...values], { minLength: values.length }))
    .map(([some, shuffled]) => some.map((key, n) => [key, shuffled[n] as Value] as const));
}

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type * as legacy from '../../subgraphs/legacy/monolith/tables.ts';

export type LegacyCategory = typeof legacy.categories.$inferSelect;
export type LegacyProduct = Omit<typeof legacy.products.$inferSelect, 'searchDoc'>;

/** Any text that PostgreSQL can keep. */
const anyText = (maxLength: number, minLength = 0) =>
  fc
    .string({ unit: 'binary', minLength, maxLength })
    .map((text) => text.replaceAll('\0', ' '))
    .filter((text) => Array.from(text).length <= maxLength);

const anyTime = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9998-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

/** Rows of the monolith's products with whatever its columns allow, and the new side can hold. */
export const anyProduct = (categoryIds: readonly string[] = []): fc.Arbitrary<LegacyProduct> =>
  fc.record({
    productId: fc.uuid(),
    // The columns take more than the rules do.
    sku: anyText(32).map((text) => text.toUpperCase().slice(0, 16)),
    productName: anyText(200),
    descr: anyText(500),
    brand: fc.option(anyText(100)),
    unitPrice: anyPrice,
    categoryId:
      categoryIds.length > 0 ? fc.option(fc.constantFrom(...categoryIds)) : fc.constant(null),
    attrs: fc.array(fc.tuple(anyText(50), anyText(200)), { maxLength: 22 }),
    discontinued: fc.boolean(),
    createdAt: anyTime,
    updatedAt: anyTime,
  });

const anyPrice = fc
  .oneof(fc.integer({ min: 0, max: 2_147_483_647 }), fc.constantFrom(0, 1, 9, 10, 99, 100, 101))
  .map((minor) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`);

export const anyCategory: fc.Arbitrary<LegacyCategory> = fc.record({
  categoryId: fc.uuid(),
  parentId: fc.option(fc.uuid()),
  catName: anyText(100),
  slug: anyText(100),
  sortNo: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
});

/** Rows that lists and searches stumble over: equal names, prices, times and ranks; every script; every case. */
export function oddCatalogue(count: number, seed: number) {
  const categories = oddTree();
  const ids = categories.map(({ categoryId }) => categoryId);
  const words = fc.constantFrom(...WORDS);
  const name = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(words, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ')),
    },
    { weight: 1, arbitrary: anyText(200) },
  );
  const row = fc.record({
    productName: name,
    descr: fc.oneof(fc.constant(''), name, fc.lorem({ maxCount: 20 })),
    brand: fc.option(words),
    unitPrice: fc.constantFrom(
      '0.00',
      '0.01',
      '9.99',
      '10.00',
      '19.99',
      '1000000.00',
      '21474836.47',
    ),
    categoryId: fc.option(fc.constantFrom(...ids)),
    discontinued: fc.nat(6).map((n) => n === 0),
    createdAt: fc.constantFrom(...TIMES),
  });
  const products = fc.sample(row, { numRuns: count, seed }).map((facts, n) => ({
    ...facts,
    productId: randomUUID(),
    sku: `ODD-${n}`,
    attrs: [] as [string, string][],
    updatedAt: facts.createdAt,
  }));
  return { categories, products };
}

const WORDS = [
  'Kettle',
  'kettle',
  'KETTLES',
  'Teekessel',
  'lamp',
  'Lamps',
  'Läufer',
  'LÄUFER',
  'naïve',
  'Straße',
  'STRASSE',
  'İstanbul',
  'istanbul',
  'ǅ',
  'ﬁne',
  'ß',
  '東京',
  'ケトル',
  'чайник',
  'ЧАЙНИК',
  'βραστήρας',
  'ς',
  'Σ',
  '🫖',
  '👩‍👩‍👧',
  'e\u0301',
  '\u00e9',
  'the',
  'and',
  'running',
  'ran',
  '4K',
  '12-cup',
  'U.S.A.',
  "men's",
  'a_b',
  '100%',
  '  ',
  '\u00a0',
  '-',
  '"',
  '\\',
  'zz',
  'Zz',
];

const TIMES = [
  '2025-12-31T14:59:59.999Z',
  '2025-12-31T15:00:00.000Z',
  '2025-12-31T15:00:00.001Z',
  '2026-03-29T01:30:00.000Z',
  '1970-01-01T00:00:00.000Z',
].map((text) => new Date(text));

/** Three levels; siblings with equal places and names that differ in case only. */
function oddTree(): LegacyCategory[] {
  const rows: LegacyCategory[] = [];
  const add = (parentId: string | null, catName: string, sortNo: number) => {
    const categoryId = randomUUID();
    rows.push({ categoryId, parentId, catName, slug: `c-${rows.length}`, sortNo });
    return categoryId;
  };
  for (const name of ['Home', 'home', 'Öl', 'Zoo']) {
    const top = add(null, name, name === 'Zoo' ? -1 : 0);
    for (const child of ['b', 'B', 'a', 'é', 'z', '🫖']) {
      const middle = add(top, child, child === 'z' ? -5 : 3);
      add(middle, 'Deep', 0);
    }
  }
  return rows;
}

/** What people type: words, misspelt words, operators, nonsense. */
export const ODD_SEARCHES = [
  'kettle',
  'ketle',
  'KETTEL',
  'kettles lamp',
  'lamp or kettle',
  '-kettle',
  '"kettle lamp"',
  'lampe',
  'straße',
  'strasse',
  'läufer',
  'laufer',
  'İstanbul',
  '東京',
  'чайник',
  'βραστηρας',
  '🫖',
  'the',
  'a',
  'é',
  'e\u0301',
  'run',
  '4k',
  '12-cup',
  "men's",
  '%',
  '_',
  '\\',
  '"',
  "'",
  '!',
  ':*',
  'lorem ipsum',
  'zz',
  'x'.repeat(200),
  '💡'.repeat(200),
];

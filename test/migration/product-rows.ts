import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { anyDollars, anyInteger, anyText, anyTime, dealt, ids } from './any-rows.ts';

export type LegacyCategory = typeof legacy.categories.$inferSelect;
export type LegacyProduct = Omit<typeof legacy.products.$inferSelect, 'searchDoc'>;

/** The content of the tables. */
export interface CatalogueState {
  readonly categories: readonly LegacyCategory[];
  readonly products: readonly LegacyProduct[];
}

const anyProduct: fc.Arbitrary<Omit<LegacyProduct, 'productId' | 'sku' | 'categoryId'>> = fc.record(
  {
    productName: anyText(200),
    descr: anyText(500),
    brand: fc.option(anyText(100)),
    unitPrice: anyDollars,
    attrs: fc.array(fc.tuple(anyText(50), anyText(200)), { maxLength: 12 }),
    discontinued: fc.boolean(),
    createdAt: anyTime,
    updatedAt: anyTime,
  },
);

const many = <T>(one: fc.Arbitrary<T>, count: number) =>
  fc.array(one, { minLength: count, maxLength: count });

/**
 * States of the same few rows, with whatever the columns allow and the new side can hold: slugs and units change places
 * between them, categories come, go, and change above and below.
 */
export function anyCatalogueStates(): fc.Arbitrary<
  readonly [older: CatalogueState, present: CatalogueState]
> {
  const uniqueTexts = (count: number, length: number) =>
    fc.uniqueArray(anyText(length), { minLength: count, maxLength: count });
  return fc.tuple(uniqueTexts(6, 100), uniqueTexts(6, 32)).chain(([slugs, skus]) => {
    const pools = { categories: ids(6), products: ids(6) };
    const state = fc
      .tuple(
        dealt(pools.categories, slugs),
        dealt(pools.products, skus),
        many(fc.tuple(anyText(100), anyInteger, fc.nat()), 6),
        many(fc.tuple(anyProduct, fc.nat()), 6),
        fc.boolean(),
      )
      .map(([someCategories, someProducts, places, facts, isDownward]): CatalogueState => {
        const order = isDownward ? someCategories : someCategories.toReversed();
        const categories = order.map(([categoryId, slug], n) => {
          const [catName, sortNo, at] = places[n] as (typeof places)[number];
          // Some stand below one that comes later, which is where children come before their parents.
          const parentId = order[n + 1 + (at % 3)]?.[0] ?? null;
          return { categoryId, parentId, catName, slug, sortNo };
        });
        const products = someProducts.map(([productId, sku], n) => {
          const [fact, at] = facts[n] as (typeof facts)[number];
          const categoryId = categories[at % (categories.length + 1)]?.categoryId ?? null;
          return { ...fact, productId, sku, categoryId };
        });
        return { categories, products };
      });
    return fc.tuple(state, state);
  });
}

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
    { weight: 1, arbitrary: scriptless(200) },
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

/** Any text, of no script in particular. */
const scriptless = (maxLength: number) =>
  fc
    .string({ unit: 'binary', maxLength })
    .map((text) => text.replaceAll('\0', ' '))
    .filter((text) => Array.from(text).length <= maxLength);

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

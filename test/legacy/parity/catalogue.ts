import {
  ARCHIVE,
  CATEGORY,
  CREATE,
  CREATE_CATEGORY,
  LIST,
  PAGE,
  PRODUCT,
  SORTS,
  UPDATE,
  UPDATE_CATEGORY,
} from '../../behaviour/catalogue.ts';
import { cursorOf, ODD_CURSORS, ODD_IDS, type ParityCase } from './cases.ts';
import { UNKNOWN_ID, type Seeded } from './sides.ts';
import { around, named, ODD_TEXTS, SEARCHES } from './texts.ts';

const BY_ID = `query ($id: ID!) { product(id: $id) { ${PRODUCT} } }`;
const BY_SKU = `query ($sku: String!) { productBySku(sku: $sku) { ${PRODUCT} } }`;
const BY_SLUG = `query ($slug: String!) { category(slug: $slug) { ${CATEGORY} } }`;
const TREE = `query ($first: Int, $after: String, $sort: ProductSort) { categories { ${CATEGORY}
  products(first: $first, after: $after, sort: $sort) { ${PAGE} } } }`;

/** Reading the catalogue, before it has been changed. */
export function catalogueReads({ products, categories }: Seeded): ParityCase[] {
  const [{ id, sku } = { id: '', sku: '' }] = products;
  const [{ id: categoryId, slug } = { id: '', slug: '' }] = categories;
  const skus = [
    sku.toLowerCase(),
    ` ${sku}\t`,
    `${sku}${' '.repeat(200)}`,
    `${sku}\u200b`,
    `${sku}\0`,
    ...ODD_TEXTS,
    ...around(100),
  ];
  const slugs = [slug.toUpperCase(), ` ${slug}`, `${slug}\0`, `${slug}/`, ...ODD_TEXTS];
  return [
    ...[...ODD_IDS, id.toUpperCase()].map((odd): ParityCase => [
      `a product by ${named(odd)}`,
      (side) => side.ask(BY_ID, { id: odd }),
    ]),
    ...skus.map((odd): ParityCase => [
      `a product by unit ${named(odd)}`,
      (side) => side.ask(BY_SKU, { sku: odd }),
    ]),
    ...[...slugs, ...around(100)].map((odd): ParityCase => [
      `a category by ${named(odd)}`,
      (side) => side.ask(BY_SLUG, { slug: odd }),
    ]),
    ...listPages(id).flatMap((page): ParityCase[] => [
      [`products, page ${named(page)}`, (side) => side.ask(LIST, page)],
      [`products of categories, page ${named(page)}`, (side) => side.ask(TREE, page)],
    ]),
    ...filters(categoryId).map((filter): ParityCase => [
      `products by ${named(filter)}`,
      (side) => side.ask(LIST, { filter, first: 7 }, 'staff'),
    ]),
    ...[...SEARCHES, ...ODD_TEXTS].map((search): ParityCase => [
      `searching ${named(search)}`,
      (side) => side.ask(LIST, { filter: { search }, first: 7 }),
    ]),
  ];
}

function listPages(id: string): Record<string, unknown>[] {
  const names = ['', 'a', '\0', 'lone \ud800', 'x'.repeat(400), 'é'.repeat(400), '𝕏'.repeat(3_000)];
  const numbers = [0, -1, 1.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53 - 1)];
  const times = [...numbers, 253_370_764_800_000, 253_402_128_000_000, -62_135_510_400_000];
  return [
    ...[null, 0, -1, 1, 100, 101, 2_147_483_647].map((first) => ({ first })),
    ...ODD_CURSORS.flatMap((page) => [
      { ...page },
      { ...page, sort: 'NEWEST' },
      { ...page, sort: 'PRICE_LOW_TO_HIGH' },
    ]),
    ...names.map((name) => ({ after: cursorOf('name', name, id), sort: 'NAME', first: 3 })),
    ...numbers.flatMap((price) => [
      { after: cursorOf('price', price, id), sort: 'PRICE_LOW_TO_HIGH', first: 3 },
      { after: cursorOf('-price', price, id), sort: 'PRICE_HIGH_TO_LOW', first: 3 },
    ]),
    ...times.map((time) => ({ after: cursorOf('newest', time, id), sort: 'NEWEST', first: 3 })),
    ...numbers.map((rank) => ({
      after: cursorOf('relevance', rank, id),
      filter: { search: 'lamp' },
      first: 3,
    })),
    ...SORTS.map((sort) => ({ sort, first: 5 })),
    { sort: null, first: 5 },
    { first: 0, after: 'x' },
    { after: cursorOf('name', 'b', id.toUpperCase()), sort: 'NAME', first: 3 },
  ];
}

function filters(categoryId: string): unknown[] {
  const amounts = [-2_147_483_648, -1, 0, 1, 99, 100, 101, 2_147_483_647, 2_147_483_648, 1.5];
  return [
    null,
    {},
    { search: null, categoryId: null, minPrice: null, maxPrice: null, status: null },
    { status: 'ARCHIVED' },
    ...amounts.flatMap((amount) => [{ minPrice: amount }, { maxPrice: amount }]),
    { minPrice: 5_000, maxPrice: 4_999 },
    { minPrice: 5_000, maxPrice: 5_000 },
    { categoryId },
    { categoryId: categoryId.toUpperCase() },
    ...ODD_IDS.map((id) => ({ categoryId: id })),
    // Which of several faults is told.
    { categoryId: 'x', minPrice: -1 },
    { categoryId: 'x', maxPrice: -1, search: '\0' },
    { minPrice: -1, maxPrice: -1 },
  ];
}

type Input = Record<string, unknown>;

/** Changing products. */
export function productWrites({ products }: Seeded): ParityCase[] {
  let number = 0;
  const lamp = () => ({ sku: `ODD-${++number}`, name: 'Odd lamp', price: { amount: 1_999 } });
  const create = (what: string, odd: Input): ParityCase => {
    const input = { ...lamp(), ...odd };
    return [`creating ${what}`, (side) => side.ask(CREATE, { input }, 'staff')];
  };
  const update = (what: string, odd: Input): ParityCase => [
    `changing ${what}`,
    (side) => side.ask(UPDATE, { input: { id: side.productId, ...odd } }, 'staff'),
  ];
  const both = (odd: Input) => [create(named(odd), odd), update(named(odd), odd)];
  const amounts = [-2_147_483_648, -1, 0, 99_999_999, 100_000_000, 100_000_001, 2_147_483_647];
  const pair = (name: string, value: string) => ({ attributes: [{ name, value }] });
  return [
    ...FIELDS.flatMap(([field, lengths]) =>
      [null, ...ODD_TEXTS, ...lengths.flatMap(around)].flatMap((value) => both({ [field]: value })),
    ),
    ...[...amounts, 2_147_483_648, null].flatMap((amount) => both({ price: { amount } })),
    ...['USD', 'usd', 'JPY', '', '\0', null].flatMap((currency) =>
      both({ price: { amount: 100, currency } }),
    ),
    ...[...ODD_TEXTS, ...around(50), ...around(200)].flatMap((odd) => [
      create(`attribute name ${named(odd)}`, pair(odd, 'v')),
      update(`attribute value ${named(odd)}`, pair('n', odd)),
    ]),
    ...[0, 1, 20, 21].flatMap((length) =>
      both({ attributes: Array.from({ length }, () => ({ name: 'n', value: 'v' })) }),
    ),
    ...[null, ...ODD_IDS].flatMap((categoryId) => both({ categoryId })),
    ...both({ price: null }),
    ...both({ attributes: null }),
    ...both(ALL_WRONG),
    ...both({ ...ALL_WRONG, sku: products[0]?.sku }),
    update('nothing', {}),
    update('the unit to a taken one', { sku: ` ${products[0]?.sku.toLowerCase()} ` }),
    ...ODD_IDS.flatMap((id) => [
      update(`by ${named(id)}`, { id, name: '' }),
      archive(`by ${named(id)}`, id),
    ]),
    ...[1, 2].map((time): ParityCase => [
      `archiving, time ${time}`,
      (side) => side.ask(ARCHIVE, { input: { id: side.productId.toUpperCase() } }, 'staff'),
    ]),
    ...(['nobody', 'customer'] as const).flatMap((asker): ParityCase[] => [
      [`creating as ${asker}`, (side) => side.ask(CREATE, { input: lamp() }, asker)],
      [`changing as ${asker}`, (side) => side.ask(UPDATE, { input: { id: 'x' } }, asker)],
      [`archiving as ${asker}`, (side) => side.ask(ARCHIVE, { input: { id: 'x' } }, asker)],
    ]),
  ];
}

const FIELDS = [
  ['sku', [3, 32]],
  ['name', [200]],
  ['description', [5_000]],
  ['brand', [100]],
] as const;

const ALL_WRONG = {
  sku: '\0',
  name: '\0',
  description: '\0',
  brand: '\0',
  price: { amount: -1, currency: '\0' },
  categoryId: UNKNOWN_ID,
  attributes: Array.from({ length: 21 }, () => ({ name: '\0', value: '\0' })),
};

const archive = (what: string, id: unknown): ParityCase => [
  `archiving ${what}`,
  (side) => side.ask(ARCHIVE, { input: { id } }, 'staff'),
];

/** Changing categories. */
export function categoryWrites({ categories }: Seeded): ParityCase[] {
  let number = 0;
  const both = (odd: Input): ParityCase[] => {
    const input = { name: 'Odd', slug: `odd-${++number}`, ...odd };
    return [
      [`creating category ${named(odd)}`, (side) => side.ask(CREATE_CATEGORY, { input }, 'staff')],
      [
        `changing category ${named(odd)}`,
        (side) => {
          const change = { id: side.categoryId, ...odd };
          return side.ask(UPDATE_CATEGORY, { input: change }, 'staff');
        },
      ],
    ];
  };
  const positions = [null, 0, -1, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1.5];
  return [
    ...[null, ...ODD_TEXTS, ...around(100)].flatMap((name) => both({ name })),
    ...[null, ...ODD_TEXTS, ...around(100), categories[0]?.slug].flatMap((slug) => both({ slug })),
    ...[null, ...ODD_IDS, categories[0]?.id].flatMap((parentId) => both({ parentId })),
    ...positions.flatMap((position) => both({ position })),
    ...both({ name: '\0', slug: '\0', parentId: UNKNOWN_ID }),
    ...both({ slug: categories[0]?.slug, parentId: UNKNOWN_ID }),
    ...ODD_IDS.map((id): ParityCase => [
      `changing category by ${named(id)}`,
      (side) => side.ask(UPDATE_CATEGORY, { input: { id, name: '' } }, 'staff'),
    ]),
    [
      'putting a category below itself',
      (side) => {
        const input = { id: side.categoryId, parentId: side.categoryId.toUpperCase() };
        return side.ask(UPDATE_CATEGORY, { input }, 'staff');
      },
    ],
    ['changing a category as nobody', (side) => side.ask(UPDATE_CATEGORY, { input: { id: 'x' } })],
  ];
}

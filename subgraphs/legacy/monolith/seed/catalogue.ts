import type { CategoryTree, ShelfPlace } from './categories.ts';
import { DAY, dollars, jst, REFERENCE, SHOP_OPENED, SHOP_PREPARED } from './clock.ts';
import type { TableLoad } from './copy.ts';
import { openRandom, type Random } from './random.ts';
import { CLOSINGS, EDITIONS, MODELS, OPENINGS } from './words/catalogue.ts';

/** The first products are as old as the shop and never taken off sale: there is always something to order. */
export const FOUNDING_PRODUCTS = 20;

/** The products of the demo data, by their numbers 0, 1, 2 … */
export interface Catalogue {
  readonly count: number;
  id(product: number): string;
  sku(product: number): string;
  name(product: number): string;
  /** In cents. */
  price(product: number): number;
  createdAt(product: number): number;
  /** When it was taken off sale; Infinity for those on sale. */
  discontinuedAt(product: number): number;
  readonly loads: readonly TableLoad[];
}

/** Draws the products. The first ones are the same at every scale. */
export function drawCatalogue(count: number, { shelves }: CategoryTree): Catalogue {
  const ids = openRandom('product id');
  const names = openRandom('product name');
  const { created, discontinued, prices } = drawFacts(count, shelves);
  const placeOf = (product: number) => shelves[product % shelves.length] as ShelfPlace;
  const facts = {
    count,
    id(product: number) {
      ids.row(product);
      return ids.uuid();
    },
    sku: (product: number) =>
      `${placeOf(product).shelf.code}-${String(product + 1).padStart(6, '0')}`,
    name(product: number) {
      names.row(product);
      return drawName(names, placeOf(product)).name;
    },
    price: (product: number) => prices[product] as number,
    createdAt: (product: number) => created[product] as number,
    discontinuedAt: (product: number) => discontinued[product] as number,
  };
  const texts = openRandom('product text');
  const products: TableLoad = {
    table: 'products',
    columns:
      'product_id sku product_name descr brand unit_price category_id attrs discontinued created_at updated_at'.split(
        ' ',
      ),
    *rows() {
      for (let product = 0; product < count; product++) {
        const place = placeOf(product);
        names.row(product);
        const { name, brand, type } = drawName(names, place);
        texts.row(product);
        const gone = facts.discontinuedAt(product) < REFERENCE;
        const changedAt = facts.createdAt(product) + Math.floor(texts.unit() * 300 * DAY);
        yield [
          facts.id(product),
          facts.sku(product),
          name,
          drawDescription(texts, place, type),
          brand,
          dollars(facts.price(product)),
          drawCategory(texts, place),
          JSON.stringify(drawAttributes(texts, place)),
          gone,
          jst(facts.createdAt(product)),
          jst(gone ? facts.discontinuedAt(product) : Math.min(changedAt, REFERENCE - DAY)),
        ];
      }
    },
  };
  return { ...facts, loads: [products] };
}

/** What orders and stock need of every product, in 24 bytes each. */
function drawFacts(count: number, shelves: readonly ShelfPlace[]) {
  const random = openRandom('product facts');
  const created = new Float64Array(count);
  const discontinued = new Float64Array(count).fill(Infinity);
  const prices = new Float64Array(count);
  for (let product = 0; product < count; product++) {
    random.row(product);
    const founding = product < FOUNDING_PRODUCTS;
    const from = founding || random.chance(0.6) ? SHOP_PREPARED : SHOP_OPENED;
    const to = from === SHOP_PREPARED ? SHOP_OPENED - 30 * DAY : REFERENCE - 10 * DAY;
    const createdAt = from + Math.floor(random.unit() * (to - from));
    created[product] = createdAt;
    prices[product] = drawPrice(random, shelves[product % shelves.length] as ShelfPlace);
    if (!founding && random.chance(0.03)) {
      const oldest = Math.max(createdAt, SHOP_OPENED) + 5 * DAY;
      discontinued[product] = oldest + Math.floor(random.unit() * (REFERENCE - DAY - oldest));
    }
  }
  return { created, discontinued, prices };
}

/** In cents. There are more cheap things than dear ones, and prices end as prices do. */
function drawPrice(random: Random, { shelf }: ShelfPlace): number {
  const [lowest, highest] = shelf.price;
  const unit = random.unit();
  const whole = Math.floor(lowest + (highest - lowest) * unit * unit);
  return whole * 100 + random.pick([0, 50, 90, 95, 99, 99, 99]);
}

function drawName(random: Random, { shelf, brands }: ShelfPlace) {
  const type = random.pick(shelf.types);
  // Things of no brand are real, too.
  const brand = random.chance(0.04) ? null : random.pick(brands);
  const number = random.chance(0.5) ? String(random.between(1, 99) * 10) : '';
  const words = [brand, random.pick(MODELS), number, random.pick(EDITIONS), type];
  return { name: words.filter(Boolean).join(' '), brand, type };
}

function drawDescription(random: Random, { shelf }: ShelfPlace, type: string): string {
  if (random.chance(0.02)) return '';
  const opening = random
    .pick(OPENINGS)
    .replace('{type}', type)
    .replace('{use}', () => random.pick(shelf.uses));
  const first = random.below(shelf.features.length);
  const more = Array.from(
    { length: random.between(2, 3) },
    (_, i) => shelf.features[(first + i) % shelf.features.length],
  );
  return [opening, ...more, random.pick(CLOSINGS)].join(' ');
}

function drawAttributes(random: Random, { shelf }: ShelfPlace): [string, string][] {
  if (random.chance(0.03)) return [];
  return shelf.attributes
    .filter(() => random.chance(0.9))
    .map(([name, values]) => [name, random.pick(values)]);
}

/** Most products stand on a shelf, some in the aisle above, a few nowhere. */
function drawCategory(random: Random, place: ShelfPlace): string | null {
  if (random.chance(0.005)) return null;
  return random.chance(0.03) ? place.aisleId : place.categoryId;
}

import { DEMO_CUSTOMER, FIRST_STRANGER, type Accounts } from './accounts.ts';
import { FOUNDING_PRODUCTS, type Catalogue } from './catalogue.ts';
import { DAY, REFERENCE, SHOP_OPENED } from './clock.ts';
import {
  drawHistory,
  drawHistoryUntil,
  type OrderHistory,
  type OrderStatus,
} from './order-history.ts';
import { openRandom, type Random } from './random.ts';
import { WAREHOUSE_COUNT } from './warehouses.ts';

/** Pieces of a product that come from one warehouse. */
export interface OrderPart {
  readonly warehouse: number;
  readonly quantity: number;
}

export interface OrderLine {
  readonly product: number;
  readonly quantity: number;
  /** Where the pieces come from; together they are the quantity. */
  readonly parts: readonly OrderPart[];
}

/** An order, by its number 0, 1, 2 … in order of time. */
export interface Order {
  readonly number: number;
  readonly customer: number;
  readonly history: OrderHistory;
  readonly lines: readonly OrderLine[];
}

/** The orders of the demo data. An order is drawn whenever it is asked for, and kept nowhere. */
export interface Orders {
  readonly count: number;
  order(number: number): Order;
}

/** All orders of the demo customer, newest first: the status, and how many days before the reference time. */
const DEMO_ORDERS: readonly (readonly [status: OrderStatus, days: number])[] = [
  ['NEW', 0.5],
  ['CONF', 2],
  ['PAID', 3],
  ['SHIP', 6],
  ['DLVD', 15],
  ['RETD', 45],
  ['DLVD', 90],
  ['CANC', 130],
  ['DLVD', 210],
  ['DLVD', 330],
  ['RETD', 480],
  ['DLVD', 640],
];
const MOST_LINES = 8;
/** How often a draw that does not fit (not yet made, no longer on sale) is repeated. */
const TRIES = 12;

/** Draws orders over two years. A few customers order most, and some products sell better than others. */
export function drawOrders(count: number, accounts: Accounts, catalogue: Catalogue): Orders {
  const random = openRandom('order');
  const timeOf = (number: number) => orderTime(random, number, count);
  const demoOrders = placeDemoOrders(count, timeOf);
  return {
    count,
    order(number) {
      const orderedAt = timeOf(number);
      const demoStatus = demoOrders.get(number);
      return {
        number,
        customer: demoStatus ? DEMO_CUSTOMER : drawCustomer(random, accounts, orderedAt),
        history: demoStatus
          ? drawHistoryUntil(random, orderedAt, demoStatus)
          : drawHistory(random, orderedAt),
        lines: drawLines(random, catalogue, orderedAt),
      };
    },
  };
}

/** Grows with the number of the order, begins its random numbers, and gets denser as the shop gets known. */
function orderTime(random: Random, number: number, count: number): number {
  random.row(number);
  const position = (number + random.unit()) / count;
  const days = ((REFERENCE - SHOP_OPENED) / DAY) * (0.5 * position + 0.5 * Math.sqrt(position));
  const day = Math.floor(days);
  const part = days - day;
  // A tenth of a day's orders is placed before eight in the morning.
  const hour = part < 0.1 ? part * 80 : 8 + ((part - 0.1) / 0.9) * 16;
  return SHOP_OPENED + day * DAY + Math.floor((hour / 24) * DAY);
}

/** Chooses which orders are those of the demo customer: the last ones before the wanted times. */
function placeDemoOrders(count: number, timeOf: (number: number) => number) {
  const chosen = new Map<number, OrderStatus>();
  let next = count - 1;
  DEMO_ORDERS.forEach(([status, days], index) => {
    // Each of those to come needs an order, too.
    const lowest = DEMO_ORDERS.length - 1 - index;
    while (next > lowest && timeOf(next) > REFERENCE - days * DAY) next--;
    chosen.set(next, status);
    next--;
  });
  return chosen;
}

function drawCustomer(random: Random, accounts: Accounts, orderedAt: number): number {
  for (let tries = 0; tries < TRIES; tries++) {
    const unit = random.unit();
    const account = FIRST_STRANGER + Math.floor(unit * unit * (accounts.count - FIRST_STRANGER));
    if (accounts.isCustomer(account) && accounts.createdAt(account) < orderedAt) return account;
  }
  return FIRST_STRANGER;
}

function drawLines(random: Random, catalogue: Catalogue, orderedAt: number): OrderLine[] {
  const lines: OrderLine[] = [];
  const length = random.between(1, MOST_LINES);
  while (lines.length < length) {
    const product = drawProduct(random, catalogue, orderedAt, lines);
    const quantity = random.chance(0.75) ? 1 : random.between(2, 5);
    lines.push({ product, quantity, parts: drawParts(random, quantity) });
  }
  return lines;
}

function drawProduct(
  random: Random,
  catalogue: Catalogue,
  orderedAt: number,
  taken: readonly OrderLine[],
): number {
  const isFree = (product: number) => !taken.some((line) => line.product === product);
  for (let tries = 0; tries < TRIES; tries++) {
    const unit = random.unit();
    const product = Math.floor(unit * unit * catalogue.count);
    const onSale =
      catalogue.createdAt(product) + DAY < orderedAt &&
      orderedAt < catalogue.discontinuedAt(product);
    if (onSale && isFree(product)) return product;
  }
  let founding = random.below(FOUNDING_PRODUCTS);
  while (!isFree(founding)) founding = (founding + 1) % FOUNDING_PRODUCTS;
  return founding;
}

/** Most lines come from one warehouse, a few from two. */
function drawParts(random: Random, quantity: number): OrderPart[] {
  const unit = random.unit();
  const warehouse = unit < 0.5 ? 0 : unit < 0.8 ? 1 : 2;
  if (quantity === 1 || !random.chance(0.1)) return [{ warehouse, quantity }];
  const first = random.between(1, quantity - 1);
  return [
    { warehouse, quantity: first },
    { warehouse: (warehouse + 1) % WAREHOUSE_COUNT, quantity: quantity - first },
  ];
}

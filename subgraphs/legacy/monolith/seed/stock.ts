import type { Catalogue } from './catalogue.ts';
import { DAY, HOUR, jst, MINUTE, REFERENCE } from './clock.ts';
import type { TableLoad, Value } from './copy.ts';
import { PERIODS, periodStart, type Demand } from './demand.ts';
import { openRandom, type Random } from './random.ts';
import { WAREHOUSE_COUNT, type Warehouses } from './warehouses.ts';
import { ADJUSTMENT_NOTES, RECEIPT_NOTES } from './words/people.ts';

/** A change of a stock that no order made. */
interface Delivery {
  readonly kind: 'IN' | 'ADJ';
  readonly delta: number;
  readonly note: string | null;
  readonly at: number;
}

/** Columns of stock_log. Orders write it as well. */
export const STOCK_LOG_COLUMNS =
  'log_id product_id warehouse_id log_kind delta note order_id logged_at'.split(' ');

/**
 * Makes stock levels that agree with the orders: what orders take is delivered before, so that no stock is
 * ever negative, and the log adds up to the level.
 */
export function drawStock(
  catalogue: Catalogue,
  warehouses: Warehouses,
  demand: Demand,
): readonly TableLoad[] {
  const ids = openRandom('delivery id');
  const random = openRandom('delivery');
  const levelOf = (stock: number) => {
    random.row(stock);
    return drawLevel(random, catalogue, demand, stock);
  };
  const stocks: TableLoad = {
    table: 'stocks',
    columns: ['product_id', 'warehouse_id', 'qty_on_hand', 'qty_reserved', 'updated_at'],
    *rows() {
      for (const [stock, ...key] of eachStock(catalogue, warehouses)) {
        const { onHand, changedAt } = levelOf(stock);
        yield [...key, onHand, demand.held(stock), jst(changedAt)];
      }
    },
  };
  const deliveries: TableLoad = {
    table: 'stock_log',
    columns: STOCK_LOG_COLUMNS,
    *rows() {
      for (const [stock, ...key] of eachStock(catalogue, warehouses)) {
        ids.row(stock);
        for (const { kind, delta, note, at } of levelOf(stock).deliveries) {
          yield [ids.uuid(), ...key, kind, delta, note, null, jst(at)];
        }
      }
    },
  };
  return [stocks, deliveries];
}

function* eachStock(
  catalogue: Catalogue,
  { ids }: Warehouses,
): Iterable<[stock: number, productId: Value, warehouseId: Value]> {
  for (let product = 0; product < catalogue.count; product++) {
    const productId = catalogue.id(product);
    for (let warehouse = 0; warehouse < WAREHOUSE_COUNT; warehouse++) {
      yield [product * WAREHOUSE_COUNT + warehouse, productId, ids[warehouse] ?? null];
    }
  }
}

/** Plays the periods: before each, enough comes in for all that leaves in it. */
function drawLevel(random: Random, catalogue: Catalogue, demand: Demand, stock: number) {
  const product = Math.floor(stock / WAREHOUSE_COUNT);
  const createdAt = catalogue.createdAt(product);
  // What is running out, or no longer sold, is not stocked up.
  const scarce = catalogue.discontinuedAt(product) < REFERENCE || random.chance(0.06);
  const lot = random.pick([12, 20, 24, 50]);
  const deliveries: Delivery[] = [];
  let onHand = 0;
  for (let period = 0; period < PERIODS; period++) {
    const isLast = period === PERIODS - 1;
    if (periodStart(period + 1) <= createdAt) continue;
    const needed = demand.shipped(stock, period) + (isLast ? demand.held(stock) : 0);
    const spare = scarce ? random.below(4) * Number(isLast) : random.between(2, 30);
    if (onHand < needed + spare) {
      const missing = needed + spare - onHand;
      const came = scarce ? missing : Math.ceil(missing / lot) * lot;
      const at = drawDeliveryTime(random, period, createdAt);
      deliveries.push(...drawDelivery(random, came, at, Math.max(0, needed - onHand)));
    }
    onHand = sumOf(deliveries) + demandUntil(demand, stock, period);
  }
  const last = deliveries.at(-1)?.at ?? createdAt;
  return { deliveries, onHand, changedAt: Math.max(last, demand.changedAt(stock)) };
}

/** Goods come in before the period begins, or on the day on which the product was made. */
function drawDeliveryTime(random: Random, period: number, createdAt: number): number {
  const usual = periodStart(period) - random.between(6 * HOUR, 9 * DAY);
  return Math.max(usual, createdAt + random.between(MINUTE, 10 * HOUR));
}

/** A delivery, sometimes with a correction of the count: up or, as long as enough remains, down. */
function drawDelivery(random: Random, came: number, at: number, needed: number): Delivery[] {
  const note = random.chance(0.2) ? null : random.pick(RECEIPT_NOTES);
  const delivery: Delivery = { kind: 'IN', delta: came, note, at };
  if (!random.chance(0.15)) return [delivery];
  const delta = random.chance(0.7) ? -random.between(1, 3) : random.between(1, 3);
  if (came + delta < needed) return [delivery];
  const correction: Delivery = {
    kind: 'ADJ',
    delta,
    note: random.pick(ADJUSTMENT_NOTES),
    at: at + random.between(HOUR, 5 * HOUR),
  };
  return [delivery, correction];
}

function sumOf(deliveries: readonly Delivery[]): number {
  return deliveries.reduce((sum, { delta }) => sum + delta, 0);
}

/** What orders have changed up to the end of a period. */
function demandUntil(demand: Demand, stock: number, period: number): number {
  let sum = 0;
  for (let past = 0; past <= period; past++) {
    sum += demand.returned(stock, past) - demand.shipped(stock, past);
  }
  return sum;
}

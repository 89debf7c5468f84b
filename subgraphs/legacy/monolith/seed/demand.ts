import { REFERENCE, SHOP_OPENED } from './clock.ts';
import type { Orders } from './orders.ts';
import { WAREHOUSE_COUNT } from './warehouses.ts';

/** Goods come in once per period, as many as leave in it. */
export const PERIODS = 4;
const PERIOD = (REFERENCE - SHOP_OPENED) / PERIODS;

/** When a period begins. */
export function periodStart(period: number): number {
  return SHOP_OPENED + period * PERIOD;
}

/**
 * What orders take from each stock and give back, by period. A stock is a product in a warehouse, and its
 * number is `product * WAREHOUSE_COUNT + warehouse`.
 */
export interface Demand {
  shipped(stock: number, period: number): number;
  returned(stock: number, period: number): number;
  /** Promised to orders that have not been shipped. */
  held(stock: number): number;
  /** When an order last changed the stock; 0 where none did. */
  changedAt(stock: number): number;
}

/** Adds up all orders. The sums are all that is kept of them. */
export function sumDemand(products: number, orders: Orders): Demand {
  const stocks = products * WAREHOUSE_COUNT;
  const shipped = new Int32Array(stocks * PERIODS);
  const returned = new Int32Array(stocks * PERIODS);
  const held = new Int32Array(stocks);
  const changed = new Float64Array(stocks);
  const add = (sums: Int32Array, index: number, quantity: number) => {
    sums[index] = (sums[index] as number) + quantity;
  };
  const periodOf = (time: number) => Math.floor((time - SHOP_OPENED) / PERIOD);
  for (let number = 0; number < orders.count; number++) {
    const { history, lines } = orders.order(number);
    const { shippedAt, returnedAt, cancelledAt, updatedAt } = history;
    const changedAt = returnedAt ?? shippedAt ?? updatedAt;
    for (const { product, parts } of lines) {
      for (const { warehouse, quantity } of parts) {
        const stock = product * WAREHOUSE_COUNT + warehouse;
        changed[stock] = Math.max(changed[stock] as number, changedAt);
        if (shippedAt !== null) add(shipped, stock * PERIODS + periodOf(shippedAt), quantity);
        else if (cancelledAt === null) add(held, stock, quantity);
        if (returnedAt !== null) add(returned, stock * PERIODS + periodOf(returnedAt), quantity);
      }
    }
  }
  return {
    shipped: (stock, period) => shipped[stock * PERIODS + period] as number,
    returned: (stock, period) => returned[stock * PERIODS + period] as number,
    held: (stock) => held[stock] as number,
    changedAt: (stock) => changed[stock] as number,
  };
}

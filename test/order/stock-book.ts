import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';

/** The pieces of one product, over all warehouses. */
export interface StockCount {
  /** What the levels say. */
  readonly onHand: number;
  readonly reserved: number;
  /** What the ledger adds up to, and what is promised to orders. */
  readonly moved: number;
  readonly promised: number;
}

/** Reads stock where it is kept, past the graph. */
export interface StockBook {
  count(productId: string): Promise<StockCount>;
  close(): Promise<void>;
}

const COUNTS = {
  // #region monolith
  legacy: `select sum(qty_on_hand)::int as "onHand", sum(qty_reserved)::int as reserved,
      (select sum(delta)::int from stock_log where product_id = $1) as moved,
      (select coalesce(sum(qty), 0)::int from stock_reservation_lines
       join stock_reservations using (reservation_id) where state = 'H' and product_id = $1) as promised
    from stocks where product_id = $1`,
  // #endregion monolith
  new: `select sum(on_hand)::int as "onHand", sum(reserved)::int as reserved,
      (select sum(delta)::int from stock_movement where product_id = $1) as moved,
      (select coalesce(sum(quantity), 0)::int from reservation_line
       join reservation on id = reservation_id where status = 'HELD' and product_id = $1) as promised
    from stock_level where product_id = $1`,
} as const;

/** Where stock may be kept. */
export type StockSide = keyof typeof COUNTS;

/** @param side where the stock is kept @param url the database of that side */
export function openStockBook(side: StockSide, url: string): StockBook {
  const log = createLog('test', 'silent');
  const database: Database = openDatabase({ url, poolSize: 2, applicationName: 'test', log });
  return {
    count: async (productId) =>
      (await database.pool.query<StockCount>(COUNTS[side], [productId])).rows[0] as StockCount,
    close: () => database.close(),
  };
}

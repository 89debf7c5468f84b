import type { Side } from '#platform/moves/moves.ts';

/** What the sides keep of stock; written by hand, so that a wrong mapping is not believed. */
interface StockTables {
  /** $1 product, $2 warehouse, $3 pieces that come (or go, below zero), $4 pieces promised: only where there are enough */
  readonly change: string;
  /** $1 id, $2 product, $3 warehouse, $4 `in` or `out`, $5 pieces, $6 order or null */
  readonly log: string;
  /** $1 id, $2 order */
  readonly reserve: string;
  /** $1 reservation, $2 product, $3 warehouse, $4 pieces */
  readonly reserveLine: string;
  /** $1 reservation, $2 `committed` or `released`; only one that is held */
  readonly settle: string;
  /** One row: owner, negative levels, levels that are not the sum of their ledger and their promises. */
  readonly faults: string;
  readonly allMovements: string;
  readonly allReservations: string;
}

const FAULTS = (levels: string, movements: string, held: string) => `
  select w.owner, f.* from move.ownership w, lateral (
    select count(*) filter (where l.on_hand < 0 or l.reserved < 0 or l.on_hand < l.reserved)::integer as negative,
      count(*) filter (where l.on_hand <> coalesce(m.moved, 0))::integer as unledgered,
      count(*) filter (where l.reserved <> coalesce(h.promised, 0))::integer as unpromised
    from (${levels}) l
    left join (${movements}) m using (product, warehouse)
    left join (${held}) h using (product, warehouse)
  ) f where w.move = 'inventory' and w.bucket = 0`;

const JST = `(now() at time zone 'Asia/Tokyo')`;

export const STOCK_TABLES: Readonly<Record<Side, StockTables>> = {
  legacy: {
    change: `
      update stocks set qty_on_hand = qty_on_hand + $3, qty_reserved = qty_reserved + $4, updated_at = ${JST}
      where product_id = $1 and warehouse_id = $2 and qty_on_hand + $3 >= qty_reserved + $4 and qty_reserved + $4 >= 0`,
    log: `
      insert into stock_log (log_id, product_id, warehouse_id, log_kind, delta, order_id, logged_at)
      values ($1, $2, $3, case $4::text when 'in' then 'IN' else 'OUT' end, $5, $6, ${JST})`,
    reserve: `insert into stock_reservations (reservation_id, order_id, state, created_at) values ($1, $2, 'H', ${JST})`,
    reserveLine: 'insert into stock_reservation_lines values ($1, $2, $3, $4)',
    settle: `
      update stock_reservations set state = case $2::text when 'committed' then 'C' else 'R' end
      where reservation_id = $1 and state = 'H'`,
    faults: FAULTS(
      'select product_id as product, warehouse_id as warehouse, qty_on_hand as on_hand, qty_reserved as reserved from stocks',
      'select product_id as product, warehouse_id as warehouse, sum(delta) as moved from stock_log group by 1, 2',
      `select product_id as product, warehouse_id as warehouse, sum(qty) as promised
       from stock_reservation_lines join stock_reservations using (reservation_id) where state = 'H' group by 1, 2`,
    ),
    allMovements: 'select log_id as id, delta from stock_log',
    allReservations: `
      select reservation_id as id, case state when 'H' then 'held' when 'C' then 'committed' else 'released' end as state
      from stock_reservations`,
  },
  new: {
    change: `
      update stock_level set on_hand = on_hand + $3, reserved = reserved + $4, updated_at = now()
      where product_id = $1 and warehouse_id = $2 and on_hand + $3 >= reserved + $4 and reserved + $4 >= 0`,
    log: `
      insert into stock_movement (id, product_id, warehouse_id, kind, delta, order_id, created_at)
      values ($1, $2, $3, (case $4::text when 'in' then 'RECEIVED' else 'SHIPPED' end)::movement_kind, $5, $6, now())`,
    reserve: `insert into reservation (id, order_id, status, created_at) values ($1, $2, 'HELD', now())`,
    reserveLine: 'insert into reservation_line values ($1, $2, $3, $4)',
    settle: `
      update reservation set status = (case $2::text when 'committed' then 'COMMITTED' else 'RELEASED' end)::reservation_status
      where id = $1 and status = 'HELD'`,
    faults: FAULTS(
      'select product_id as product, warehouse_id as warehouse, on_hand, reserved from stock_level',
      'select product_id as product, warehouse_id as warehouse, sum(delta) as moved from stock_movement group by 1, 2',
      `select product_id as product, warehouse_id as warehouse, sum(quantity) as promised
       from reservation_line join reservation on id = reservation_id where status = 'HELD' group by 1, 2`,
    ),
    allMovements: 'select id, delta from stock_movement',
    allReservations: `
      select id, case status when 'HELD' then 'held' when 'COMMITTED' then 'committed' else 'released' end as state
      from reservation`,
  },
};

import type { Side } from '#platform/moves/moves.ts';

/** In the order in which an order goes through them. */
const LEGACY_STATUSES = ['NEW', 'CONF', 'PAID', 'SHIP', 'DLVD'] as const;
const NEW_STATUSES = ['PLACED', 'CONFIRMED', 'PAID', 'SHIPPED', 'DELIVERED'] as const;
const LEGACY_TIMES = [
  'ordered_at',
  'confirmed_at',
  'paid_at',
  'shipped_at',
  'delivered_at',
] as const;
export const LAST_RANK = LEGACY_STATUSES.length - 1;

/** By what names a side knows the same things; written by hand, so that a wrong mapping is not believed. */
export interface OrderTables {
  readonly order: string;
  readonly id: string;
  readonly customer: string;
  /** Texts that tokens are appended to; the second belongs to those who share a pool with the relay. */
  readonly text: string;
  readonly text2: string;
  readonly total: string;
  readonly item: string;
  readonly itemId: string;
  readonly position: string;
  readonly itemText: string;
  readonly version: string;
  readonly amount: string;
  readonly statuses: readonly string[];
  /** SQL of the present time, as its columns keep it. */
  readonly now: string;
  /** SQL of money as its columns keep it, from SQL of cents. */
  money(cents: string): string;
  /** SQL of cents, from a column. */
  cents(column: string): string;
  /** $1 order, $2 customer, $3 key, $4 text, $5 cents */
  readonly create: string;
  /** A statement that brings order $1 to the status of a rank, from the one before. */
  reach(rank: number): string;
}

const NOW_LEGACY = `(now() at time zone 'Asia/Tokyo')`;

export const ORDER_TABLES: Readonly<Record<Side, OrderTables>> = {
  legacy: {
    order: 'sales_orders',
    id: 'order_id',
    customer: 'customer_id',
    text: 'ship_addr1',
    text2: 'ship_addr2',
    total: 'total_amount',
    item: 'sales_items',
    itemId: 'sales_item_id',
    position: 'line_no',
    itemText: 'product_name',
    version: 'qty',
    amount: 'amount',
    statuses: LEGACY_STATUSES,
    now: NOW_LEGACY,
    money: (cents) => `((${cents})::numeric / 100)`,
    cents: (column) => `(${column} * 100)::integer`,
    create: `
      insert into sales_orders (order_id, customer_id, status, total_amount, currency, idem_key, req_hash,
        ship_name, ship_addr1, ship_city, ship_zip, ship_country, ordered_at, updated_at)
      values ($1, $2, 'NEW', $5::numeric / 100, 'USD', $3, repeat('0', 64),
        'Casey Morgan', $4, 'Koto-ku', '135-0061', 'JP', ${NOW_LEGACY}, ${NOW_LEGACY})`,
    reach: (rank) => `
      update sales_orders set status = '${LEGACY_STATUSES[rank]}', ${LEGACY_TIMES[rank]} = ${NOW_LEGACY}
      where order_id = $1 and status = '${LEGACY_STATUSES[rank - 1]}'`,
  },
  new: {
    order: '"order"',
    id: 'id',
    customer: 'customer_id',
    text: 'shipping_line1',
    text2: 'shipping_line2',
    total: 'total_amount',
    item: 'order_item',
    itemId: 'id',
    position: 'position',
    itemText: 'name',
    version: 'quantity',
    amount: 'line_total_amount',
    statuses: NEW_STATUSES,
    now: 'now()',
    money: (cents) => `(${cents})::integer`,
    cents: (column) => column,
    create: `
      with o as (
        insert into "order" (id, customer_id, status, total_amount, currency, idempotency_key, request_hash,
          shipping_name, shipping_line1, shipping_city, shipping_postal_code, shipping_country, placed_at, updated_at)
        values ($1, $2, 'PLACED', $5::integer, 'USD', $3, repeat('0', 64),
          'Casey Morgan', $4, 'Koto-ku', '135-0061', 'JP', now(), now()) returning id, placed_at)
      insert into order_event select id, 'PLACED', placed_at from o`,
    reach: (rank) => `
      with o as (
        update "order" set status = '${NEW_STATUSES[rank]}' where id = $1 and status = '${NEW_STATUSES[rank - 1]}'
        returning id)
      insert into order_event select id, '${NEW_STATUSES[rank]}', now() from o`,
  },
};

/** SQL of one order, $1, with its items, and of who owns its bucket, $2; one row, in one snapshot. */
export function readOrder(side: Side): string {
  const t = ORDER_TABLES[side];
  const ranks = t.statuses.map((status, rank) => `when '${status}' then ${rank}`).join(' ');
  return `
    select w.owner, o.${t.text} as text, coalesce(o.${t.text2}, '') as text2, ${t.cents(`o.${t.total}`)} as total,
      case o.status ${ranks} end as rank, i.items
    from move.ownership w left join ${t.order} o on o.${t.id} = $1
    left join lateral (
      select json_agg(json_build_object('id', ${t.itemId}, 'version', ${t.version},
        'text', ${t.itemText}, 'cents', ${t.cents(t.amount)})) as items
      from ${t.item} where order_id = o.${t.id}
    ) i on true
    where w.move = 'order' and w.bucket = $2`;
}

/** SQL of all orders and all items, a row of either: id, text, and what else is known of it. */
export function readAllOrders(side: Side): { readonly orders: string; readonly items: string } {
  const t = ORDER_TABLES[side];
  const ranks = t.statuses.map((status, rank) => `when '${status}' then ${rank}`).join(' ');
  return {
    orders: `select o.${t.id} as id, o.${t.customer} as customer, o.${t.text} as text, coalesce(o.${t.text2}, '') as text2,
        case o.status ${ranks} end as rank, ${t.cents(`o.${t.total}`)} as total,
        coalesce((select sum(${t.cents(t.amount)}) from ${t.item} where order_id = o.${t.id}), 0)::integer as sum
      from ${t.order} o`,
    items: `select ${t.itemId} as id, order_id as "order", ${t.itemText} as text, ${t.version} as version from ${t.item}`,
  };
}

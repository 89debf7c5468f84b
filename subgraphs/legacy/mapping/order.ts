import type { Address, OrderEvent, OrderStatus } from '../schema.generated.ts';
import { money } from './money.ts';
import type { OrderRow } from './rows.ts';
import { instant } from './time.ts';

/** What has happened to an order, oldest first: the monolith keeps a time per status. */
export function orderHistory(row: OrderRow): OrderEvent[] {
  const steps: [OrderStatus, string | null, string | null][] = [
    ['PLACED', row.ordered_at, null],
    ['CONFIRMED', row.confirmed_at, null],
    ['PAID', row.paid_at, null],
    ['SHIPPED', row.shipped_at, row.tracking_no],
    ['DELIVERED', row.delivered_at, null],
    ['CANCELLED', row.cancelled_at, row.close_reason],
    ['RETURNED', row.returned_at, row.close_reason],
  ];
  return steps.flatMap(([status, at, note]) =>
    at === null ? [] : [{ status, at: instant(at), note }],
  );
}

export function shippingAddress(row: OrderRow): Address {
  return {
    name: row.ship_name,
    line1: row.ship_addr1,
    line2: row.ship_addr2,
    city: row.ship_city,
    region: row.ship_state,
    postalCode: row.ship_zip,
    country: row.ship_country,
  };
}

/** The lines of an order, in the order in which they were asked for. */
export function orderItems(row: OrderRow) {
  return row.items
    .toSorted((one, other) => one.line_no - other.line_no)
    .map((item) => ({
      id: item.sales_item_id,
      product: { id: item.product_id },
      sku: item.sku,
      name: item.product_name,
      quantity: item.qty,
      unitPrice: money(item.unit_price, row.currency),
      lineTotal: money(item.amount, row.currency),
    }));
}

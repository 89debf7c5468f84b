import { jstText } from '../times.ts';
import { dollarsOf } from './money.ts';
import type { OrderAnswer } from './schemas.ts';
import type { OrderStatus } from './workflow.ts';

/** The words of the graph for where an order stands. */
export const STATUSES = {
  PLACED: 'NEW',
  CONFIRMED: 'CONF',
  PAID: 'PAID',
  SHIPPED: 'SHIP',
  DELIVERED: 'DLVD',
  CANCELLED: 'CANC',
  RETURNED: 'RETD',
} as const satisfies Record<string, OrderStatus>;
export type GraphStatus = keyof typeof STATUSES;

interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** An order as the graph gives it. Amounts are cents, times ISO 8601. */
export interface GraphOrder {
  readonly id: string;
  readonly number: string;
  readonly status: GraphStatus;
  readonly customer: { readonly id: string };
  readonly total: Money;
  readonly shippingAddress: {
    readonly name: string;
    readonly line1: string;
    readonly line2: string | null;
    readonly city: string;
    readonly region: string | null;
    readonly postalCode: string;
    readonly country: string;
  };
  readonly trackingNumber: string | null;
  readonly placedAt: string;
  readonly updatedAt: string;
  readonly history: readonly {
    readonly status: GraphStatus;
    readonly at: string;
    readonly note: string | null;
  }[];
  readonly items: readonly {
    readonly id: string;
    readonly product: { readonly id: string };
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: Money;
    readonly lineTotal: Money;
  }[];
}

/** Selects a {@link GraphOrder}. */
export const ORDER = `order { id number status customer { id } total { amount currency }
  shippingAddress { name line1 line2 city region postalCode country } trackingNumber placedAt updatedAt
  history { status at note }
  items { id product { id } sku name quantity unitPrice { amount currency } lineTotal { amount currency } } }`;

/** An order of the graph as the monolith answers it. */
export function answerOf(order: GraphOrder): OrderAnswer {
  const { shippingAddress: to, history } = order;
  const reached = (status: GraphStatus) => {
    const event = history.findLast((one) => one.status === status);
    return event ? jstText(new Date(event.at)) : null;
  };
  const closed = history.findLast(({ status }) => status === 'CANCELLED' || status === 'RETURNED');
  return {
    order_id: order.id,
    order_no: order.number,
    customer_id: order.customer.id,
    status: STATUSES[order.status],
    total_amount: dollarsOf(order.total.amount),
    currency: order.total.currency,
    ship_name: to.name,
    ship_addr1: to.line1,
    ship_addr2: to.line2,
    ship_city: to.city,
    ship_state: to.region,
    ship_zip: to.postalCode,
    ship_country: to.country,
    tracking_no: order.trackingNumber,
    close_reason: closed?.note ?? null,
    ordered_at: jstText(new Date(order.placedAt)),
    confirmed_at: reached('CONFIRMED'),
    paid_at: reached('PAID'),
    shipped_at: reached('SHIPPED'),
    delivered_at: reached('DELIVERED'),
    cancelled_at: reached('CANCELLED'),
    returned_at: reached('RETURNED'),
    updated_at: jstText(new Date(order.updatedAt)),
    items: order.items.map((item, index) => ({
      sales_item_id: item.id,
      line_no: index + 1,
      product_id: item.product.id,
      sku: item.sku,
      product_name: item.name,
      qty: item.quantity,
      unit_price: dollarsOf(item.unitPrice.amount),
      amount: dollarsOf(item.lineTotal.amount),
    })),
  };
}

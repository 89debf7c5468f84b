import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { salesItems, salesOrders } from '../../subgraphs/legacy/monolith/tables.ts';
import { anyDollars, anyHash, anyText, anyTime, dealt, ids } from './any-rows.ts';

export type SalesOrder = typeof salesOrders.$inferSelect;
export type SalesItem = typeof salesItems.$inferSelect;

/** The content of the tables. */
export interface OrderState {
  readonly orders: readonly SalesOrder[];
  readonly items: readonly SalesItem[];
}

const CODES = ['NEW', 'CONF', 'PAID', 'SHIP', 'DLVD', 'CANC', 'RETD'];

/** Rows of the monolith's orders with whatever its columns allow, and the new side can hold. */
const anyOrder = fc
  .record({
    // The times need not tell the story of the status: rows were mended by hand before.
    status: fc.constantFrom(...CODES),
    totalAmount: anyDollars,
    currency: fc.constantFrom('USD', 'JPY', 'X', ''),
    reqHash: anyHash,
    shipName: anyText(100),
    shipAddr1: anyText(200),
    shipAddr2: fc.option(anyText(200)),
    shipCity: anyText(100),
    shipState: fc.option(anyText(100)),
    shipZip: anyText(20),
    shipCountry: fc.constantFrom('JP', 'US', 'é'),
    trackingNo: fc.option(anyText(100)),
    paymentRef: fc.option(anyText(100)),
    closeReason: fc.option(anyText(200)),
    orderedAt: anyTime,
    confirmedAt: fc.option(anyTime),
    paidAt: fc.option(anyTime),
    shippedAt: fc.option(anyTime),
    deliveredAt: fc.option(anyTime),
    cancelledAt: fc.option(anyTime),
    returnedAt: fc.option(anyTime),
    updatedAt: anyTime,
  })
  .map((row) => ({
    ...row,
    closeReason: row.cancelledAt || row.returnedAt ? row.closeReason : null,
  }));

const anyItem = fc.record({
  productId: fc.uuid(),
  sku: anyText(32),
  productName: anyText(200),
  qty: fc.integer({ min: 1, max: 2_147_483_647 }),
  unitPrice: anyDollars,
  // Not always quantity times price: discounts were made by hand.
  amount: anyDollars,
});

const many = <T>(one: fc.Arbitrary<T>, count: number) =>
  fc.array(one, { minLength: count, maxLength: count });

/**
 * States of the same few orders: numbers, keys and customers change places between them, lines come, go, are counted
 * anew and change orders.
 */
export function anyOrderStates(
  customers: readonly string[],
): fc.Arbitrary<readonly [older: OrderState, present: OrderState]> {
  return fc
    .tuple(
      fc.uniqueArray(fc.oneof(fc.maxSafeNat(), fc.nat(20)), { minLength: 5, maxLength: 5 }),
      fc.uniqueArray(anyText(100), { minLength: 5, maxLength: 5 }),
    )
    .chain(([numbers, keys]) => {
      const pools = { orders: ids(5), items: ids(10) };
      const places = numbers.map((orderNo, n) => ({ orderNo, idemKey: keys[n] as string }));
      const state = fc
        .tuple(
          dealt(pools.orders, places),
          fc.shuffledSubarray(pools.items),
          many(fc.tuple(anyOrder, fc.constantFrom(...customers)), 5),
          many(fc.tuple(anyItem, fc.nat()), 10),
          fc.shuffledSubarray([-32_768, -1, 0, 1, 2, 3, 4, 5, 32_766, 32_767], { minLength: 10 }),
        )
        .map(([someOrders, someItems, facts, details, lines]): OrderState => {
          const orders = someOrders.map(([orderId, place], n) => {
            const [fact, customerId] = facts[n] as (typeof facts)[number];
            return { ...fact, orderId, ...place, customerId };
          });
          const items = someItems.flatMap((salesItemId, n) => {
            const [detail, at] = details[n] as (typeof details)[number];
            const of = orders[at % (orders.length || 1)];
            const lineNo = lines[n] as number;
            return of ? [{ ...detail, salesItemId, orderId: of.orderId, lineNo }] : [];
          });
          return { orders, items };
        });
      return fc.tuple(state, state);
    });
}

/** An order that was placed a minute ago. */
export const placedOrder: SalesOrder = {
  orderId: randomUUID(),
  orderNo: 7,
  customerId: randomUUID(),
  status: 'NEW',
  totalAmount: '19.99',
  currency: 'USD',
  idemKey: 'a-key-of-a-client',
  reqHash: '0'.repeat(64),
  shipName: 'Casey Morgan',
  shipAddr1: '1-2-3 Toyosu',
  shipAddr2: null,
  shipCity: 'Koto-ku',
  shipState: null,
  shipZip: '135-0061',
  shipCountry: 'JP',
  trackingNo: null,
  paymentRef: null,
  closeReason: null,
  orderedAt: new Date('2026-01-31T09:30:00.123Z'),
  confirmedAt: null,
  paidAt: null,
  shippedAt: null,
  deliveredAt: null,
  cancelledAt: null,
  returnedAt: null,
  updatedAt: new Date('2026-01-31T09:30:00.123Z'),
};

/** A line of an order. */
export const itemOf = (orderId: string, lineNo: number): SalesItem => ({
  salesItemId: randomUUID(),
  orderId,
  lineNo,
  productId: randomUUID(),
  sku: 'SKU',
  productName: 'Lamp',
  qty: 2,
  unitPrice: '9.99',
  amount: '19.98',
});

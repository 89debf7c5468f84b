import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { salesItems, salesOrders } from '../../subgraphs/legacy/monolith/tables.ts';

export type SalesOrder = typeof salesOrders.$inferSelect;
export type SalesItem = typeof salesItems.$inferSelect;

/** Any text that PostgreSQL can keep. */
const anyText = (maxLength: number, minLength = 0) =>
  fc
    .string({ unit: 'binary', minLength, maxLength })
    .map((text) => text.replaceAll('\0', ' ').toWellFormed())
    .filter((text) => Array.from(text).length <= maxLength);

const anyTime = fc.date({
  min: new Date('1000-01-02T00:00:00Z'),
  max: new Date('9998-12-30T23:59:59.999Z'),
  noInvalidDate: true,
});

const anyAmount = fc
  .oneof(fc.integer({ min: 0, max: 2_147_483_647 }), fc.constantFrom(0, 1, 9, 10, 99, 100, 101))
  .map((minor) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`);

const CODES = ['NEW', 'CONF', 'PAID', 'SHIP', 'DLVD', 'CANC', 'RETD'];

/** Rows of the monolith's orders with whatever its columns allow, and the new side can hold. */
export const anyOrder: fc.Arbitrary<SalesOrder> = fc
  .record({
    orderId: fc.uuid(),
    orderNo: fc.maxSafeNat(),
    customerId: fc.uuid(),
    // The times need not tell the story of the status: rows were mended by hand before.
    status: fc.constantFrom(...CODES),
    totalAmount: anyAmount,
    currency: fc.constantFrom('USD', 'JPY'),
    idemKey: anyText(100),
    reqHash: fc.string({
      unit: fc.constantFrom('0', '1', '9', 'a', 'f'),
      minLength: 64,
      maxLength: 64,
    }),
    shipName: anyText(100),
    shipAddr1: anyText(200),
    shipAddr2: fc.option(anyText(200)),
    shipCity: anyText(100),
    shipState: fc.option(anyText(100)),
    shipZip: anyText(20),
    shipCountry: fc.constantFrom('JP', 'US'),
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

export const anyItem = (orderId: fc.Arbitrary<string> = fc.uuid()): fc.Arbitrary<SalesItem> =>
  fc.record({
    salesItemId: fc.uuid(),
    orderId,
    lineNo: fc.integer({ min: 1, max: 32_767 }),
    productId: fc.uuid(),
    sku: anyText(32),
    productName: anyText(200),
    qty: fc.integer({ min: 1, max: 2_147_483_647 }),
    unitPrice: anyAmount,
    // Not always quantity times price: discounts were made by hand.
    amount: anyAmount,
  });

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

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type * as legacy from '../../subgraphs/legacy/monolith/tables.ts';

export type LegacyWarehouse = typeof legacy.warehouses.$inferSelect;
export type LegacyLevel = typeof legacy.stocks.$inferSelect;
export type LegacyMovement = typeof legacy.stockLog.$inferSelect;
export type LegacyReservation = typeof legacy.stockReservations.$inferSelect;
export type LegacyLine = typeof legacy.stockReservationLines.$inferSelect;

/** Any text that PostgreSQL can keep. */
const anyText = (maxLength: number) =>
  fc
    .string({ unit: 'binary', maxLength })
    .map((text) => text.replaceAll('\0', ' '))
    .filter((text) => Array.from(text).length <= maxLength);

const anyTime = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9998-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

const anyCount = fc.integer({ min: 0, max: 2_147_483_647 });

export const anyWarehouse: fc.Arbitrary<LegacyWarehouse> = fc.record({
  warehouseId: fc.uuid(),
  whCode: anyText(10),
  whName: anyText(100),
});

export const anyLevel: fc.Arbitrary<LegacyLevel> = fc
  .tuple(fc.uuid(), fc.uuid(), anyCount, anyCount, anyTime)
  .map(([productId, warehouseId, one, other, updatedAt]) => ({
    productId,
    warehouseId,
    qtyOnHand: Math.max(one, other),
    qtyReserved: Math.min(one, other),
    updatedAt,
  }));

export const anyMovement: fc.Arbitrary<LegacyMovement> = fc.record({
  logId: fc.uuid(),
  productId: fc.uuid(),
  warehouseId: fc.uuid(),
  logKind: fc.constantFrom('IN', 'ADJ', 'OUT', 'RET'),
  delta: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  note: fc.option(anyText(200)),
  orderId: fc.option(fc.uuid()),
  loggedAt: anyTime,
});

export const anyReservation: fc.Arbitrary<LegacyReservation> = fc.record({
  reservationId: fc.uuid(),
  orderId: fc.uuid(),
  state: fc.constantFrom('H', 'C', 'R', 'B'),
  expiresAt: fc.option(anyTime),
  createdAt: anyTime,
});

export const anyLine: fc.Arbitrary<LegacyLine> = fc.record({
  reservationId: fc.uuid(),
  productId: fc.uuid(),
  warehouseId: fc.uuid(),
  qty: fc.integer({ min: 1, max: 2_147_483_647 }),
});

/** Stock that lists stumble over: equal numbers, equal times, products of one level, of many, of none. */
export function oddStock(count: number, seed: number) {
  const warehouses = ['b', 'B', 'a', 'Z', 'é', '9'].map((whCode) => ({
    warehouseId: randomUUID(),
    whCode,
    whName: `Warehouse ${whCode}`,
  }));
  const productIds = Array.from({ length: count }, () => randomUUID() as string);
  const facts = fc.record({
    places: fc.subarray(warehouses),
    onHand: fc.constantFrom(0, 1, 9, 10, 1_000),
    held: fc.nat(4).map((n) => n === 0),
    times: fc.array(fc.constantFrom(...TIMES), { minLength: 1, maxLength: 6 }),
  });
  const rows = fc.sample(facts, { numRuns: count, seed }).flatMap((of, n) =>
    of.places.map(({ warehouseId }) => ({
      ...of,
      productId: productIds[n] as string,
      warehouseId,
      reserved: of.held ? of.onHand : 0,
    })),
  );
  const reservations = rows
    .filter(({ reserved }) => reserved > 0)
    .map(({ productId, warehouseId, reserved }, n) => ({
      reservationId: randomUUID() as string,
      orderId: randomUUID() as string,
      expiresAt: n % 2 === 0 ? null : new Date('2999-01-01T00:00:00Z'),
      createdAt: TIMES[0] as Date,
      line: { productId, warehouseId, qty: reserved },
    }));
  return {
    warehouses,
    productIds,
    levels: rows.map(({ productId, warehouseId, onHand, reserved }) => ({
      productId,
      warehouseId,
      qtyOnHand: onHand,
      qtyReserved: reserved,
      updatedAt: TIMES[0] as Date,
    })),
    // Pieces came in, and as many were counted out again, but for those that are there.
    movements: rows.flatMap(({ productId, warehouseId, onHand, times }) =>
      [...times.flatMap(() => [7, -7]), ...(onHand > 0 ? [onHand] : [])].map((delta, n) => ({
        logId: randomUUID() as string,
        productId,
        warehouseId,
        logKind: 'ADJ',
        delta,
        note: null,
        orderId: null,
        loggedAt: times[n % times.length] as Date,
      })),
    ),
    reservations,
  };
}

const TIMES = [
  '2025-12-31T14:59:59.999Z',
  '2025-12-31T15:00:00.000Z',
  '2025-12-31T15:00:00.001Z',
  '2026-03-29T01:30:00.000Z',
  '1970-01-01T00:00:00.000Z',
].map((text) => new Date(text));

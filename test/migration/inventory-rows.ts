import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { anyCount, anyText, anyTime, dealt, ids } from './any-rows.ts';

export type LegacyWarehouse = typeof legacy.warehouses.$inferSelect;
export type LegacyLevel = typeof legacy.stocks.$inferSelect;
export type LegacyMovement = typeof legacy.stockLog.$inferSelect;
export type LegacyReservation = typeof legacy.stockReservations.$inferSelect;
export type LegacyLine = typeof legacy.stockReservationLines.$inferSelect;

/** The content of the tables. */
export interface StockState {
  readonly warehouses: readonly LegacyWarehouse[];
  readonly levels: readonly LegacyLevel[];
  readonly movements: readonly LegacyMovement[];
  readonly reservations: readonly LegacyReservation[];
  readonly lines: readonly LegacyLine[];
}

const anyLevel = fc.tuple(anyCount, anyCount, anyTime).map(([one, other, updatedAt]) => ({
  qtyOnHand: Math.max(one, other),
  qtyReserved: Math.min(one, other),
  updatedAt,
}));

const anyMovement = fc.record({
  logKind: fc.constantFrom('IN', 'ADJ', 'OUT', 'RET'),
  delta: fc.integer({ min: 1, max: 2_147_483_647 }),
  note: fc.option(anyText(200)),
  orderId: fc.option(fc.uuid()),
  loggedAt: anyTime,
});

const anyReservation = fc.record({
  state: fc.constantFrom('H', 'C', 'R', 'B'),
  expiresAt: fc.option(anyTime),
  createdAt: anyTime,
});

const many = <T>(one: fc.Arbitrary<T>, count: number) =>
  fc.array(one, { minLength: count, maxLength: count });

/**
 * States of the same little stock, with whatever the columns allow and the new side can hold: codes and orders change
 * places, levels, movements and promises come and go.
 */
export function anyStockStates(
  productIds: readonly string[],
): fc.Arbitrary<readonly [older: StockState, present: StockState]> {
  const codes = fc.uniqueArray(anyText(10), { minLength: 4, maxLength: 4 });
  return codes.chain((someCodes) => {
    const pools = { warehouses: ids(4), movements: ids(8), reservations: ids(5), orders: ids(5) };
    const pairs = productIds.flatMap((productId) =>
      pools.warehouses.map((warehouseId) => ({ productId, warehouseId })),
    );
    const state = fc
      .tuple(
        dealt(pools.warehouses, someCodes),
        fc.subarray(pairs),
        many(fc.tuple(anyText(100), anyLevel), pairs.length),
        fc.subarray(pools.movements),
        many(fc.tuple(anyMovement, fc.nat()), 8),
        dealt(pools.reservations, pools.orders),
        many(fc.tuple(anyReservation, fc.array(fc.tuple(fc.nat(), anyCount), { maxLength: 4 })), 5),
      )
      .map(([places, somePairs, facts, someMovements, moved, promised, promises]): StockState => {
        const warehouses = places.map(([warehouseId, whCode], n) => {
          return { warehouseId, whCode, whName: facts[n]?.[0] as string };
        });
        const here = new Set(warehouses.map(({ warehouseId }) => warehouseId));
        const levels = somePairs
          .filter(({ warehouseId }) => here.has(warehouseId))
          .map((pair, n) => ({ ...pair, ...(facts[n]?.[1] as (typeof facts)[number][1]) }));
        const levelAt = (n: number) => {
          const level = levels[n % (levels.length || 1)];
          return level && { productId: level.productId, warehouseId: level.warehouseId };
        };
        const movements = someMovements.flatMap((logId, n) => {
          const [fact, at] = moved[n] as (typeof moved)[number];
          const place = levelAt(at);
          // The kind says whether pieces come or go; a count does either.
          const isOut = fact.logKind === 'OUT' || (fact.logKind === 'ADJ' && at % 2 === 0);
          return place
            ? [{ ...fact, ...place, logId, delta: isOut ? -fact.delta : fact.delta }]
            : [];
        });
        const reservations = promised.map(([reservationId, orderId], n) => {
          return { ...(promises[n]?.[0] as (typeof promises)[number][0]), reservationId, orderId };
        });
        const lines = reservations.flatMap(({ reservationId }, n) => {
          const all = (promises[n]?.[1] ?? []).flatMap(([at, qty]) => {
            const place = levelAt(at);
            return place ? [{ ...place, reservationId, qty: qty || 1 }] : [];
          });
          const key = (line: LegacyLine) => `${line.productId} ${line.warehouseId}`;
          return [...new Map(all.map((line) => [key(line), line])).values()];
        });
        return { warehouses, levels, movements, reservations, lines };
      });
    return fc.tuple(state, state);
  });
}

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

import { sql } from 'drizzle-orm';
import * as inventory from '../../subgraphs/inventory/tables.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { instant } from './instant.ts';
import { aggregate, UnmappableRow, type Move } from './move.ts';

type MovementKind = (typeof inventory.movementKind.enumValues)[number];
type ReservationStatus = (typeof inventory.reservationStatus.enumValues)[number];

const KINDS = {
  IN: 'RECEIVED',
  ADJ: 'ADJUSTED',
  OUT: 'SHIPPED',
  RET: 'RETURNED',
} as const satisfies Record<string, MovementKind>;

const STATUSES = {
  H: 'HELD',
  C: 'COMMITTED',
  R: 'RELEASED',
  B: 'RETURNED',
} as const satisfies Record<string, ReservationStatus>;

const warehouses = aggregate({
  name: 'warehouses',
  legacyTable: legacy.warehouses,
  newTable: inventory.warehouse,
  key: { legacy: [legacy.warehouses.warehouseId], new: [inventory.warehouse.id] },
  toNew: (row) => ({ id: row.warehouseId, code: row.whCode, name: row.whName }),
  toLegacy: (row) => ({ warehouseId: row.id, whCode: row.code, whName: row.name }),
  // No code has a tilde. As long as the column is; there are few warehouses.
  parked: {
    legacy: { whCode: parkedCode(sql`${legacy.warehouses.warehouseId}`) },
    new: { code: parkedCode(sql`${inventory.warehouse.id}`) },
  },
});

const levels = aggregate({
  name: 'stock levels',
  legacyTable: legacy.stocks,
  newTable: inventory.stockLevel,
  key: {
    legacy: [legacy.stocks.productId, legacy.stocks.warehouseId],
    new: [inventory.stockLevel.productId, inventory.stockLevel.warehouseId],
  },
  toNew: ({ productId, warehouseId, qtyOnHand, qtyReserved, updatedAt }) => ({
    productId,
    warehouseId,
    onHand: qtyOnHand,
    reserved: qtyReserved,
    updatedAt: instant(updatedAt, `stocks.updated_at of ${productId}, ${warehouseId}`),
  }),
  toLegacy: ({ productId, warehouseId, onHand, reserved, updatedAt }) => ({
    productId,
    warehouseId,
    qtyOnHand: onHand,
    qtyReserved: reserved,
    updatedAt: instant(updatedAt, `stock_level.updated_at of ${productId}, ${warehouseId}`),
  }),
});

const movements = aggregate({
  name: 'stock movements',
  legacyTable: legacy.stockLog,
  newTable: inventory.stockMovement,
  key: { legacy: [legacy.stockLog.logId], new: [inventory.stockMovement.id] },
  toNew: (row) => ({
    id: row.logId,
    productId: row.productId,
    warehouseId: row.warehouseId,
    kind: wordOf(KINDS, row.logKind, `stock_log.log_kind of log_id ${row.logId}`),
    delta: row.delta,
    reason: row.note,
    orderId: row.orderId,
    createdAt: instant(row.loggedAt, `stock_log.logged_at of log_id ${row.logId}`),
  }),
  toLegacy: (row) => ({
    logId: row.id,
    productId: row.productId,
    warehouseId: row.warehouseId,
    logKind: codeOf(KINDS, row.kind),
    delta: row.delta,
    note: row.reason,
    orderId: row.orderId,
    loggedAt: instant(row.createdAt, `stock_movement.created_at of id ${row.id}`),
  }),
});

const reservations = aggregate({
  name: 'reservations',
  legacyTable: legacy.stockReservations,
  newTable: inventory.reservation,
  key: { legacy: [legacy.stockReservations.reservationId], new: [inventory.reservation.id] },
  toNew: ({ reservationId, orderId, state, expiresAt, createdAt }) => {
    const where = (column: string) =>
      `stock_reservations.${column} of reservation_id ${reservationId}`;
    return {
      id: reservationId,
      orderId,
      status: wordOf(STATUSES, state, where('state')),
      expiresAt: expiresAt && instant(expiresAt, where('expires_at')),
      createdAt: instant(createdAt, where('created_at')),
    };
  },
  toLegacy: ({ id, orderId, status, expiresAt, createdAt }) => {
    const where = (column: string) => `reservation.${column} of id ${id}`;
    return {
      reservationId: id,
      orderId,
      state: codeOf(STATUSES, status),
      expiresAt: expiresAt && instant(expiresAt, where('expires_at')),
      createdAt: instant(createdAt, where('created_at')),
    };
  },
  // No order has the id of a reservation.
  parked: {
    legacy: { orderId: sql`${legacy.stockReservations.reservationId}` },
    new: { orderId: sql`${inventory.reservation.id}` },
  },
});

const reservationLines = aggregate({
  name: 'reservation lines',
  legacyTable: legacy.stockReservationLines,
  newTable: inventory.reservationLine,
  key: {
    legacy: [
      legacy.stockReservationLines.reservationId,
      legacy.stockReservationLines.productId,
      legacy.stockReservationLines.warehouseId,
    ],
    new: [
      inventory.reservationLine.reservationId,
      inventory.reservationLine.productId,
      inventory.reservationLine.warehouseId,
    ],
  },
  toNew: ({ qty, ...row }) => ({ ...row, quantity: qty }),
  toLegacy: ({ quantity, ...row }) => ({ ...row, qty: quantity }),
});

/** Stock: warehouses first, then levels, to which movements and promises refer. */
export const inventoryMove: Move = {
  name: 'inventory',
  aggregates: [warehouses, levels, movements, reservations, reservationLines],
};

function parkedCode(id: ReturnType<typeof sql>) {
  return sql`'~' || left(md5(${id}::text), 9)`;
}

// ---- values

/** @throws UnmappableRow for a code that has no word */
function wordOf<Word>(words: Readonly<Record<string, Word>>, code: string, where: string): Word {
  const word = Object.hasOwn(words, code) ? words[code] : undefined;
  if (word !== undefined) return word;
  throw new UnmappableRow(
    where,
    `"${code}" is none of ${Object.keys(words).join(', ')}: mend the row, or teach migration/moves/inventory.ts the word`,
  );
}

/** Every word has a code: the type of the column sees to it. */
function codeOf<Word>(words: Readonly<Record<string, Word>>, word: Word): string {
  return Object.keys(words).find((code) => words[code] === word) as string;
}

import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/database/pool.ts';
import { byPlace } from './allocation.ts';
import { changeLevels, lockLevels, type LevelChange } from './repository/levels.ts';
import { addMovements, type MovementRow } from './repository/movements.ts';
import { setStatus, type ReservationRow } from './repository/reservations.ts';

/** A status that a reservation can come to. */
export type Settled = Exclude<ReservationRow['status'], 'HELD'>;

interface Effect {
  /** What each promised piece does to its level. */
  readonly onHand: -1 | 0 | 1;
  readonly reserved: -1 | 0;
  /** What is written into the ledger; null where no piece comes or goes. */
  readonly kind: MovementRow['kind'] | null;
}

const EFFECTS: Readonly<Record<Settled, Effect>> = {
  RELEASED: { onHand: 0, reserved: -1, kind: null },
  COMMITTED: { onHand: -1, reserved: -1, kind: 'SHIPPED' },
  RETURNED: { onHand: 1, reserved: 0, kind: 'RETURNED' },
};

/**
 * Brings reservations that the transaction has locked to their next status, with what that does to the stock: in
 * a few statements, however many reservations and lines there are.
 */
export async function settle(
  tx: Db,
  reservations: readonly ReservationRow[],
  status: Settled,
  now: Date,
): Promise<ReservationRow[]> {
  if (reservations.length === 0) return [];
  const effect = EFFECTS[status];
  await lockLevels(tx, productsOf(reservations));
  await changeLevels(tx, changesOf(reservations, effect), now);
  if (effect.kind !== null) await addMovements(tx, movementsOf(reservations, effect, now));
  await setStatus(
    tx,
    reservations.map(({ id }) => id),
    status,
  );
  return reservations.map((reservation) => ({ ...reservation, status }));
}

/** The products that reservations touch, each once. */
export function productsOf(reservations: readonly Pick<ReservationRow, 'lines'>[]): string[] {
  const lines = reservations.flatMap((reservation) => reservation.lines);
  return [...new Set(lines.map((line) => line.productId))];
}

/** The changes of levels, each level once. */
function changesOf(
  reservations: readonly ReservationRow[],
  { onHand, reserved }: Effect,
): LevelChange[] {
  const lines = reservations.flatMap((reservation) => reservation.lines).toSorted(byPlace);
  const places = Map.groupBy(lines, (line) => `${line.productId} ${line.warehouseId}`);
  return [...places.values()].flatMap((same) => {
    const quantity = same.reduce((sum, line) => sum + line.quantity, 0);
    return same.slice(0, 1).map(({ productId, warehouseId }) => ({
      productId,
      warehouseId,
      onHand: onHand * quantity,
      reserved: reserved * quantity,
    }));
  });
}

function movementsOf(
  reservations: readonly ReservationRow[],
  { onHand, kind }: Effect,
  now: Date,
): MovementRow[] {
  return reservations.flatMap(({ orderId, lines }) =>
    lines.map(({ productId, warehouseId, quantity }) => ({
      id: randomUUID(),
      productId,
      warehouseId,
      kind: kind as MovementRow['kind'],
      delta: onHand * quantity,
      reason: null,
      orderId,
      createdAt: now,
    })),
  );
}

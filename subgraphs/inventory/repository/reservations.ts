import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { AllocatedLine } from '../allocation.ts';
import { reservation, reservationLine } from '../tables.ts';

/** Pieces promised to an order. */
export interface ReservationRow extends Omit<typeof reservation.$inferSelect, 'createdAt'> {
  /** By product and warehouse. */
  readonly lines: readonly AllocatedLine[];
}

const columns = {
  id: reservation.id,
  orderId: reservation.orderId,
  status: reservation.status,
  expiresAt: reservation.expiresAt,
};

/**
 * Adds a reservation without lines, unless the order has one. Who adds one for the same order at the same time
 * waits for the end of this transaction.
 *
 * @returns whether it was added
 */
export async function addReservation(
  db: Db,
  row: typeof reservation.$inferInsert,
): Promise<boolean> {
  const added = await db
    .insert(reservation)
    .values(row)
    .onConflictDoNothing({ target: reservation.orderId })
    .returning({ id: reservation.id });
  return added.length > 0;
}

export async function addLines(
  db: Db,
  reservationId: string,
  lines: readonly AllocatedLine[],
): Promise<void> {
  await db.insert(reservationLine).values(lines.map((line) => ({ ...line, reservationId })));
}

/** Locks the reservation of an order until the transaction ends. @returns null where there is none */
export async function lockReservationOf(db: Db, orderId: string): Promise<ReservationRow | null> {
  const rows = await db
    .select(columns)
    .from(reservation)
    .where(eq(reservation.orderId, orderId))
    .for('update');
  return (await withLines(db, rows))[0] ?? null;
}

/** Locks held reservations that have run out until the transaction ends, but for those that somebody works on. */
export async function lockExpired(db: Db, now: Date, limit: number): Promise<ReservationRow[]> {
  const rows = await db
    .select(columns)
    .from(reservation)
    .where(and(eq(reservation.status, 'HELD'), lte(reservation.expiresAt, now)))
    .orderBy(asc(reservation.id))
    .limit(limit)
    // What somebody works on is being released, or committed just in time.
    .for('update', { skipLocked: true });
  return withLines(db, rows);
}

/** Gives reservations that the transaction has locked a status. */
export async function setStatus(
  db: Db,
  ids: readonly string[],
  status: ReservationRow['status'],
): Promise<void> {
  await db
    .update(reservation)
    .set({ status })
    .where(inArray(reservation.id, [...ids]));
}

async function withLines(
  db: Db,
  rows: readonly Omit<ReservationRow, 'lines'>[],
): Promise<ReservationRow[]> {
  if (rows.length === 0) return [];
  const lines = await db
    .select()
    .from(reservationLine)
    .where(
      inArray(
        reservationLine.reservationId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(reservationLine.productId), asc(reservationLine.warehouseId));
  const byReservation = Map.groupBy(lines, (line) => line.reservationId);
  return rows.map((row) => ({ ...row, lines: byReservation.get(row.id) ?? [] }));
}

import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import type { MonolithDeps } from '../app.ts';
import { ApiError } from '../errors.ts';
import { stockReservationLines, stockReservations } from '../tables.ts';
import { allocate, type AllocatedLine, type WantedItem } from './allocation.ts';
import { forgetAvailability } from './availability.ts';
import { changeLevels, lockLevels, outOfStock, type ChangeReason } from './levels.ts';

// Locks are always taken in this order: order, reservation, levels.

/** Pieces promised to an order. State: H held, C committed, R released, B brought back. */
export interface Reservation {
  readonly reservationId: string;
  readonly orderId: string;
  readonly state: 'H' | 'C' | 'R' | 'B';
  readonly expiresAt: Date | null;
  readonly lines: readonly AllocatedLine[];
}

type ReservationRow = Omit<Reservation, 'lines'>;

/** How many expired reservations one transaction of the sweep releases. */
const SWEEP_BATCH = 100;

/** 409: the reservation cannot be changed that way any more. */
export function reservationClosed(state: Reservation['state']): ApiError {
  const word = { H: 'held', C: 'committed', R: 'released', B: 'returned' }[state];
  return new ApiError(
    409,
    'RESERVATION_CLOSED',
    `The reservation is ${word}: it can no longer be changed that way.`,
    { state },
  );
}

/**
 * Promises pieces to an order. There is one reservation per order: asking again gives it as it is.
 *
 * @throws 409 OUT_OF_STOCK with every product that is short
 */
export async function reserve(
  tx: Db,
  wanted: {
    readonly orderId: string;
    readonly items: readonly WantedItem[];
    readonly expiresAt: Date | null;
  },
  now: Date,
): Promise<Reservation> {
  const { orderId, items, expiresAt } = wanted;
  const reservationId = randomUUID();
  const inserted = await tx
    .insert(stockReservations)
    .values({ reservationId, orderId, expiresAt, createdAt: now })
    .onConflictDoNothing({ target: stockReservations.orderId })
    .returning({ reservationId: stockReservations.reservationId });
  if (inserted.length === 0) return (await lockReservation(tx, orderId, now)) as Reservation;
  const levels = await lockLevels(
    tx,
    items.map((item) => item.productId),
  );
  const { lines, shortages } = allocate(items, levels);
  if (shortages.length > 0) throw outOfStock(shortages);
  await changeLevels(
    tx,
    lines.map((line) => ({ ...line, onHand: 0, reserved: line.qty })),
    now,
  );
  await tx.insert(stockReservationLines).values(lines.map((line) => ({ ...line, reservationId })));
  return { reservationId, orderId, state: 'H', expiresAt, lines };
}

/**
 * Locks the reservation of an order until the transaction ends. One that has run out is released on the way.
 *
 * @returns null where nothing was ever reserved for the order
 */
export async function lockReservation(
  tx: Db,
  orderId: string,
  now: Date,
): Promise<Reservation | null> {
  const [row] = await tx
    .select(reservationColumns)
    .from(stockReservations)
    .where(eq(stockReservations.orderId, orderId))
    .for('update');
  if (!row) return null;
  const lines = await linesOf(tx, [row.reservationId]);
  const reservation = { ...(row as ReservationRow), lines };
  if (reservation.state !== 'H' || !reservation.expiresAt || reservation.expiresAt > now) {
    return reservation;
  }
  return release(tx, reservation, now);
}

/** Where the reservation of an order stands; undefined where nothing was ever reserved for it. */
export async function findReservation(db: Db, orderId: string) {
  const [row] = await db
    .select(reservationColumns)
    .from(stockReservations)
    .where(eq(stockReservations.orderId, orderId));
  return row;
}

/** Takes back the promise of a held reservation that the transaction has locked. */
export async function release(tx: Db, reservation: Reservation, now: Date): Promise<Reservation> {
  await settle(tx, [reservation], 'R', now);
  return { ...reservation, state: 'R' };
}

/** Notes that the pieces of a held reservation, which the transaction has locked, have left. */
export async function commit(tx: Db, reservation: Reservation, now: Date): Promise<Reservation> {
  const { orderId } = reservation;
  await settle(tx, [reservation], 'C', now, { kind: 'OUT', note: null, orderId });
  return { ...reservation, state: 'C' };
}

/** Puts the pieces of a committed reservation, which the transaction has locked, back where they came from. */
export async function putBack(tx: Db, reservation: Reservation, now: Date): Promise<Reservation> {
  const { reservationId, lines, orderId } = reservation;
  await lockLevels(tx, productsOf([reservation]));
  await changeLevels(
    tx,
    lines.map((line) => ({ ...line, onHand: line.qty, reserved: 0 })),
    now,
    { kind: 'RET', note: null, orderId },
  );
  await tx
    .update(stockReservations)
    .set({ state: 'B' })
    .where(eq(stockReservations.reservationId, reservationId));
  return { ...reservation, state: 'B' };
}

/** Releases every reservation that has run out. @returns how many there were */
export async function releaseExpired(
  deps: Pick<MonolithDeps, 'db' | 'cache' | 'clock'>,
): Promise<number> {
  for (let released = 0; ;) {
    const batch = await transaction(deps.db, (tx) => releaseExpiredBatch(tx, deps.clock()));
    await forgetAvailability(deps.cache, productsOf(batch));
    released += batch.length;
    if (batch.length < SWEEP_BATCH) return released;
  }
}

async function releaseExpiredBatch(tx: Db, now: Date): Promise<Reservation[]> {
  const rows = await tx
    .select(reservationColumns)
    .from(stockReservations)
    .where(and(eq(stockReservations.state, 'H'), lte(stockReservations.expiresAt, now)))
    .orderBy(asc(stockReservations.reservationId))
    .limit(SWEEP_BATCH)
    // What somebody else works on is being released, or committed just in time.
    .for('update', { skipLocked: true });
  if (rows.length === 0) return [];
  const lines = await linesOf(
    tx,
    rows.map((row) => row.reservationId),
  );
  const expired = rows.map((row) => ({
    ...(row as ReservationRow),
    lines: lines.filter((line) => line.reservationId === row.reservationId),
  }));
  await settle(tx, expired, 'R', now);
  return expired;
}

/** Ends held reservations: with a reason the pieces leave, without one they can be promised again. */
async function settle(
  tx: Db,
  reservations: readonly Reservation[],
  state: 'C' | 'R',
  now: Date,
  reason?: ChangeReason,
): Promise<void> {
  await lockLevels(tx, productsOf(reservations));
  await changeLevels(tx, summed(reservations, reason !== undefined), now, reason);
  const ids = reservations.map((reservation) => reservation.reservationId);
  await tx
    .update(stockReservations)
    .set({ state })
    .where(inArray(stockReservations.reservationId, ids));
}

/** The changes of levels, each level once: an UPDATE … FROM changes a row once however often it is named. */
function summed(reservations: readonly Reservation[], leaving: boolean) {
  const quantities = new Map<string, AllocatedLine>();
  for (const line of reservations.flatMap((reservation) => reservation.lines)) {
    const key = `${line.productId} ${line.warehouseId}`;
    quantities.set(key, { ...line, qty: line.qty + (quantities.get(key)?.qty ?? 0) });
  }
  return [...quantities.values()].map(({ productId, warehouseId, qty }) => ({
    productId,
    warehouseId,
    onHand: leaving ? -qty : 0,
    reserved: -qty,
  }));
}

/** The products that reservations touch, each once. */
export function productsOf(reservations: readonly Pick<Reservation, 'lines'>[]): string[] {
  const lines = reservations.flatMap((reservation) => reservation.lines);
  return [...new Set(lines.map((line) => line.productId))];
}

const reservationColumns = {
  reservationId: stockReservations.reservationId,
  orderId: stockReservations.orderId,
  state: stockReservations.state,
  expiresAt: stockReservations.expiresAt,
};

function linesOf(tx: Db, reservationIds: readonly string[]) {
  return tx
    .select()
    .from(stockReservationLines)
    .where(inArray(stockReservationLines.reservationId, [...reservationIds]))
    .orderBy(asc(stockReservationLines.productId), asc(stockReservationLines.warehouseId));
}

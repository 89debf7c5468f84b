import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import {
  invalidInput,
  notFound,
  type InvalidInput,
  type NotFound,
} from '#platform/graph/problems.ts';
import { allocate, type WantedItem } from '../allocation.ts';
import type { Inventory } from '../inventory.ts';
import {
  closedMessage,
  outOfStock,
  reservationClosed,
  type OutOfStock,
  type ReservationClosed,
} from '../problems.ts';
import { changeLevels, lockLevels } from '../repository/levels.ts';
import {
  addLines,
  addReservation,
  lockExpired,
  lockReservationOf,
  type ReservationRow,
} from '../repository/reservations.ts';
import { brokenPromiseRules } from '../rules.ts';
import { productsOf, settle, type Settled } from '../settlement.ts';
import { Refusal, refusedOr } from './refusal.ts';

// Locks are always taken in this order: reservation, levels.

/** How many reservations one transaction of `releaseExpired` releases. */
const BATCH = 100;

const reservationPayload = (reservation: ReservationRow) => ({
  __typename: 'StockReservationPayload' as const,
  reservation,
});
type ReservationPayload = ReturnType<typeof reservationPayload>;

/** Pieces to promise to an order. */
interface Promised {
  readonly orderId: string;
  readonly items: readonly WantedItem[];
  /** Null where the promise does not run out. */
  readonly expiresInSeconds: number | null;
}

/** Promises pieces to an order. There is one reservation per order: asking again gives it as it is. */
export async function reserveStock(
  inventory: Inventory,
  input: Promised,
): Promise<ReservationPayload | OutOfStock | InvalidInput> {
  const invalid = brokenPromiseRules(input.items, input.expiresInSeconds);
  if (invalid.length > 0) return invalidInput(invalid);
  const { db, availability, clock } = inventory;
  const reserve = () =>
    refusedOr<ReservationRow, OutOfStock>(() =>
      transaction(db, (tx) => reserved(tx, input, clock())),
    );
  let outcome = await reserve();
  // What has run out may be what is missing.
  if ('shortages' in outcome && (await releaseExpired(inventory)) > 0) outcome = await reserve();
  if ('shortages' in outcome) return outcome;
  await availability.forget(productsOf([outcome]));
  const { status } = outcome;
  if (status === 'HELD' || status === 'COMMITTED') return reservationPayload(outcome);
  return invalidInput([{ path: 'orderId', message: closedMessage(status) }]);
}

/** @throws Refusal with every product that is short */
async function reserved(
  tx: Db,
  { orderId, items, expiresInSeconds }: Promised,
  now: Date,
): Promise<ReservationRow> {
  const id = randomUUID();
  const expiresAt =
    expiresInSeconds === null ? null : new Date(now.getTime() + expiresInSeconds * 1_000);
  const added = await addReservation(tx, { id, orderId, expiresAt, createdAt: now });
  if (!added) return (await lockReservation(tx, orderId, now)) as ReservationRow;
  const levels = await lockLevels(
    tx,
    items.map(({ productId }) => productId),
  );
  const { lines, shortages } = allocate(items, levels);
  if (shortages.length > 0) throw new Refusal(outOfStock(shortages));
  await changeLevels(
    tx,
    lines.map((line) => ({ ...line, onHand: 0, reserved: line.quantity })),
    now,
  );
  await addLines(tx, id, lines);
  return { id, orderId, status: 'HELD', expiresAt, lines };
}

/** How a reservation gets from one status to the next. */
interface Step {
  readonly from: ReservationRow['status'];
  readonly to: Settled;
}

/** Takes a promise back; twice is no fault. */
export const releaseStock = (inventory: Inventory, orderId: string) =>
  step(inventory, orderId, { from: 'HELD', to: 'RELEASED' });

/** Notes that promised pieces have left; twice is no fault. */
export const commitStock = (inventory: Inventory, orderId: string) =>
  step(inventory, orderId, { from: 'HELD', to: 'COMMITTED' });

/** Notes that pieces that had left are back where they were; twice is no fault. */
export const returnStock = (inventory: Inventory, orderId: string) =>
  step(inventory, orderId, { from: 'COMMITTED', to: 'RETURNED' });

async function step(
  { db, availability, clock }: Inventory,
  orderId: string,
  { from, to }: Step,
): Promise<ReservationPayload | NotFound | ReservationClosed> {
  const reservation = await transaction(db, async (tx) => {
    const now = clock();
    const present = await lockReservation(tx, orderId, now);
    return present?.status === from ? (await settle(tx, [present], to, now))[0] : present;
  });
  if (!reservation) return notFound('reservation', orderId);
  // Also where the step has changed nothing: the promise may have run out on the way, or a first try have died here.
  await availability.forget(productsOf([reservation]));
  if (reservation.status !== to) return reservationClosed(reservation.status);
  return reservationPayload(reservation);
}

/** Locks the reservation of an order until the transaction ends. One that has run out is released on the way. */
async function lockReservation(
  tx: Db,
  orderId: string,
  now: Date,
): Promise<ReservationRow | undefined> {
  const present = await lockReservationOf(tx, orderId);
  if (!present) return undefined;
  const { status, expiresAt } = present;
  if (status !== 'HELD' || expiresAt === null || expiresAt > now) return present;
  return (await settle(tx, [present], 'RELEASED', now))[0];
}

/** Releases every reservation that has run out. @returns how many there were */
export async function releaseExpired({ db, availability, clock }: Inventory): Promise<number> {
  for (let total = 0; ;) {
    const released = await transaction(db, async (tx) => {
      const now = clock();
      return settle(tx, await lockExpired(tx, now, BATCH), 'RELEASED', now);
    });
    await availability.forget(productsOf(released));
    total += released.length;
    if (released.length < BATCH) return total;
  }
}

import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import type { MonolithDeps } from '../app.ts';
import { ApiError, notFound } from '../errors.ts';
import { checkRules, textRule, type Rule } from '../rules.ts';
import { products, stockLog, stocks, warehouses } from '../tables.ts';
import { jstTextOrNull } from '../times.ts';
import { availableIn, type StockLevel } from './allocation.ts';
import { forgetAvailability } from './availability.ts';
import { outOfStock } from './levels.ts';
import {
  commit,
  lockReservation,
  productsOf,
  putBack,
  release,
  releaseExpired,
  reservationClosed,
  reserve,
  type Reservation,
} from './reservations.ts';
import type { AdjustBody, ReceiveBody, ReserveBody } from './schemas.ts';

const MAX_QTY = 1_000_000;
/** The most pieces of one level, so that the sum over all warehouses stays a 32-bit integer. */
const MAX_ON_HAND = 100_000_000;
const MAX_EXPIRY_SECONDS = 86_400;

/** Notes pieces that came in. @throws 404 for an unknown product or warehouse, 422 */
export async function receiveStock(deps: MonolithDeps, body: ReceiveBody): Promise<StockLevel> {
  checkReceipt(body);
  return changeStock(deps, { ...body, delta: body.qty, kind: 'IN', field: 'qty' });
}

/** @throws 422 */
export function checkReceipt({ qty, note }: ReceiveBody): void {
  checkRules([
    ['qty', qty >= 1 && qty <= MAX_QTY, 'must be from 1 to 1,000,000'],
    textRule('note', note ?? '', 0, 200, 'must be at most 200 characters long'),
  ]);
}

/** Corrects a count. @throws 409 OUT_OF_STOCK when it would take promised pieces, 404, 422 */
export async function adjustStock(deps: MonolithDeps, body: AdjustBody): Promise<StockLevel> {
  checkAdjustment(body);
  return changeStock(deps, { ...body, kind: 'ADJ', field: 'delta' });
}

/** @throws 422 */
export function checkAdjustment({ delta, note }: AdjustBody): void {
  const size = Math.abs(delta);
  checkRules([
    ['delta', size >= 1 && size <= MAX_QTY, 'must be from -1,000,000 to 1,000,000 and not 0'],
    textRule('note', note, 1, 200, 'must be 1 to 200 characters long'),
  ]);
}

interface StockChange {
  readonly product_id: string;
  readonly warehouse_id: string;
  readonly delta: number;
  readonly kind: 'IN' | 'ADJ';
  readonly note?: string | null;
  /** The field that holds the number, for errors. */
  readonly field: string;
}

async function changeStock(deps: MonolithDeps, change: StockChange): Promise<StockLevel> {
  const now = deps.clock();
  const productId = change.product_id.toLowerCase();
  const warehouseId = change.warehouse_id.toLowerCase();
  const level = await transaction(deps.db, async (tx) => {
    const before = await lockLevel(tx, productId, warehouseId, now);
    const available = availableIn(before);
    if (available + change.delta < 0) {
      throw outOfStock([{ product_id: productId, requested: -change.delta, available }]);
    }
    const qtyOnHand = before.qtyOnHand + change.delta;
    const fits = qtyOnHand <= MAX_ON_HAND;
    checkRules([[change.field, fits, 'would put more than 100,000,000 pieces in one warehouse']]);
    await tx
      .update(stocks)
      .set({ qtyOnHand, updatedAt: now })
      .where(and(eq(stocks.productId, productId), eq(stocks.warehouseId, warehouseId)));
    await tx.insert(stockLog).values({
      logId: randomUUID(),
      productId,
      warehouseId,
      logKind: change.kind,
      delta: change.delta,
      note: change.note?.trim() || null,
      loggedAt: now,
    });
    return { ...before, qtyOnHand };
  });
  await forgetAvailability(deps.cache, [productId]);
  return level;
}

/** Locks one level, which is made where there is none yet. @throws 404 */
async function lockLevel(
  tx: Db,
  productId: string,
  warehouseId: string,
  now: Date,
): Promise<StockLevel> {
  const [known] = await tx
    .select({
      product: sql<boolean>`exists (select from ${products} where ${eq(products.productId, productId)})`,
      warehouse: sql<boolean>`exists (select from ${warehouses} where ${eq(warehouses.warehouseId, warehouseId)})`,
    })
    .from(sql`(values (1)) as one`);
  if (!known?.product) throw notFound('product');
  if (!known.warehouse) throw notFound('warehouse');
  const [level] = await tx
    .insert(stocks)
    .values({ productId, warehouseId, updatedAt: now })
    .onConflictDoUpdate({ target: [stocks.productId, stocks.warehouseId], set: { updatedAt: now } })
    .returning({
      productId: stocks.productId,
      warehouseId: stocks.warehouseId,
      qtyOnHand: stocks.qtyOnHand,
      qtyReserved: stocks.qtyReserved,
    });
  return level as StockLevel;
}

/** The rules for items that are ordered or reserved: 1 to 50, each product once, 1 to 1,000 pieces of it. */
export function itemRules(items: readonly { product_id: string; qty: number }[]): Rule[] {
  const ids = items.map((item) => item.product_id.toLowerCase());
  return [
    ['items', items.length >= 1 && items.length <= 50, 'must be 1 to 50'],
    ...items.flatMap(({ qty }, index): Rule[] => [
      [
        `items.${index}.product_id`,
        ids.indexOf(ids[index] as string) === index,
        'is there twice: add the quantities up',
      ],
      [`items.${index}.qty`, qty >= 1 && qty <= 1_000, 'must be from 1 to 1,000'],
    ]),
  ];
}

/** Promises pieces to an order. @throws 409 OUT_OF_STOCK, 409 RESERVATION_CLOSED for one whose pieces were released or came back, 422 */
export async function reserveStock(deps: MonolithDeps, body: ReserveBody): Promise<Reservation> {
  checkPromise(body);
  const seconds = body.expires_in ?? null;
  const wanted = {
    orderId: body.order_id.toLowerCase(),
    items: body.items.map((item) => ({ productId: item.product_id.toLowerCase(), qty: item.qty })),
  };
  const reservation = await againAfterRelease(deps, () =>
    transaction(deps.db, (tx) => {
      const now = deps.clock();
      const expiresAt = seconds === null ? null : new Date(now.getTime() + seconds * 1_000);
      return reserve(tx, { ...wanted, expiresAt }, now);
    }),
  );
  await forgetAvailability(deps.cache, productsOf([reservation]));
  if (reservation.state === 'R' || reservation.state === 'B') {
    throw reservationClosed(reservation.state);
  }
  return reservation;
}

/** @throws 422 */
export function checkPromise({ items, expires_in: seconds = null }: ReserveBody): void {
  checkRules([
    ...itemRules(items),
    [
      'expires_in',
      seconds === null || (seconds >= 1 && seconds <= MAX_EXPIRY_SECONDS),
      'must be from 1 to 86,400',
    ],
  ]);
}

/** Runs again what was short of stock, where expired reservations held some of it back. */
export async function againAfterRelease<Result>(
  deps: MonolithDeps,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const short = error instanceof ApiError && error.code === 'OUT_OF_STOCK';
    if (!short || (await releaseExpired(deps)) === 0) throw error;
    return run();
  }
}

/** Takes a promise back; twice is no fault. @throws 409 RESERVATION_CLOSED when it was committed, 404 */
export function releaseStock(deps: MonolithDeps, orderId: string): Promise<Reservation> {
  return moveOn(deps, orderId, RELEASE);
}

/** Notes that promised pieces have left; twice is no fault. @throws 409 RESERVATION_CLOSED, 404 */
export function commitStock(deps: MonolithDeps, orderId: string): Promise<Reservation> {
  return moveOn(deps, orderId, COMMIT);
}

/** Notes that pieces that had left are back; twice is no fault. @throws 409 RESERVATION_CLOSED, 404 */
export function returnStock(deps: MonolithDeps, orderId: string): Promise<Reservation> {
  return moveOn(deps, orderId, RETURN);
}

/** How a reservation gets from one state to the next. */
interface ReservationStep {
  readonly from: Reservation['state'];
  readonly to: Reservation['state'];
  readonly take: (tx: Db, reservation: Reservation, now: Date) => Promise<Reservation>;
}

const RELEASE: ReservationStep = { from: 'H', to: 'R', take: release };
const COMMIT: ReservationStep = { from: 'H', to: 'C', take: commit };
const RETURN: ReservationStep = { from: 'C', to: 'B', take: putBack };

async function moveOn(
  deps: MonolithDeps,
  orderId: string,
  step: ReservationStep,
): Promise<Reservation> {
  const reservation = await transaction(deps.db, async (tx) => {
    const now = deps.clock();
    const found = await lockReservation(tx, orderId.toLowerCase(), now);
    return found?.state === step.from ? step.take(tx, found, now) : found;
  });
  if (!reservation) throw notFound('reservation');
  // Not thrown inside: the transaction may have released what had run out, and that must stay.
  await forgetAvailability(deps.cache, productsOf([reservation]));
  if (reservation.state !== step.to) throw reservationClosed(reservation.state);
  return reservation;
}

/** A reservation as it is answered. */
export function reservationAnswer(reservation: Reservation) {
  return {
    reservation_id: reservation.reservationId,
    order_id: reservation.orderId,
    state: reservation.state,
    expires_at: jstTextOrNull(reservation.expiresAt),
    lines: reservation.lines.map((line) => ({
      product_id: line.productId,
      warehouse_id: line.warehouseId,
      qty: line.qty,
    })),
  };
}

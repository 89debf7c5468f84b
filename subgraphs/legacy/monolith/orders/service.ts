import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import type { KnownIdentity } from '../caller.ts';
import { brokenConstraint } from '../constraints.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { atOwner } from '../at-owner.ts';
import { accountUnknownHere, ApiError, notFound } from '../errors.ts';
import { checkRules } from '../rules.ts';
import { forgetAvailability } from '../stock/availability.ts';
import { reserveElsewhere } from '../stock/elsewhere.ts';
import { forgetStock, giveBackStock, keepStock, oweStock } from '../stock/give-back.ts';
import { reserve } from '../stock/reservations.ts';
import { againAfterRelease } from '../stock/service.ts';
import { salesItems, salesOrders } from '../tables.ts';
import type { MonolithDeps } from '../app.ts';
import { findOrders } from './lists.ts';
import { productsToOrder, type OrderedProduct } from './products.ts';
import { centsOf, dollarsOf } from './money.ts';
import { placementFrom, type Placement } from './placement.ts';
import type { OrderAnswer, PlaceBody } from './schemas.ts';

/** The largest total in cents: clients read it as a 32-bit integer. */
const MAX_TOTAL = 2_147_483_647;
/** What an order of an account without a row breaks. */
const CUSTOMER_REFERENCE = 'sales_orders_customer_id_app_users_user_id_fk';

/** An order, and whether this request has placed it (or one before with the same key). */
export interface PlacedOrder {
  readonly order: OrderAnswer;
  readonly created: boolean;
}

/**
 * Places an order of the caller and reserves its stock: in one transaction, where both are here. The same key with the same input
 * gives the same order however often, also at once.
 *
 * @throws 409 OUT_OF_STOCK, PRODUCT_UNAVAILABLE, IDEMPOTENCY_CONFLICT or ACCOUNT_UNKNOWN_HERE, 422
 */
export async function placeOrder(
  deps: MonolithDeps,
  caller: KnownIdentity,
  body: PlaceBody,
): Promise<PlacedOrder> {
  await deps.ownership.require('order', caller.userId);
  const placement = placementFrom(body);
  const found = await productsToOrder(deps, placement);
  const placed = await atOwner(
    'inventory',
    () => placeWithStockHere(deps, caller.userId, placement, found),
    () => placeWithStockElsewhere(deps, caller.userId, placement, found),
  ).catch((error: unknown) => {
    throw brokenConstraint(error) === CUSTOMER_REFERENCE ? accountUnknownHere() : error;
  });
  await forgetAvailability(
    deps.cache,
    placement.items.map((item) => item.productId),
  );
  return placed;
}

async function placeWithStockHere(
  deps: MonolithDeps,
  customerId: string,
  placement: Placement,
  found: readonly OrderedProduct[],
): Promise<PlacedOrder> {
  const orderId = randomUUID();
  const now = deps.clock();
  const { items } = placement;
  await deps.ownership.require('inventory');
  return againAfterRelease(deps, () =>
    transaction(deps.db, (tx) =>
      place(tx, { customerId, placement, found, orderId, now }, async () => {
        await reserve(tx, { orderId, items, expiresAt: null }, now);
      }),
    ),
  );
}

/** Whoever dies on the way leaves a note by which the pieces are given back. */
async function placeWithStockElsewhere(
  deps: MonolithDeps,
  customerId: string,
  placement: Placement,
  found: readonly OrderedProduct[],
): Promise<PlacedOrder> {
  const before = await orderOfKey(deps.db, customerId, placement);
  if (before) return { order: before, created: false };
  // Before anything is promised for it: an order that cannot be priced is refused.
  pricedLines(placement, found);
  const orderId = randomUUID();
  await oweStock(deps.db, orderId, deps.clock(), true);
  try {
    await reserveElsewhere(deps, orderId, placement.items);
  } catch (error) {
    const isSure = (error instanceof ApiError && error.status < 500) || ownershipRefusal(error);
    if (isSure) await forgetStock(deps.db, orderId);
    throw error;
  }
  let isWritten = false;
  try {
    const now = deps.clock();
    const placed = await transaction(deps.db, (tx) =>
      place(tx, { customerId, placement, found, orderId, now }, () => keepStock(tx, orderId)),
    );
    isWritten = placed.created;
    return placed;
  } finally {
    if (!isWritten) await giveBackStock(deps, orderId);
  }
}

interface NewOrder {
  readonly customerId: string;
  readonly placement: Placement;
  readonly found: readonly OrderedProduct[];
  readonly orderId: string;
  readonly now: Date;
}

/** @param takeStock called where the order is new, in its transaction */
async function place(
  tx: Db,
  { customerId, placement, found, orderId, now }: NewOrder,
  takeStock: () => Promise<void>,
): Promise<PlacedOrder> {
  const before = await orderOfKey(tx, customerId, placement);
  if (before) return { order: before, created: false };
  const lines = pricedLines(placement, found);
  const inserted = await tx
    .insert(salesOrders)
    .values({
      ...placement.shipTo,
      orderId,
      customerId,
      totalAmount: dollarsOf(lines.reduce((sum, line) => sum + line.amount, 0)),
      idemKey: placement.idemKey,
      reqHash: placement.hash,
      orderedAt: now,
      updatedAt: now,
    })
    // Waits for the same request on its way: when that fails, this one is the first.
    .onConflictDoNothing({ target: [salesOrders.customerId, salesOrders.idemKey] })
    .returning({ orderId: salesOrders.orderId });
  if (inserted.length === 0) {
    const order = (await orderOfKey(tx, customerId, placement)) as OrderAnswer;
    return { order, created: false };
  }
  await tx
    .insert(salesItems)
    .values(lines.map((line) => ({ ...line, orderId, amount: dollarsOf(line.amount) })));
  await takeStock();
  const [order] = await findOrders(tx, [orderId]);
  return { order: order as OrderAnswer, created: true };
}

/** The order that a key stands for; null where it is new. @throws 409 IDEMPOTENCY_CONFLICT for another input */
async function orderOfKey(
  tx: Db,
  customerId: string,
  { idemKey, hash }: Placement,
): Promise<OrderAnswer | null> {
  const [known] = await tx
    .select({ orderId: salesOrders.orderId, hash: salesOrders.reqHash })
    .from(salesOrders)
    .where(and(eq(salesOrders.customerId, customerId), eq(salesOrders.idemKey, idemKey)));
  if (!known) return null;
  const [order] = await findOrders(tx, [known.orderId]);
  if (known.hash === hash) return order as OrderAnswer;
  throw idempotencyConflict(order as OrderAnswer);
}

/** 409: the key stands for another order. */
export const idempotencyConflict = (order: OrderAnswer) =>
  new ApiError(
    409,
    'IDEMPOTENCY_CONFLICT',
    'This idempotency key was used before with another input: choose another key for another order.',
    { order },
  );

/** @throws 409 PRODUCT_UNAVAILABLE that names what does not exist or is no longer on sale */
function checkOnSale({ items }: Placement, found: readonly OrderedProduct[]): void {
  const ids = items.map((item) => item.productId);
  const onSale = new Set(found.filter((row) => !row.discontinued).map((row) => row.productId));
  const unavailable = ids.filter((id) => !onSale.has(id));
  if (unavailable.length === 0) return;
  throw productUnavailable(unavailable);
}

/** 409: products that do not exist or are no longer on sale. */
export const productUnavailable = (ids: readonly string[]) =>
  new ApiError(409, 'PRODUCT_UNAVAILABLE', 'Some products cannot be ordered: see `productIds`.', {
    product_ids: ids,
  });

/** The lines of an order with today's names and prices; amounts in cents. @throws 409 PRODUCT_UNAVAILABLE */
function pricedLines(placement: Placement, found: readonly OrderedProduct[]) {
  checkOnSale(placement, found);
  const { items } = placement;
  const byId = new Map(found.map((row) => [row.productId, row]));
  const lines = items.map(({ productId, qty }, index) => {
    const { sku, productName, unitPrice } = byId.get(productId) as OrderedProduct;
    const amount = centsOf(unitPrice) * qty;
    return {
      salesItemId: randomUUID(),
      lineNo: index + 1,
      productId,
      sku,
      productName,
      qty,
      unitPrice,
      amount,
    };
  });
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  checkRules([['items', total <= MAX_TOTAL, 'must not cost more than 21,474,836.47 in all']]);
  return lines;
}

/** @throws 404, or 403 where the order belongs to somebody else */
export async function orderFor(
  deps: MonolithDeps,
  orderId: string,
  maySee: (customerId: string) => boolean,
): Promise<OrderAnswer> {
  const [order] = await findOrders(deps.db, [orderId]);
  if (!order) throw notFound('order');
  if (maySee(order.customer_id)) return order;
  throw new ApiError(403, 'FORBIDDEN', 'Only its customer and staff may see an order.');
}

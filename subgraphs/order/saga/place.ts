import { randomUUID } from 'node:crypto';
import { isUniqueViolation } from '#platform/database/unique-violation.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { invalidInput, type InvalidInput } from '#platform/graph/problems.ts';
import type { Catalogue, CatalogueProduct } from '../neighbours/catalogue.ts';
import type { Stock } from '../neighbours/stock.ts';
import type { Placement } from '../placement.ts';
import {
  orderPayload,
  outOfStock,
  productUnavailable,
  type OrderPayload,
  type OutOfStock,
  type ProductUnavailable,
} from '../problems.ts';
import { insertOrder, type NewItem, type NewOrder } from '../repository/orders.ts';
import { CannotFinish, type Saga, type SagaDefinition, type StageOutcome } from './saga.ts';

/** What a placement was given, and what it has come to know. */
export interface PlaceData {
  readonly placement: Placement;
  /** Known when the items have been priced. */
  readonly priced?: Priced;
}

interface Priced {
  readonly items: readonly NewItem[];
  readonly totalAmount: number;
  readonly currency: string;
}

/** Null: it was undone, and may be begun anew. */
export type PlaceResult = OrderPayload | OutOfStock | ProductUnavailable | InvalidInput | null;

type Outcome = StageOutcome<PlaceData, PlaceResult>;

/** The largest total in minor units: clients read it as a 32-bit integer. */
const MAX_TOTAL = 2_147_483_647;
/** Milliseconds after which a placement without a client is undone: its prices are old, and nobody waits for it. */
const STALE_MS = 120_000;

/** How an order is placed: priced by the catalogue, its stock reserved, then written down. */
export function placeDefinition(
  catalogue: Catalogue,
  stock: Stock,
): SagaDefinition<PlaceData, PlaceResult> {
  return {
    act: async (saga, { requestId, again }) => {
      const { orderId, data } = saga;
      switch (saga.stage) {
        case 'PRICE': {
          const ids = data.placement.items.map((item) => item.productId);
          return price(data, await catalogue.products(ids, requestId));
        }
        case 'RESERVE': {
          const reserving = await stock.reserve(orderId, data.placement.items, requestId);
          if (reserving.outcome === 'reserved') return { kind: 'go-on', stage: 'FINISH', data };
          if (reserving.outcome === 'closed') return { kind: 'end', result: null };
          const result = outOfStock(reserving.shortages);
          // An earlier attempt whose answer was lost may still come through.
          return reserving.unsure || again
            ? { kind: 'end-later', stage: 'SETTLE', result }
            : { kind: 'end', result };
        }
        case 'UNDO': {
          const { outcome } = await stock.release(orderId, requestId);
          // Nothing is reserved as yet: an attempt may still be on its way.
          return outcome === 'none'
            ? { kind: 'end-later', stage: 'SETTLE', result: null }
            : { kind: 'end', result: null };
        }
        default:
          await stock.release(orderId, requestId);
          return { kind: 'end', result: null };
      }
    },
    finish: async (tx, saga) => {
      try {
        const { order, items } = rowsOf(saga, new Date());
        return orderPayload(await insertOrder(tx, order, items));
      } catch (error) {
        if (!isUniqueViolation(error, 'order_idempotency_key')) throw error;
        throw new CannotFinish(saga.orderId, error);
      }
    },
    onFailure: (stage, error) => {
      // The order will be placed where its customer's orders are now, under another id.
      if (ownershipRefusal(error)?.code === 'NOT_OWNER') return 'undo';
      if (stage === 'PRICE') return 'end';
      // Its client is told that it has failed.
      return stage === 'RESERVE' ? 'undo' : 'retry';
    },
    isStale: ({ stage, startedAt }) =>
      stage !== 'UNDO' && stage !== 'SETTLE' && Date.now() - startedAt.getTime() > STALE_MS,
  };
}

/** The items with today's names and prices. */
function price(data: PlaceData, found: readonly CatalogueProduct[]): Outcome {
  const { items } = data.placement;
  const onSale = new Map(
    found.filter(({ status }) => status === 'ACTIVE').map((product) => [product.id, product]),
  );
  const unavailable = items.map((item) => item.productId).filter((id) => !onSale.has(id));
  if (unavailable.length > 0) return { kind: 'end', result: productUnavailable(unavailable) };
  const priced = items.map(({ productId, quantity }, index) => {
    const { sku, name, price } = onSale.get(productId) as CatalogueProduct;
    return {
      id: randomUUID(),
      position: index + 1,
      productId,
      sku,
      name,
      quantity,
      unitPriceAmount: price.amount,
      lineTotalAmount: price.amount * quantity,
      currency: price.currency,
    };
  });
  const totalAmount = priced.reduce((sum, item) => sum + item.lineTotalAmount, 0);
  if (totalAmount > MAX_TOTAL) {
    return refused('must not cost more than 21,474,836.47 in all');
  }
  const currency = priced[0]?.currency as string;
  if (priced.some((item) => item.currency !== currency)) {
    return refused('must have prices in one currency');
  }
  return {
    kind: 'go-on',
    stage: 'RESERVE',
    data: { ...data, priced: { items: priced, totalAmount, currency } },
  };
}

const refused = (message: string): Outcome => ({
  kind: 'end',
  result: invalidInput([{ path: 'items', message }]),
});

function rowsOf(
  { orderId, customerId, data }: Saga<PlaceData>,
  now: Date,
): { order: NewOrder; items: readonly NewItem[] } {
  const { placement, priced } = data;
  if (!priced) throw new Error(`the order ${orderId} has no prices`);
  const { address } = placement;
  const order: NewOrder = {
    id: orderId,
    customerId,
    status: 'PLACED',
    totalAmount: priced.totalAmount,
    currency: priced.currency,
    idempotencyKey: placement.idempotencyKey,
    requestHash: placement.requestHash,
    shippingName: address.name,
    shippingLine1: address.line1,
    shippingLine2: address.line2,
    shippingCity: address.city,
    shippingRegion: address.region,
    shippingPostalCode: address.postalCode,
    shippingCountry: address.country,
    placedAt: now,
    updatedAt: now,
  };
  return { order, items: priced.items };
}

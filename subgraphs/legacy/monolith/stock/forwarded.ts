import { and, eq } from 'drizzle-orm';
import type { MonolithDeps } from '../app.ts';
import { requireService, requireStaff } from '../caller.ts';
import { ApiError } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  PROBLEM,
  type InvalidInput,
  type Problem,
} from '../forwarding.ts';
import type { Forward } from '../owner.ts';
import { stocks } from '../tables.ts';
import { forgetAvailability } from './availability.ts';
import {
  SHORTAGES,
  shortagesOf,
  STATES,
  type GraphShortages,
  type GraphState,
} from './elsewhere.ts';
import { outOfStock } from './levels.ts';
import { levelAnswer } from './lists.ts';
import { findReservation, productsOf, reservationClosed } from './reservations.ts';
import type { AdjustBody, ReceiveBody, ReserveBody } from './schemas.ts';
import { checkAdjustment, checkPromise, checkReceipt, reservationAnswer } from './service.ts';

// Stock while the inventory service owns it. What an order of the monolith does with its stock there is in `elsewhere.ts`.

interface GraphLevel {
  readonly product: { readonly id: string };
  readonly warehouse: { readonly id: string };
  readonly onHand: number;
  readonly reserved: number;
}

type Changed =
  | { readonly __typename: 'StockPayload'; readonly level: GraphLevel }
  | GraphShortages
  | Problem<'NotFound'>
  | InvalidInput;

const LEVEL = `... on StockPayload { level { product { id } warehouse { id } onHand reserved } }`;
const document = (field: string, input: string, members: string) =>
  `mutation ($input: ${input}!) { result: ${field}(input: $input) { __typename ${PROBLEM} ${members} } }`;
const RECEIVE = document('receiveStock', 'ReceiveStockInput', `${LEVEL} ${INVALID_INPUT}`);
const ADJUST = document(
  'adjustStock',
  'AdjustStockInput',
  `${LEVEL} ${SHORTAGES} ${INVALID_INPUT}`,
);
const NAMES = { quantity: 'qty', reason: 'note', expiresInSeconds: 'expires_in' };

const ownerOf = ({ domains }: MonolithDeps) => ({ name: 'inventory', client: domains.inventory });

/** `POST /api/stock/receive` */
export const receiveStockThere: Forward = async (deps, request) => {
  requireStaff(request);
  const body = request.body as ReceiveBody;
  checkReceipt(body);
  const { product_id: productId, warehouse_id: warehouseId, qty: quantity, note: reason } = body;
  const input = { productId, warehouseId, quantity, reason };
  return level(deps, await mutate<Changed>(ownerOf(deps), RECEIVE, input, callerOf(request)));
};

/** `POST /api/stock/adjust` */
export const adjustStockThere: Forward = async (deps, request) => {
  requireStaff(request);
  const body = request.body as AdjustBody;
  checkAdjustment(body);
  const { product_id: productId, warehouse_id: warehouseId, delta, note: reason } = body;
  const input = { productId, warehouseId, delta, reason };
  return level(deps, await mutate<Changed>(ownerOf(deps), ADJUST, input, callerOf(request)));
};

async function level(deps: MonolithDeps, result: Changed) {
  if (result.__typename === 'OutOfStock') throw outOfStock(shortagesOf(result));
  if (result.__typename === 'InvalidInput') throw invalid(result, NAMES);
  // Says itself whether it is the product or the warehouse.
  if (result.__typename === 'NotFound') throw new ApiError(404, 'NOT_FOUND', result.message);
  const { product, warehouse, onHand: qtyOnHand, reserved: qtyReserved } = result.level;
  const written = { productId: product.id, warehouseId: warehouse.id, qtyOnHand, qtyReserved };
  const equal = and(
    eq(stocks.productId, product.id),
    eq(stocks.warehouseId, warehouse.id),
    eq(stocks.qtyOnHand, qtyOnHand),
    eq(stocks.qtyReserved, qtyReserved),
  );
  await mirrored(async () => ((await deps.db.$count(stocks, equal)) > 0 ? true : null));
  await forgetAvailability(deps.cache, [product.id]);
  return levelAnswer(written);
}

interface GraphReservation {
  readonly id: string;
  readonly orderId: string;
  readonly status: GraphState;
  readonly expiresAt: string | null;
  readonly lines: readonly {
    readonly product: { readonly id: string };
    readonly warehouse: { readonly id: string };
    readonly quantity: number;
  }[];
}

type Reserved =
  | { readonly __typename: 'StockReservationPayload'; readonly reservation: GraphReservation }
  | GraphShortages
  | InvalidInput
  | Problem<'NotFound'>
  | (Problem<'ReservationClosed'> & { readonly status: GraphState });

const RESERVATION = `... on StockReservationPayload { reservation { id orderId status expiresAt
  lines { product { id } warehouse { id } quantity } } }`;
const RESERVE = document(
  'reserveStock',
  'ReserveStockInput',
  `${RESERVATION} ${SHORTAGES} ${INVALID_INPUT}`,
);

/** `POST /api/stock/reserve` */
export const reserveStockThere: Forward = async (deps, request) => {
  requireService(request);
  const body = request.body as ReserveBody;
  checkPromise(body);
  const input = {
    orderId: body.order_id,
    items: body.items.map(({ product_id: productId, qty: quantity }) => ({ productId, quantity })),
    expiresInSeconds: body.expires_in,
  };
  const result = await mutate<Reserved>(ownerOf(deps), RESERVE, input, callerOf(request));
  return reservation(deps, result);
};

/** `POST /api/stock/release`, `/commit` and `/return` */
export const endReservationThere = (step: 'release' | 'commit' | 'return'): Forward => {
  const type = `${step.charAt(0).toUpperCase()}${step.slice(1)}StockInput`;
  const members = `${RESERVATION} ... on ReservationClosed { status }`;
  const text = document(`${step}Stock`, type, members);
  return async (deps, request) => {
    requireService(request);
    const { order_id: orderId } = request.body as { order_id: string };
    const result = await mutate<Reserved>(ownerOf(deps), text, { orderId }, callerOf(request));
    return reservation(deps, result);
  };
};

/** The reservation as the inventory service gives it, when it has been carried over. */
async function reservation(deps: MonolithDeps, result: Reserved) {
  if (!('reservation' in result)) throw refusalOf(result);
  const { id: reservationId, orderId, status, expiresAt, lines } = result.reservation;
  const written = {
    reservationId,
    orderId,
    state: STATES[status],
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    lines: lines.map(({ product, warehouse, quantity }) => ({
      productId: product.id,
      warehouseId: warehouse.id,
      qty: quantity,
    })),
  };
  await mirrored(async () => {
    const row = await findReservation(deps.db, orderId);
    return row?.state === written.state ? row : null;
  });
  await forgetAvailability(deps.cache, productsOf([written]));
  return reservationAnswer(written);
}

function refusalOf(result: Exclude<Reserved, { reservation: unknown }>): ApiError {
  switch (result.__typename) {
    case 'OutOfStock':
      return outOfStock(shortagesOf(result));
    case 'ReservationClosed':
      return reservationClosed(STATES[result.status]);
    case 'NotFound':
      return new ApiError(404, 'NOT_FOUND', result.message);
    default:
      return closedOrInvalid(result);
  }
}

/** The graph says by a field that the pieces of an order were given back or came back before. */
function closedOrInvalid(result: InvalidInput): ApiError {
  const [first] = result.fields;
  const closed = (['R', 'B'] as const)
    .map(reservationClosed)
    .find(({ message }) => first?.path === 'orderId' && first.message === message);
  return closed ?? invalid(result, NAMES);
}

import { and, eq } from 'drizzle-orm';
import { isStaff, maySeeUser } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { requireCaller, requireLogin } from '../caller.ts';
import { ApiError, forbidden, notFound, validation } from '../errors.ts';
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
import { SHORTAGES, shortagesOf, type GraphShortages } from '../stock/elsewhere.ts';
import { outOfStock } from '../stock/levels.ts';
import { reservationClosed, type Reservation } from '../stock/reservations.ts';
import { salesOrders } from '../tables.ts';
import { answerOf, ORDER, STATUSES, type GraphOrder, type GraphStatus } from './graph-order.ts';
import { findOrders } from './lists.ts';
import { placementFrom, type Placement } from './placement.ts';
import type { OrderAnswer, PlaceBody } from './schemas.ts';
import { idempotencyConflict, productUnavailable } from './service.ts';
import { illegalStepMessage, WORKFLOW, type OrderStep } from './workflow.ts';

// Orders of customers whose orders the order service owns.

interface OrderPayload {
  readonly __typename: 'OrderPayload' | 'IdempotencyConflict';
  readonly order: GraphOrder;
}

type Placed =
  | OrderPayload
  | InvalidInput
  | GraphShortages
  | { readonly __typename: 'ProductUnavailable'; readonly productIds: readonly string[] };

const PLACE = `mutation ($input: PlaceOrderInput!) { result: placeOrder(input: $input) { __typename
  ... on OrderPayload { ${ORDER} } ... on IdempotencyConflict { ${ORDER} } ${INVALID_INPUT}
  ${SHORTAGES} ... on ProductUnavailable { productIds } } }`;

const ownerOf = ({ domains }: MonolithDeps) => ({ name: 'order', client: domains.order });

/** `POST /api/orders` */
export const placeOrderThere: Forward = async (deps, request, reply) => {
  const { userId } = requireLogin(request);
  const placement = placementFrom(request.body as PlaceBody);
  const known = await isKnown(deps, userId, placement);
  const result = await mutate<Placed>(ownerOf(deps), PLACE, inputOf(placement), callerOf(request));
  switch (result.__typename) {
    case 'OrderPayload':
      reply.status(known ? 200 : 201);
      return asMirrored(deps, result.order);
    case 'IdempotencyConflict':
      throw idempotencyConflict(await asMirrored(deps, result.order));
    case 'OutOfStock':
      throw outOfStock(shortagesOf(result));
    case 'ProductUnavailable':
      throw productUnavailable(result.productIds);
    default:
      throw invalid(result, {});
  }
};

/** Whether the request is one that was sent before: the other service does not tell. */
async function isKnown({ db }: MonolithDeps, customerId: string, { idemKey }: Placement) {
  const ofKey = and(eq(salesOrders.customerId, customerId), eq(salesOrders.idemKey, idemKey));
  return (await db.$count(salesOrders, ofKey)) > 0;
}

function inputOf({ idemKey, items, shipTo }: Placement) {
  return {
    idempotencyKey: idemKey,
    items: items.map(({ productId, qty }) => ({ productId, quantity: qty })),
    shippingAddress: {
      name: shipTo.shipName,
      line1: shipTo.shipAddr1,
      line2: shipTo.shipAddr2,
      city: shipTo.shipCity,
      region: shipTo.shipState,
      postalCode: shipTo.shipZip,
      country: shipTo.shipCountry,
    },
  };
}

/** The order as the monolith has it once that has been carried over; until then as the order service gave it. */
async function asMirrored({ db }: MonolithDeps, order: GraphOrder): Promise<OrderAnswer> {
  const writtenAt = Date.parse(order.updatedAt);
  const row = await mirrored(async () => {
    const [found] = await findOrders(db, [order.id]);
    return found && Date.parse(found.updated_at) >= writtenAt ? found : null;
  });
  return row ?? answerOf(order);
}

interface Step {
  readonly document: string;
  readonly input: (body: Readonly<Record<string, string | null>>) => object;
}

const stepOf = (field: string, input: Step['input'] = () => ({})): Step => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return {
    document: `mutation ($input: ${type}!) { result: ${field}(input: $input) { __typename
      ... on OrderPayload { ${ORDER} } ... on IllegalTransition { status } ${PROBLEM}
      ${/confirm|deliver|pay/.test(field) ? '' : INVALID_INPUT} } }`,
    input,
  };
};

const STEPS: Readonly<Record<OrderStep, Step>> = {
  confirm: stepOf('confirmOrder'),
  pay: stepOf('payOrder', ({ payment_token: paymentToken }) => ({ paymentToken })),
  ship: stepOf('shipOrder', ({ tracking_no: trackingNumber }) => ({ trackingNumber })),
  deliver: stepOf('deliverOrder'),
  cancel: stepOf('cancelOrder', ({ reason }) => ({ reason })),
  return: stepOf('returnOrder', ({ reason }) => ({ reason })),
};

type Taken =
  | OrderPayload
  | InvalidInput
  | Problem<'NotFound' | 'PaymentDeclined'>
  | (Problem<'IllegalTransition'> & { readonly status: GraphStatus });

/** `POST /api/orders/{id}/confirm` and the other steps */
export const takeStepThere =
  (step: OrderStep): Forward =>
  async (deps, request) => {
    requireCaller(request);
    const identity = callerOf(request);
    const { id } = request.params as { id: string };
    const { by } = WORKFLOW[step];
    if (!by.includes('customer') && !isStaff(identity)) throw await notTheirs(deps, request, id);
    if (!by.includes('staff') && identity.userId === null)
      throw forbidden('Only the customer may pay.');
    const { document, input } = STEPS[step];
    const said = input((request.body ?? {}) as Record<string, string | null>);
    const result = await mutate<Taken>(ownerOf(deps), document, { id, ...said }, identity).catch(
      (error: unknown) => {
        throw step === 'pay' && error instanceof ApiError && error.status === 422
          ? unknownToken()
          : error;
      },
    );
    if ('order' in result) return asMirrored(deps, result.order);
    throw refusalOf(step, result);
  };

/** A step for staff, asked for by somebody else: nobody hears of orders of others. */
async function notTheirs({ db }: MonolithDeps, request: Parameters<Forward>[1], id: string) {
  const [order] = await findOrders(db, [id]);
  return order && maySeeUser(callerOf(request), order.customer_id)
    ? forbidden('Only staff may do this.')
    : notFound('order');
}

const unknownToken = () =>
  validation([{ field: 'payment_token', message: 'is not a token of the payment provider' }]);

const SAID_NAMES = { trackingNumber: 'tracking_no' };

function refusalOf(step: OrderStep, result: Exclude<Taken, OrderPayload>): ApiError {
  switch (result.__typename) {
    case 'NotFound':
      return notFound('order');
    case 'PaymentDeclined':
      return new ApiError(402, 'PAYMENT_DECLINED', result.message);
    case 'InvalidInput':
      return invalid(result, SAID_NAMES);
    default:
      return illegal(step, STATUSES[result.status], result.message);
  }
}

/** The graph has one problem for an order that stands elsewhere and for pieces that are no longer promised. */
function illegal(step: OrderStep, status: OrderAnswer['status'], message: string): ApiError {
  if (message !== illegalStepMessage(step, status)) {
    const states: readonly Reservation['state'][] = ['H', 'C', 'R', 'B'];
    const closed = states.map(reservationClosed).find((error) => error.message === message);
    if (closed) return closed;
  }
  return new ApiError(409, 'ILLEGAL_STEP', message, { status });
}

import {
  connectionOf,
  pageFrom,
  type Connection,
  type ConnectionArguments,
  type CursorValue,
} from '#platform/graph/connection.ts';
import { DateTime } from '#platform/graph/date-time.ts';
import { requireSelfOrStaff, requireStaff, requireUser } from '#platform/graph/errors.ts';
import { isUuid, uuidArgument } from '#platform/graph/ids.ts';
import { isStaff, maySeeUser, type Identity } from '#platform/identity/identity.ts';
import { notingNotFound } from '#platform/subgraph-server/not-found-here.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { conditionsFrom } from './order-filter.ts';
import { orderNumber } from './order-number.ts';
import type { OrderRow } from './repository/orders.ts';
import type {
  CancelOrderInput,
  MutationResolvers,
  OrderAction,
  OrderResolvers,
  PayOrderInput,
  QueryResolvers,
  Resolvers,
  ReturnOrderInput,
  ShipOrderInput,
  UserResolvers,
} from './schema.generated.ts';
import { listOrders, requireOwnOrStaff } from './service/orders.ts';
import { placeOrder } from './service/place-order.ts';
import { takeStep, type Said, type StepAnswer } from './service/take-step.ts';
import { availableActions } from './workflow.ts';

/** An account, of which orders know no more than the id. */
export interface UserParent {
  readonly id: string;
}

/** A page of orders as the graph gives it. */
export type OrderList = Connection<OrderRow>;

/** The name of the order of lists: it is in cursors that clients keep, so it is never renamed. */
const ORDER = 'orders';
const orderPage = (page: ConnectionArguments) => pageFrom(page, ORDER, ['time', 'uuid']);
const keyOf = ({ placedAt, id }: OrderRow): CursorValue[] => [placedAt.getTime(), id];

const Query: QueryResolvers = {
  order: async (_root, args, { identity, loaders }) => {
    requireUser(identity);
    const order = await loaders.orders.load(uuidArgument('id', args.id));
    if (order) requireOwnOrStaff(identity, order);
    return order;
  },
  orders: async (_root, { filter, ...page }, { identity, database }) => {
    requireStaff(identity);
    const asked = orderPage(page);
    const result = await listOrders(database.db, conditionsFrom(filter), asked);
    return connectionOf(asked, result, ORDER, keyOf);
  },
};

const Order: OrderResolvers = {
  __resolveReference: async ({ id }, { identity, loaders }) => {
    const order = isUuid(id) ? await loaders.orders.load(id.toLowerCase()) : null;
    return order && maySeeUser(identity, order.customerId) ? order : null;
  },
  number: ({ number }) => orderNumber(number),
  customer: ({ customerId }) => ({ id: customerId }),
  items: async ({ id, currency }, _arguments, { loaders }) =>
    (await loaders.items.load(id)).map((item) => ({
      id: item.id,
      product: { id: item.productId },
      sku: item.sku,
      name: item.name,
      quantity: item.quantity,
      unitPrice: { amount: item.unitPriceAmount, currency },
      lineTotal: { amount: item.lineTotalAmount, currency },
    })),
  total: ({ totalAmount, currency }) => ({ amount: totalAmount, currency }),
  shippingAddress: (order) => ({
    name: order.shippingName,
    line1: order.shippingLine1,
    line2: order.shippingLine2,
    city: order.shippingCity,
    region: order.shippingRegion,
    postalCode: order.shippingPostalCode,
    country: order.shippingCountry,
  }),
  availableActions: ({ status, customerId }, _arguments, { identity }) =>
    availableActions(identity, status, customerId),
  history: async ({ id, trackingNumber }, _arguments, { loaders }) =>
    (await loaders.events.load(id)).map(({ status, at, note }) => ({
      status,
      at,
      note: status === 'SHIPPED' ? trackingNumber : note,
    })),
};

const User: UserResolvers = {
  __resolveReference: ({ id }) => (isUuid(id) ? { id: id.toLowerCase() } : null),
  orders: async ({ id }, { status, ...page }, { identity, loaders }) => {
    requireSelfOrStaff(identity, id, 'its orders');
    const asked = orderPage(page);
    const result = await loaders.ordersOfCustomer(id, { status: status ?? null, page: asked });
    return connectionOf(asked, result, ORDER, keyOf);
  },
};

const Mutation: MutationResolvers = {
  placeOrder: async (_root, { input }, context) => {
    const { identity, database, sagas, ownership } = context;
    const customerId = requireUser(identity);
    await ownership.require('order', customerId);
    context.loaders = createLoaders(database.db);
    const items = input.items.map(({ productId, quantity }, index) => ({
      productId: uuidArgument(`input.items.${index}.productId`, productId),
      quantity,
    }));
    return placeOrder(database, sagas, customerId, { ...input, items }, identity.requestId);
  },
  confirmOrder: step('CONFIRM', requireStaff, () => ({})),
  payOrder: step('PAY', requireUser, ({ paymentToken }: PayOrderInput) => ({ paymentToken })),
  shipOrder: step('SHIP', requireStaff, ({ trackingNumber }: ShipOrderInput) => ({
    trackingNumber,
  })),
  deliverOrder: step('DELIVER', requireStaff, () => ({})),
  cancelOrder: step('CANCEL', requireUserOrStaff, ({ reason }: CancelOrderInput) => ({ reason })),
  returnOrder: step('RETURN', requireUserOrStaff, ({ reason }: ReturnOrderInput) => ({ reason })),
};

/** A mutation that takes a step. It begins with new loaders: what they have read before is about to change. */
function step<Action extends OrderAction, Input extends { readonly id: string }>(
  action: Action,
  require: (identity: Identity) => unknown,
  saidIn: (input: Input) => Said,
) {
  return async (
    _root: unknown,
    { input }: { input: Input },
    context: Context,
  ): Promise<StepAnswer<Action>> => {
    const { identity, database, sagas } = context;
    require(identity);
    context.loaders = createLoaders(database.db);
    const orderId = uuidArgument('input.id', input.id);
    const request = { action, orderId, identity, said: saidIn(input) };
    return notingNotFound(context, 'order', await takeStep(database, sagas, request));
  };
}

/** A service has no account, and may do this all the same. */
function requireUserOrStaff(identity: Identity): void {
  if (!isStaff(identity)) requireUser(identity);
}

export const resolvers: Resolvers = { DateTime, Query, Mutation, Order, User };

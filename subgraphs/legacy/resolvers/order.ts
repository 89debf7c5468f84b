import {
  nearestTime,
  pageFrom,
  type ConnectionArguments,
  type Page,
} from '#platform/graph/connection.ts';
import { requireSelfOrStaff, requireStaff, requireCaller } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import type { Context } from '../context.ts';
import { connection, type RestPage } from '../mapping/connection.ts';
import { orderSource, type OrderSource } from '../mapping/entities.ts';
import { money } from '../mapping/money.ts';
import { orderHistory, orderItems, shippingAddress } from '../mapping/order.ts';
import { pageBody, pageQuery } from '../mapping/page.ts';
import type { OrderRow } from '../mapping/rows.ts';
import { instant } from '../mapping/time.ts';
import { ORDER_STATUSES, fromMonolith, toMonolith } from '../mapping/words.ts';
import { availableActions } from '../mapping/workflow.ts';
import { answer, answerOrNull } from '../monolith-client/answer.ts';
import type { OrderFilter, Resolvers } from '../schema.generated.ts';
import { referenceResolver } from './reference.ts';
import { rowOf } from './row.ts';

const orderPage = (args: ConnectionArguments): Page => pageFrom(args, 'orders', ['time', 'uuid']);
const orderConnection = (page: Page, list: RestPage<OrderRow>) =>
  connection(page, list, 'orders', orderSource);

const row = (order: OrderSource, { loaders }: Context) => rowOf(order, loaders.orders, 'order');

export const orderQueries: Resolvers['Query'] = {
  order: async (_root, args, { identity, loaders, monolith }) => {
    requireCaller(identity);
    const id = uuidArgument('id', args.id);
    const path = { params: { path: { id } } };
    // The lookup leaves out what the caller may not see. Only then is it worth asking for the one, which tells.
    const found =
      (await loaders.orders.load(id)) ??
      (await answerOrNull(monolith.reads.GET('/api/orders/{id}', path)));
    return found && orderSource(found);
  },
  orders: async (_root, args, { identity, monolith }) => {
    requireStaff(identity);
    const page = orderPage(args);
    const query = { ...filterQuery(args.filter ?? {}), ...pageQuery(page) };
    const list = await answer(monolith.reads.GET('/api/orders', { params: { query } }));
    return orderConnection(page, list);
  },
};

function filterQuery(filter: OrderFilter) {
  const { status, customerId, number, placedFrom, placedBefore } = filter;
  return {
    ...(status && { status: toMonolith(ORDER_STATUSES, status) }),
    ...(customerId != null && { customer_id: uuidArgument('filter.customerId', customerId) }),
    ...(number != null && { order_no: number }),
    ...(placedFrom && { from: nearestTime(placedFrom).toISOString() }),
    ...(placedBefore && { before: nearestTime(placedBefore).toISOString() }),
  };
}

export const orderTypes = {
  Order: {
    __resolveReference: referenceResolver('Order', ({ orders }) => orders, orderSource, []),
    number: async (order, _args, context) => (await row(order, context)).order_no,
    status: async (order, _args, context) =>
      fromMonolith(ORDER_STATUSES, (await row(order, context)).status),
    customer: async (order, _args, context) => ({ id: (await row(order, context)).customer_id }),
    items: async (order, _args, context) => orderItems(await row(order, context)),
    total: async (order, _args, context) => {
      const { total_amount, currency } = await row(order, context);
      return money(total_amount, currency);
    },
    shippingAddress: async (order, _args, context) => shippingAddress(await row(order, context)),
    availableActions: async (order, _args, context) =>
      actionsOf(await row(order, context), context),
    history: async (order, _args, context) => orderHistory(await row(order, context)),
    trackingNumber: async (order, _args, context) => (await row(order, context)).tracking_no,
    placedAt: async (order, _args, context) => instant((await row(order, context)).ordered_at),
    updatedAt: async (order, _args, context) => instant((await row(order, context)).updated_at),
  },
  IllegalTransition: {
    availableActions: async ({ orderId }, _args, context) =>
      actionsOf(await row({ id: orderId }, context), context),
  },
  User: {
    orders: async (user, { status, ...args }, { identity, loaders }) => {
      requireSelfOrStaff(identity, user.id, 'its orders');
      const page = orderPage(args);
      const list = await loaders.ordersOfCustomer(user.id, {
        ...pageBody(page),
        ...(status && { status: toMonolith(ORDER_STATUSES, status) }),
      });
      return orderConnection(page, list);
    },
  },
} satisfies Resolvers;

function actionsOf(order: OrderRow, { identity }: Context) {
  return availableActions(identity, fromMonolith(ORDER_STATUSES, order.status), order.customer_id);
}

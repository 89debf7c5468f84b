import { maySeeUser } from '#platform/identity/identity.ts';
import type { MonolithApp, MonolithDeps } from '../app.ts';
import { caller, requireCaller, requireLogin, requireStaff } from '../caller.ts';
import { forbidden } from '../errors.ts';
import { listPage } from '../lists.ts';
import type { Audience } from '../mode.ts';
import { placeOrderThere, takeStepThere } from './forwarded.ts';
import { findOrders, listByCustomers, listOrders, orderFilter } from './lists.ts';
import { builtInPaymentProvider } from './payment.ts';
import * as schemas from './schemas.ts';
import { orderFor, placeOrder } from './service.ts';
import { takeStep, type StepInput } from './steps.ts';
import type { OrderStep } from './workflow.ts';

/** Sales orders and their way through the shop. */
export async function orderRoutes(app: MonolithApp, deps: MonolithDeps): Promise<void> {
  for (const schema of schemas.orderSchemas) app.addSchema(schema);
  addReads(app, deps);
  addSteps(app, deps);

  app.post(
    '/api/orders',
    {
      schema: schemas.placeOrder,
      config: { audience: 'store', writes: 'order', forward: placeOrderThere },
    },
    async (request, reply) => {
      const { order, created } = await placeOrder(deps, requireLogin(request), request.body);
      return reply.status(created ? 201 : 200).send(order);
    },
  );
}

/** The sort key of lists of orders: when it was placed, and its id. */
const KEY = ['time', 'uuid'] as const;

function addReads(app: MonolithApp, deps: MonolithDeps): void {
  const everyone = { audience: 'everyone' } as const;

  app.get('/api/orders/:id', { schema: schemas.getOrder, config: everyone }, async (request) => {
    const identity = requireCaller(request);
    return orderFor(deps, request.params.id, (id) => maySeeUser(identity, id));
  });
  app.post(
    '/api/orders/lookup',
    { schema: schemas.lookUpOrders, config: everyone },
    async (request) => {
      const orders = await findOrders(deps.db, request.body.ids);
      return { items: orders.filter((order) => maySeeUser(caller(request), order.customer_id)) };
    },
  );
  app.get(
    '/api/orders',
    { schema: schemas.listOrders, config: { audience: 'admin' } },
    async (request) => {
      requireStaff(request);
      return listOrders(deps.db, orderFilter(request.query), listPage(request.query, KEY));
    },
  );
  app.get(
    '/api/orders/mine',
    { schema: schemas.listMyOrders, config: { audience: 'store' } },
    async (request) => {
      const { userId } = requireLogin(request);
      const filter = orderFilter({ status: request.query.status, customer_id: userId });
      return listOrders(deps.db, filter, listPage(request.query, KEY));
    },
  );
  app.post(
    '/api/orders/by-customers',
    { schema: schemas.listOrdersByCustomers, config: everyone },
    async (request) => {
      const identity = requireCaller(request);
      const { customer_ids: ids, status } = request.body;
      if (!ids.every((id) => maySeeUser(identity, id.toLowerCase()))) {
        throw forbidden('Only the account itself and staff may see its orders.');
      }
      const filter = orderFilter({ status: status ?? undefined });
      return listByCustomers(deps.db, ids, filter, listPage(request.body, KEY));
    },
  );
}

function addSteps(app: MonolithApp, deps: MonolithDeps): void {
  const payments = builtInPaymentProvider();
  const writing = (audience: Audience, step: OrderStep) =>
    ({ audience, writes: 'order', forward: takeStepThere(step) }) as const;
  const take = (
    request: Parameters<typeof requireCaller>[0],
    orderId: string,
    step: OrderStep,
    input?: StepInput,
  ) => takeStep(deps, payments, requireCaller(request), orderId, step, input);

  app.post(
    '/api/orders/:id/confirm',
    { schema: schemas.confirmOrder, config: writing('admin', 'confirm') },
    async (request) => take(request, request.params.id, 'confirm'),
  );
  app.post(
    '/api/orders/:id/pay',
    { schema: schemas.payOrder, config: writing('store', 'pay') },
    async (request) =>
      take(request, request.params.id, 'pay', { paymentToken: request.body.payment_token }),
  );
  app.post(
    '/api/orders/:id/ship',
    { schema: schemas.shipOrder, config: writing('admin', 'ship') },
    async (request) =>
      take(request, request.params.id, 'ship', { trackingNo: request.body.tracking_no }),
  );
  app.post(
    '/api/orders/:id/deliver',
    { schema: schemas.deliverOrder, config: writing('admin', 'deliver') },
    async (request) => take(request, request.params.id, 'deliver'),
  );
  app.post(
    '/api/orders/:id/cancel',
    { schema: schemas.cancelOrder, config: writing('everyone', 'cancel') },
    async (request) => take(request, request.params.id, 'cancel', { reason: request.body?.reason }),
  );
  app.post(
    '/api/orders/:id/return',
    { schema: schemas.returnOrder, config: writing('everyone', 'return') },
    async (request) => take(request, request.params.id, 'return', { reason: request.body?.reason }),
  );
}

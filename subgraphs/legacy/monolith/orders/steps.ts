import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import { isStaff, maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { ApiError, forbidden, notFound, validation } from '../errors.ts';
import { checkRules, lengthWithin } from '../rules.ts';
import { forgetAvailability } from '../stock/availability.ts';
import {
  commit,
  lockReservation,
  productsOf,
  putBack,
  release,
  reservationClosed,
} from '../stock/reservations.ts';
import { salesOrders } from '../tables.ts';
import { findOrders } from './lists.ts';
import type { PaymentProvider } from './payment.ts';
import type { OrderAnswer } from './schemas.ts';
import {
  illegalStepMessage,
  isLegal,
  WORKFLOW,
  type Actor,
  type OrderStatus,
  type OrderStep,
} from './workflow.ts';

type OrderRow = typeof salesOrders.$inferSelect;

/** What a step is given besides the order: each step reads its own. */
export interface StepInput {
  readonly paymentToken?: string;
  readonly trackingNo?: string;
  readonly reason?: string | null;
}

interface StepSetting {
  readonly tx: Db;
  readonly order: OrderRow;
  readonly input: StepInput;
  readonly payments: PaymentProvider;
  readonly now: Date;
}

/** What a step changes besides the status and its time: columns of the order, and the products it gives back. */
interface Effect {
  readonly columns: Partial<OrderRow>;
  readonly products: readonly string[];
}

const NOTHING: Effect = { columns: {}, products: [] };

/** What each step does besides changing the status. All of it bears being repeated: transactions may be. */
const EFFECTS: Readonly<Record<OrderStep, (setting: StepSetting) => Promise<Effect>>> = {
  confirm: async () => NOTHING,
  pay,
  ship,
  deliver: async () => NOTHING,
  cancel,
  return: takeBack,
};

/**
 * Takes a step of the workflow with an order, with everything that belongs to it, in one transaction.
 *
 * @throws 404 for unknown and other people's orders, 403 where somebody else has to take the step, 409
 *   ILLEGAL_STEP, and what the step itself may answer
 */
export async function takeStep(
  deps: MonolithDeps,
  payments: PaymentProvider,
  caller: Identity,
  orderId: string,
  step: OrderStep,
  input: StepInput = {},
): Promise<OrderAnswer> {
  checkInput(input);
  const { order, products } = await transaction(deps.db, async (tx) => {
    const row = await lockOrder(tx, caller, orderId, step);
    const now = deps.clock();
    const effect = await EFFECTS[step]({ tx, order: row, input, payments, now });
    const { to, timeColumn } = WORKFLOW[step];
    await tx
      .update(salesOrders)
      .set({ ...effect.columns, status: to, [timeColumn]: now, updatedAt: now })
      .where(eq(salesOrders.orderId, row.orderId));
    const [order] = await findOrders(tx, [row.orderId]);
    return { order: order as OrderAnswer, products: effect.products };
  });
  await forgetAvailability(deps.cache, products);
  return order;
}

function checkInput({ trackingNo, reason }: StepInput): void {
  checkRules([
    ['tracking_no', lengthWithin(trackingNo ?? 'x', 1, 100), 'must be 1 to 100 characters long'],
    ['reason', lengthWithin(reason ?? '', 0, 200), 'must be at most 200 characters long'],
  ]);
}

async function lockOrder(
  tx: Db,
  caller: Identity,
  orderId: string,
  step: OrderStep,
): Promise<OrderRow> {
  const [row] = await tx
    .select()
    .from(salesOrders)
    .where(eq(salesOrders.orderId, orderId))
    .for('update');
  if (!row || !maySeeUser(caller, row.customerId)) throw notFound('order');
  const actors: Actor[] = [
    ...(caller.userId === row.customerId ? ['customer' as const] : []),
    ...(isStaff(caller) ? ['staff' as const] : []),
  ];
  const { by } = WORKFLOW[step];
  if (!actors.some((actor) => by.includes(actor))) {
    throw forbidden(
      by.includes('staff') ? 'Only staff may do this.' : 'Only the customer may pay.',
    );
  }
  const status = row.status as OrderStatus;
  if (isLegal(step, status)) return row;
  throw new ApiError(409, 'ILLEGAL_STEP', illegalStepMessage(step, status), { status });
}

/** The order stays locked while the provider answers: two requests at once must not pay twice. */
async function pay({ order, input, payments }: StepSetting): Promise<Effect> {
  const { orderId, totalAmount: amount, currency } = order;
  const token = input.paymentToken ?? '';
  const charged = await payments.charge({ orderId, amount, currency, token });
  if (charged.outcome === 'paid') {
    return { columns: { paymentRef: charged.reference }, products: [] };
  }
  if (charged.outcome === 'unknown-token') {
    throw validation([
      { field: 'payment_token', message: 'is not a token of the payment provider' },
    ]);
  }
  throw new ApiError(
    402,
    'PAYMENT_DECLINED',
    'The payment was declined: try another means of payment.',
  );
}

async function ship({ tx, order, input, now }: StepSetting): Promise<Effect> {
  const reservation = await lockReservation(tx, order.orderId, now);
  if (reservation?.state !== 'H') throw reservationClosed(reservation?.state ?? 'R');
  await commit(tx, reservation, now);
  const trackingNo = input.trackingNo?.trim();
  return { columns: { trackingNo }, products: productsOf([reservation]) };
}

async function cancel({ tx, order, input, payments, now }: StepSetting): Promise<Effect> {
  const reservation = await lockReservation(tx, order.orderId, now);
  if (reservation?.state === 'H') await release(tx, reservation, now);
  if (order.paymentRef !== null) await payments.refund(order.paymentRef);
  return closed(input, reservation ? productsOf([reservation]) : []);
}

async function takeBack({ tx, order, input, payments, now }: StepSetting): Promise<Effect> {
  const reservation = await lockReservation(tx, order.orderId, now);
  if (reservation?.state === 'C') await putBack(tx, reservation, now);
  if (order.paymentRef !== null) await payments.refund(order.paymentRef);
  return closed(input, reservation ? productsOf([reservation]) : []);
}

const closed = ({ reason }: StepInput, products: readonly string[]): Effect => ({
  columns: { closeReason: reason?.trim() || null },
  products,
});

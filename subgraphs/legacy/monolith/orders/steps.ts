import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import { isStaff, maySeeUser, type Identity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { atOwner } from '../at-owner.ts';
import { ApiError, forbidden, notFound, validation } from '../errors.ts';
import { checkRules, lengthWithin } from '../rules.ts';
import { commitElsewhere } from '../stock/elsewhere.ts';
import { giveBackStock, oweStock } from '../stock/give-back.ts';
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
  readonly stock: OrderStock;
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

/** What steps do with the pieces of an order, in its transaction. @returns the products whose stock here has changed */
interface OrderStock {
  /** @throws 409 RESERVATION_CLOSED */
  commit(tx: Db, orderId: string, now: Date): Promise<readonly string[]>;
  giveBack(tx: Db, orderId: string, now: Date): Promise<readonly string[]>;
}

const stockHere: OrderStock = {
  commit: async (tx, orderId, now) => {
    const reservation = await lockReservation(tx, orderId, now);
    // One whose step has died after its pieces had been noted as gone, at another service.
    if (reservation?.state === 'C') return [];
    if (reservation?.state !== 'H') throw reservationClosed(reservation?.state ?? 'R');
    await commit(tx, reservation, now);
    return productsOf([reservation]);
  },
  giveBack: async (tx, orderId, now) => {
    const reservation = await lockReservation(tx, orderId, now);
    if (reservation?.state === 'H') await release(tx, reservation, now);
    if (reservation?.state === 'C') await putBack(tx, reservation, now);
    return reservation ? productsOf([reservation]) : [];
  },
};

/** Pieces leave before the order says so, and come back after: a note in the same transaction sees to that. */
const stockElsewhere = (deps: MonolithDeps): OrderStock => ({
  commit: async (_tx, orderId) => {
    await commitElsewhere(deps, orderId);
    return [];
  },
  giveBack: async (tx, orderId, now) => {
    await oweStock(tx, orderId, now);
    return [];
  },
});

const NOTHING: Effect = { columns: {}, products: [] };

/** What each step does besides changing the status. All of it bears being repeated: transactions may be. */
const EFFECTS: Readonly<Record<OrderStep, (setting: StepSetting) => Promise<Effect>>> = {
  confirm: async () => NOTHING,
  pay,
  ship,
  deliver: async () => NOTHING,
  cancel: close,
  return: close,
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
  const taken = { deps, payments, caller, orderId, step, input };
  return atOwner(
    'inventory',
    async () => {
      await deps.ownership.require('inventory');
      return take(taken, stockHere);
    },
    async () => {
      const order = await take(taken, stockElsewhere(deps));
      // What fails is done by the sweep.
      await giveBackStock(deps, order.order_id);
      return order;
    },
  );
}

interface Taken {
  readonly deps: MonolithDeps;
  readonly payments: PaymentProvider;
  readonly caller: Identity;
  readonly orderId: string;
  readonly step: OrderStep;
  readonly input: StepInput;
}

async function take(
  { deps, payments, caller, orderId, step, input }: Taken,
  stock: OrderStock,
): Promise<OrderAnswer> {
  const { order, products } = await transaction(deps.db, async (tx) => {
    const row = await lockOrder(deps, tx, caller, orderId, step);
    const now = deps.clock();
    const effect = await EFFECTS[step]({ tx, stock, order: row, input, payments, now });
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
  { ownership }: MonolithDeps,
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
  // Until the transaction ends, also while money moves.
  await ownership.hold(tx, 'order', row.customerId);
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

async function ship({ tx, stock, order, input, now }: StepSetting): Promise<Effect> {
  const products = await stock.commit(tx, order.orderId, now);
  return { columns: { trackingNo: input.trackingNo?.trim() }, products };
}

/** Cancelled or returned: the pieces and the money go back. */
async function close({ tx, stock, order, input, payments, now }: StepSetting): Promise<Effect> {
  const products = await stock.giveBack(tx, order.orderId, now);
  if (order.paymentRef !== null) await payments.refund(order.paymentRef);
  return { columns: { closeReason: input.reason?.trim() || null }, products };
}

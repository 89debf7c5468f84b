import type { Ending, Stock } from '../neighbours/stock.ts';
import type { PaymentProvider } from '../payment.ts';
import { moveOrder, orderById, type OrderRow } from '../repository/orders.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import type { Database } from '#platform/database/pool.ts';
import type { OrderStatus } from '../schema.generated.ts';
import { WORKFLOW, type Effect, type StepName } from '../workflow.ts';
import {
  CannotFinish,
  type Saga,
  type SagaDefinition,
  type Stage,
  type StageOutcome,
} from './saga.ts';

/** What a step was given, and what it has come to know. */
export interface StepData {
  readonly status: OrderStatus;
  readonly totalAmount: number;
  readonly currency: string;
  /** Forgotten when it has been used. */
  readonly paymentToken?: string;
  readonly paymentReference: string | null;
  readonly trackingNumber?: string;
  readonly reason: string | null;
}

export type StepResult =
  | { readonly outcome: 'taken'; readonly order: OrderRow }
  | { readonly outcome: 'declined' }
  | { readonly outcome: 'unknown-token' }
  /** The order stands where it stood. @property message why, where it is not its status */
  | { readonly outcome: 'impossible'; readonly order: OrderRow | null; readonly message?: string };

type Outcome = StageOutcome<StepData, StepResult>;

interface Means {
  readonly database: Database;
  readonly stock: Stock;
  readonly payments: PaymentProvider;
}

/** How steps with effects are taken: the effects of the workflow one after the other, then the new status. */
export function stepDefinition(means: Means): SagaDefinition<StepData, StepResult> {
  return {
    act: async (saga, { requestId }) => {
      if (saga.stage === 'UNDO') return undo(means, saga, requestId);
      return takeEffect(means, saga, saga.stage as Effect, requestId);
    },
    finish: async (tx, { orderId, step, data }) => {
      const { from, to } = WORKFLOW[step];
      const change = {
        ...(data.trackingNumber === undefined ? {} : { trackingNumber: data.trackingNumber }),
        ...(step === 'PAY' && data.paymentReference !== null
          ? { paymentReference: data.paymentReference }
          : {}),
      };
      const target = { status: to, note: data.reason, change };
      const order = await moveOrder(tx, orderId, from, target, new Date());
      if (!order) throw new CannotFinish(orderId);
      return { outcome: 'taken', order };
    },
    // Elsewhere the step is taken anew: its effects go by the id of the order, so they are not done twice.
    onFailure: (_stage, error) => (ownershipRefusal(error)?.code === 'NOT_OWNER' ? 'end' : 'retry'),
    isStale: () => false,
  };
}

async function takeEffect(
  { database, stock, payments }: Means,
  saga: Saga<StepData>,
  effect: Effect,
  requestId: string,
): Promise<Outcome> {
  const { orderId, data } = saga;
  switch (effect) {
    case 'CHARGE': {
      const { totalAmount: amount, currency, paymentToken: token = '', ...rest } = data;
      const charged = await payments.charge({ orderId, amount, currency, token });
      if (charged.outcome !== 'paid') return { kind: 'end', result: charged };
      return next(saga, {
        ...rest,
        totalAmount: amount,
        currency,
        paymentReference: charged.reference,
      });
    }
    case 'REFUND':
      if (data.paymentReference !== null) await payments.refund(data.paymentReference);
      return next(saga, data);
    case 'COMMIT': {
      const ending = await stock.commit(orderId, requestId);
      if (ending.outcome === 'done') return next(saga, data);
      const order = await orderById(database.db, orderId);
      return { kind: 'end', result: { outcome: 'impossible', order, message: reasonOf(ending) } };
    }
    case 'RELEASE':
      // An order whose pieces are gone already has none to give back.
      await stock.release(orderId, requestId);
      return next(saga, data);
    case 'TAKE_BACK':
      await stock.takeBack(orderId, requestId);
      return next(saga, data);
    default:
      throw new Error(`${effect} is no effect of ${saga.step}`);
  }
}

/** What comes after an effect: the next one of the step, or its end. */
function next({ step, stage }: Saga<StepData>, data: StepData): Outcome {
  return { kind: 'go-on', stage: stageAfter(step, stage as Effect), data };
}

function stageAfter(step: StepName, effect: Effect): Stage {
  const { effects } = WORKFLOW[step];
  return effects[effects.indexOf(effect) + 1] ?? 'FINISH';
}

/** An order without a reservation is as one whose pieces were released. */
function reasonOf(ending: Ending): string {
  return ending.outcome === 'closed'
    ? ending.message
    : 'The reservation is released: it can no longer be changed that way.';
}

async function undo(means: Means, saga: Saga<StepData>, requestId: string): Promise<Outcome> {
  for (const effect of WORKFLOW[saga.step].undo) await takeEffect(means, saga, effect, requestId);
  const order = await orderById(means.database.db, saga.orderId);
  return { kind: 'end', result: { outcome: 'impossible', order } };
}

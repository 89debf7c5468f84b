import type { Database, Db } from '#platform/database/pool.ts';
import { storedText } from '#platform/database/stored-text.ts';
import { badUserInput, graphError } from '#platform/graph/errors.ts';
import { maySeeUser, type Identity } from '#platform/identity/identity.ts';
import {
  invalidInput,
  notFound,
  type InvalidInput,
  type NotFound,
} from '#platform/graph/problems.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import {
  illegalTransition,
  orderPayload,
  paymentDeclined,
  type IllegalTransition,
  type OrderPayload,
  type PaymentDeclined,
} from '../problems.ts';
import { lockOrder, moveOrder, type OrderRow } from '../repository/orders.ts';
import { isOnItsWay, type SagaRow } from '../repository/sagas.ts';
import { brokenStepRules } from '../rules.ts';
import { SagaLost, StageFailed } from '../saga/saga.ts';
import type { Sagas } from '../saga/sagas.ts';
import type { StepData, StepResult } from '../saga/step.ts';
import type { OrderAction } from '../schema.generated.ts';
import { isLegal, mayTake, WORKFLOW } from '../workflow.ts';

/** What is said about a step; each step has its own. */
export interface Said {
  readonly paymentToken?: string;
  readonly trackingNumber?: string;
  readonly reason?: string | null;
}

/** Who takes a step with which order. */
export interface StepRequest<Action extends OrderAction = OrderAction> {
  readonly action: Action;
  readonly orderId: string;
  readonly identity: Identity;
  readonly said: Said;
}

/** What a step can come to: a payment may be declined, and what is said freely may be too long. */
export type StepAnswer<Action extends OrderAction> =
  | OrderPayload
  | NotFound
  | IllegalTransition
  | (Action extends 'PAY' ? PaymentDeclined : never)
  | (Action extends 'SHIP' | 'CANCEL' | 'RETURN' ? InvalidInput : never);

type Answer = OrderPayload | NotFound | IllegalTransition | InvalidInput | PaymentDeclined;

/**
 * Takes a step of the workflow with an order. A step that reaches beyond this database is a saga: once begun it
 * is brought to its end, whatever happens to this process.
 *
 * @throws OwnershipRefused; FORBIDDEN where somebody else has to take the step; BAD_USER_INPUT for an unknown payment token;
 *   UPSTREAM_UNAVAILABLE or UPSTREAM_TIMEOUT: the step is finished later
 */
export async function takeStep<Action extends OrderAction>(
  database: Database,
  sagas: Sagas,
  request: StepRequest<Action>,
): Promise<StepAnswer<Action>> {
  const invalid = brokenStepRules(request.said);
  const answer = invalid.length > 0 ? invalidInput(invalid) : await take(database, sagas, request);
  return answer as StepAnswer<Action>;
}

async function take(database: Database, sagas: Sagas, request: StepRequest): Promise<Answer> {
  const { orderId, identity } = request;
  const { requestId } = identity;
  // Set where our own step was taken over, as if we were gone, by somebody who has brought it to its end.
  let wasLost = false;
  for (;;) {
    const begun = await database.db.transaction((tx) => begin(tx, sagas, request, wasLost));
    if ('answer' in begun) return begun.answer;
    try {
      if (begun.saga) {
        const result = (await sagas.run(begun.saga, requestId)) as StepResult;
        return answerOf(result, request);
      }
      await sagas.settle({ orderId }, requestId);
    } catch (error) {
      if (error instanceof StageFailed) throw ownershipRefusal(error.cause) ?? finishedLater();
      // Whoever works on it now brings it to its end: then we shall see.
      if (!(error instanceof SagaLost)) throw error;
      wasLost ||= begun.saga !== null;
    }
  }
}

/** A step is taken or refused at once, or begun as a saga; null: another one is on its way. */
type Begun = { readonly answer: Answer } | { readonly saga: SagaRow | null };

async function begin(tx: Db, sagas: Sagas, request: StepRequest, wasLost: boolean): Promise<Begun> {
  const { action, orderId, identity, said } = request;
  const order = await lockOrder(tx, orderId);
  if (!order || !maySeeUser(identity, order.customerId)) {
    return { answer: notFound('order', orderId) };
  }
  await sagas.hold(tx, order.customerId);
  if (!mayTake(action, identity, order.customerId)) throw notYours(action);
  if (await isOnItsWay(tx, { orderId })) return { saga: null };
  if (wasLost && order.status === WORKFLOW[action].to) return { answer: orderPayload(order) };
  if (!isLegal(action, order.status)) {
    return { answer: illegalTransition(action, order, identity) };
  }
  const { from, to, effects } = WORKFLOW[action];
  const [first] = effects;
  if (first === undefined) {
    const target = { status: to, note: null, change: {} };
    const moved = await moveOrder(tx, orderId, from, target, new Date());
    return { answer: orderPayload(moved as OrderRow) };
  }
  const saga = await sagas.begin(tx, {
    orderId,
    step: action,
    stage: first,
    data: dataOf(order, said),
    customerId: order.customerId,
    idempotencyKey: null,
  });
  return { saga };
}

function dataOf(order: OrderRow, { paymentToken, trackingNumber, reason }: Said): StepData {
  const { status, totalAmount, currency, paymentReference } = order;
  return {
    status,
    totalAmount,
    currency,
    paymentReference,
    paymentToken: paymentToken?.replaceAll('\0', '').toWellFormed(),
    trackingNumber: trackingNumber && storedText(trackingNumber),
    reason: storedText(reason ?? '') || null,
  };
}

function answerOf(result: StepResult, { action, orderId, identity }: StepRequest): Answer {
  switch (result.outcome) {
    case 'taken':
      return orderPayload(result.order);
    case 'declined':
      return paymentDeclined();
    case 'unknown-token':
      throw badUserInput('input.paymentToken', 'is not a token of the payment provider');
    default:
      return result.order
        ? illegalTransition(action, result.order, identity, result.message)
        : notFound('order', orderId);
  }
}

function notYours(action: OrderAction) {
  const message = WORKFLOW[action].by.includes('staff')
    ? 'Only staff may do this.'
    : 'Only the customer may pay.';
  return graphError('FORBIDDEN', message);
}

const finishedLater = () =>
  graphError(
    'UPSTREAM_UNAVAILABLE',
    'The step cannot be finished just now and will be finished later: look at the order in a moment.',
  );

import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/database/pool.ts';
import { graphError } from '#platform/graph/errors.ts';
import { invalidInput, type InvalidInput } from '#platform/graph/problems.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { placementFrom, type Placement } from '../placement.ts';
import {
  idempotencyConflict,
  orderPayload,
  type IdempotencyConflict,
  type OrderPayload,
  type OutOfStock,
  type ProductUnavailable,
} from '../problems.ts';
import type { NewSaga } from '../repository/sagas.ts';
import { orderByKey } from '../repository/orders.ts';
import { brokenPlacementRules } from '../rules.ts';
import type { PlaceData, PlaceResult } from '../saga/place.ts';
import { SagaLost, StageFailed } from '../saga/saga.ts';
import type { Sagas } from '../saga/sagas.ts';
import type { PlaceOrderInput } from '../schema.generated.ts';

type Placed = OrderPayload | IdempotencyConflict;
type Answer = Placed | OutOfStock | ProductUnavailable | InvalidInput;

/** How often a placement that was undone is begun anew, before its client is told to come again. */
const TRIES = 3;

/**
 * Places an order of a customer. The same key with the same input gives the same order however often, also at
 * once, and also after a crash in between.
 *
 * @param input the ids of products are in lower case
 * @throws OwnershipRefused: nothing is left of it here; UPSTREAM_UNAVAILABLE or UPSTREAM_TIMEOUT: the same request, sent again, gives the answer
 */
export async function placeOrder(
  { db }: Database,
  sagas: Sagas,
  customerId: string,
  input: PlaceOrderInput,
  requestId: string,
): Promise<Answer> {
  const invalid = brokenPlacementRules(input);
  if (invalid.length > 0) return invalidInput(invalid);
  const placement = placementFrom(input);
  const { idempotencyKey } = placement;
  const known = () => orderOfKey(db, customerId, placement);
  for (let tries = 0; tries < TRIES;) {
    const before = await known();
    if (before) return before;
    const data: PlaceData = { placement };
    const row: NewSaga = {
      orderId: randomUUID(),
      step: 'PLACE',
      stage: 'PRICE',
      data,
      customerId,
      idempotencyKey,
    };
    const saga = await db.transaction((tx) => sagas.begin(tx, row));
    if (!saga) {
      await attempt(() => sagas.settle({ customerId, idempotencyKey }, requestId));
      continue;
    }
    // Another request may have ended between our look and our beginning.
    const meanwhile = await known();
    if (meanwhile) {
      await sagas.drop(saga);
      return meanwhile;
    }
    const result = await attempt(() => sagas.run(saga, requestId));
    if (result) return result as Exclude<PlaceResult, null>;
    tries++;
  }
  throw cannotPlace();
}

/** What a key stands for already. */
async function orderOfKey(
  db: Database['db'],
  customerId: string,
  { idempotencyKey, requestHash }: Placement,
): Promise<Placed | null> {
  const order = await orderByKey(db, customerId, idempotencyKey);
  if (!order) return null;
  return order.requestHash === requestHash ? orderPayload(order) : idempotencyConflict(order);
}

/** @returns null where somebody else works on it by now */
async function attempt<Result>(run: () => Promise<Result>): Promise<Result | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SagaLost) return null;
    if (error instanceof StageFailed) throw ownershipRefusal(error.cause) ?? cannotPlace();
    throw error;
  }
}

const cannotPlace = () =>
  graphError(
    'UPSTREAM_UNAVAILABLE',
    'The order cannot be placed just now: send it again in a moment, with the same idempotency key.',
  );

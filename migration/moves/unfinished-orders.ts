import { and, asc, eq, ne, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { order, saga } from '../../subgraphs/order/tables.ts';

/** How many unfinished orders are named. */
const NAMED = 5;

/**
 * Says which orders have a step on its way: a row of `saga`, which is gone when the step has ended. What such a
 * step has done outside is known to its saga alone, and the monolith has no place for one: an order that was
 * charged would be unpaid there, and pieces would stay reserved for an order that nobody knows. The last stage
 * counts too, SETTLE: it gives back pieces that a lost request may have reserved.
 *
 * Only orders that leave are held up. As long as they stay on the new side, their sagas stay with them, and the
 * copy for the monolith may run: it is one snapshot, and an order reaches its next status in the transaction that
 * ends its saga. So the monolith sees such an order where it stood before the step, as clients do, and the next
 * copy brings the rest. Sagas also go on when stock changes sides in between: reservations are copied, and go by the
 * id of the order on both sides.
 *
 * While everything runs, only the orders of customers who leave are asked about, else somebody's order would always be in
 * the way; and the order service goes on with the undoing of placements wherever their customers are, so that is not.
 *
 * @param buckets of customers who are about to leave while everything runs; absent: all customers leave, and nothing runs
 * @returns how many there are, the oldest by name, and what to do; null: none
 */
export async function unfinishedOrders(
  db: Db,
  buckets?: readonly number[],
): Promise<string | null> {
  const inTheWay = buckets && leaving(buckets);
  const oldest = await db
    .select({ id: saga.orderId, step: saga.step, stage: saga.stage, number: order.number })
    .from(saga)
    .leftJoin(order, eq(order.id, saga.orderId))
    .where(inTheWay)
    .orderBy(asc(saga.startedAt), asc(saga.orderId))
    .limit(NAMED);
  if (oldest.length === 0) return null;
  const total = await db.$count(saga, inTheWay);
  const named = oldest.map(
    ({ id, step, stage, number }) =>
      `${number === null ? 'a new order' : `order ${number}`} (${id}, ${step} at ${stage})`,
  );
  const more = total > named.length ? `, and ${total - named.length} more` : '';
  return (
    `order: ${total} ${total === 1 ? 'order is' : 'orders are'} unfinished: ${named.join(', ')}${more}. ` +
    (buckets ? ADVICE_LIVE : ADVICE_OFFLINE)
  );
}

/** What the order service can go on with only while its customers are there. */
function leaving(buckets: readonly number[]): SQL | undefined {
  return and(
    sql`move.bucket_of('order', ${saga.customerId}::text) = any (${`{${buckets.join()}}`}::integer[])`,
    or(ne(saga.step, 'PLACE'), notInArray(saga.stage, ['UNDO', 'SETTLE'])),
  );
}

const ADVICE_OFFLINE =
  'What has been done for them, such as a payment, would be lost. Start everything with USE_NEW_ORDER=true, ' +
  'as it was: the order service finishes or undoes them through the graph, mostly within a minute. Its log says ' +
  '"finishing or undoing an abandoned saga", and where that fails "a stage of a saga has failed" with the ' +
  'reason. When "select count(*) from saga" in its database (ORDERS_DATABASE_URL) gives 0, stop everything and ' +
  'run this again.';

const ADVICE_LIVE =
  'The order service brings them to an end, mostly within a second; where it cannot, its log says "a stage of a saga has ' +
  'failed" with the reason: mend that, then try again.';

import { asc, eq } from 'drizzle-orm';
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
 * @returns how many there are, the oldest by name, and what to do; null: none
 */
export async function unfinishedOrders(db: Db): Promise<string | null> {
  const oldest = await db
    .select({ id: saga.orderId, step: saga.step, stage: saga.stage, number: order.number })
    .from(saga)
    .leftJoin(order, eq(order.id, saga.orderId))
    .orderBy(asc(saga.startedAt), asc(saga.orderId))
    .limit(NAMED);
  if (oldest.length === 0) return null;
  const total = await db.$count(saga);
  const named = oldest.map(
    ({ id, step, stage, number }) =>
      `${number === null ? 'a new order' : `order ${number}`} (${id}, ${step} at ${stage})`,
  );
  const more = total > named.length ? `, and ${total - named.length} more` : '';
  return (
    `order: ${total} ${total === 1 ? 'order is' : 'orders are'} unfinished: ${named.join(', ')}${more}. ` +
    'What has been done for them, such as a payment, would be lost. Start everything with USE_NEW_ORDER=true, ' +
    'as it was: the order service finishes or undoes them through the graph, mostly within a minute. Its log says ' +
    '"finishing or undoing an abandoned saga", and where that fails "a stage of a saga has failed" with the ' +
    'reason. When "select count(*) from saga" in its database (ORDERS_DATABASE_URL) gives 0, stop everything and ' +
    'run this again.'
  );
}

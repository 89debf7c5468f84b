import { nearestTime } from '#platform/graph/connection.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { numberFrom } from './order-number.ts';
import type { OrderConditions } from './repository/order-pages.ts';
import type { OrderFilter } from './schema.generated.ts';

/**
 * The conditions that a filter means; null for one that no order can meet.
 *
 * @throws BAD_USER_INPUT for a customer that is no id
 */
export function conditionsFrom(filter: OrderFilter | null | undefined): OrderConditions | null {
  const { status, customerId, number, placedFrom, placedBefore } = filter ?? {};
  const conditions = {
    status: status ?? null,
    customerId: customerId == null ? null : uuidArgument('filter.customerId', customerId),
    number: number == null ? null : numberFrom(number),
    placedFrom: placedFrom ? nearestTime(placedFrom) : null,
    placedBefore: placedBefore ? nearestTime(placedBefore) : null,
  };
  return number != null && conditions.number === null ? null : conditions;
}

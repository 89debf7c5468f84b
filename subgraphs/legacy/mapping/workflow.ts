import { isStaff, type Identity } from '#platform/identity/identity.ts';
import type { OrderAction, OrderStatus } from '../schema.generated.ts';

/** Who may take a step: staff, the customer, or both. */
type Actor = 'staff' | 'customer' | 'both';

/** The steps that lead out of each status. */
const STEPS: Readonly<Record<OrderStatus, readonly (readonly [OrderAction, Actor])[]>> = {
  PLACED: [
    ['CONFIRM', 'staff'],
    ['CANCEL', 'both'],
  ],
  CONFIRMED: [
    ['PAY', 'customer'],
    ['CANCEL', 'both'],
  ],
  PAID: [
    ['SHIP', 'staff'],
    ['CANCEL', 'both'],
  ],
  SHIPPED: [['DELIVER', 'staff']],
  DELIVERED: [['RETURN', 'both']],
  CANCELLED: [],
  RETURNED: [],
};

/** The steps that the caller can take with an order now. */
export function availableActions(
  identity: Identity,
  status: OrderStatus,
  customerId: string,
): OrderAction[] {
  const staff = isStaff(identity);
  const customer = identity.userId === customerId;
  return STEPS[status]
    .filter(([, actor]) => (staff && actor !== 'customer') || (customer && actor !== 'staff'))
    .map(([action]) => action);
}

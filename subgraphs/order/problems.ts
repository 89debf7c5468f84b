import { availableActions, illegalMessage } from './workflow.ts';
import type { Identity } from '#platform/identity/identity.ts';
import type { OrderRow } from './repository/orders.ts';
import type { OrderAction, OrderStatus } from './schema.generated.ts';

// Expected outcomes of mutations, in the words of the graph. The messages of problems can be shown to a person.

/** A product of which there is not enough. */
export interface Shortage {
  readonly productId: string;
  readonly requested: number;
  readonly available: number;
}

export const orderPayload = (order: OrderRow) => ({
  __typename: 'OrderPayload' as const,
  order,
});

export const outOfStock = (shortages: readonly Shortage[]) => ({
  __typename: 'OutOfStock' as const,
  message: 'There is not enough stock: see `shortages`.',
  shortages: shortages.map(({ productId, ...counts }) => ({
    product: { __typename: 'Product' as const, id: productId },
    ...counts,
  })),
});

export const productUnavailable = (productIds: readonly string[]) => ({
  __typename: 'ProductUnavailable' as const,
  message: 'Some products cannot be ordered: see `productIds`.',
  productIds: [...productIds],
});

export const idempotencyConflict = (order: OrderRow) => ({
  __typename: 'IdempotencyConflict' as const,
  message:
    'This idempotency key was used before with another input: choose another key for another order.',
  order,
});

export const paymentDeclined = () => ({
  __typename: 'PaymentDeclined' as const,
  message: 'The payment was declined: try another means of payment.',
});

/** @param message why, where it is not the status of the order that forbids the step */
export const illegalTransition = (
  action: OrderAction,
  order: { readonly status: OrderStatus; readonly customerId: string },
  identity: Identity,
  message?: string,
) => ({
  __typename: 'IllegalTransition' as const,
  message: message ?? illegalMessage(action, order.status),
  status: order.status,
  availableActions: availableActions(identity, order.status, order.customerId),
});

export type OrderPayload = ReturnType<typeof orderPayload>;
export type OutOfStock = ReturnType<typeof outOfStock>;
export type ProductUnavailable = ReturnType<typeof productUnavailable>;
export type IdempotencyConflict = ReturnType<typeof idempotencyConflict>;
export type PaymentDeclined = ReturnType<typeof paymentDeclined>;
export type IllegalTransition = ReturnType<typeof illegalTransition>;

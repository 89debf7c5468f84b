import { requireCaller, requireStaff, requireUser } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { notFound } from '#platform/graph/problems.ts';
import { orderSource } from '../mapping/entities.ts';
import {
  illegalTransition,
  invalidArgument,
  refusedInput,
  outOfStock,
  problem,
  productUnavailable,
} from '../mapping/problems.ts';
import type { OrderRow } from '../mapping/rows.ts';
import { outcome, unexpected, type Outcome } from '../monolith-client/answer.ts';
import type { AddressInput, OrderItemInput, Resolvers } from '../schema.generated.ts';

const orderPayload = (row: OrderRow) => ({
  __typename: 'OrderPayload' as const,
  order: orderSource(row),
});

/** What every step can come to. Refusals of one step alone are for the caller to look at first. */
function stepResult(id: string, result: Outcome<OrderRow>) {
  if (!result.refused) return orderPayload(result.data);
  if (result.status === 404) return notFound('order', id);
  if (result.refused.code === 'ILLEGAL_STEP') return illegalTransition(result.refused, id);
  throw unexpected(result);
}

export const orderMutations: Resolvers['Mutation'] = {
  placeOrder: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const body = {
      idem_key: input.idempotencyKey,
      items: orderLines(input.items),
      ship_to: shipTo(input.shippingAddress),
    };
    const result = await outcome(monolith.writes.POST('/api/orders', { body }));
    if (!result.refused) return orderPayload(result.data);
    const { refused } = result;
    if (refused.code === 'VALIDATION') return refusedInput(refused);
    if (refused.code === 'OUT_OF_STOCK') return outOfStock(refused);
    if (refused.code === 'PRODUCT_UNAVAILABLE') return productUnavailable(refused);
    if (refused.code === 'IDEMPOTENCY_CONFLICT') {
      const order = orderSource(refused['order'] as OrderRow);
      return { ...problem('IdempotencyConflict', refused), order };
    }
    throw unexpected(result);
  },
  confirmOrder: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const { id, params } = target(input);
    return stepResult(
      id,
      await outcome(monolith.writes.POST('/api/orders/{id}/confirm', { params })),
    );
  },
  payOrder: async (_root, { input }, { identity, monolith }) => {
    requireUser(identity);
    const { id, params } = target(input);
    const body = { payment_token: input.paymentToken };
    const result = await outcome(monolith.writes.POST('/api/orders/{id}/pay', { params, body }));
    if (result.refused?.code === 'PAYMENT_DECLINED') {
      return problem('PaymentDeclined', result.refused);
    }
    if (result.refused?.code === 'VALIDATION') throw invalidArgument(result.refused);
    return stepResult(id, result);
  },
  shipOrder: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const { id, params } = target(input);
    const body = { tracking_no: input.trackingNumber };
    const result = await outcome(monolith.writes.POST('/api/orders/{id}/ship', { params, body }));
    if (result.refused?.code === 'VALIDATION') return refusedInput(result.refused);
    if (result.refused?.code === 'RESERVATION_CLOSED') {
      // Somebody took the stock of a paid order back: only such an order gets this far.
      return illegalTransition({ ...result.refused, status: 'PAID' }, id);
    }
    return stepResult(id, result);
  },
  deliverOrder: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const { id, params } = target(input);
    return stepResult(
      id,
      await outcome(monolith.writes.POST('/api/orders/{id}/deliver', { params })),
    );
  },
  cancelOrder: async (_root, { input }, { identity, monolith }) => {
    requireCaller(identity);
    const { id, params } = target(input);
    const body = { reason: input.reason ?? null };
    const result = await outcome(monolith.writes.POST('/api/orders/{id}/cancel', { params, body }));
    if (result.refused?.code === 'VALIDATION') return refusedInput(result.refused);
    return stepResult(id, result);
  },
  returnOrder: async (_root, { input }, { identity, monolith }) => {
    requireCaller(identity);
    const { id, params } = target(input);
    const body = { reason: input.reason ?? null };
    const result = await outcome(monolith.writes.POST('/api/orders/{id}/return', { params, body }));
    if (result.refused?.code === 'VALIDATION') return refusedInput(result.refused);
    return stepResult(id, result);
  },
};

/** The order that a step is for. */
function target(input: { readonly id: string }) {
  const id = uuidArgument('input.id', input.id);
  return { id, params: { path: { id } } };
}

/** Lines of an order or a reservation as the monolith takes them. */
export function orderLines(items: readonly OrderItemInput[]) {
  return items.map(({ productId, quantity }, index) => ({
    product_id: uuidArgument(`input.items.${index}.productId`, productId),
    qty: quantity,
  }));
}

function shipTo(address: AddressInput) {
  return {
    name: address.name,
    addr1: address.line1,
    addr2: address.line2 ?? null,
    city: address.city,
    state: address.region ?? null,
    zip: address.postalCode,
    country: address.country,
  };
}
